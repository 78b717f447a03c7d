"""The small views of chapters 1 to 10 in a browser: by keyboard, in both languages and themes, as text only."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.stages import ch06, ch07, ch08, ch10
from dezero_widgets import (
    box_view,
    engine_wall,
    lanes_view,
    linked_view,
    machine_view,
    modes_view,
    order_view,
    queue_view,
    secant_view,
    stack_view,
    types_view,
)

BOOT = """async ([js, payload, lang]) => {
  const module = await import(URL.createObjectURL(new Blob([js], {type: 'text/javascript'})));
  const traits = {payload, lang};
  const model = { get: (k) => traits[k], set() {}, save_changes() {}, on() {}, off() {}, send() {} };
  module.default.render({ model, el: document.getElementById('view') });
}"""


def names(stage):
    return {name: getattr(stage, name) for name in stage.__all__}


def chapter(stage, lang="en"):
    return SimpleNamespace(number=8, lang=lang, namespace=names(stage), exercises=[])


def chain(stage):
    y = stage.Square()(stage.Exp()(stage.Square()(stage.Variable(np.array(0.5)))))
    y.grad = np.array(1.0)
    return y


VIEWS = {
    "box": lambda lang: box_view.show(chapter(ch10, lang)),
    "secant": lambda lang: secant_view.show(chapter(ch10, lang), lambda v: ch10.square(ch10.exp(v))),
    "lanes": lambda lang: lanes_view.show(chapter(ch10, lang)),
    "machine": lambda lang: machine_view.show(chapter(ch10, lang), ch10.Square, ch10.Exp),
    "order": lambda lang: order_view.show(chapter(ch06, lang)),
    "stack": lambda lang: stack_view.show(chapter(ch08, lang), "stage 7"),
    "queue": lambda lang: queue_view.show(chapter(ch08, lang), chain(ch08)),
    "modes": lambda lang: modes_view.show(chapter(ch10, lang)),
    "types": lambda lang: types_view.show(chapter(ch08, lang), lambda v: ch08.Square()(v)),
    "wall": lambda lang: engine_wall.show(chapter(ch10, lang), ch10.SquareTest),
    "linked": lambda lang: linked_view.show(chapter(ch07, lang), chain(ch07)),
}
STEPPED = ["secant", "lanes", "machine", "stack", "queue", "modes"]


@pytest.fixture
def show(page):
    def draw(name, lang="en", dark=False):
        view = VIEWS[name](lang)
        page.set_content(
            f'<!doctype html><body data-jp-theme-light="{str(not dark).lower()}"><button id="before">before</button>'
            '<div id="view"></div><button id="after">after</button></body>'
        )
        js = view._esm if isinstance(view._esm, str) else str(view._esm)
        page.evaluate(BOOT, [js, view.payload, lang])
        page.wait_for_selector("#view[data-ready]", timeout=5000)
        return view

    return draw


def step(page):
    return int(page.locator("#view").get_attribute("data-step"))


@pytest.mark.parametrize("name", STEPPED)
def test_steps_by_keyboard_to_the_end_and_back(page, show, name):
    show(name)
    page.locator("#view .dzl-steps button").nth(2).focus()
    page.keyboard.press("End")
    last = step(page)
    assert last > 2
    page.keyboard.press("ArrowLeft")
    assert step(page) == last - 1
    page.keyboard.press("Home")
    assert step(page) == 0
    page.keyboard.press("ArrowRight")
    assert step(page) == 1
    assert page.locator("#view .dzl-steps input[type=range]").get_attribute("aria-valuetext")


@pytest.mark.parametrize("name", VIEWS)
def test_tab_goes_in_and_out_again(page, show, name):
    show(name)
    page.locator("#before").focus()
    inside = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "document.activeElement.id || (document.activeElement.closest('#view') ? 'in' : 'out')"
        )
        if where == "after":
            break
        inside += where == "in"
    assert where == "after"
    assert inside > 0


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("dark", [False, True])
def test_both_languages_in_both_themes_without_overflow(page, show, name, dark):
    texts = {}
    for lang in ("en", "ko"):
        show(name, lang, dark)
        page.wait_for_timeout(100)
        texts[lang] = page.locator("#view").inner_text()
        assert page.locator("#view .dzl").get_attribute("data-theme") == ("dark" if dark else "light")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert any("가" <= c <= "힣" for c in texts["ko"])
    assert not any("가" <= c <= "힣" for c in texts["en"])


@pytest.mark.parametrize("width", [420, 760])
@pytest.mark.parametrize("name", VIEWS)
def test_narrow_columns_do_not_push_the_page_wide(page, show, name, width):
    page.set_viewport_size({"width": width, "height": 900})
    show(name)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_statements_change_the_picture_and_can_be_undone(page, show):
    show("box")
    page.get_by_role("button", name="Run a += 1").click()
    assert (
        "The array itself changed. All who point at it see 2.0: a, x.data."
        in page.locator("#view .dzl-say").inner_text()
    )
    page.get_by_role("button", name="Run y = x").press("Enter")
    assert "two names of one box" in page.locator("#view .dzl-say").inner_text()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    assert step(page) == 0
    assert page.locator("#view svg .mono", has_text="1.0").count() == 1


def test_a_statement_can_be_dragged_onto_the_picture(page, show):
    show("box")
    page.get_by_role("button", name="Run a = a + 1").drag_to(page.locator("#view .stage"))
    assert step(page) == 1


def test_cards_are_put_in_order_by_keyboard_and_by_dragging(page, show):
    show("order")
    page.get_by_role("button", name="Run backward").click()
    page.wait_for_timeout(1200)
    assert "nothing has arrived at a yet" in page.locator("#view .dzl-say").inner_text()
    assert page.locator("#view .wire.none").count() == 1
    page.locator("#view li").nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator("#view").get_attribute("data-order") == "1,2,0"
    page.locator("#view li").nth(1).drag_to(page.locator("#view li").nth(0))
    assert page.locator("#view").get_attribute("data-order") == "2,1,0"
    page.get_by_role("button", name="Run backward").click()
    page.wait_for_function("document.getElementById('view').dataset.step === '3'", timeout=6000)
    assert "this order works" in page.locator("#view .dzl-say").inner_text()


def test_a_cut_link_shrinks_what_can_be_reached(page, show):
    show("linked")
    assert page.locator("#view").get_attribute("data-reached") == "7"
    page.locator("#view .canvas").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#view .path").inner_text().endswith(".creator.input")
    page.get_by_role("button", name="Cut creator in the picture").click()
    assert page.locator("#view").get_attribute("data-reached") == "3"
    assert page.locator("#view .node.gone").count() == 4
    page.get_by_role("button", name="Join all").click()
    assert page.locator("#view .node.gone").count() == 0


def test_a_long_chain_is_folded_and_can_still_be_walked_and_cut(page, show):
    y = ch10.Variable(np.array(1.0))
    for _ in range(300):
        y = ch10.square(y)
    VIEWS["long"] = lambda lang: linked_view.show(chapter(ch10, lang), y)
    try:
        show("long")
    finally:
        del VIEWS["long"]
    assert page.locator("#view .node").count() < 60
    assert page.locator("#view .node.gone").count() == 0
    page.locator("#view .canvas").focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    assert " … " in page.locator("#view .path").inner_text()
    page.get_by_role("button", name="Cut creator in the picture").click()
    assert int(page.locator("#view").get_attribute("data-reached")) == 21
    assert page.locator("#view .node.gone").count() > 5


def test_a_wrong_point_marks_the_damage_with_more_than_colour(page, show):
    show("lanes")
    page.locator("#view .dzl-steps button").last.click()
    assert page.locator("#view .d.bad").count() == 0
    page.get_by_role("radio", name="all at x (wrong)").click()
    assert page.locator("#view .d.bad").count() == 3
    assert "✗" in page.locator("#view .d.bad").first.inner_text()


def test_past_the_recursion_limit_the_stack_is_said_to_overflow(page, show):
    show("stack")
    page.locator("#view [role=radio]").last.click()
    said = page.locator("#view .dzl-say").inner_text()
    assert "stage 7: RecursionError after" in said
    assert "your engine: 1 frame, a list of at most 1" in said


def test_lamps_are_lit_one_after_the_other(page, show):
    show("wall")
    page.wait_for_function("document.getElementById('view').dataset.step === '8'", timeout=5000)
    lamps = page.locator("#view .engine .lamp").all_inner_texts()
    assert set(lamps) <= {"✓", "✗"}
    assert page.locator("#view tbody tr").count() == len(VIEWS["wall"]("en").data["tests"])


def test_in_jupyterlab_no_key_reaches_the_notebook(lab):
    lab.open_cells(
        [
            "import numpy as np\nimport dezero_widgets as lab\nfrom dezero_lab.stages.ch10 import *\nch = lab.chapter(5)",
            "ch.lanes()",
            "ch.boxes()",
        ]
    )
    lab.run()
    lab.page.wait_for_selector(".dzl-box-view", timeout=20_000)
    cells = lab.page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length")
    lab.page.locator(".dzl-lanes-view .dzl-steps button").last.focus()
    for key in ("d", "d", "a", "b", "ArrowRight", "ArrowRight", "x"):
        lab.page.keyboard.press(key)
    assert lab.page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length") == cells
    assert lab.page.locator("[data-ready]").first.get_attribute("data-step") == "2"
