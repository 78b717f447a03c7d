"""Chapter 2, functions that create variables: the procedure in the base class, the formula in the subclass."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lab.grading import Check, Exercise, Question, T, Wrong


def check_machine(c: Check) -> None:
    Variable, Function, Square = c.get("Variable", "Function", "Square")
    for shape in ((), (3,), (2, 3)):
        x = c.array(shape)
        with c.case(T("the square of a box", "상자의 제곱"), "Square()(Variable({x})).data", x=x) as case:
            y = case.run(lambda x=x: Square()(Variable(x)))
            case.type(y, Variable, name="y")
            case.close(y.data, x**2, name="y.data")
    seen: list[Any] = []

    class Probe(Function):
        def forward(self, x: Any) -> Any:
            seen.append(x)
            return np.array(7.0)

    line = """class Seven(Function):
    def forward(self, x): return np.array(7.0)
Seven()(Variable(np.array(2.0))).data"""
    with c.case(T("a function you have not seen", "처음 보는 함수"), line) as case:
        y = case.run(lambda: Probe()(Variable(np.array(2.0))))
        case.type(seen[0] if seen else None, np.ndarray, name="what forward receives")
        case.type(y, Variable, name="y")
        case.close(y.data, 7.0, name="y.data")
    with c.case(
        T("the bare machine stops", "공식 없는 기계는 멈춤"), "Function()(Variable(np.array(2.0)))"
    ) as case:
        case.raises(NotImplementedError, lambda: case.run(lambda: Function()(Variable(np.array(2.0)))))


def check_affine(c: Check) -> None:
    Variable, Affine = c.get("Variable", "Affine")
    for shape in ((), (3,), (2, 3)):
        x, a, b = c.array(shape), c.number(), c.number()
        with c.case(T("a·x + b", "a·x + b"), "Affine({a}, {b})(Variable({x})).data", x=x, a=a, b=b) as case:
            y = case.run(lambda x=x, a=a, b=b: Affine(a, b)(Variable(x)))
            case.type(y, Variable, name="y")
            case.close(y.data, a * x + b, name="y.data")
    x, a, b, p, q = c.number(), c.number(), c.number(), c.number(), c.number()
    line = "f, g = Affine({a}, {b}), Affine({p}, {q}); x = Variable(np.array({x})); f(x).data"
    with c.case(T("two at the same time", "동시에 두 개"), line, x=x, a=a, b=b, p=p, q=q) as case:

        def both() -> tuple[Any, Any]:
            f, g = Affine(a, b), Affine(p, q)
            box = Variable(np.array(x))
            return f(box), g(box)

        first, second = case.run(both)
        case.close(first.data, a * x + b, name="f(x).data")
        case.close(second.data, p * x + q, name="g(x).data")
    line = "Affine(2.0, 1.0).forward(np.array({x}))"
    with c.case(T("the formula stands in `forward`", "공식은 `forward`에"), line, x=x) as case:
        case.close(Affine(2.0, 1.0).forward(np.array(x)), 2 * x + 1, name="forward")


EXERCISES = [
    Exercise(
        id="E02.1",
        title=T("The machine", "기계 만들기"),
        needs=("Function", "Square"),
        check=check_machine,
        core=True,
        given="ch01",
        wrongs=[
            Wrong(
                "W02.1a",
                [("return Variable(y)", "return y")],
                T(
                    "The result is an array, not a box; the next function could not open it. Who wraps the result?",
                    "출력이 상자가 아니라 배열입니다. 다음 함수가 열 수 없어요. 결과는 누가 감싸나요?",
                ),
            ),
            Wrong(
                "W02.1b",
                source="""class Function:
    def __call__(self, input):
        pass

    def forward(self, x):
        raise NotImplementedError("a subclass brings the formula")


class Square(Function):
    def __call__(self, input):
        return Variable(input.data**2)
