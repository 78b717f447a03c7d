"""One sentence per event, with the numbers in it, in both languages."""

import re

import numpy as np
import pytest

from dezero_lab.trace import narrate, record
from dezero_lab.trace.narrate import narrate_all, number, value
from dezero_lab.trace.snapshot import Snapshot


@pytest.fixture
def diamond(engine):
    module = engine("stage16")
    with record(module.Variable, module.Function) as tape:
        x = module.Variable(np.array(2.0))
        a = module.square(x)
        b = module.square(a)
        y = module.add(b, module.square(a))
        y.backward()
        x.cleargrad()
    return tape


def sentences(tape, lang, *kinds):
    return [s for s, e in zip(narrate_all(tape, lang), tape.events, strict=True) if e.kind in kinds]


def test_backward_in_english(diamond):
    assert sentences(diamond, "en", "sweep_begin", "backward_begin", "backward_end", "grad", "sweep_end") == [
        "Backward pass 1 starts at `y`.",
        "`y.grad` becomes `1.0`, the starting value of this pass.",
        "`Add.backward` receives `gy = 1.0`.",
        "`Add.backward` received `gy = 1.0` and returned `1.0, 1.0`.",
        "`b.grad` becomes `1.0`.",
        "`t1.grad` becomes `1.0`.",
        "`Square.backward` receives `gy = 1.0`.",
        "`Square.backward` received `gy = 1.0` and returned `8.0`.",
        "`a.grad` becomes `8.0`.",
        "`Square.backward` receives `gy = 1.0`.",
        "`Square.backward` received `gy = 1.0` and returned `8.0`.",
        "`a` already held `8.0`; your loop adds `8.0`: `16.0`.",
        "`Square.backward` receives `gy = 16.0`.",
        "`Square.backward` received `gy = 16.0` and returned `64.0`.",
        "`x.grad` becomes `64.0`.",
        "Backward pass 1 from `y` is over.",
        "`x.grad` is cleared; it held `64.0`.",
    ]


def test_backward_in_korean(diamond):
    assert sentences(diamond, "ko", "sweep_begin", "backward_begin", "backward_end", "grad", "sweep_end") == [
        "1번째 역전파를 `y`에서 시작합니다.",
        "`y.grad`의 새 값은 `1.0`입니다. 이번 역전파의 시작값입니다.",
        "`Add.backward`에 `gy = 1.0` 값이 들어갑니다.",
        "`Add.backward`에 `gy = 1.0` 값이 들어와 `1.0, 1.0` 값이 나왔습니다.",
        "`b.grad`의 새 값은 `1.0`입니다.",
        "`t1.grad`의 새 값은 `1.0`입니다.",
        "`Square.backward`에 `gy = 1.0` 값이 들어갑니다.",
        "`Square.backward`에 `gy = 1.0` 값이 들어와 `8.0` 값이 나왔습니다.",
        "`a.grad`의 새 값은 `8.0`입니다.",
        "`Square.backward`에 `gy = 1.0` 값이 들어갑니다.",
        "`Square.backward`에 `gy = 1.0` 값이 들어와 `8.0` 값이 나왔습니다.",
        "`a`에 이미 `8.0` 값이 있어서 `8.0` 값을 더합니다. 결과는 `16.0`입니다.",
        "`Square.backward`에 `gy = 16.0` 값이 들어갑니다.",
        "`Square.backward`에 `gy = 16.0` 값이 들어와 `64.0` 값이 나왔습니다.",
        "`x.grad`의 새 값은 `64.0`입니다.",
        "`y`에서 시작한 1번째 역전파가 끝났습니다.",
        "`x.grad`를 비웁니다. 이전 값은 `64.0`입니다.",
    ]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", [
            "`x` is a variable that holds `2.0`.",
            "`Square` is a new function.",
            "`Square` is called with `x`.",
            "`Square.forward` receives `2.0`.",
            "`Square.forward` returned `4.0`.",
            "`a` is a variable that holds `4.0`.",
            "`Square` made `a`.",
            "`Square.inputs` refers to `x`.",
            "`Square.outputs` refers to `a`.",
            "`Square.generation` is `0`.",
        ]),
        ("ko", [
            "변수 `x`의 값은 `2.0`입니다.",
            "`Square` 함수가 새로 생겼습니다.",
            "`Square` 함수를 호출합니다. 입력은 `x`입니다.",
            "`Square.forward`에 `2.0` 값이 들어갑니다.",
            "`Square.forward`의 결과는 `4.0`입니다.",
            "변수 `a`의 값은 `4.0`입니다.",
            "`Square`의 출력은 변수 `a`입니다.",
            "`Square.inputs`에 연결된 것은 `x`입니다.",
            "`Square.outputs`에 연결된 것은 `a`입니다.",
            "`Square.generation`은 `0`입니다.",
        ]),
    ],
)  # fmt: skip
def test_forward(diamond, lang, expected):
    kinds = ("variable", "function", "call_begin", "forward_begin", "forward_end", "call_end", "link")
    assert sentences(diamond, lang, *kinds)[: len(expected)] == expected


def test_lines(diamond):
    k = next(e.i for e in diamond.events if e.kind == "line")
    assert (
        narrate(diamond, k) == "Line 56 of `Function.__call__` is next: `arrays = [v.data for v in inputs]`"
    )
    assert narrate(diamond, k, "ko") == (
        "`Function.__call__`의 56번째 줄 차례입니다: `arrays = [v.data for v in inputs]`"
    )


