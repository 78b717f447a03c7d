"""Chapter 4, numerical differentiation: the central difference, its valley of errors, its bill."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dezero_lab.grading import Check, Exercise, Question, T, Wrong

FUNCTIONS: tuple[tuple[str, str, Callable[[Any], Any], Callable[[Any], Any]], ...] = (
    ("square", "v.data**2", lambda x: x**2, lambda x: 2 * x),
    ("cube", "v.data**3", lambda x: x**3, lambda x: 3 * x**2),
    ("exp(square)", "np.exp(v.data**2)", lambda x: np.exp(x**2), lambda x: 2 * x * np.exp(x**2)),
)


def boxed(
    Variable: Any, formula: Callable[[Any], Any], seen: list[float] | None = None
) -> Callable[[Any], Any]:
    """The formula as a function from the learner's Variable to the learner's Variable; `seen` collects its inputs."""

    def f(v: Any) -> Any:
        if seen is not None:
            seen.append(float(v.data))
        return Variable(np.array(formula(v.data)))

    return f


def check_central(c: Check) -> None:
    numerical_diff, Variable = c.get("numerical_diff", "Variable")
    for name, text, formula, slope in FUNCTIONS:
        for x in (0.5, c.number(-1.5, 1.5), c.number(-1.5, 1.5)):
            line = f"numerical_diff(lambda v: Variable(np.array({text})), Variable(np.array({{x}})))"
            with c.case(T(f"the slope of {name}", f"{name}의 기울기"), line, x=x) as case:
                v = Variable(np.array(x))
                got = case.run(lambda v=v, formula=formula: numerical_diff(boxed(Variable, formula), v))
                case.close(got, slope(x), name="slope", rtol=1e-6, atol=0)
                case.unchanged(v.data, np.array(x), name="x.data")
    far = []
    x = c.number(-1.5, 1.5)
    line = "numerical_diff(Square(), Variable(np.array({x})), 1e-2)"
    with c.case(T("`eps` is the step", "`eps`가 움직이는 간격"), line, x=x) as case:
        for eps in (1e-2, 1e-4):
            seen: list[float] = []
            numerical_diff(boxed(Variable, np.square, seen), Variable(np.array(x)), eps)
            far.append(max(abs(s - x) for s in seen))
        case.close(far[0] / far[1], 100.0, name="reach at 1e-2 / reach at 1e-4", rtol=1e-6)


def check_valley(c: Check) -> None:
    error_curve, best_step, Variable = c.get("error_curve", "best_step", "Variable")
    steps = np.array([10.0**-k for k in range(1, 14)])
    for name, text, formula, slope in FUNCTIONS[1:]:
        x = c.number(0.4, 1.2)
        line = f"error_curve(lambda v: Variable(np.array({text})), {{slope}}, Variable(np.array({{x}})), {{steps}})"
        title = T(f"the error curve of {name}", f"{name}의 오차 곡선")
        with c.case(title, line, x=x, slope=float(slope(x)), steps=steps.copy()) as case:
            errors = case.run(
                lambda x=x, formula=formula, slope=slope: error_curve(
                    boxed(Variable, formula), float(slope(x)), Variable(np.array(x)), steps.copy()
                )
            )
            errors = np.array([float(e) for e in errors])  # a list of numbers will do
            wide = steps[:4]
            expected = [abs((formula(x + h) - formula(x - h)) / (2 * h) - slope(x)) for h in wide]
            case.shape(errors, steps.shape, name="errors")
            case.close(errors[:4], expected, name="errors of the four largest steps", rtol=1e-2, atol=1e-9)
            case.true(
                (errors >= 0).all(),
                T("some errors are negative", "음수인 오차가 있습니다"),
                name="no error is negative",
            )
            inside = errors[(steps < 2e-4) & (steps > 5e-8)].min()
            case.true(
                inside < errors[0] and inside < errors[-1],
                T(
                    "no valley between the largest and the smallest step",
                    "가장 큰 간격과 가장 작은 간격 사이에 골짜기가 없습니다",
                ),
                name="there is a valley",
            )
    order = c.shuffled(range(5))
    some = np.array([0.3, 0.04, 0.001, 0.02, 0.5])[order]
    h = np.array([1e-1, 1e-3, 1e-5, 1e-7, 1e-13])[order]
    with c.case(
        T("the best step", "가장 좋은 간격"), "best_step({errors}, {steps})", errors=some, steps=h
    ) as case:
        case.close(float(best_step(some.copy(), h.copy())), 1e-5, name="best_step", atol=0)


def check_bill(c: Check) -> None:
    evaluations = c.get("evaluations")
    for method, runs in (("central", lambda n: 2 * n), ("forward", lambda n: n + 1)):
        for n in (1, 10, 1_000_000, int(c.integers((), 2, 500))):
            with c.case(T(f"'{method}'", f"'{method}'"), f"evaluations({{n}}, '{method}')", n=n) as case:
                case.equal(evaluations(n, method), runs(n), name="evaluations")


EXERCISES = [
    Exercise(
        id="E04.1",
        title=T("Central difference", "중앙차분"),
        needs=("numerical_diff",),
        check=check_central,
        core=True,
        given="ch03",
        wrongs=[
            Wrong(
                "W04.1a",
                [("x.data - eps", "x.data"), ("(2 * eps)", "eps")],
                T(
                    "Your error shrinks like h, not like h²: for square → exp → square at 0.5 it is 6.6e-4 where 8.8e-8 is "
                    "possible. Where is the second sample point?",
                    "오차가 h²이 아니라 h에 비례합니다. x = 0.5의 square → exp → square에서 8.8e-8까지 줄일 수 있는데 6.6e-4입니다. "
                    "왼쪽 점 f(x−h)도 쓰고 있나요?",
                ),
            ),
            Wrong(
                "W04.1b",
                [("(2 * eps)", "eps")],
                T(
                    "Every slope is exactly 2 times the right one. How far apart are the two sample points?",
                    "모든 기울기가 정답의 정확히 2배입니다. 두 점은 얼마나 떨어져 있나요?",
                ),
            ),
            Wrong(
                "W04.1c",
                [
                    (
                        "    right = f(Variable(np.array(x.data + eps)))\n",
                        "    x.data = x.data + eps\n    right = f(x)\n",
                    ),
                    (
                        "    left = f(Variable(np.array(x.data - eps)))\n",
                        "    x.data = x.data - 2 * eps\n    left = f(x)\n",
                    ),
                ],
                T(
                    "After the call `x.data` is not what it was: your code moved the box it was given and left it there. "
                    "Try the two points in new boxes.",
                    "호출한 뒤 `x.data`가 달라졌습니다. 받은 상자의 값을 바꿔 놓고 되돌리지 않았어요. 두 점은 새 상자에 담아 보세요.",
                ),
            ),
            Wrong(
                "W04.1d",
                [
                    ("f(Variable(np.array(x.data + eps)))", "f(np.array(x.data + eps))"),
                    ("f(Variable(np.array(x.data - eps)))", "f(np.array(x.data - eps))"),
                ],
                T("`f` expects a box and got a bare array.", "`f`는 상자를 받아야 하는데 배열을 받았습니다."),
            ),
        ],
        hints=(
            T(
                "Look at the two places where `f` is called, and at the denominator.",
                "`f`를 부르는 두 곳과 분모를 보세요.",
            ),
            T(
                "A step to the right and a step to the left of the same size: most of the bending of the curve cancels.",
                "오른쪽으로 한 걸음, 왼쪽으로 같은 간격으로 한 걸음 가면 곡선이 휘어서 생긴 오차가 대부분 상쇄됩니다.",
            ),
            T(
                "Make two new boxes at x + eps and x − eps, call `f` on both, subtract the data, divide by the distance of "
                "the points.",
                "x + eps와 x − eps에 새 상자를 하나씩 만들어 `f`에 넣고, data의 차이를 두 점 사이의 거리로 나누세요.",
            ),
        ),
    ),
    Exercise(
        id="E04.2",
        title=T("The valley", "오차의 골짜기"),
        needs=("error_curve", "best_step"),
        check=check_valley,
        given="ch03",
        after=("E04.1",),
        wrongs=[
            Wrong(
                "W04.2a",
                [("np.abs(slopes - true_slope)", "slopes - true_slope")],
                T(
                    "An error of −0.3 is not better than 0.1: how far away is what counts.",
                    "오차 −0.3이 0.1보다 나은 것은 아닙니다. 얼마나 떨어져 있는지를 재세요.",
                ),
            ),
            Wrong(
                "W04.2b",
                [("steps[np.argmin(errors)]", "np.min(steps)")],
                T(
                    "The smallest step is not the best one. Below 1e-8 the two values agree in almost all digits; subtracting "
                    "them leaves noise.",
                    "가장 작은 간격이 가장 좋은 것은 아닙니다. 1e-8보다 작으면 두 값의 거의 모든 자리가 같아서 빼고 나면 잡음만 남습니다(자릿수 누락).",
                ),
            ),
        ],
        hints=(
            T(
                "Print the errors for a few steps: do they fall and rise again?",
                "간격 몇 개의 오차를 출력해 보세요. 줄었다가 다시 커지나요?",
            ),
            T(
                "An error is a distance between the measured and the true slope; the best step has the smallest distance.",
                "오차는 잰 기울기와 참 기울기 사이의 거리입니다. 거리가 가장 짧은 간격이 가장 좋아요.",
            ),
            T(
                "Measure the slope once for each step, take absolute differences; then find the position of the smallest error "
                "and return the step at that position.",
                "간격마다 기울기를 한 번씩 재고 차이의 절댓값을 구하세요. 그다음 가장 작은 오차의 위치를 찾아 그 위치의 간격을 돌려줍니다.",
            ),
        ),
    ),
    Exercise(
        id="E04.3",
        title=T("The bill", "계산서"),
        needs=("evaluations",),
        check=check_bill,
        given="ch03",
        wrongs=[
            Wrong(
                "W04.3a",
                [('2 * n if method == "central" else n + 1', "2")],
                T("Each input needs its own pair of runs.", "입력마다 계산이 한 쌍씩 따로 필요합니다."),
            ),
            Wrong(
                "W04.3b",
                [('2 * n if method == "central" else n + 1', "2 * n")],
                T(
                    "The unshifted value can be shared by all inputs of the one-sided method.",
                    "한쪽만 보는 방법에서는 움직이지 않은 값 하나를 모든 입력이 함께 쓸 수 있습니다.",
                ),
            ),
        ],
        hints=(
            T(
                "Try n = 10 on paper, once for each method.",
                "종이에 n = 10으로 두 방법을 한 번씩 세어 보세요.",
            ),
            T(
                "Only one input is moved at a time; the others stay where they are.",
                "한 번에 입력 하나만 움직이고 나머지는 그대로 둡니다.",
            ),
            T(
                "Central: two moved values for each input. One-sided: one moved value for each input, and one value where "
                "nothing moved.",
                "중앙차분은 입력마다 움직인 값이 두 개 필요합니다. 한쪽 차분은 입력마다 하나, 그리고 아무것도 움직이지 않은 값 하나가 필요합니다.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="P04",
        prompt=T(
            "Which step gives the best central difference for square → exp → square at x = 0.5?",
            "x = 0.5에서 square → exp → square의 중앙차분을 가장 정확하게 만드는 간격은 무엇일까요?",
        ),
        options=[T("1e-1", "1e-1"), T("1e-5", "1e-5"), T("1e-13", "1e-13")],
        answer=1,
        reveal=T(
            "1e-5: the error is about 9e-10, against 9e-2 for 1e-1 and 2e-3 for 1e-13.",
            "1e-5입니다. 오차가 약 9e-10입니다. 1e-1에서는 9e-2, 1e-13에서는 2e-3입니다.",
        ),
    ),
    Question(
        id="S04",
        kind="say",
        prompt=T(
            "In one sentence: why does the error grow again when the step gets very small?",
            "한 문장으로 써 보세요. 간격이 아주 작아지면 오차가 왜 다시 커지나요?",
        ),
        answer=0,
        reveal=T(
            "The two values agree in almost all digits, so their difference is mostly rounding noise, and dividing by the tiny "
            "step makes the noise large.",
            "두 값의 거의 모든 자리가 같아서 차이에는 반올림 잡음만 남고, 아주 작은 간격으로 나누면 그 잡음이 커지기 때문입니다.",
        ),
    ),
    Question(
        id="R04",
        kind="number",
        prompt=T(
            "A network has 1,000,000 parameters and one evaluation takes 10 ms. How many seconds does one gradient by central "
            "differences take?",
            "신경망에 매개변수가 1,000,000개 있고 한 번 계산하는 데 10 ms가 걸립니다. 중앙차분으로 기울기를 한 번 구하는 데 몇 초가 걸릴까요?",
        ),
        answer=20000,
        reveal=T(
            "2 · 1,000,000 · 0.01 s = 20000 s, about 5.6 hours for one step. Chapter 5 does it in one walk back.",
            "2 · 1,000,000 · 0.01초 = 20000초, 한 걸음에 약 5.6시간입니다. 5장에서는 한 번만 되짚어 가면 끝납니다.",
        ),
    ),
]
