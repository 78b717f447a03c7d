"""Chapter 3, chaining functions: composition, and the values along a chain."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from dezero_lab.grading import Check, Exercise, Question, T, Wrong


def check_compose(c: Check) -> None:
    compose, Variable, Square, Affine = c.get("compose", "Variable", "Square", "Affine")

    def machine(a: float, b: float) -> tuple[Any, Any, str]:
        return Affine(a, b), lambda x: a * x + b, f"Affine({a}, {b})"

    square = (Square(), np.square, "Square()")
    drawn = [c.choice([square, machine(c.number(), c.number())]) for _ in range(4)]
    chains = [
        (T("one function", "함수 하나"), [square]),
        (T("two functions, the first one first", "함수 둘, 첫째를 먼저"), [square, machine(2.0, 1.0)]),
        (T("two functions, the first one first", "함수 둘, 첫째를 먼저"), [machine(2.0, 1.0), square]),
        (T("longer lists", "더 긴 목록"), [machine(-1.5, 0.5), square, machine(0.5, 2.0)]),
        (T("longer lists", "더 긴 목록"), drawn),
    ]
    for title, chain in chains:
        x = c.number(-1.3, 1.3)
        line = f"compose({', '.join(text for _, _, text in chain)})(Variable(np.array({{x}}))).data"
        expected: Any = np.array(x)
        for _, formula, _ in chain:
            expected = formula(expected)
        with c.case(title, line, x=x) as case:
            y = case.run(lambda chain=chain, x=x: compose(*(f for f, _, _ in chain))(Variable(np.array(x))))
            case.type(y, Variable, name="y")
            case.close(y.data, expected, name="y.data")
    x = c.number()
    with c.case(
        T("nothing to compose", "합성할 것이 없음"), "compose()(Variable(np.array({x}))).data", x=x
    ) as case:
        case.close(compose()(Variable(np.array(x))).data, x, name="y.data")


def check_trace(c: Check) -> None:
    values = dict(zip("aby", c.get("a", "b", "y"), strict=True))
    expected = {"a": 0.25, "b": math.exp(0.25), "y": math.exp(0.5)}
    after = {
        "a": T("after the first square", "첫 제곱 뒤"),
        "b": T("after exp", "exp 뒤"),
        "y": T("after the second square", "두 번째 제곱 뒤"),
    }
    for name, right in expected.items():
        with c.case(after[name], f"x = 0.5; {name}") as case:
            number = getattr(
                values[name], "data", values[name]
            )  # a box will do; NumPy's own `data` is raw memory
            if isinstance(number, memoryview):
                number = values[name]
            case.close(number, right, name=name, rtol=1e-9, atol=1e-6)


EXERCISES = [
    Exercise(
        id="E03.1",
        title=T("Compose", "합성"),
        needs=("compose",),
        check=check_compose,
        core=True,
        given="ch02",
        wrongs=[
            Wrong(
                "W03.1a",
                [("for f in fs:", "for f in reversed(fs):")],
                T(
                    "For `compose(f, g)` you computed `f(g(x))`: the opposite order. Which one touches x first?",
                    "`compose(f, g)`를 `f(g(x))`로 계산했습니다. 적용 순서가 거꾸로예요. x를 먼저 만나는 함수는 무엇인가요?",
                ),
            ),
            Wrong(
                "W03.1b",
                [("return x", "return Variable(x)")],
                T(
                    "`y.data` is itself a Variable: a box in a box.",
                    "`y.data`가 또 Variable입니다. 상자 속에 상자가 들어 있어요.",
                ),
            ),
            Wrong(
                "W03.1c",
                [("for f in fs:", "x = fs[0](x)\n        for f in fs[1:]:")],
                T(
                    "Composing nothing should change nothing; the empty list stopped with an error.",
                    "아무것도 합성하지 않으면 아무것도 바뀌지 않아야 합니다. 빈 목록에서 오류가 났어요.",
                ),
            ),
        ],
        hints=(
            T(
                "`compose` does not compute anything yet; it returns a function that will.",
                "`compose`는 아직 계산하지 않습니다. 나중에 계산할 함수를 돌려줍니다.",
            ),
            T(
                "The result of one function is the input of the next, so one name can be handed along the list.",
                "한 함수의 결과가 다음 함수의 입력입니다. 이름 하나를 목록을 따라 넘기면 돼요.",
            ),
            T(
                "Define an inner function of x that goes through the list from the front, replaces x by each result, and "
                "returns the last; return the inner function.",
                "x를 받는 안쪽 함수를 만드세요. 목록을 앞에서부터 돌며 x를 결과로 바꾸고 마지막 x를 돌려주는 함수입니다. `compose`는 그 안쪽 함수를 돌려줍니다.",
            ),
        ),
    ),
    Exercise(
        id="E03.2",
        title=T("Follow the values", "값 따라가기"),
        needs=("a", "b", "y"),
        check=check_trace,
        given="ch02",
        wrongs=[
            Wrong(
                "W03.2a",
                [("a = x**2", "a = x")],
                T(
                    "y = 2.71828 is the result without the first node. What does the first square make of 0.5?",
                    "y = 2.71828은 첫 노드를 빠뜨린 결과입니다. 첫 제곱은 0.5를 무엇으로 바꾸나요?",
                ),
            ),
            Wrong(
                "W03.2b",
                [("np.exp(a)", "10**a")],
                T(
                    "Your b is 10 to the power a. Which base does `exp` use?",
                    "b가 10의 a제곱입니다. `exp`의 밑은 무엇인가요?",
                ),
            ),
        ],
        hints=(
            T("Find the first of a, b, y that differs.", "a, b, y 가운데 처음으로 다른 값을 찾으세요."),
            T(
                "Each value needs only the one before it: the input of a function is the box to its left.",
                "값마다 바로 앞의 값만 있으면 됩니다. 함수의 입력은 왼쪽 상자입니다.",
            ),
            T(
                "a is x times itself, b is e to the power a, y is b times itself; keep at least 7 decimal places on the way.",
                "a는 x에 x를 곱한 값, b는 e의 a제곱, y는 b에 b를 곱한 값입니다. 도중의 값은 소수점 아래 7자리 이상 남기세요.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="P03",
        prompt=T(
            "Are `C(B(A(x)))` and `A(B(C(x)))` equal (1) if A and C are both `Square` and B is `Exp`, "
            "(2) if C is `Affine(2, 1)` instead?",
            "`C(B(A(x)))`와 `A(B(C(x)))`는 같을까요? (1) A와 C가 모두 `Square`이고 B가 `Exp`일 때, (2) C만 `Affine(2, 1)`로 바꿨을 때.",
        ),
        options=[
            T("(1) equal, (2) equal", "(1) 같다, (2) 같다"),
            T("(1) equal, (2) different", "(1) 같다, (2) 다르다"),
            T("(1) different, (2) different", "(1) 다르다, (2) 다르다"),
        ],
        answer=1,
        reveal=T(
            "Equal, then different: at x = 0.5 the second pair gives 3.57 and 54.6.",
            "(1)은 같고 (2)는 다릅니다. x = 0.5에서 (2)의 두 값은 3.57과 54.6입니다.",
        ),
    ),
    Question(
        id="S03",
        kind="say",
        prompt=T(
            "In one sentence: what travels from one function to the next, and why does it matter?",
            "한 문장으로 써 보세요. 함수에서 다음 함수로 건너가는 것은 무엇이고, 왜 중요한가요?",
        ),
        answer=0,
        reveal=T(
            "A box (a Variable) travels; since every function takes and returns one, any two can be joined.",
            "상자, 곧 Variable이 건너갑니다. 모든 함수가 상자를 받아 상자를 돌려주므로 어느 둘이든 이을 수 있습니다.",
        ),
    ),
    Question(
        id="R03",
        kind="number",
        prompt=T(
            "`compose(Square(), Square(), Exp(), Square())(x)` is drawn as a graph. How many boxes does it have, x included?",
            "`compose(Square(), Square(), Exp(), Square())(x)`를 그래프로 그리면 x까지 포함해 상자가 몇 개일까요?",
        ),
        answer=5,
        reveal=T(
            "5: x and one new box for each of the 4 functions.",
            "5개입니다. x 하나와, 함수 4개가 하나씩 만든 새 상자입니다.",
        ),
    ),
]