def test_one_at_a_time_is_the_same_as_all(diamond):
    for lang in ("en", "ko"):
        assert [narrate(diamond, k, lang) for k in range(len(diamond))] == narrate_all(diamond, lang)


@pytest.mark.parametrize(
    ("change", "sentence", "korean"),
    [
        ("x.grad = gx", "`x.grad` was `1.0` and is overwritten with `1.0`.", "`x.grad`의 값 `1.0` 위에 `1.0` 값을 덮어씁니다."),
        ("x.grad = x.grad + gx", "`x` already held `1.0`; your loop adds `1.0`: `2.0`.",
         "`x`에 이미 `1.0` 값이 있어서 `1.0` 값을 더합니다. 결과는 `2.0`입니다."),
        ("x.grad += gx", "`x.grad` changes in place from `1.0` to `2.0`. It shares its memory with the gradient of `y`.",
         "`x.grad` 배열 안의 값이 바뀝니다: `1.0` → `2.0`. `y`의 기울기와 같은 메모리를 씁니다."),
    ],
)  # fmt: skip
def test_three_ways_to_meet_a_full_shelf(engine, change, sentence, korean):
    module = engine("stage16", ("x.grad = x.grad + gx", change))
    with record(module.Variable, module.Function, lines=False) as tape:
        x = module.Variable(np.array(3.0))
        y = module.add(x, x)
        y.backward()
    assert y.data == 6.0
    k = [e.i for e in tape.events if e.kind == "grad" and tape.label(e.v) == "x"][1]
    assert narrate(tape, k) == sentence
    assert narrate(tape, k, "ko") == korean


def test_large_gradients_are_recognised_as_sums_too(engine):
    module = engine("stage16")
    with record(module.Variable, module.Function, lines=False) as tape:
        x = module.Variable(np.linspace(0.0, 1.0, 100))
        y = module.add(x, x)
        y.backward()
    assert y is not None
    assert "`x` already held `array (100,)`; your loop adds `array (100,)`: `array (100,)`." in narrate_all(
        tape
    )


def test_data(engine):
    module = engine("stage01")
    with record(module.Variable) as tape:
        x = module.Variable(np.array([1.0]))
        x.data = np.array([2.0])
        x.data[:] = 3
        y = module.Variable(np.array(0.0))
        x.data = None
    assert y is not None
    assert narrate_all(tape)[1:3] + narrate_all(tape)[4:] == [
        "`x.data` changes from `[1.0]` to `[2.0]`.",
        "The array inside `x` changes from `[2.0]` to `[3.0]`.",
        "`x` is emptied; it held `[3.0]`.",
    ]
    assert "비웁니다" in narrate_all(tape, "ko")[-1]


@pytest.mark.parametrize(
    ("change", "en", "ko"),
    [
        (("return a + b", "return a + missing"), "`Add.forward` did not finish.", "`Add.forward`가 끝까지 실행되지 못했습니다."),
        (("return 2 * x * gy", "return {}[0]"), "`Square.backward` did not finish.", "`Square.backward`가 끝까지 실행되지 못했습니다."),
    ],
)  # fmt: skip
def test_errors(engine, change, en, ko):
    module = engine("stage16", change)
    with pytest.raises((NameError, KeyError)), record(module.Variable, module.Function) as tape:
        module.example()
    assert en in narrate_all(tape)
    assert ko in narrate_all(tape, "ko")
    error = next(s for s in narrate_all(tape) if "Error in" in s)
    assert re.fullmatch(r"(Name|Key)Error in `(Add|Square)`, line \d+: .+", error)
    assert any("오류가 났습니다" in s for s in narrate_all(tape, "ko"))


def test_backticks_in_the_source_do_not_break_the_sentence(engine):
    module = engine("stage16", ("return a + b", "return a + b  # `sum`"))
    with record(module.Variable, module.Function) as tape:
        module.example()
    assert all(s.count("`") % 2 == 0 for lang in ("en", "ko") for s in narrate_all(tape, lang))


def test_wrong_arguments(diamond):
    with pytest.raises(ValueError, match="must be 'en' or 'ko'"):
        narrate(diamond, 0, "de")
    with pytest.raises(ValueError, match="must be 'en' or 'ko'"):
        narrate_all(diamond, "")
    with pytest.raises(IndexError, match="the tape has events 0 to"):
        narrate(diamond, -1)


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (np.array(8.0), "8.0"),
        (np.float64(0.1) + 0.2, "0.3"),
        (np.array([1.0, -2.5]), "[1.0, -2.5]"),
        (np.zeros((2, 3)), "array (2, 3)"),
        (np.array([]), "[]"),
        (np.array(np.nan), "nan"),
        (-np.inf, "-inf"),
        (12345678.0, "1.2346e+07"),
        (np.int64(7), "7"),
        (None, "None"),
        (True, "True"),
        ([], "<list>"),
    ],
)
def test_values(x, text):
    assert value(Snapshot.of(x)) == text


def test_numbers():
    assert [number(v) for v in (1.0, 1e-7, 1e20, 0.0, -0.0, 100000.0, 123456.0)] == [
        "1.0", "1e-07", "1e+20", "0.0", "-0.0", "100000.0", "123456.0",
    ]  # fmt: skip
