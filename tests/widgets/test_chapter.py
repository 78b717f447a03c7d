"""The chapter object: what a notebook does with it, from the first cell to the last, without a browser."""

from __future__ import annotations

import importlib
import linecache
import textwrap

import numpy as np
import pytest

import dezero_widgets as lab
from dezero_lab import exercises
from dezero_lab.stages import ch07
from dezero_widgets import Chapter

LINKS = exercises.load("E07.1").reference
OWN = exercises.load("E07.2").reference  # extends the Variable of LINKS by `backward`
FAULTY = next(w for w in exercises.load("E07.2").wrongs if w.id == "W07.2a").apply(OWN)
START = "import numpy as np\nimport dezero_widgets as lab\nch = lab.chapter(7)\n" + LINKS


@pytest.fixture(autouse=True)
def own_record(tmp_path, monkeypatch):
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path / "data"))


class Notebook:
    """Cells run one after the other in one namespace, as a script would: the file is the history."""

    def __init__(self, tmp_path, number=0):
        self.path = str(tmp_path / f"notebook{number}.py")
        self.names = {"__name__": "__main__", "__file__": self.path}
        self.text = ""

    def run(self, cell):
        start = self.text.count("\n")
        cell = textwrap.dedent(cell).strip("\n") + "\n"
        self.text += cell
        linecache.cache[self.path] = (len(self.text), None, self.text.splitlines(keepends=True), self.path)
        exec(compile("\n" * start + cell, self.path, "exec"), self.names)  # noqa: S102
        return self.names


@pytest.fixture
def notebook(tmp_path):
    return Notebook(tmp_path)


def test_opening(capsys):
    ch = lab.chapter(7)
    assert capsys.readouterr().out == "Chapter 7 · Automating backpropagation · 25 min\n"
    assert (ch.id, ch.number, ch.lang, ch.before) == ("7", 7, "en", "6")
    assert "E07.1" in repr(ch)


def test_opening_in_korean_and_a_column(capsys):
    ch = lab.chapter("cA", lang="ko")
    assert capsys.readouterr().out == "cA · 자동 미분 · 15분\n"
    assert (ch.number, ch.before) == (10, "10")
    assert [q.id for q in ch.questions][:1] == ["PcA"]


@pytest.mark.parametrize(
    ("n", "lang", "said"), [(99, "en", "chapters are 1 to 60"), (7, "de", '"en" or "ko"')]
)
def test_opening_something_else(n, lang, said):
    with pytest.raises(ValueError, match=said):
        lab.chapter(n, lang)


def test_the_namespace_is_the_callers(notebook):
    names = notebook.run("import dezero_widgets as lab\nch = lab.chapter(7)\nmine = 1")
    assert names["ch"].namespace["mine"] == 1


def test_check_says_not_attempted_then_fails_then_passes(notebook, capsys):
    notebook.run(START)
    assert notebook.run("p = ch.check('E07.2')")["p"].report.verdict == "not_attempted"
    notebook.run(FAULTY)
    panel = notebook.run("p = ch.check('E07.2')")["p"]
    assert (panel.report.verdict, panel.report.cause[0]) == ("fail", "W07.2a")
    assert panel.data["attempts"] == 1
    notebook.run(OWN)
    assert notebook.run("p = ch.check('E07.2')")["p"].report.verdict == "pass"
    assert "✓ pass  E07.2" in capsys.readouterr().out


def test_unknown_ids_list_what_there_is(capsys):
    ch = Chapter(7, "en", {})
    assert ch.check("E99.1") is None
    assert ch.predict("P99") is None
    assert ch.break_it("W99") is None
    out = capsys.readouterr().out
    assert "'E99.1' is not in chapter 7. There are: E07.1, E07.2." in out
    assert "There are: P07" in out
    assert "W07.1a" in out
    Chapter(7, "ko", {}).check("E99.1")
    assert "고를 수 있는 것: E07.1, E07.2." in capsys.readouterr().out


def test_our_own_error_is_one_line(capsys, monkeypatch):
    ch = Chapter(7, "en", {})
    monkeypatch.setattr("dezero_widgets.predict_card.PredictCard.ask", lambda *_: 1 / 0)
    assert ch.predict("P07") is None
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "ZeroDivisionError" in out
    assert "untouched" in out


def test_ctrl_c_goes_through():
    with pytest.raises(KeyboardInterrupt), Chapter(7, "en", {}).quietly():
        raise KeyboardInterrupt


