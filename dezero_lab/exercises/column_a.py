"""Column A, ways to differentiate: dual numbers, and the bill of forward and reverse mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dezero_lab.grading import Check, Exercise, Question, T, Wrong

POLYNOMIALS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("x + 2", lambda x: x + 2),
    ("3 * x", lambda x: 3 * x),
    ("x * x", lambda x: x * x),
    ("x * x * x + 2 * x", lambda x: x * x * x + 2 * x),
    ("(x + 1) * (x * x + 3)", lambda x: (x + 1) * (x * x + 3)),
    ("5 + x * 4", lambda x: 5 + x * 4),
)


def check_dual(c: Check) -> None:
    Dual, slope = c.get("Dual", "slope")
    u, du, v, dv = (c.number() for _ in range(4))
    pairs = T("two pairs", "두 쌍")
    for sign, value, rate in (("+", u + v, du + dv), ("*", u * v, du * v + u * dv)):
        line = f"p = Dual({{u}}, {{du}}) {sign} Dual({{v}}, {{dv}}); (p.value, p.slope)"
        with c.case(pairs, line, u=u, du=du, v=v, dv=dv) as case:
            one, two = Dual(u, du), Dual(v, dv)
            p = one + two if sign == "+" else one * two
            case.close(p.value, value, name="p.value")
            case.close(p.slope, rate, name="p.slope")
    polynomials = T("slopes of polynomials", "다항식의 기울기")
    for text, f in POLYNOMIALS:
        for x in (2.0, c.number()):
            with c.case(polynomials, f"slope(lambda x: {text}, {{x}})", x=x) as case:
                case.gradient(slope(f, x), of=f, at=np.array(x), name="slope(f, x)")


def check_sweeps(c: Check) -> None:
    sweeps = c.get("sweeps")
    title = T("inputs, outputs, mode", "입력, 출력, 모드")
    for n_in, n_out in ((10**6, 1), (1, 10**6), (3, 2), (2, 3), (7, 7), (int(c.integers((), 4, 50)), 3)):
        for mode, expected in (("forward", n_in), ("reverse", n_out)):
            with c.case(title, "sweeps({n_in}, {n_out}, {mode})", n_in=n_in, n_out=n_out, mode=mode) as case:
                case.equal(sweeps(n_in, n_out, mode), expected, name=f"sweeps({n_in}, {n_out}, {mode!r})")


EXERCISES = [
    Exercise(
        id="EcA.1",
        title=T("Dual numbers", "이중수"),
        needs=("Dual", "slope"),
        check=check_dual,
        core=True,
        given="ch10",
        wrongs=[
            Wrong(
                "WcA.1a",
                [("self.slope * other.value + self.value * other.slope", "self.slope * other.value")],
                T(
                    "d(x·x) came out as x; the product rule has two shares.",
                    "x·x의 기울기가 x로 나왔습니다. 곱의 미분법에는 몫이 두 개 있어요.",
                ),
            ),
            Wrong(
                "WcA.1b",
                [("Dual(x, 0.0)", "Dual(x, 1.0)")],
                T(
                    "A constant got slope 1: `x + 2` comes out too steep, and so does `3·x`. How much does a constant change?",
                    "상수의 기울기를 1로 두어 `x + 2`도 `3·x`도 기울기가 너무 큽니다. 상수는 얼마나 변하나요?",
                ),
            ),
            Wrong(
                "WcA.1c",
                [("f(Dual(x, 1.0))", "f(Dual(x, 0.0))")],
                T(
                    "Every slope is 0: the input started with slope 0, as if it were a constant. How fast does x change when x changes?",
                    "기울기가 모두 0입니다. 입력이 상수처럼 기울기 0에서 출발했어요. x가 변할 때 x는 얼마나 빨리 변하나요?",
                ),
            ),
            Wrong(
                "WcA.1d",
                [("self.slope * other.value + self.value * other.slope", "self.slope * other.slope")],
                T(
                    "The two slopes were multiplied with each other: x·x got slope 1 everywhere. Each share is one slope times the other value.",
                    "두 기울기를 서로 곱했습니다. x·x의 기울기가 어디서나 1이에요. 몫마다 한쪽의 기울기에 다른 쪽의 값을 곱합니다.",
                ),
            ),
        ],
        hints=(
            T(
                "Look at the first failing line: is it a sum, a product, a constant, or the start?",
                "처음 실패한 줄을 보세요. 합인가요, 곱인가요, 상수인가요, 출발점인가요?",
            ),
            T(
                "Read the two rules beside your code: the product has two shares, a constant has slope 0, the input has slope 1.",
                "두 규칙을 코드 옆에 놓고 읽어 보세요. 곱에는 몫이 두 개, 상수의 기울기는 0, 입력의 기울기는 1입니다.",
            ),
            T(
                "Sum: add values, add slopes. Product: multiply values; slope of the left times value of the right, plus the other way round.",
                "합은 값끼리, 기울기끼리 더합니다. 곱은 값끼리 곱하고, 기울기는 왼쪽 기울기 × 오른쪽 값에 그 반대를 더합니다.",
            ),
        ),
    ),
    Exercise(
        id="EcA.2",
        title=T("Choose the mode", "모드 고르기"),
        needs=("sweeps",),
        check=check_sweeps,
        given="ch10",
        wrongs=[
            Wrong(
                "WcA.2a",
                [('n_in if mode == "forward" else n_out', 'n_out if mode == "forward" else n_in')],
                T(
                    "The two are exchanged: reverse mode is paid per output.",
                    "둘이 바뀌었습니다. 후진 모드의 비용은 출력마다 듭니다.",
                ),
            ),
            Wrong(
                "WcA.2b",
                [('n_in if mode == "forward" else n_out', "n_out")],
                T(
                    "Forward mode is paid per input; you counted outputs for both.",
                    "전진 모드의 비용은 입력마다 듭니다. 둘 다 출력을 세었어요.",
                ),
            ),
        ],
        hints=(
            T("Where does a sweep of each mode start?", "각 모드의 스윕은 어디에서 출발하나요?"),
            T(
                "One forward sweep gives the slopes of all outputs with respect to one input; one reverse sweep, those of one output.",
                "전진 스윕 한 번이면 입력 하나에 대한 모든 출력의 기울기를, 후진 스윕 한 번이면 출력 하나의 기울기를 모두 얻습니다.",
            ),
            T(
                "Forward: as many sweeps as inputs. Reverse: as many as outputs.",
                "전진 모드는 입력 수만큼, 후진 모드는 출력 수만큼입니다.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="PcA",
        prompt=T(
            "A model has a million inputs and one output. How many sweeps do forward mode and reverse mode need for all slopes?",
            "입력이 백만 개, 출력이 하나인 모델이 있습니다. 모든 기울기를 얻으려면 전진 모드와 후진 모드에 스윕이 몇 번 필요할까요?",
        ),
        options=[
            T("1 and 1", "1번과 1번"),
            T("a million and 1", "백만 번과 1번"),
            T("1 and a million", "1번과 백만 번"),
            T("a million and a million", "백만 번과 백만 번"),
        ],
        answer=1,
        reveal=T(
            "A million and 1: forward mode is paid per input, reverse mode per output.",
            "백만 번과 1번입니다. 전진 모드는 입력마다, 후진 모드는 출력마다 비용이 듭니다.",
        ),
    ),
    Question(
        id="RcA",
        prompt=T(
            "A simulation has 3 settings and 10,000 measured outputs. Which mode gives all slopes with fewer sweeps?",
            "어떤 시뮬레이션에 설정이 3개, 측정하는 출력이 10,000개 있습니다. 모든 기울기를 더 적은 스윕으로 얻는 모드는 무엇일까요?",
        ),
        options=[
            T("forward mode, 3 sweeps", "전진 모드, 스윕 3번"),
            T("reverse mode, 3 sweeps", "후진 모드, 스윕 3번"),
            T("reverse mode, 1 sweep", "후진 모드, 스윕 1번"),
            T("no difference", "차이 없음"),
        ],
        answer=0,
        reveal=T(
            "Forward mode with 3 sweeps; reverse mode would need 10,000.",
            "전진 모드로 3번이면 됩니다. 후진 모드라면 10,000번이 필요합니다.",
        ),
    ),
]
