"""Lines, sources and other tracers: what is followed, what is left alone, what is put back."""

import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from dezero_lab.trace import record


def lines_of(tape):
    return [
        (tape.sources[e.s].title, tape.sources[e.s].line(e.lineno)) for e in tape.events if e.kind == "line"
    ]


def test_lines_are_the_learners_own_text(engine, run):
    module = engine("stage08")
    tape = run(module).tape
    text = Path(module.__file__).read_text(encoding="utf-8").splitlines()
    for e in tape.events:
        if e.kind == "line":
            assert text[e.lineno - 1].strip() == tape.sources[e.s].line(e.lineno) != ""
    titles = {s.title for s in tape.sources.values()}
    assert {"Function.__call__", "Variable.backward", "Square.forward", "Square.backward"} <= titles
    assert {s.file for s in tape.sources.values()} == {"stage08.py"}


def test_no_line_of_numpy_or_of_ours(engine, run):
    module = engine(
        "stage16",
        ("self.grad = np.ones_like(self.data)", "self.grad = np.atleast_1d(np.array(1.0)).reshape(())"),
    )
    tape = run(module).tape
    assert {s.file for s in tape.sources.values()} == {Path(module.__file__).name}


def test_loop_of_the_sweep_line_by_line(engine, run):
    done = lines_of(run(engine("stage08")).tape)
    loop = [line for title, line in done if title == "Variable.backward"]
    assert loop[:6] == [
        "todo = [self.creator]",
        "while todo:",
        "f = todo.pop()",
        "x, y = f.input, f.output",
        "x.grad = f.backward(y.grad)",
        "if x.creator is not None:",
    ]
    assert loop.count("f = todo.pop()") == 3


def test_the_work_list_follows_the_pops(engine, run):
    tape = run(engine("stage08")).tape
    lengths = [
        (tape.sources[e.s].line(e.lineno), len(e.work.items))
        for e in tape.events
        if e.kind == "line" and e.work and tape.sources[e.s].title == "Variable.backward"
    ]
    assert ("f = todo.pop()", 1) in lengths
    assert ("x, y = f.input, f.output", 0) in lengths
    assert max(n for _, n in lengths) == 1


def test_helpers_and_nested_functions_are_followed(engine, run):
    tape = run(engine("stage16")).tape
    titles = {s.title for s in tape.sources.values()}
    assert "as_array" in titles
    assert "enqueue" not in titles  # shown inside Variable.backward
    nested = [e for e in tape.events if e.kind == "line" and e.stack[-1].name == "enqueue"]
    assert {tape.sources[e.s].title for e in nested} == {"Variable.backward"}
    assert all(e.depth == 2 and e.stack[0].name == "backward" for e in nested)


def test_a_grad_event_comes_after_the_line_that_caused_it(engine, run):
    tape = run(engine("stage16")).tape
    for e in tape.events:
        if e.kind == "grad" and tape.label(e.v) == "a":
            line = tape.state(e.i).line
            assert tape.sources[line.s].line(line.lineno).startswith("x.grad =")


def test_deep_stacks_are_cut_but_counted(engine):
    module = engine("stage07")
    with record(module.Variable, module.Function) as tape:
        x = y = module.Variable(np.array(1.0))
        for _ in range(60):
            y = module.Square()(y)
        y.grad = np.array(1.0)
        y.backward()
    assert x.grad == 2.0**60
    lines = [e for e in tape.events if e.kind == "line"]
    assert max(e.depth for e in lines) == 61
    assert max(len(e.stack) for e in lines) == 12


def test_lines_off(engine, run):
    assert "line" not in run(engine("stage16"), lines=False).kinds


def test_source_that_cannot_be_found(run):
    """Classes made by exec have line numbers but no text."""
    namespace = {"np": np, "__name__": "nowhere"}
    text = (Path(__file__).parents[1] / "fixtures" / "engines" / "stage08.py").read_text(encoding="utf-8")
    exec(compile(text, "<nowhere>", "exec"), namespace)  # noqa: S102
    with record(namespace["Variable"], namespace["Function"]) as tape:
        namespace["example"]()
    assert all(source.lines == () for source in tape.sources.values())
    works = {e.work.name for e in tape.events if e.kind == "line" and e.work}
    assert works == {"todo"}


# ---- other tracers


def test_a_tracer_written_in_python_keeps_working(engine):
    module = engine("stage16")
    calls, lines = [], []

    def local(frame, event, arg):
        if event == "line":
            lines.append(frame.f_code.co_name)
        return local

    def tracer(frame, event, arg):
        if frame.f_globals is vars(module):
            calls.append(frame.f_code.co_name)
            return local
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        module.example()
        alone = (list(calls), list(lines))
        calls.clear()
        lines.clear()
        with record(module.Variable, module.Function) as tape:
            module.example()
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)
    assert (calls, lines) == alone
    assert sum(e.kind == "line" for e in tape.events) > 50


def test_a_tracer_installed_meanwhile_stays(engine):
    """pdb.set_trace() in a learner's method takes over; we do not take it back."""

    def theirs(frame, event, arg):
        return None

    before = sys.gettrace()
    module = engine(
        "stage16", ("return a + b", "import sys\n        sys.settrace(THEIRS)\n        return a + b")
    )
    module.THEIRS = theirs
    try:
        with record(module.Variable, module.Function):
            module.example()
        assert sys.gettrace() is theirs
    finally:
        sys.settrace(before)


