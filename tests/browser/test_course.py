"""The course as a learner meets it: whole chapters in JupyterLab, an exercise from wrong to right, progress that stays.

Graphs that grow while the kernel is busy are tested in test_live_graph.py, saved files in test_step_player_file.py.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dezero_lab import exercises

CHAPTERS = Path(__file__).parents[2] / "chapters"
SEVEN, EIGHT = "07_automating_backpropagation", "08_from_recursion_to_a_loop"
PANEL = ".dzl-exercise-panel"
PLAYER = ".dzl-player"
CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets.map((cell) => ({
  id: cell.model.id, count: cell.model.executionCount ?? null,
  source: cell.model.sharedModel.source,
  outputs: (cell.model.outputs?.toJSON() ?? []).map((o) => ({type: o.output_type, text: o.text ?? o.evalue ?? '', data: Object.keys(o.data ?? {})})),
}))"""
SHOW = """async (id) => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  const i = notebook.widgets.findIndex((cell) => cell.model.id === id);
  notebook.activeCellIndex = i;
  notebook.widgets[i].node.dataset.cell = id;
  await notebook.scrollToItem(i, 'start');
}"""
WRITE = """([id, text]) => {
  const cells = window.jupyterapp.shell.currentWidget.content.widgets;
  cells.find((cell) => cell.model.id === id).model.sharedModel.setSource(text);
}"""


class Chapter:
    """A chapter notebook open in JupyterLab, its cells found by id."""

    def __init__(self, lab, lang, stem):
        for path in (CHAPTERS / lang).glob("*.ipynb"):
            target = lab.server.root / lang / path.name
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                shutil.copy(path, target)
        self.lab, self.page = lab, lab.page
        lab.open(f"{lang}/{stem}.ipynb")

    def cells(self):
        return self.page.evaluate(CELLS)

    def find(self, text):
        """The id of the only cell whose source contains the text."""
        found = [cell["id"] for cell in self.cells() if text in cell["source"]]
        assert len(found) == 1, (text, found)
        return found[0]

    def show(self, id):
        """Scroll the cell to the top; its outputs as a locator."""
        self.page.evaluate(SHOW, id)
        return self.page.locator(f".jp-Cell[data-cell='{id}'] .jp-OutputArea")

    def write(self, id, source):
        self.page.evaluate(WRITE, [id, source])

    def run(self, *ids):
        for id in ids:
            self.show(id)
            self.lab.command("notebook:run-cell")


@pytest.fixture
def chapter(lab):
    return lambda lang, stem: Chapter(lab, lang, stem)


def step(player):
    return int(player.get_attribute("data-step"))


@pytest.mark.parametrize(("lang", "stem"), [("en", SEVEN), ("ko", EIGHT)])
def test_a_chapter_runs_and_its_player_goes_on_without_the_kernel(chapter, lab, lang, stem):
    opened, page = chapter(lang, stem), lab.page
    lab.run()
    cells = [cell for cell in opened.cells() if cell["count"] is not None]
    assert len(cells) == sum(
        cell["cell_type"] == "code"
        for cell in json.loads((CHAPTERS / lang / f"{stem}.ipynb").read_text("utf-8"))["cells"]
    )
    assert [o for cell in cells for o in cell["outputs"] if o["type"] == "error"] == []
    views = [
        c["id"]
        for c in cells
        for o in c["outputs"]
        if "application/vnd.jupyter.widget-view+json" in o["data"]
    ]
    assert len(views) >= 8
    for id in views:
        opened.show(id).locator("[data-ready='1']").first.wait_for(state="attached", timeout=20_000)

    output = opened.show(opened.find("ch.break_it("))
    player = output.locator(PLAYER)
    player.locator(".dzl-title").click()
    last = int(player.get_by_role("slider").get_attribute("aria-valuemax")) - 1
    page.keyboard.press("Home")
    for k in range(1, last + 1):
        page.keyboard.press("ArrowRight")
        assert step(player) == k
    back = player.get_by_role("button", name={"en": "One step back", "ko": "한 단계 뒤로"}[lang])
    for k in reversed(range(last)):
        back.click()
        assert step(player) == k

    lab.kill_kernel()
    track = player.get_by_role("slider")
    box = track.bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2 + 3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 3, steps=5)
    middle = step(player)
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2 + 3, steps=5)
    page.mouse.up()
    assert 0 < middle < step(player) == last
    page.keyboard.press("Home")
    assert step(player) == 0


def test_an_exercise_from_wrong_to_right_and_progress_that_outlives_kernel_and_server(chapter, lab):
    opened = chapter("en", SEVEN)
    reference = {id: exercises.load(id).reference for id in ("E07.1", "E07.2")}
    first, second = opened.find("def set_creator"), opened.find("class Variable(Variable)")
    check = opened.find('ch.check("E07.2")')
    opened.write(first, reference["E07.1"])
    opened.write(
        second, next(w for w in exercises.load("E07.2").wrongs if w.id == "W07.2a").apply(reference["E07.2"])
    )
    lab.run()

    panel = opened.show(check).locator(PANEL)
    panel.locator(".dzl-say").first.wait_for(timeout=20_000)
    assert panel.get_attribute("data-verdict") == "fail"
    assert (
        panel.locator(".dzl-say b")
        .inner_text()
        .startswith("Only the variable next to the output got a gradient")
    )
    panel.get_by_role("button", name="Hint 1 of 3").click()
    assert panel.locator(".hints li").count() == 1
    panel.get_by_role("button", name="Show this case in the graph").click()
    panel.locator(".dzl-node.dzl-focus").wait_for(timeout=20_000)
    assert panel.locator(".dzl-node.dzl-focus .dzl-label").text_content() == "x"
    assert "f.backward(self.grad)" in panel.locator(".dzl-sp-code").inner_text()

    opened.write(second, reference["E07.2"])
    opened.run(second, check)
    panel = opened.show(check).locator(f"{PANEL}[data-verdict=pass]")
    panel.wait_for(timeout=20_000)
    opened.run(opened.find("ch.save()"))

    lab.kill_kernel()
    lab.close()
    assert "7" in done(chapter, lab)
    lab.close()
    lab.server.restart()
    lab.load()
    assert "7" in done(chapter, lab)


def done(chapter, lab):
    """Chapters that the start page's map shows as learned, in a fresh kernel."""
    start = chapter("en", "00_start")
    lab.run()
    map_ = start.show(start.find("lab.course_map()")).locator(".dzl-course-map")
    map_.locator(".dot").first.wait_for(timeout=30_000)
    return map_.locator(".col .num.done").all_inner_texts()
