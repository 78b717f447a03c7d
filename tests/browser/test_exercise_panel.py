"""The verdict in JupyterLab: hints one at a time, the failing case in the graph without a kernel, arrays side by side."""

from __future__ import annotations

import pytest

from dezero_lab import exercises

START = "import numpy as np\nimport dezero_widgets as lab\nfrom dezero_lab.stages.ch06 import *\nch = lab.chapter(7{})"
REFERENCE = [exercises.load(id).reference for id in ("E07.1", "E07.2")]
FAULTY = next(w for w in exercises.load("E07.2").wrongs if w.id == "W07.2a").apply(REFERENCE[1])
PANEL = ".dzl-exercise-panel"


@pytest.fixture
def failed(lab):
    lab.open_cells([START.format(""), REFERENCE[0], FAULTY, "ch.check('E07.2')"])
    lab.run()
    lab.page.wait_for_selector(f"{PANEL}[data-verdict=fail]", timeout=30_000)
    return lab


def test_cause_first_and_hints_one_at_a_time(failed):
    page = failed.page
    panel = page.locator(PANEL)
    said = panel.locator(".dzl-say b").inner_text()
    assert said.startswith("Only the variable next to the output")
    assert panel.locator(".hints li").count() == 0
    for k in (1, 2, 3):
        panel.get_by_role("button", name=f"Hint {k} of 3").click()
        assert panel.locator(".hints li").count() == k
        focused = page.evaluate("document.activeElement.closest('.dzl-head') !== null")
        assert focused  # the next key press does not go to the notebook
    assert panel.get_by_role("button", name="Show one solution").count() == 1


def test_a_solution_is_shown_on_request_and_recorded(failed):
    panel = failed.page.locator(PANEL)
    for k in (1, 2, 3):
        panel.get_by_role("button", name=f"Hint {k} of 3").click()
    panel.get_by_role("button", name="Show one solution").click()
    assert "x.backward()" in panel.locator(".code pre").last.inner_text()
    assert "done with help" in panel.locator(".dzl-head").inner_text()


def test_the_failing_case_opens_in_the_graph_without_a_kernel(failed):
    failed.kill_kernel()
    panel = failed.page.locator(PANEL)
    panel.get_by_role("button", name="Show this case in the graph").click()
    player = panel.locator(".player")
    failed.page.wait_for_selector(f"{PANEL} .player[data-ready='1']")
    assert player.locator(".dzl-node").count() >= 4
    assert int(player.get_attribute("data-step")) > 0
    button = panel.get_by_role("button", name="Close the graph")
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert player.locator(".dzl-node").count() == 0


def test_typing_in_the_panel_leaves_the_notebook_alone(failed):
    page = failed.page
    cells = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
    before = cells.count()
    page.locator(PANEL).get_by_role("button", name="Hint 1 of 3").focus()
    for key in ("d", "d", "b", "x"):
        page.keyboard.press(key)
    assert cells.count() == before


def test_pass_verifies_in_a_fresh_process(lab):
    lab.open_cells([START.format(""), REFERENCE[0], REFERENCE[1], "ch.check('E07.2')"])
    lab.run()
    page = lab.page
    page.wait_for_selector(f"{PANEL}[data-verdict=pass]", timeout=30_000)
    panel = page.locator(PANEL)
    assert panel.locator("table").count() == 0  # folded
    panel.get_by_role("button", name="Cases").click()
    assert panel.locator("tbody tr").count() >= 1
    panel.get_by_role("button", name="Compare with the reference").click()
    assert panel.locator(".code pre").count() == 2
    panel.get_by_role("button", name="Verify from saved source").click()
    page.wait_for_selector(f"{PANEL} .badge.ok", timeout=30_000)


def test_not_attempted_in_korean(lab):
    lab.open_cells([START.format(', lang="ko"'), "ch.check('E07.2')"])
    lab.run()
    lab.page.wait_for_selector(f"{PANEL}[data-verdict=not_attempted]", timeout=30_000)
    text = lab.page.locator(PANEL).inner_text()
    assert "연습 07.2" in text
    assert "아직 시작하지 않음" in text


def test_wrong_entries_are_outlined(lab):
    lab.open_cells(
        [
            "import numpy as np\nfrom dezero_lab.grading import Report, T\nfrom dezero_lab.grading.report import Row\n"
            "from dezero_lab.grading.values import snapshot\nfrom dezero_widgets.exercise_panel import ExercisePanel\n"
            "g = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])\nbad = g.copy(); bad[1, 2] = 6.000123\n"
            "rows = (Row(T('two rows', '두 행'), False, 'x: (2, 3)', snapshot(bad), snapshot(g), 1.2e-4),)\n"
            "ExercisePanel(Report('E41.1', T('matmul', 'matmul'), 'fail', rows))"
        ]
    )
    lab.run()
    lab.page.wait_for_selector(f"{PANEL} .mx", timeout=30_000)
    cells = lab.page.locator(f"{PANEL} .mx").first.locator("td")
    assert cells.count() == 6
    assert lab.page.locator(f"{PANEL} td.wrong").count() == 1
    assert cells.nth(5).inner_text() == "6.0001"  # as many digits as it takes to see the difference
    assert lab.page.locator(f"{PANEL} .mx").nth(1).locator("td").nth(5).inner_text() == "6.0000"
