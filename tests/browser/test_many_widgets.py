"""Twenty widgets in one notebook: all of them start in time, and all of them come back after the page is loaded again.

A model that needs more than two seconds to start is given up for good by anywidget, and twenty large scripts at once
are what makes one slow.
"""

from __future__ import annotations

import pytest

COUNT = 20
SETUP = """
import numpy as np
import dezero_widgets as lab
from dezero_lab.stages.ch10 import *
from dezero_lab.trace import record
from dezero_widgets.step_player import StepPlayer
ch = lab.chapter(7)
with record(Variable, Function) as tape:
    x = Variable(np.array(0.5))
    y = square(exp(square(x)))
    y.backward()
"""
KINDS = [
    "StepPlayer(tape, 'player {n}')",
    "ch.boxes()",
    "card{n} = ch.predict('P07'); card{n}",
    "ch.check('E07.2')",
    "ch.graph(y)",
]
CELLS = [SETUP, *(KINDS[n % len(KINDS)].format(n=n) for n in range(COUNT))]
ALIVE = """(count) => {
  const outputs = [...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output')];
  return outputs.filter((o) => o.querySelector('[data-ready="1"] .dzl')).length === count;
}"""


@pytest.fixture
def crowd(lab):
    """The notebook, run, with every cell in sight so that none is drawn lazily.

    A model that was given up is an error of the page, and the `lab` fixture fails the test for it.
    """
    lab.open_cells(CELLS)
    lab.page.set_viewport_size({"width": 1280, "height": 20_000})
    lab.run()
    lab.page.wait_for_function(ALIVE, arg=COUNT, timeout=60_000)
    return lab


def test_all_start_and_all_come_back_and_answer(crowd):
    page = crowd.page
    name = page.evaluate("window.jupyterapp.shell.currentWidget.context.path")
    crowd.command("docmanager:save")
    crowd.load()
    crowd.open(name)
    page.wait_for_function(ALIVE, arg=COUNT, timeout=60_000)

    player = page.locator(".dzl-player").first
    player.locator(".dzl-title").click()
    page.keyboard.press("End")
    assert int(player.get_attribute("data-step")) > 5
    # what is answered after the reload still reaches the kernel
    card = page.locator(".dzl-predict-card").first
    card.get_by_label("only x", exact=True).check(force=True)
    card.get_by_role("button", name="Lock in").click()
    card.get_by_role("button", name="Compare").click()
    page.evaluate(
        "() => { const n = window.jupyterapp.shell.currentWidget.content; n.activeCellIndex = 0;"
        " n.activeCell.model.sharedModel.setSource(\"print('answered', card2.answers)\") }"
    )
    crowd.command("notebook:run-cell")
    page.wait_for_function(
        "[...document.querySelectorAll('.jp-OutputArea-output pre')].some((e) => /answered.*value/.test(e.textContent))",
        timeout=20_000,
    )
