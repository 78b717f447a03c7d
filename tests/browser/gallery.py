"""One telling example of every widget, and a bare page to show it on, without a notebook around it.

    widget = WIDGETS["panel"]("ko")
    show(page, widget, dark=True)

The accessibility and screenshot tests and the pictures of the README use the same examples.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
from playwright.sync_api import Page

from dezero_lab import exercises
from dezero_lab.grading.progress import Progress
from dezero_lab.stages import ch07, ch08, ch10
from dezero_lab.trace import record
from dezero_widgets import (
    box_view,
    engine_wall,
    lanes_view,
    linked_view,
    machine_view,
    modes_view,
    queue_view,
    secant_view,
    stack_view,
    types_view,
)
from dezero_widgets._base import LabWidget, dumps
from dezero_widgets.carry_over import put_back
from dezero_widgets.chapter import Chapter
from dezero_widgets.course_map import CourseMap
from dezero_widgets.exercise_panel import ExercisePanel
from dezero_widgets.grad_table import GradTable
from dezero_widgets.live_graph import LiveGraph
from dezero_widgets.live_picture import LivePicture
from dezero_widgets.predict_card import PredictCard
from dezero_widgets.share_card import ShareCard
from dezero_widgets.step_player import StepPlayer

CARRIED = """\
class Square(Function):
    def forward(self, x):
        return x**2

    def backward(self, gy):
        x = self.input.data
        return 2 * x * gy
"""
ENGINES = Path(__file__).parents[1] / "fixtures" / "engines"

# A stand-in for the notebook's widget model: it keeps what the view writes and tells the view so.
BOOT = """async ([js, traits]) => {
  const module = await import(URL.createObjectURL(new Blob([js], {type: 'text/javascript'})));
  const on = {};
  const model = {
    get: (k) => traits[k],
    set: (k, v) => { traits[k] = v; (on['change:' + k] ?? []).forEach((f) => f()); },
    save_changes() {}, on: (e, f) => (on[e] ??= []).push(f), off() {}, send() {},
  };
  window.fire = (event, value) => (on[event] ?? []).forEach((f) => f(value));
  module.default.render({ model, el: document.getElementById('view') });
}"""


def show(page: Page, widget: LabWidget, *, dark: bool = False) -> None:
    """Draw the widget alone on an empty page that looks like a JupyterLab one to it."""
    traits = {name: getattr(widget, name) for name in widget.keys if not name.startswith("_")}
    traits = {k: v for k, v in traits.items() if isinstance(v, str | int)} | {"_esm": str(widget._esm)}
    page.set_content(
        f'<!doctype html><html lang="{widget.lang}"><head><title>{type(widget).__name__}</title></head>'
        f'<body data-jp-theme-light="{json.dumps(not dark)}" class="{"dark" if dark else "light"}">'
        "<main><h1 hidden>widget</h1><div id=view></div></main></body></html>"
    )
    page.evaluate("dark => { document.body.style.background = dark ? '#111' : '#fff' }", dark)
    page.evaluate(BOOT, [traits["_esm"], traits])
    page.wait_for_selector("#view[data-ready]", state="attached", timeout=10_000)


def stage(name: str) -> ModuleType:
    """A learner's engine of the fixtures, "stage16" for example, as a fresh module."""
    module = ModuleType(name)
    put_back((ENGINES / f"{name}.py").read_text(encoding="utf-8"), "cell 4", vars(module))
    return module


def names_of(module: ModuleType) -> dict[str, Any]:
    """What `from module import *` gives."""
    return {k: v for k, v in vars(module).items() if not k.startswith("_")}


def opened(number: int, lang: str, names: dict[str, Any] | None = None) -> Chapter:
    """A chapter in a notebook with these names, with a record of its own in memory."""
    chapter = Chapter(number, lang, names if names is not None else {})  # type: ignore[arg-type]
    chapter.__dict__["progress"] = Progress.in_memory()
    return chapter


def plain(module: ModuleType, lang: str) -> Any:
    """What the small views read from a chapter."""
    return SimpleNamespace(number=8, lang=lang, namespace=names_of(module), exercises=[])


