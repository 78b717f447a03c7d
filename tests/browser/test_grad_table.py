"""Gradients beside numerical ones, in JupyterLab."""

from __future__ import annotations


def test_scalars_and_tensors(lab):
    lab.open_cells(
        [
            "import numpy as np\nimport dezero_widgets as lab\nfrom dezero_lab.stages.ch07 import *\nch = lab.chapter(8)",
            "x = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))\na = Square()(x)\ny = Square()(a)\n"
            "y.grad = np.ones((2, 2)); y.backward()\nx.grad[0, 1] = 0.0",
            "ch.gradients('x', 'a')",
        ]
    )
    lab.run()
    lab.page.wait_for_selector(".dzl-grad-table", timeout=30_000)
    table = lab.page.locator(".dzl-grad-table")
    assert "1 of 2 agree" in table.inner_text()
    assert table.locator("td.wrong").count() == 1
    assert table.locator("td.wrong").get_attribute("aria-label") == "0.0, should be 32.0"