def test_step_records_the_block_and_swallows_its_exception(notebook, capsys):
    notebook.run(START + OWN)
    names = notebook.run("""
        with ch.step() as s:
            x = Variable(np.array(0.5))
            y = Square()(x)
            y.nothing_like_it
        after = True
    """)
    assert names["after"] is True
    assert [info.label for info in names["s"].tape.functions.values()] == ["Square"]
    line = names["s"].tape.events
    assert line
    assert "AttributeError: 'Variable' object has no attribute 'nothing_like_it'" in capsys.readouterr().out


def test_step_ends_a_loop_that_never_ends(notebook, capsys, monkeypatch):
    monkeypatch.setattr(importlib.import_module("dezero_widgets.step_block"), "STEP_LIMIT", 500)
    notebook.run(START)
    names = notebook.run(
        """
        class Endless(Variable):
            def backward(self):
                while True:
                    pass

        with ch.step() as s:
            Endless(np.array(1.0)).backward()
        """
    )
    assert "looks endless" in capsys.readouterr().out
    assert any(event.kind == "line" for event in names["s"].tape.events)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_view_of_endless_code_is_stopped(lang, capsys, monkeypatch):
    monkeypatch.setattr(importlib.import_module("dezero_widgets.chapter"), "VIEW_SECONDS", 0.5)

    def endless(x):
        while True:
            pass

    assert Chapter(4, lang, dict(vars(ch07))).secant(endless, x=0.5) is None
    said = capsys.readouterr().out
    assert "with ch.step():" in said
    assert ("0.5 seconds" if lang == "en" else "0.5초") in said


def test_step_says_whose_classes_run():
    whose = importlib.import_module("dezero_widgets.block_text").whose
    assert whose(ch07.Variable, "en") == "the classes of chapter 7"
    assert whose(importlib.import_module("dezero_lab").Variable, "en") == "the finished framework, dezero_lab"
    assert whose(type("Variable", (), {}), "ko") == "이 노트북에서 정의한 내 클래스"


def test_step_without_any_class(capsys):
    ch = Chapter(1, "en", {})
    with ch.step():
        pass
    assert capsys.readouterr().out == ""


def test_step_lets_ctrl_c_through():
    with pytest.raises(KeyboardInterrupt), Chapter(7, "en", dict(vars(ch07))).step():
        raise KeyboardInterrupt


def test_step_compares_with_a_stage_on_the_same_input(notebook):
    notebook.run(START + FAULTY)
    names = notebook.run("""
        x = Variable(np.array(0.5))
        with ch.step(compare="stage 7") as s:
            y = Square()(Square()(x))
            y.grad = np.array(1.0)
            y.backward()
    """)
    mine, theirs = names["s"].tape, names["s"].other
    x_mine = next(v for v, info in mine.variables.items() if info.label == "x")
    x_theirs = next(v for v, info in theirs.variables.items() if info.label == "x")
    assert mine.state().grad.get(x_mine) is None
    assert theirs.state().grad[x_theirs].values == (0.5,)
    assert names["x"].grad is None


def test_step_says_why_it_cannot_compare(notebook, capsys):
    notebook.run(START + OWN)
    notebook.run("with ch.step(compare='stage 77'):\n    y = Square()(Variable(np.array(1.0)))")
    assert "There is no stage 77 to compare with." in capsys.readouterr().out


def test_save_then_load_in_the_next_chapter(notebook, tmp_path, capsys):
    notebook.run(START + OWN)
    notebook.run("class Careless(Square):\n    pass")
    notebook.run("ch.check('E07.1'); ch.check('E07.2'); card = ch.save()")
    assert "Careless" not in notebook.names["card"].text_form()
    capsys.readouterr()
    after = Notebook(tmp_path, 1)
    after.run(
        "import dezero_widgets as lab\nfrom dezero_lab.stages.ch07 import Variable, Square\nch = lab.chapter(8)\nch.load()"
    )
    assert (
        "Your own code from chapter 7 is loaded: Variable, Function, Square, Exp." in capsys.readouterr().out
    )
    assert after.names["Variable"].__module__ == "__main__"
    x = after.names["Variable"](np.array(3.0))
    y = after.names["Square"]()(x)
    y.grad = np.array(1.0)
    y.backward()
    assert x.grad == 6.0
    after.run("class Variable(Variable):\n    def backward(self):\n        return 'loop'")
    assert after.names["ch"].own.source().count("class Variable") == 1