def chain(module: Any) -> Any:
    """y = (exp(x ** 2)) ** 2 with its gradient set."""
    y = module.Square()(module.Exp()(module.Square()(module.Variable(np.array(0.5)))))
    y.grad = np.array(1.0)
    return y


def branching(lang: str = "en", predict: bool = False) -> StepPlayer:
    """x splits into two squares and meets again."""
    engine = stage("stage16")
    names = names_of(engine)
    with record(engine.Variable, engine.Function, names=names) as tape:
        names["x"] = x = engine.Variable(np.array(2.0))
        names["a"] = a = engine.square(x)
        names["y"] = y = engine.add(engine.square(a), engine.square(a))
        y.backward()
    return StepPlayer(tape, "y = square(a) + square(a)", lang=lang, predict=predict)


def beside(lang: str) -> StepPlayer:
    """The recursive pass of chapter 7 beside the loop of chapter 8."""
    tapes = []
    for module in (ch07, ch08):
        names: dict[str, Any] = {}
        with record(module.Variable, module.Function, names=names) as tape:
            names["y"] = y = chain(module)
            y.backward()
        tapes.append(tape)
    titles = ("7장", "내 엔진") if lang == "ko" else ("stage 7", "your engine")
    return StepPlayer(
        tapes[0], "(exp(x²))²", lang=lang, compare=tapes[1], compare_titles=titles, detail="lines"
    )


def checked(lang: str, wrong: str | None) -> ExercisePanel:
    """The panel of exercise E07.2 for a listed wrong answer, for the reference, or (wrong "") for nothing written."""
    exercise = exercises.load("E07.2")
    names = names_of(importlib.import_module("dezero_lab.stages.ch06")) | {"np": np, "__name__": "__main__"}
    cells = [exercises.load("E07.1").reference, CARRIED]
    if wrong is not None:
        cells.append(
            next(w for w in exercise.wrongs if w.id == wrong).apply(exercise.reference) if wrong else ""
        )
    else:
        cells.append(exercise.reference)
    for k, cell in enumerate(cells):
        put_back(cell, f"cell {k + 2}", names)
    return ExercisePanel.check(opened(7, lang, names), exercise)


def matrices(lang: str) -> ExercisePanel:
    """A wrong entry in a matrix, to see arrays side by side."""
    from dezero_lab.grading import Report, T
    from dezero_lab.grading.report import Row
    from dezero_lab.grading.values import snapshot

    right = np.arange(1.0, 13.0).reshape(3, 4)
    wrong = right.copy()
    wrong[1, 2] = 7.000123
    rows = (Row(T("three rows", "세 행"), False, "x: (3, 4)", snapshot(wrong), snapshot(right), 1.2e-4),)
    return ExercisePanel(Report("E41.1", T("matmul", "행렬 곱"), "fail", rows), lang=lang)  # type: ignore[arg-type]


def gradients(lang: str) -> GradTable:
    """A scalar that agrees and a matrix with one wrong entry."""
    x = ch07.Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))
    a = ch07.Square()(x)
    y = ch07.Square()(a)
    y.grad = np.ones((2, 2))
    y.backward()
    x.grad[0, 1] = 0.0
    names = names_of(ch07) | {"x": x, "a": a, "y": y}
    return GradTable.of(opened(7, lang, names), ("x", "a"))


def course(lang: str) -> CourseMap:
    """The map of somebody who has done chapters 1 to 6, one of them with help."""
    progress = Progress.in_memory()
    for number in range(1, 7):
        chapter = opened(number, lang)
        chapter.__dict__["progress"] = progress
        for exercise in chapter.exercises:
            names: dict[str, Any] = {"np": np, "__name__": "__main__"}
            if exercise.given is not None:
                names |= names_of(importlib.import_module(f"dezero_lab.stages.{exercise.given}"))
            for earlier in (*exercise.after, exercise.id):
                put_back(exercises.load(earlier).reference, f"<{earlier}>", names)
            chapter.namespace = names
            ExercisePanel.check(chapter, exercise)
    progress.record_help("E04.1", "solution")
    return CourseMap(progress, lang=lang)  # type: ignore[arg-type]


