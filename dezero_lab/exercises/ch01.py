"""Chapter 1, variables as boxes: one class with one attribute, and axes told apart from elements."""

from __future__ import annotations

import numpy as np

from dezero_lab.grading import Check, Exercise, Question, T, Wrong

THREE = T("`describe` should return three values", "`describe`는 값 세 개를 돌려주어야 합니다")
KINDS = ("scalar", "vector", "matrix")


def check_box(c: Check) -> None:
    Variable = c.get("Variable")
    for shape in ((), (3,), (2, 3), (4, 2, 3)):
        a = c.array(shape)
        with c.case(
            T("the box holds your array", "상자에 든 것은 그 배열"),
            "a = {a}; v = Variable(a); v.data is a",
            a=a,
        ) as case:
            v = case.run(lambda a=a: Variable(a))
            case.close(v.data, a.copy(), name="v.data")
            case.identity(v.data, a, name="v.data is a")
    a, b = c.array(3), c.array(2)
    two = T("two boxes do not share a shelf", "두 상자는 선반을 함께 쓰지 않음")
    with c.case(two, "a, b = {a}, {b}; v, w = Variable(a), Variable(b); v.data is a", a=a, b=b) as case:
        v, w = case.run(lambda: (Variable(a), Variable(b)))
        case.identity(v.data, a, name="v.data is a")
        case.identity(w.data, b, name="w.data is b")
    again = T("another array takes the place", "다른 배열로 바꾸기")
    with c.case(again, "a, b = {a}, {b}; v, w = Variable(a), Variable(a); v.data = b", a=a, b=b) as case:
        v, w = Variable(a), Variable(a)
        v.data = b
        case.identity(v.data, b, name="v.data is b")
        case.identity(w.data, a, name="w.data is a")


def check_describe(c: Check) -> None:
    describe = c.get("describe")
    given = [
        np.array(3.0),
        c.array(3),
        c.array((1, 3)),
        c.array((3, 1)),
        c.array((2, 3, 4)),
        np.array([]),
        c.array(1),
    ]
    given += [c.array(c.choice([(2, 2), (5,), (1, 1), (3, 1, 2), (2, 1, 2, 2)]))]
    for a in given:
        kind = KINDS[a.ndim] if a.ndim < 3 else "tensor"
        title = T(f"shape {a.shape}", f"형상 {a.shape}")
        with c.case(title, "describe({a})", a=a) as case:
            answer = case.run(lambda a=a: describe(a))
            if not isinstance(answer, tuple | list) or len(answer) != 3:
                case.equal(answer, (a.ndim, a.shape, kind), name="describe(a)", text=THREE)
                continue
            axes, shape, word = answer
            case.equal(axes, a.ndim, name="number of axes")
            case.equal(tuple(shape) if isinstance(shape, list) else shape, a.shape, name="shape")
            case.equal(word, kind, name="kind")