""",
                hint=T(
                    "`Square` works, but another subclass of `Function` does nothing; which steps are common to all functions?",
                    "`Square`는 되지만 `Function`의 다른 자식 클래스는 아무 일도 하지 않습니다. 모든 함수에 공통인 단계는 무엇인가요?",
                ),
            ),
            Wrong(
                "W02.1c",
                [("self.forward(x)", "self.forward(input)")],
                T(
                    "`forward` should see plain arrays; here it saw a Variable.",
                    "`forward`는 배열을 받아야 하는데 Variable을 받았습니다. 상자는 누가 열어야 하나요?",
                ),
            ),
            Wrong(
                "W02.1d",
                [('raise NotImplementedError("a subclass brings the formula")', "return None")],
                T(
                    "Calling the bare machine gave `Variable(None)`; better to stop loudly.",
                    "공식 없는 기계를 불렀더니 `Variable(None)`이 나왔습니다. 조용히 넘어가지 말고 멈추는 편이 나아요.",
                ),
            ),
        ],
        hints=(
            T(
                "Look at `Function.__call__`: what comes in, what goes out?",
                "`Function.__call__`을 보세요. 무엇이 들어오고 무엇이 나가나요?",
            ),
            T(
                "Boxes travel between functions, arrays go through `forward`. `__call__` stands between the two.",
                "함수 사이로는 상자가 다니고 `forward`로는 배열이 지나갑니다. 그 사이에 `__call__`이 있어요.",
            ),
            T(
                "Take the data out of the input, hand it to this object's `forward`, wrap what comes back; "
                "the base `forward` only raises.",
                "입력에서 데이터를 꺼내 자신의 `forward`에 넘기고, 돌아온 것을 감싸세요. 기반 클래스의 `forward`는 오류만 냅니다.",
            ),
        ),
    ),
    Exercise(
        id="E02.2",
        title=T("A function with settings", "설정값이 있는 함수"),
        needs=("Affine",),
        check=check_affine,
        given="ch01",
        after=("E02.1",),
        wrongs=[
            Wrong(
                "W02.2a",
                [("self.a, self.b = a, b", "Affine.a, Affine.b = a, b")],
                T(
                    "The second instance changed the first one's result. Where are the settings kept?",
                    "두 번째 인스턴스를 만들자 첫 번째의 결과가 바뀌었습니다. 설정값을 어디에 두었나요?",
                ),
            ),
            Wrong(
                "W02.2b",
                [
                    ("def forward(self, x):", "def __call__(self, input):"),
                    ("return self.a * x + self.b", "return Variable(self.a * input.data + self.b)"),
                ],
                T(
                    "Works alone, but skips what the base class does; later chapters will add bookkeeping there.",
                    "이 함수만 보면 되지만, 기반 클래스가 하는 일을 건너뜁니다. 뒤의 장에서 그 자리에 할 일이 늘어나요.",
                ),
            ),
        ],
        hints=(
            T(
                "`Affine` needs two methods; `__call__` is not one of them.",
                "`Affine`에 필요한 메서드는 두 개입니다. `__call__`은 그중에 없어요.",
            ),
            T(
                "The settings arrive once, when the instance is made; the formula needs them at every call.",
                "설정값은 인스턴스를 만들 때 한 번 들어오고, 공식에는 호출할 때마다 필요합니다.",
            ),
            T(
                "Keep both settings on the instance in `__init__`; in `forward` multiply the array by one and add the other.",
                "`__init__`에서 두 설정값을 인스턴스에 저장하고, `forward`에서 배열에 하나를 곱하고 다른 하나를 더하세요.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="P02",
        prompt=T(
            "`y = Square()(Variable(np.array(10)))`. `y` is a Variable. What is the type of `y.data`?",
            "`y = Square()(Variable(np.array(10)))`에서 `y`는 Variable입니다. `y.data`의 자료형은 무엇일까요?",
        ),
        options=[T("`np.ndarray`", "`np.ndarray`"), T("`np.int64`", "`np.int64`"), T("`int`", "`int`")],
        answer=1,
        reveal=T(
            "`np.int64`, a bare number: NumPy turns results without axes into scalars. Chapter 9 repairs it.",
            "맨 숫자인 `np.int64`입니다. NumPy는 축이 없는 결과를 스칼라로 바꿉니다. 9장에서 고칩니다.",
        ),
    ),
    Question(
        id="S02",
        kind="say",
        prompt=T(
            "In one sentence: who does what, `__call__` and `forward`?",
            "한 문장으로 써 보세요. `__call__`과 `forward`는 각각 무슨 일을 하나요?",
        ),
        answer=0,
        reveal=T(
            "`__call__` opens the box and wraps the result, the same for all functions; `forward` turns an array into an array, "
            "different for each.",
            "`__call__`은 상자를 열고 결과를 감싸며 모든 함수에 공통입니다. `forward`는 배열을 배열로 바꾸며 함수마다 다릅니다.",
        ),
    ),
    Question(
        id="R02",
        prompt=T(
            "You add a function `Cube`. Which methods must it define?",
            "함수 `Cube`를 새로 만듭니다. 꼭 정의해야 하는 메서드는 무엇일까요?",
        ),
        options=[
            T("`forward` only", "`forward`만"),
            T("`__call__` only", "`__call__`만"),
            T("`__init__`, `__call__` and `forward`", "`__init__`, `__call__`, `forward`"),
        ],
        answer=0,
        reveal=T(
            "`forward` only: it has no settings, and the call is inherited.",
            "`forward`만 있으면 됩니다. 설정값이 없고, 호출은 물려받습니다.",
        ),
    ),
]
