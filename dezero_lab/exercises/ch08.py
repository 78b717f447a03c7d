"""Chapter 8, from recursion to a loop: a work list instead of the call stack."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from dezero_lab.exercises.ch07 import check_chains
from dezero_lab.grading import Check, Exercise, Question, T, Wrong


def check_loop(c: Check) -> None:
    Variable, Function = c.get("Variable", "Function")
    check_chains(c, T("short chains", "짧은 사슬"))
    n = sys.getrecursionlimit() + 500  # read, not assumed: notebooks often raise it
    rate = 0.5 ** (1 / n)  # the whole chain halves, however long it is

    class Shrink(Function):
        def forward(self, x: Any) -> Any:
            return rate * x

        def backward(self, gy: Any) -> Any:
            return rate * gy

    line = (
        "import sys; y = x = Variable(np.array({x}))\n"
        "for _ in range(sys.getrecursionlimit() + 500): y = Square()(y)\n"
        "y.grad = np.array(1.0); y.backward()"
    )
    with c.case(
        T("a chain longer than the recursion limit", "재귀 한도보다 긴 사슬"), line, visits=3 * n, x=1.0
    ) as case:
        first = Variable(np.array(1.0))
        y = first
        for _ in range(n):
            y = Shrink()(y)
        y.grad = np.array(1.7)
        y.backward()
        case.close(first.grad, 0.85, name="x.grad", rtol=1e-9)
        if case.ok:  # on a chain both ends of the list give the same numbers; only the code tells
            case.observe("takes from the front", takes_from_the_front(Variable.backward))


def takes_from_the_front(method: Any) -> bool:
    """Whether `pop(0)` or `popleft()` is written in a method; False when it cannot be told.

    >>> takes_from_the_front(lambda items: items.pop(0)), takes_from_the_front(lambda items: items.pop())
    (True, False)
    """
    code = getattr(method, "__code__", None)
    if code is None:
        return False
    return "popleft" in code.co_names or ("pop" in code.co_names and 0 in code.co_consts)


def check_peak(c: Check) -> None:
    peak = c.get("peak")
    for n in (1, 3, 10, int(c.integers((), 20, 900))):
        with c.case(T("chains of n functions", "함수 n개인 사슬"), "peak({n})", n=n) as case:
            answer = peak(n)
            case.equal(tuple(answer) if isinstance(answer, list) else answer, (n, 1), name=f"peak({n})")


EXERCISES = [
    Exercise(
        id="E08.1",
        title=T("Loop", "반복문"),
        needs=("Variable",),
        check=check_loop,
        core=True,
        given="ch07",
        wrongs=[
            Wrong(
                "W08.1a",
                [("funcs.append(x.creator)", "x.backward()")],
                T(
                    "Short chains pass, the long one overflows the call stack: the loop still hides a recursion.",
                    "짧은 사슬은 되지만 긴 사슬에서 스택이 넘칩니다. 반복문 안에 재귀가 숨어 있나요?",
                ),
            ),
            Wrong(
                "W08.1b",
                [
                    (
                        "            if x.creator is not None:\n                funcs",
                        "            if True:\n                funcs",
                    )
                ],
                T(
                    "The list contained `None`; what has no creator?",
                    "목록에 `None`이 들어 있었습니다. 창조자가 없는 것은 무엇인가요?",
                ),
            ),
            Wrong("W08.1c", [("funcs.pop()", "funcs[-1]")], "D14"),
            Wrong(
                "W08.1d",
                [("funcs.pop()", "funcs.pop(0)")],
                T(
                    "Fine on a chain. Keep it in mind for chapter 15.",
                    "사슬에서는 괜찮습니다. 15장에서 다시 떠올려 보세요.",
                ),
                accepted=True,
            ),
        ],
        hints=(
            T(
                "Look at what the list holds before and after one round.",
                "한 바퀴 돌기 전과 후에 목록에 무엇이 있는지 보세요.",
            ),
            T(
                "One round takes one function out, fills the grad of its input, and puts in at most one new function.",
                "한 바퀴에 함수 하나를 꺼내고, 그 입력의 grad를 채우고, 많아야 하나를 새로 넣습니다.",
            ),
            T(
                "Take a function out; its output has a grad; compute the grad of its input; if that input has a creator, put it in.",
                "함수를 꺼내고, 출력의 grad로 입력의 grad를 구하고, 입력에 창조자가 있으면 목록에 넣습니다.",
            ),
        ),
    ),
    Exercise(
        id="E08.2",
        title=T("Count", "세어 보기"),
        needs=("peak",),
        check=check_peak,
        given="ch07",
        wrongs=[
            Wrong(
                "W08.2a",
                [("return n, 1", "return n, n")],
                T(
                    "After taking one out, how many are added on a chain?",
                    "하나를 꺼낸 뒤, 사슬에서는 몇 개가 새로 들어가나요?",
                ),
            ),
            Wrong(
                "W08.2b",
                [("return n, 1", "return 1, 1")],
                T(
                    "Each call waits for the one it started.",
                    "호출은 자기가 시작한 호출이 끝나기를 기다립니다.",
                ),
            ),
        ],
        hints=(
            T(
                "Two numbers, two engines: recursion first, loop second.",
                "수는 두 개, 엔진도 두 개입니다. 재귀가 먼저, 반복문이 다음입니다.",
            ),
            T(
                "Step through a chain of three and count the open calls on top of the first.",
                "함수 세 개인 사슬을 따라가며 첫 호출 위에 열린 호출을 세어 보세요.",
            ),
            T(
                "One further call per function; on a chain the list never holds more than one.",
                "함수 하나마다 호출이 하나 더 열리고, 사슬에서 목록은 하나를 넘지 않습니다.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="P08",
        prompt=T(
            "A chain has 500 functions more than the recursion limit. One engine calls `backward` recursively, the other keeps a list and loops. Which one finishes?",
            "함수가 재귀 한도보다 500개 더 많은 사슬이 있습니다. 한 엔진은 `backward`를 재귀로 부르고, 다른 엔진은 목록을 두고 반복합니다. 어느 엔진이 끝까지 갈까요?",
        ),
        options=[
            T("the recursive one", "재귀 엔진"),
            T("the loop", "반복문 엔진"),
            T("both", "둘 다"),
            T("neither", "둘 다 못 감"),
        ],
        answer=1,
        reveal=T(
            "The loop. The recursive one keeps a frame per function and raises `RecursionError`.",
            "반복문입니다. 재귀 엔진은 함수마다 프레임을 쌓다가 `RecursionError`를 냅니다.",
        ),
    ),
    Question(
        id="S08",
        kind="say",
        answer=0,
        prompt=T(
            "In one sentence: what did the call stack remember for you that a list can remember as well?",
            "한 문장으로 써 보세요. 호출 스택이 기억해 주던 것 중 목록도 기억할 수 있는 것은 무엇인가요?",
        ),
        reveal=T(
            "Which function comes next; on the way back the waiting frames had nothing else to do.",
            "다음에 처리할 함수입니다. 기다리던 프레임은 돌아오는 길에 더 할 일이 없었습니다.",
        ),
    ),
    Question(
        id="R08",
        kind="number",
        answer=2,
        prompt=T(
            "From chapter 11 on a function may have two inputs. How many functions can one round then put into the work list at most?",
            "11장부터는 함수의 입력이 둘일 수 있습니다. 그러면 한 바퀴에 작업 목록으로 들어가는 함수는 최대 몇 개일까요?",
        ),
        reveal=T(
            "2, one creator per input. The list can now grow, and it begins to matter from which end you take.",
            "입력마다 창조자가 하나씩이므로 2개입니다. 이제 목록이 길어질 수 있고, 어느 쪽에서 꺼내는지가 중요해집니다.",
        ),
    ),
]