EXERCISES = [
    Exercise(
        id="E01.1",
        title=T("The box", "상자 만들기"),
        needs=("Variable",),
        check=check_box,
        core=True,
        wrongs=[
            Wrong(
                "W01.1a",
                [("self.data = data", "self.data = np.array(data)")],
                T(
                    "The box should hold your array, not a photocopy: `v.data is a` is False. What creates the copy?",
                    "`v.data is a`가 False입니다. 상자에 그 배열이 아니라 복사본이 들어 있어요. 무엇이 복사본을 만들었나요?",
                ),
            ),
            Wrong(
                "W01.1b",
                [("self.data = data", "Variable.data = data")],
                T(
                    "Both boxes now show the last value. One shelf is shared by all boxes; which name in `__init__` "
                    "makes it private?",
                    "두 상자가 모두 마지막 값을 보입니다. 선반 하나를 함께 쓰고 있어요. 값이 클래스에 붙었나요, 인스턴스에 붙었나요?",
                ),
            ),
            Wrong(
                "W01.1c",
                [("self.data = data", "data = data")],
                T(
                    "The value disappeared when `__init__` ended; a plain local name does not survive.",
                    "`__init__`이 끝나면서 값이 사라졌습니다. 지역 이름은 함수가 끝나면 남지 않아요.",
                ),
            ),
        ],
        hints=(
            T(
                "Look at `__init__`: it receives the array as `data`.",
                "`__init__`을 보세요. 배열이 `data`로 들어옵니다.",
            ),
            T(
                "After `__init__` only what hangs on the object itself is left, and every object needs its own.",
                "`__init__`이 끝나면 객체에 붙은 것만 남습니다. 그것도 객체마다 따로 있어야 해요.",
            ),
            T(
                "Inside `__init__`, make the received array the attribute `data` of this one instance, without copying.",
                "`__init__` 안에서 받은 배열을 복사하지 말고 이 인스턴스의 속성 `data`에 넣으세요.",
            ),
        ),
    ),
    Exercise(
        id="E01.2",
        title=T("Axes are not elements", "축과 원소는 다릅니다"),
        needs=("describe",),
        check=check_describe,
        wrongs=[
            Wrong(
                "W01.2a",
                [("a.ndim", "len(a)")],
                T(
                    "A zero-axis array has no length; count axes, not items.",
                    "축이 0개인 배열에는 길이가 없습니다. 항목이 아니라 축을 세어 보세요.",
                ),
                everywhere=True,
            ),
            Wrong(
                "W01.2b",
                [("a.ndim", "a.size")],
                T(
                    "Three numbers in a row still lie along one axis. How many indices do you need to reach one element?",
                    "원소가 3개인 벡터의 축은 1개입니다. 원소 하나를 고르려면 인덱스가 몇 개 필요한가요?",
                ),
                everywhere=True,
            ),
            Wrong(
                "W01.2c",
                [
                    (
                        "    return a.ndim",
                        '    kind = "scalar" if a.shape == (1,) else kind\n    return a.ndim',
                    )
                ],
                T(
                    "One element along one axis is still a vector; a scalar has shape `()`.",
                    "축 하나에 원소가 하나뿐이어도 벡터입니다. 스칼라의 형상은 `()`입니다.",
                ),
            ),
        ],
        hints=(
            T(
                "Look at the first value you return for the failing shape.",
                "틀린 형상에서 첫 번째로 돌려준 값을 보세요.",
            ),
            T(
                "The shape has one entry for each axis; the entries say how long the axes are, not how many there are.",
                "형상에는 축마다 숫자가 하나씩 있습니다. 그 숫자는 축의 길이이지 축의 개수가 아니에요.",
            ),
            T(
                "Take the number of axes from the array, the shape as it is, and choose the word by the number of axes.",
                "축의 수와 형상은 배열에서 가져오고, 낱말은 축의 수로 고르세요.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="P01",
        prompt=T(
            "`a = np.array(1.0)`, then `x = Variable(a)`, then `a += 1`. What is `x.data`?",
            "`a = np.array(1.0)`, `x = Variable(a)`를 실행한 뒤 `a += 1`을 실행했습니다. `x.data`는 무엇일까요?",
        ),
        options=[T("1.0", "1.0"), T("2.0", "2.0"), T("an error", "오류가 난다")],
        answer=1,
        reveal=T(
            "2.0. The box holds the array itself, and `+=` changes that array. `a = a + 1` would have left 1.0.",
            "2.0입니다. 상자에는 배열 자체가 들어 있고 `+=`는 그 배열을 바꿉니다. `a = a + 1`이었다면 1.0이 남았을 것입니다.",
        ),
    ),
    Question(
        id="S01",
        kind="say",
        prompt=T(
            "In one sentence: what does `x.data = np.array(5.0)` change, and what does it leave alone?",
            "한 문장으로 써 보세요. `x.data = np.array(5.0)`은 무엇을 바꾸고 무엇을 그대로 두나요?",
        ),
        answer=0,
        reveal=T(
            "It puts another array on the shelf of the same box; names that point to the box see it, and the old array is untouched.",
            "같은 상자의 선반에 다른 배열을 놓습니다. 그 상자를 가리키는 이름에서는 모두 새 배열이 보이고, 이전 배열은 그대로입니다.",
        ),
    ),
    Question(
        id="R01",
        prompt=T(
            "`x = Variable(np.array(2.0))`, `b = x.data`, `x.data = x.data * 10`. What is `b`?",
            "`x = Variable(np.array(2.0))`, `b = x.data`, `x.data = x.data * 10`을 차례로 실행했습니다. `b`는 무엇일까요?",
        ),
        options=[T("2.0", "2.0"), T("20.0", "20.0"), T("an error", "오류가 난다")],
        answer=0,
        reveal=T(
            "2.0. `x.data * 10` is a new array; the box now points to it, and `b` still names the old one.",
            "2.0입니다. `x.data * 10`은 새 배열이고 상자는 이제 그것을 가리킵니다. `b`는 여전히 이전 배열의 이름입니다.",
        ),
    ),
]