def shared(lang: str) -> ShareCard:
    chapter = opened(7, lang, names_of(ch07))
    return ShareCard.of(chapter, "class Variable:\n    pass\n\n\nclass Function:\n    pass\n")


def live(lang: str) -> LiveGraph:
    """A graph half way through its growth."""
    picture = LivePicture()
    for i in range(6):
        values = {f"v{i}": f"{0.5 + i:.3g}", f"v{i + 1}": f"{1.5 + i:.3g}"}
        picture.call(f"f{i}", ("Square", "Exp")[i % 2], [f"v{i}"], [f"v{i + 1}"], values)
    picture.look({}, {"v0": "x", "v6": "y"})
    widget = LiveGraph("y = f(x)", lang)
    widget.whole = dumps({"number": 1, **picture.page()})
    return widget


def question(lang: str, kind: str) -> PredictCard:
    chapter = opened(7, lang)
    if kind == "reflect":
        return PredictCard.reflect(chapter)
    asked = next(q for q in chapter.questions if q.id.startswith(kind))
    return PredictCard.ask(chapter, asked)


WIDGETS: dict[str, Callable[[str], LabWidget]] = {
    "player": branching,
    "player_predict": lambda lang: branching(lang, predict=True),
    "player_beside": beside,
    "live": live,
    "panel": lambda lang: checked(lang, "W07.2a"),
    "panel_pass": lambda lang: checked(lang, None),
    "panel_open": lambda lang: checked(lang, ""),
    "panel_matrix": matrices,
    "predict": lambda lang: question(lang, "P"),
    "say": lambda lang: question(lang, "S"),
    "reflect": lambda lang: question(lang, "reflect"),
    "gradients": gradients,
    "share": shared,
    "map": course,
    "boxes": lambda lang: box_view.show(plain(ch10, lang)),
    "secant": lambda lang: secant_view.show(plain(ch10, lang), lambda v: ch10.square(ch10.exp(v))),
    "lanes": lambda lang: lanes_view.show(plain(ch10, lang)),
    "machine": lambda lang: machine_view.show(plain(ch10, lang), ch10.Square, ch10.Exp),
    "stack": lambda lang: stack_view.show(plain(ch08, lang), "stage 7"),
    "queue": lambda lang: queue_view.show(plain(ch08, lang), chain(ch08)),
    "modes": lambda lang: modes_view.show(plain(ch10, lang)),
    "types": lambda lang: types_view.show(plain(ch08, lang), lambda v: ch08.Square()(v)),
    "wall": lambda lang: engine_wall.show(plain(ch10, lang), ch10.SquareTest),
    "linked": lambda lang: linked_view.show(plain(ch07, lang), chain(ch07)),
}


def pose(page: Page, name: str, settle: int = 450) -> None:
    """Bring a drawn widget where there is most to see: mid-way, a hint open, an answer compared."""
    view = page.locator("#view")
    if name.startswith("player"):
        page.locator(".dzl-player .dzl-title").click()
        page.keyboard.press("End")
        for _ in range(6):
            page.keyboard.press("ArrowLeft")
    elif name == "panel":
        view.locator("button.hint, .dzl-head button").first.click()
        view.get_by_role("button", name="graph").or_(view.get_by_role("button", name="그래프")).first.click()
        page.wait_for_selector("#view .player[data-ready]", state="attached")
    elif name == "panel_pass":
        view.locator("button[aria-expanded=false]").first.click()
    elif name == "predict":
        view.locator("input[type=radio]").first.check(force=True)
        view.locator("button.dzl-primary, button").last.click()
    elif name == "map":
        view.locator(".dot").nth(24).click()
    elif name == "linked":
        page.locator("#view .canvas").focus()
        page.keyboard.press("ArrowLeft")
    else:
        onward = view.get_by_role("button", name="Next", exact=True)
        onward = onward.or_(view.get_by_role("button", name="다음", exact=True))
        for _ in range(3 * onward.count()):
            onward.click()
    page.wait_for_timeout(settle)  # transitions end
