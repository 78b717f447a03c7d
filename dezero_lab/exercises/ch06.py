"""Chapter 6, backpropagation by hand: each function brings its own derivative."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dezero_lab.grading import Check, Exercise, Question, T, Wrong

EMPTY = T("a new box", "새 상자")
MEMORY = T("the function remembers its input", "함수가 입력을 기억")


def one_step(Variable: Any, function: Any, x: float, gy: float) -> Callable[[], Any]:
    """Forward and backward of one function: what `case.run` runs, and the graph shows."""

    def step() -> Any:
        f = function()
        f(Variable(np.array(x)))
        return f.backward(np.array(gy))

    return step


def check_local_derivative(c: Check) -> None:
    Variable, Square, Exp = c.get("Variable", "Square", "Exp")
    with c.case(EMPTY, "v = Variable(np.array(2.0)); v.grad") as case:
        case.equal(Variable(np.array(2.0)).grad, None, name="v.grad")
    with c.case(MEMORY, "x = Variable(np.array({x})); f = Square(); f(x); f.input is x", x=2.0) as case:
        x, f = Variable(np.array(2.0)), Square()
        f(x)
        case.identity(f.input, x, name="f.input is x")
    for function, formula in ((Square, np.square), (Exp, np.exp)):
        name = function.__name__
        title = T(f"`{name}.backward`", f"`{name}.backward`")
        line = f"f = {name}(); f(Variable(np.array({{x}}))); f.backward(np.array({{gy}}))"
        for x in (2.0, -0.3, c.number(-1.5, 1.5)):
            for gy in (1.0, -0.7, 2.5):
                with c.case(title, line, x=x, gy=gy) as case:
                    gx = case.run(one_step(Variable, function, x, gy))
                    case.gradient(gx, of=formula, at=x, upstream=gy, name="gx")


def check_manual(c: Check) -> None:
    manual_grad, Square, Exp = c.get("manual_grad", "Square", "Exp")
    title = T("square, exp, square", "square, exp, square")
    for x in (0.3, 1.0, -0.6, c.number(-1.2, 1.2), c.number(-1.2, 1.2)):
        with c.case(title, "manual_grad({x})", x=x) as case:
            case.watch(Square, Exp)
            slope = case.run(lambda x=x: manual_grad(x))
            case.gradient(slope, of=lambda t: np.exp(t**2) ** 2, at=x, name="manual_grad(x)")


def check_reciprocal(c: Check) -> None:
    Reciprocal, Variable = c.get("Reciprocal", "Variable")
    forward, backward = T("forward", "순전파"), T("backward", "역전파")
    line = "f = Reciprocal(); y = f(Variable(np.array({x})))"
    for x in (2.0, 3.0, -0.4, c.number(-3.0, 3.0)):
        with c.case(forward, line, x=x) as case:
            case.close(Reciprocal()(Variable(np.array(x))).data, 1 / x, name="y.data")
        for gy in c.upstreams():
            with c.case(backward, line + "; f.backward(np.array({gy}))", x=x, gy=gy) as case:
                gx = case.run(one_step(Variable, Reciprocal, x, gy))
                case.gradient(gx, of=lambda t: 1 / t, at=x, upstream=gy, name="gx")


EXERCISES = [
    Exercise(
        id="E06.1",
        title=T("Local derivative times upstream", "국소 미분 곱하기 상류 기울기"),
        needs=("Variable", "Function", "Square", "Exp"),
        check=check_local_derivative,
        core=True,
        given="ch05",
        wrongs=[
            Wrong(
                "W06.1a",
                [("2 * x * gy", "2 * x"), ("np.exp(x) * gy", "np.exp(x)")],
                T(
                    "Correct for upstream 1, unchanged for 2.5. What arrives from the right must be multiplied in.",
                    "gy가 2.5로 바뀌어도 결과가 같습니다. 상류 기울기를 곱했나요?",
                ),
            ),
            Wrong(
                "W06.1b",
                [("2 * x * gy", "2 * x**2 * gy")],
                T(
                    "Your value is 2·x² where 2·x is expected; which number did the square receive?",
                    "2·x가 나와야 하는데 2·x²이 나왔습니다. 제곱 함수가 받은 값은 무엇이었나요?",
                ),
            ),
            Wrong(
                "W06.1c",
                [("self.input = input", "self.input = x")],
                T(
                    "`self.input` is the array. Remember the Variable itself; later we need to write its grad.",
                    "`self.input`에 배열이 들어 있습니다. 나중에 grad를 써야 하므로 Variable 자체를 기억하세요.",
                ),
            ),
            Wrong(
                "W06.1d",
                [
                    ("return 2 * x * gy", "return Variable(2 * x * gy)"),
                    ("return np.exp(x) * gy", "return Variable(np.exp(x) * gy)"),
                ],
                T(
                    "`backward` returned a Variable. Gradients are plain arrays in this chapter.",
                    "`backward`가 Variable을 돌려주었습니다. 이 장에서 기울기는 그냥 배열입니다.",
                ),
            ),
        ],
        hints=(
            T(
                "Look at what `backward` returns, and at the name `gy`.",
                "`backward`가 무엇을 돌려주는지, 그리고 `gy`라는 이름을 보세요.",
            ),
            T(
                "A box at the end of a longer chain gets more than its own derivative: the slope of everything to the right comes in as `gy`.",
                "사슬이 길어지면 오른쪽 전체의 기울기가 `gy`로 들어옵니다. 자기 미분만으로는 모자랍니다.",
            ),
            T(
                "Take the input's data, form the derivative there, multiply by `gy`, return the array.",
                "입력의 data에서 미분을 구하고, `gy`를 곱한 배열을 돌려주세요.",
            ),
        ),
    ),
    Exercise(
        id="E06.2",
        title=T("Run it yourself", "직접 돌리기"),
        needs=("manual_grad",),
        check=check_manual,
        given="ch05",
        after=("E06.1",),
        wrongs=[
            Wrong(
                "W06.2a",
                [
                    (
                        "    b.grad = C.backward(y.grad)\n    a.grad = B.backward(b.grad)\n    x.grad = A.backward(a.grad)\n",
                        "    x.grad = A.backward(a.grad)\n    a.grad = B.backward(b.grad)\n    b.grad = C.backward(y.grad)\n",
                    )
                ],
                T(
                    "The first call received `None` as upstream.",
                    "첫 번째 호출이 상류 기울기로 `None`을 받았습니다.",
                ),
            ),
            Wrong(
                "W06.2b",
                [("    y.grad = np.array(1.0)\n", "")],
                T(
                    "Nothing flows until the output has its own derivative.",
                    "출력이 자기 자신의 미분을 갖기 전에는 아무것도 흐르지 않습니다.",
                ),
            ),
            Wrong(
                "W06.2c",
                [("a.grad = B.backward(b.grad)", "x.grad = B.backward(b.grad)")],
                T(
                    "The box `a` stayed empty: its gradient was written into another variable.",
                    "상자 `a`가 비어 있습니다. 그 기울기를 다른 변수에 적었습니다.",
                ),
            ),
        ],
        hints=(
            T("Start at `y`, the variable nothing follows.", "뒤에 아무것도 없는 변수 `y`에서 시작하세요."),
            T(
                "Each call needs the gradient of the variable to its right, so the order is the reverse of the forward pass.",
                "호출마다 오른쪽 변수의 기울기가 필요하므로 순전파와 반대 순서입니다.",
            ),
            T(
                "Give `y` the gradient 1, then let C fill b, B fill a, A fill x.",
                "`y`의 기울기를 1로 두고 C는 b, B는 a, A는 x를 채웁니다.",
            ),
        ),
    ),
    Exercise(
        id="E06.3",
        title=T("A new function", "새 함수"),
        needs=("Reciprocal",),
        check=check_reciprocal,
        given="ch05",
        after=("E06.1",),
        wrongs=[
            Wrong("W06.3a", [("-gy / x**2", "gy / x**2")], "D02"),
            Wrong(
                "W06.3b",
                [("-gy / x**2", "-gy / x")],
                T(
                    "At x = 2 you are off by a factor of 2, at x = 3 by a factor of 3.",
                    "x = 2에서는 2배, x = 3에서는 3배 차이가 납니다.",
                ),
            ),
        ],
        hints=(
            T("`forward` computes 1/x; look at `backward`.", "`forward`는 1/x입니다. `backward`를 보세요."),
            T(
                "1/x falls for every x, so the slope is negative; it is steep near zero.",
                "1/x는 어디서나 줄어듭니다. 기울기는 음수이고 0 근처에서 가파릅니다.",
            ),
            T(
                "The derivative of 1/x is minus one over x squared, times `gy`.",
                "1/x의 미분은 −1/x²입니다. 여기에 `gy`를 곱합니다.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="P06",
        prompt=T(
            "x → square → a → exp → b → square → y. Only the forward pass has run, no backward call yet. What is `a.grad`?",
            "x → square → a → exp → b → square → y입니다. 순전파만 끝났고 역전파는 아직 부르지 않았습니다. `a.grad`는 무엇일까요?",
        ),
        options=[
            T("0.0", "0.0"),
            T("1.0", "1.0"),
            T("`None`", "`None`"),
            T("the local derivative", "국소 미분"),
        ],
        answer=2,
        reveal=T(
            "`None`. The forward pass fills `data` only; a gradient appears when somebody calls `backward` and writes it.",
            "`None`입니다. 순전파는 `data`만 채웁니다. 기울기는 누군가 `backward`를 불러서 적어야 생깁니다.",
        ),
    ),
    Question(
        id="S06",
        kind="say",
        answer=0,
        prompt=T(
            "In one sentence: what does `backward(gy)` of a function give back?",
            "한 문장으로 써 보세요. 함수의 `backward(gy)`는 무엇을 돌려주나요?",
        ),
        reveal=T(
            "Its own derivative at the number it received, times `gy`, the slope of everything to its right.",
            "자기가 받은 값에서 구한 국소 미분에, 오른쪽 전체의 기울기인 `gy`를 곱한 값입니다.",
        ),
    ),
    Question(
        id="R06",
        kind="number",
        answer=2.0,
        prompt=T(
            "x → square → a → double → y, with x = 3 and a start value of 1. Which number arrives at `Square.backward` as `gy`?",
            "x → square → a → double → y입니다. x = 3이고 시작값은 1입니다. `Square.backward`에 `gy`로 도착하는 수는 무엇일까요?",
        ),
        reveal=T(
            "2, the derivative of doubling. Square then multiplies it by its own 6 and hands on 12.",
            "2배 함수의 미분인 2입니다. Square는 여기에 자기 미분 6을 곱해 12를 넘깁니다.",
        ),
    ),
]
