"""Chapter 9, making functions comfortable: arrays only, an automatic start value, plain functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dezero_lab.grading import Check, Exercise, Question, T, Wrong


def check_arrays_only(c: Check) -> None:
    Variable, as_array, Square = c.get("Variable", "as_array", "Square")
    refused = T("what the box refuses", "상자가 거절하는 것")
    for bad in (0.5, 3, [1.0, 2.0], np.float32(0.5)):
        with c.case(refused, f"Variable({bad!r})") as case:
            case.raises(
                TypeError,
                lambda bad=bad: Variable(bad),
                mentions=type(bad).__name__,
                name=f"Variable({bad!r})",
            )
    with c.case(T("an empty box", "빈 상자"), "Variable(None).data") as case:
        case.equal(Variable(None).data, None, name="Variable(None).data")
    same = T("`as_array` keeps an array", "`as_array`는 배열을 그대로 둠")
    for shape in ((), (3,), (2, 3)):
        with c.case(same, "a = {a}; as_array(a) is a", a=c.array(shape)) as case:
            case.identity(as_array(case.inputs["a"]), case.inputs["a"], name="as_array(a) is a")
    scalars = T("`as_array` wraps a scalar", "`as_array`는 스칼라를 감쌈")
    for scalar in (2.5, 3, np.float64(c.number()), np.float32(0.5)):
        with c.case(scalars, "as_array({s})", s=scalar) as case:
            found = as_array(scalar)
            case.type(found, np.ndarray, name="as_array(s)")
            case.dtype(found, np.asarray(scalar).dtype, name="as_array(s).dtype")
            case.close(found, scalar, name="as_array(s)")
    output = T("the output of a function is an array", "함수의 출력은 배열")
    for a in (np.array(2.0), np.array(c.number(), np.float32), np.array(3), c.array((3,))):
        with c.case(output, "Square()(Variable({a})).data", a=a) as case:
            y = case.run(lambda a=a: Square()(Variable(a)))
            case.type(y.data, np.ndarray, name="y.data")
            case.dtype(y.data, a.dtype, name="y.data.dtype")
            case.close(y.data, a**2, name="y.data")


def check_seed(c: Check) -> None:
    Variable, Square = c.get("Variable", "Square")
    line = "x = Variable({a}); y = Square()(x); y.backward()"
    alone = T("`y.backward()` without preparation", "준비 없이 부른 `y.backward()`")
    for shape, dtype in (((), np.float64), ((2, 3), np.float64), ((3,), np.float32)):
        with c.case(alone, line + "; y.grad", visits=100, a=c.array(shape, dtype=dtype)) as case:
            a = case.inputs["a"]

            def one_pass(a: np.ndarray = a) -> tuple[Any, Any]:
                x = Variable(a)
                y = Square()(x)
                y.backward()
                return x, y

            x, y = case.run(one_pass)
            case.shape(y.grad, shape, name="y.grad.shape")
            case.dtype(y.grad, dtype, name="y.grad.dtype")
            case.gradient(x.grad, of=np.square, at=a)
    given = T("a start value set by the user", "사용자가 정한 시작값")
    for gy in (3.0, *c.upstreams()):
        line = "x = Variable({a}); y = Square()(x); y.grad = np.array({gy}); y.backward(); x.grad"
        with c.case(given, line, visits=100, a=c.array(()), gy=gy) as case:
            a = case.inputs["a"]

            def asked(a: np.ndarray = a, gy: float = gy) -> tuple[Any, Any]:
                x = Variable(a)
                y = Square()(x)
                y.grad = np.array(gy)
                y.backward()
                return x, y

            x, y = case.run(asked)
            case.close(y.grad, gy, name="y.grad")
            case.gradient(x.grad, of=np.square, at=a, upstream=gy)


def check_functions(c: Check) -> None:
    Variable, square, exp = c.get("Variable", "square", "exp")
    named: list[tuple[str, Callable[[Any], Any], Callable[[Any], Any]]] = [
        ("square(x)", lambda x: square(x), np.square),
        ("exp(x)", lambda x: exp(x), np.exp),
        ("square(square(x))", lambda x: square(square(x)), lambda t: t**4),
        ("exp(exp(x))", lambda x: exp(exp(x)), lambda t: np.exp(np.exp(t))),
        ("square(exp(square(x)))", lambda x: square(exp(square(x))), lambda t: np.exp(t**2) ** 2),
    ]
    value, slope = T("the value", "함숫값"), T("the gradient", "기울기")
    for text, learner, formula in named:
        a = c.array((), -1.2, 1.2)
        with c.case(value, f"x = Variable({{a}}); y = {text}; y.data", a=a) as case:
            y = case.run(lambda a=a, learner=learner: learner(Variable(a)))
            case.type(y, Variable, name="y")
            case.close(y.data, formula(a), name="y.data")
        with c.case(slope, f"x = Variable({{a}}); y = {text}; y.backward(); x.grad", visits=300, a=a) as case:
            x = Variable(a)

            def one_pass(x: Any = x, learner: Callable[[Any], Any] = learner) -> None:
                learner(x).backward()

            case.run(one_pass)
            case.gradient(x.grad, of=formula, at=a)
    with c.case(
        T("two calls, two functions", "호출 두 번, 함수 두 개"), "square(x).creator is square(x).creator"
    ) as case:
        x = Variable(np.array(2.0))
        case.equal(
            square(x).creator is square(x).creator, False, name="square(x).creator is square(x).creator"
        )


EXERCISES = [
    Exercise(
        id="E09.1",
        title=T("Arrays only", "배열만"),
        needs=("Variable", "Function", "as_array"),
        check=check_arrays_only,
        core=True,
        given="ch08",
        wrongs=[
            Wrong(
                "W09.1a",
                [("np.isscalar(x)", "isinstance(x, float)")],
                T(
                    "An `np.float32` slipped through: not every scalar is a Python float.",
                    "`np.float32`가 빠져나갔습니다. 모든 스칼라가 파이썬 float인 것은 아닙니다.",
                ),
            ),
            Wrong(
                "W09.1b",
                [
                    (
                        "    if np.isscalar(x):\n        return np.array(x)\n    return x\n",
                        "    return np.array(x)\n",
                    )
                ],
                T(
                    "`as_array(a) is a` is False for an array: an unnecessary copy.",
                    "배열인데 `as_array(a) is a`가 False입니다. 필요 없는 복사를 했습니다.",
                ),
            ),
            Wrong(
                "W09.1c",
                [("Variable(as_array(y))", "Variable(y)")],
                T(
                    "Your own function now raises on zero-axis input: its result stopped being an array.",
                    "축이 없는 입력에서 여러분의 함수가 TypeError를 냅니다. 출력도 배열로 바꿨나요?",
                ),
            ),
            Wrong(
                "W09.1d",
                [("if data is not None and not isinstance", "if not isinstance")],
                T(
                    "An empty box is allowed; later layers fill it at the first call.",
                    "빈 상자(`None`)는 허용해야 합니다. 나중에 계층이 첫 호출 때 채웁니다.",
                ),
            ),
        ],
        hints=(
            T(
                "Three places: the door of the box, `as_array`, and the line in `__call__` that builds the output.",
                "볼 곳은 셋입니다. 상자의 입구, `as_array`, 그리고 `__call__`에서 출력을 만드는 줄이에요.",
            ),
            T(
                "`np.array(2.0)**2` is an `np.float64`. A strict box refuses it, even though your own function made it.",
                "`np.array(2.0)**2`는 `np.float64`입니다. 여러분의 함수가 만든 값이라도 엄격한 상자는 거절합니다.",
            ),
            T(
                "Refuse everything that is neither `None` nor an `np.ndarray`; turn what `np.isscalar` calls a scalar into an array; "
                "send every output through that.",
                "`None`도 `np.ndarray`도 아니면 거절하고, `np.isscalar`가 스칼라라고 하는 것은 배열로 바꾸고, 출력은 모두 그것을 거치게 하세요.",
            ),
        ),
    ),
    Exercise(
        id="E09.2",
        title=T("Automatic start value", "자동 시작값"),
        needs=("Variable",),
        check=check_seed,
        given="ch08",
        after=("E09.1",),
        wrongs=[
            Wrong(
                "W09.2a",
                [("np.ones_like(self.data)", "np.array(1.0)")],
                T(
                    "The start value has shape () and type float64 whatever the data has; compare (2, 3) and float32.",
                    "데이터가 무엇이든 시작값의 형상이 (), 자료형이 float64입니다. (2, 3)과 float32에서 비교해 보세요.",
                ),
            ),
            Wrong(
                "W09.2b",
                [("if self.grad is None:", "if True:")],
                T("You asked for upstream 3 and got 1.", "상류 기울기를 3으로 정했는데 1로 바뀌었습니다."),
            ),
        ],
        hints=(
            T("Before the loop starts, look at `self.grad`.", "반복문이 시작되기 전의 `self.grad`를 보세요."),
            T(
                "It may be `None`, or the user may have set it. The array that fits has the shape and the type of `self.data`.",
                "`None`일 수도 있고 사용자가 넣어 둔 값일 수도 있어요. 알맞은 배열은 `self.data`와 형상도 자료형도 같습니다.",
            ),
            T(
                "Only if it is `None`: put an array of ones there, made after the model of `self.data`.",
                "`None`일 때만, `self.data`를 본떠 1로 채운 배열을 넣으세요.",
            ),
        ),
    ),
    Exercise(
        id="E09.3",
        title=T("Plain functions", "보통 함수"),
        needs=("square", "exp"),
        check=check_functions,
        given="ch08",
        after=("E09.1", "E09.2"),
        wrongs=[
            Wrong(
                "W09.3a",
                [
                    (
                        "def square(x):\n    return Square()(x)",
                        "one_square, one_exp = Square(), Exp()\n\n\ndef square(x):\n    return one_square(x)",
                    ),
                    ("    return Exp()(x)", "    return one_exp(x)"),
                ],
                T(
                    "The inner call's memory was overwritten: the function now appears to be its own creator, and the walk never ends. "
                    "How many instances does a chain of two need?",
                    "안쪽 호출의 기억이 덮어써졌습니다. 함수가 자기 자신의 창조자처럼 보여서 끝없이 돕니다. 함수 두 개짜리 사슬에는 인스턴스가 몇 개 필요할까요?",
                ),
            ),
            Wrong(
                "W09.3b",
                [("return Square()(x)", "return Square()"), ("return Exp()(x)", "return Exp()")],
                T(
                    "`square(x)` returned the function object, not the Variable it computes. Building it is only half of the work.",
                    "`square(x)`가 계산한 Variable이 아니라 함수 객체를 돌려주었습니다. 만들기만 하고 부르지 않았어요.",
                ),
            ),
        ],
        hints=(
            T(
                "Look at the two pairs of brackets in `Square()(x)`: which one does your function save the user?",
                "`Square()(x)`의 괄호 두 쌍을 보세요. 어느 쪽을 대신해 주는 함수인가요?",
            ),
            T(
                "Each call needs a memory of its own for its input, so each call needs an instance of its own.",
                "호출마다 입력을 기억할 자리가 따로 필요합니다. 그래서 인스턴스도 호출마다 따로 필요해요.",
            ),
            T(
                "Inside the function, build a new instance, call it with x, and return what comes out.",
                "함수 안에서 인스턴스를 새로 만들고, x를 넣어 부르고, 나온 것을 돌려주세요.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="P09",
        prompt=T(
            "Which types do `np.array([1.0]) ** 2` and `np.array(1.0) ** 2` have?",
            "`np.array([1.0]) ** 2`와 `np.array(1.0) ** 2`의 자료형은 각각 무엇일까요?",
        ),
        options=[
            T("both are arrays", "둘 다 배열"),
            T("an array, and an `np.float64`", "배열, 그리고 `np.float64`"),
            T("an `np.float64`, and an array", "`np.float64`, 그리고 배열"),
            T("both are `np.float64`", "둘 다 `np.float64`"),
        ],
        answer=1,
        reveal=T(
            "An array, and an `np.float64`. With zero axes NumPy hands back a scalar, not an array.",
            "배열, 그리고 `np.float64`입니다. 축이 없으면 NumPy는 배열이 아니라 스칼라를 돌려줍니다.",
        ),
    ),
    Question(
        id="S09",
        kind="say",
        answer=0,
        prompt=T(
            "In one sentence: why should a box complain when it is filled, not later?",
            "한 문장으로 써 보세요. 상자는 왜 나중이 아니라 담을 때 오류를 내야 할까요?",
        ),
        reveal=T(
            "At the door the message can name the wrong thing; three functions later it can only say that some operation failed.",
            "담을 때는 무엇이 잘못되었는지 말할 수 있지만, 함수를 세 개 지난 뒤에는 어떤 연산이 실패했다는 말밖에 할 수 없습니다.",
        ),
    ),
    Question(
        id="R09",
        prompt=T(
            "`x = Variable(np.ones((4, 5)))`, `y = square(x)`, `y.backward()`. What is the shape of `y.grad`?",
            "`x = Variable(np.ones((4, 5)))`, `y = square(x)`, `y.backward()`를 실행했습니다. `y.grad`의 형상은 무엇일까요?",
        ),
        options=[T("()", "()"), T("(1,)", "(1,)"), T("(4, 5)", "(4, 5)"), T("(5,)", "(5,)")],
        answer=2,
        reveal=T(
            "(4, 5): a gradient has the shape of its data, and so has the start value.",
            "(4, 5)입니다. 기울기의 형상은 데이터의 형상과 같고, 시작값도 마찬가지입니다.",
        ),
    ),
]
