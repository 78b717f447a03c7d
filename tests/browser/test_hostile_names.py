"""Whatever a learner calls things: it is read as text, never as markup, in every view and in every still form.

The player's panes and its saved file are tested with such names in test_step_player_file.py, the growing graph in
test_live_graph.py.
"""

from __future__ import annotations

import numpy as np
import pytest
from browser_gallery import opened, show, stage

from dezero_lab.grading import Report, T
from dezero_lab.grading.report import Row
from dezero_lab.grading.values import snapshot
from dezero_lab.trace import record
from dezero_widgets import box_view, linked_view, queue_view, types_view
from dezero_widgets.exercise_panel import ExercisePanel
from dezero_widgets.grad_table import GradTable
from dezero_widgets.share_card import ShareCard
from dezero_widgets.step_player import StepPlayer

IMAGE = "<img src=x onerror=window.__hacked=1>"
CLASS = "Exp</text><script>window.__hacked=2</script>"
KOREAN = "기울기_합"
CODE = f"""
import numpy as np
import dezero_widgets as lab
from dezero_lab.stages.ch10 import *
ch = lab.chapter(7)
class Loud(Exp):
    pass
Loud.__name__ = {CLASS!r}
{KOREAN} = Variable(np.array(0.5))
{KOREAN}.name = {IMAGE!r}
"""
BLOCK = f"""
with ch.step({IMAGE!r}):
    y = Loud()({KOREAN})
    y.name = {IMAGE!r}
    y.backward()
"""


def engine():
    """An engine with a hostile class, a hostile `.name` and a Korean name in its namespace, run once."""
    module = stage("stage10")
    loud = type(CLASS, (module.Exp,), {})
    x = module.Variable(np.array(0.5))
    x.name = IMAGE
    names = {
        k: v for k, v in vars(module).items() if not k.startswith("_")
    } | {"np": np, KOREAN: module.Variable(np.array(2.0)), IMAGE: x, CLASS: loud}  # fmt: skip
    y = loud()(x)
    y.grad = np.array(1.0)
    return module, names, x, y


def player():
    module, names, x, _ = engine()
    del names[IMAGE]  # only its `.name` is left to call it by
    with record(module.Variable, module.Function, names=names) as tape:
        names[CLASS]()(names[KOREAN])
        names[CLASS]()(x).backward()
    return StepPlayer(tape, IMAGE)


def panel():
    text = T(f"{IMAGE} is {CLASS}", f"{IMAGE} {KOREAN}")
    rows = (
        Row(text, False, IMAGE, IMAGE, CLASS, None),
        Row(text, False, IMAGE, snapshot(np.ones(3)), snapshot(np.zeros(3)), 1.0),
    )
    return ExercisePanel(Report("E07.1", text, "fail", rows), own=IMAGE, reference=CLASS)


def table():
    _, names, _, y = engine()
    y.backward()
    return GradTable.of(opened(7, "en", names | {"y": y}), (IMAGE, KOREAN))


VIEWS = {
    "player": (player, [IMAGE, CLASS, KOREAN]),
    "panel": (panel, [IMAGE, CLASS]),
    "table": (table, [IMAGE, KOREAN]),
    "boxes": (lambda: box_view.show(opened(7, "en", engine()[1]), IMAGE, KOREAN), [IMAGE, KOREAN]),
    "linked": (lambda: (e := engine()) and linked_view.show(opened(7, "en", e[1]), e[3]), [IMAGE, CLASS]),
    "queue": (lambda: (e := engine()) and queue_view.show(opened(7, "en", e[1]), e[3]), [CLASS]),
    "types": (lambda: (e := engine()) and types_view.show(opened(7, "en", e[1]), e[1][CLASS]()), [CLASS]),
    "share": (lambda: ShareCard(IMAGE, [(KOREAN, CLASS)], saved=IMAGE), [IMAGE, CLASS, KOREAN]),
}


def assert_harmless(page, root):
    page.wait_for_timeout(150)  # an image that failed would say so by now
    assert page.evaluate("window.__hacked") is None
    assert page.locator(f"{root} img:not([src^='data:image/svg']), {root} script").count() == 0


@pytest.mark.parametrize("name", VIEWS)
def test_names_stay_text_in_the_view_and_in_its_still_form(page, name):
    make, told = VIEWS[name]
    widget = make()
    show(page, widget)
    page.keyboard.press("End")
    said = page.locator("#view").text_content()
    for tab in ("Values", "DOT", "Table"):
        if page.get_by_role("tab", name=tab).count():
            page.get_by_role("tab", name=tab).click()
            said += page.locator("#view").text_content()
    for text in told:
        assert text in said
    assert_harmless(page, "#view")

    bundle = widget._repr_mimebundle_()[0]
    page.set_content(f"<!doctype html><main>{bundle['text/html']}</main>")
    for text in told:
        assert text in bundle["text/plain"]
        assert text in page.locator("main").text_content()
    assert_harmless(page, "main")


def test_names_stay_text_in_jupyterlab(lab):
    lab.open_cells([CODE, BLOCK, "ch.graph(y)", f"ch.gradients({KOREAN!r})"])
    lab.page.set_viewport_size({"width": 1280, "height": 4000})  # every cell in sight, none drawn lazily
    lab.run()
    for view in (".dzl-player", ".dzl-linked-view", ".dzl-grad-table"):
        lab.page.wait_for_selector(view, timeout=30_000)
    said = lab.page.locator(".jp-Notebook .jp-OutputArea").all_text_contents()
    assert IMAGE in "".join(said)
    assert CLASS in "".join(said)
    assert KOREAN in "".join(said)
    assert_harmless(lab.page, ".jp-Notebook .jp-OutputArea")