@pytest.mark.parametrize("error", ["KeyboardInterrupt", "ValueError"])
def test_tracer_is_put_back_after_an_exception(engine, error):
    module = engine("stage16", ("return 2 * x * gy", f"raise {error}"))

    def tracer(frame, event, arg):
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        with pytest.raises((KeyboardInterrupt, ValueError)), record(module.Variable, module.Function):
            module.example()
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)


def test_interrupt_that_arrives_inside_the_tracer(engine, monkeypatch):
    """Ctrl-C can hit our own code: the class, the tracer and the stack are put back all the same."""
    from dezero_lab.trace.source import LineTracer

    module = engine("stage16")
    before = dict(vars(module.Variable))
    original, count = LineTracer._line, 0

    def interrupted(self, frame):
        nonlocal count
        count += 1
        if count == 100:
            raise KeyboardInterrupt
        original(self, frame)

    monkeypatch.setattr(LineTracer, "_line", interrupted)
    tracer = sys.gettrace()
    with pytest.raises(KeyboardInterrupt), record(module.Variable, module.Function) as tape:
        module.example()
    assert sys.gettrace() is tracer
    assert dict(vars(module.Variable)) == before
    assert tape.state().error.type == "KeyboardInterrupt"
    assert tape.state().active == []


def test_coverage_still_counts(tmp_path, engine):
    """Lines before, between and after recordings are measured, and recording works under coverage."""
    pytest.importorskip("coverage")
    stage = Path(__file__).parents[1] / "fixtures" / "engines" / "stage16.py"
    (tmp_path / "engine.py").write_text(stage.read_text(encoding="utf-8"))
    (tmp_path / "main.py").write_text(
        textwrap.dedent("""
        import numpy as np
        import engine
        from dezero_lab.trace import record

        def helper(k):
            doubled = 2 * k
            return doubled

        before = helper(1)
        with record(engine.Variable, engine.Function) as tape:
            x = engine.Variable(np.array(2.0))
            inside = helper(2)
            y = engine.square(x)
            between = helper(3)
            y.backward()
            last = 1
        after = helper(4)
        final = helper(5)
        assert x.grad == 4.0 and sum(e.kind == "line" for e in tape.events) > 10
        """)
    )
    code = (
        "import coverage, runpy, sys; c = coverage.Coverage(include=['*/main.py'], data_file=None); c.start(); "
        "runpy.run_path('main.py'); c.stop(); _, lines, _, missing, _ = c.analysis2('main.py'); "
        "print(missing); sys.exit(bool(missing))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# ---- notebooks


@pytest.fixture
def shell():
    interactiveshell = pytest.importorskip("IPython.core.interactiveshell")
    shell = interactiveshell.InteractiveShell.instance()
    shell.reset(new_session=False)
    yield shell
    shell.reset(new_session=False)
    interactiveshell.InteractiveShell.clear_instance()


def test_cells_of_a_notebook(shell):
    stage = (Path(__file__).parents[1] / "fixtures" / "engines" / "stage16.py").read_text(encoding="utf-8")
    variable, rest = stage.split("class Function:")
    function, _ = ("class Function:" + rest).split("def example")
    for cell in (variable, function):
        shell.run_cell(cell).raise_error()
    shell.run_cell(
        "from dezero_lab.trace import record\n"
        "with record(Variable, Function) as tape:\n"
        "    x = Variable(np.array(2.0))\n"
        "    a = square(x)\n"
        "    y = add(square(a), square(a))\n"
        "    y.backward()\n"
    ).raise_error()
    tape = shell.user_ns["tape"]
    assert {info.label for info in tape.variables.values()} == {"x", "a", "t1", "t2", "y"}
    assert {s.file for s in tape.sources.values()} == {"notebook cell"}
    assert ("Variable.backward", "x.grad = x.grad + gx") in lines_of(tape)
    assert {e.work.name for e in tape.events if e.kind == "line" and e.work} == {"waiting"}
    # The class cell again: old objects, new classes.
    shell.run_cell(variable).raise_error()
    shell.run_cell(
        "with record(Variable, Function) as tape:\n    z = square(y)\n    z.backward()\n"
    ).raise_error()
    tape = shell.user_ns["tape"]
    assert {"x", "a", "y", "z"} <= {info.label for info in tape.variables.values()}
    assert not [e for e in tape.events if e.kind == "mark"]


def test_error_in_a_cell_shows_the_cell_only(shell, capsys):
    shell.run_cell(
        (Path(__file__).parents[1] / "fixtures" / "engines" / "stage16.py").read_text(encoding="utf-8")
    ).raise_error()
    result = shell.run_cell(
        "from dezero_lab.trace import record\nwith record(Variable, Function):\n    Variable(3.0)\n"
    )
    assert isinstance(result.error_in_exec, TypeError)
    assert "dezero_lab" not in "".join(
        line for line in capsys.readouterr().out.splitlines() if "File" in line
    )