def test_loaded_code_that_is_not_touched_is_no_attempt(notebook, tmp_path):
    notebook.run(START + OWN)
    notebook.run("ch.check('E07.1'); ch.check('E07.2'); ch.save()")
    after = Notebook(tmp_path, 1)
    after.run("import numpy as np\nimport dezero_widgets as lab\nch = lab.chapter(8)\nch.load()")
    panel = after.run("panel = ch.check('E08.1')")["panel"]
    assert panel.report.verdict == "not_attempted"


def test_a_save_after_a_restart_loses_nothing(notebook, tmp_path):
    notebook.run(START + OWN)
    assert "Saved for the next chapter: Variable" in notebook.run("card = ch.save()")["card"].text_form()
    kept = notebook.names["ch"].progress.saved_source("7")
    again = Notebook(tmp_path, 1)
    again.run(
        "import numpy as np\nimport dezero_widgets as lab\nch = lab.chapter(7)\nclass Square:\n    pass"
    )
    card = again.run("card = ch.save()")["card"]
    assert "Your earlier save stays: Variable, Function, Exp has not been defined" in card.text_form()
    assert again.names["ch"].progress.saved_source("7") == kept
    assert "`Variable`" in card.markdown


def test_nothing_to_save(notebook):
    card = notebook.run("import dezero_widgets as lab\nch = lab.chapter(7, lang='ko')\ncard = ch.save()")[
        "card"
    ]
    assert "아직 저장할 내 코드가 없습니다" in card.text_form()


def test_load_keeps_the_checkpoint_until_the_core_check_passes(notebook, tmp_path, capsys):
    notebook.run(START + FAULTY)
    notebook.run("ch.check('E07.2'); ch.save()")
    after = Notebook(tmp_path, 1)
    capsys.readouterr()
    after.run(
        "import dezero_widgets as lab\nfrom dezero_lab.stages.ch07 import Variable\nch = lab.chapter(8)\nch.load()"
    )
    assert "does not pass yet" in capsys.readouterr().out
    assert after.names["Variable"] is ch07.Variable


def test_load_without_anything_saved(capsys):
    Chapter(8, "ko", {}).load()
    assert "7장 체크포인트 코드로 시작합니다" in capsys.readouterr().out
    Chapter(1, "en", {}).load()
    assert capsys.readouterr().out == ""


def test_load_survives_damaged_source(capsys):
    ch = Chapter(8, "en", {"Variable": ch07.Variable})
    for exercise in exercises.chapter(7):
        if exercise.core:
            from dezero_lab.grading import Report

            ch.progress.record_check(Report(exercise.id, exercise.title, "pass"))
    ch.progress.save_source("7", "class Variable:\n    pass\n1 / 0\n")
    ch.load()
    assert "stopped with ZeroDivisionError" in capsys.readouterr().out
    assert ch.namespace == {"Variable": ch07.Variable}


def test_break_it_opens_the_case_that_betrays_the_fault():
    ch = Chapter(7, "en", dict(vars(ch07)))
    player = ch.break_it("W07.2a")
    assert "Only the variable next to the output" in player.text_form() or player.data["focus"]


def test_break_it_runs_a_block_on_the_faulty_engine():
    names = {"Variable": ch07.Variable, "Square": ch07.Square, "np": np, "seen": []}

    def block():
        y = Square()(Square()(Variable(np.array(2.0))))  # noqa: F821 the names of the notebook
        y.grad = np.array(1.0)
        y.backward()

    player = Chapter(7, "en", names).break_it("W07.2a", block)
    grads = [step["grad"] for step in player.data["runs"][0]["steps"] if step.get("grad")]
    assert len(grads) == 2  # the seed and one step, where a whole engine takes two


@pytest.mark.parametrize(
    "view", ["boxes", "machine", "secant", "lanes", "stack", "queue", "types", "wall", "modes"]
)
def test_every_view_has_its_module(view):
    """The chapter hands everything on to `show(chapter, ...)` of the module that owns the view."""
    asked = []
    ch = Chapter(7, "en", {})
    ch._view = lambda module, *args, **options: asked.append((module, args, options))
    getattr(ch, view)(1, two=2)
    [(module, args, options)] = asked
    assert (args, options) == ((1,), {"two": 2})
    assert callable(importlib.import_module(f"dezero_widgets.{module}").show)
