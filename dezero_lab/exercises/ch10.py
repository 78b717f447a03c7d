"""Chapter 10, tests: the learner's tests are graded by mutation, against eight engines of which one is right."""

from __future__ import annotations

import unittest
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from dezero_lab.grading import Check, Exercise, Question, T, Wrong

Array = Any


class Fault(NamedTuple):
    """One planted fault of `Square`: what forward and backward compute, and how it is told."""

    forward: Callable[[Array], Array]
    backward: Callable[[Array, Array], Array]  # (x, gy)
    text: T


def _power(x: Array) -> Array:
    return x**2


RIGHT = Fault(_power, lambda x, gy: 2 * x * gy, T("the correct engine", "올바른 엔진"))

FAULTS = (
    Fault(lambda x: x**3, lambda x, gy: 2 * x * gy, T("forward computes x³", "순전파가 x³을 계산합니다")),
    Fault(_power, lambda x, gy: 2 * x + 0 * gy, T("backward ignores gy", "역전파가 gy를 쓰지 않습니다")),
    Fault(
        _power, lambda x, gy: -2 * x * gy, T("backward has the opposite sign", "역전파의 부호가 반대입니다")
    ),
    Fault(_power, lambda x, gy: 2 * gy, T("backward forgets x: always 2", "역전파가 x를 잊어 늘 2입니다")),
    Fault(
        _power,
        lambda x, gy: np.sum(2 * x * gy).reshape(1),
        T("backward returns another shape", "역전파가 다른 형상을 돌려줍니다"),
    ),
    Fault(
        _power,
        lambda x, gy: 2 * x**2 * gy,
        T("backward uses the output instead of the input", "역전파가 입력 대신 출력을 씁니다"),
    ),
    Fault(
        lambda x: x * np.abs(x),
        lambda x, gy: 2 * np.abs(x) * gy,
        T("right for positive x only", "x가 양수일 때만 맞습니다"),
    ),
)


def engine(square: type, fault: Fault) -> type:
    """The learner's `Square` with other formulas: what `Function` does is inherited, `forward` and `backward` are replaced."""

    class Square(square):
        def forward(self, x: Array) -> Array:
            self._seen = x
            return fault.forward(x)

        def backward(self, gy: Array) -> Array:
            return fault.backward(self._seen, gy)

    return Square


def engines(square: type) -> list[tuple[type, Fault | None]]:
    """Eight engines in a fixed, mixed order: the learner's own `Square` (None), and one per fault."""
    faulty: list[tuple[type, Fault | None]] = [(engine(square, fault), fault) for fault in FAULTS]
    return [*faulty[4:], (square, None), *faulty[:4]]


@contextmanager
def in_place_of(names: MutableMapping[str, Any], square: type) -> Iterator[None]:
    """While the block runs, the names `Square` and `square` mean this engine; afterwards they are what they were."""
    before = {name: names[name] for name in ("Square", "square") if name in names}
    names.update({"Square": square, "square": lambda x: square()(x)})
    try:
        yield
    finally:
        for name in ("Square", "square"):
            if name in before:
                names[name] = before[name]
            else:
                names.pop(name, None)


def run_tests(case: type[unittest.TestCase]) -> unittest.TestResult:
    """Run every test method of a class, quietly."""
    result = unittest.TestResult()
    with np.errstate(all="ignore"):
        unittest.TestLoader().loadTestsFromTestCase(case).run(result)
    return result


def _said_no(result: unittest.TestResult) -> str:
    """The last line of the first complaint, or an empty text."""
    complaints = [*result.failures, *result.errors]
    return complaints[0][1].strip().splitlines()[-1] if complaints else ""


def check_tests(c: Check) -> None:
    tests, square = c.get("SquareTest", "Square")
    names: Any = c.space
    found = unittest.TestLoader().getTestCaseNames(tests) if isinstance(tests, type) else []
    with c.case(T("tests are collected", "테스트가 수집됨"), "run(SquareTest)") as case:
        case.observe(
            "has methods", any(callable(v) for k, v in vars(tests).items() if not k.startswith("__"))
        )
        case.true(
            found, T("0 tests were collected.", "수집된 테스트가 0개입니다."), name="number of tests > 0"
        )
    if not found:
        return
    with c.case(
        T("the correct engine passes, 20 times", "올바른 엔진은 20번 모두 통과"), "run(SquareTest)"
    ) as case:
        with in_place_of(names, engine(square, RIGHT)):
            said = next(filter(None, (_said_no(run_tests(tests)) for _ in range(20))), "")
        text = T(
            f"Your tests reject a correct engine: {said}", f"테스트가 올바른 엔진을 거부했습니다: {said}"
        )
        case.true(not said, text, name="all tests pass")
    for fault in FAULTS:
        with c.case(fault.text, "ch.wall(SquareTest)") as case, in_place_of(names, engine(square, fault)):
            noticed = all(not run_tests(tests).wasSuccessful() for _ in range(3))
            text = T(
                f"All your tests pass on an engine that is broken: {fault.text.en}.",
                f"고장 난 엔진에서도 테스트가 모두 통과합니다: {fault.text.ko}.",
            )
            case.true(noticed, text, name="at least one test fails")


class Pair(NamedTuple):
    """A formula and what its `backward` claims to be its slope, as text to paste and as functions to run."""

    formula: str
    slope: str
    forward: Callable[[Array], Array]
    derivative: Callable[[Array], Array]

    @property
    def line(self) -> str:
        """Python that runs the check on this pair; `{a}` stands for the input."""
        return (
            "class F(Function):\n"
            f"    def forward(self, x): return {self.formula}\n"
            f"    def backward(self, gy): x = self.input.data; return {self.slope} * gy\n"
            "gradient_check(lambda x: F()(x), Variable({a}))"
        )


def on(base: type, pair: Pair) -> Callable[[Any], Any]:
    """The pair as a function of variables, on the learner's `Function`."""

    class F(base):
        def forward(self, x: Array) -> Array:
            return pair.forward(x)

        def backward(self, gy: Array) -> Array:
            return pair.derivative(self.input.data) * gy

    return lambda x: F()(x)


RIGHT_PAIRS = (
    Pair("x**2", "2 * x", np.square, lambda x: 2 * x),
    Pair("np.sin(x)", "np.cos(x)", np.sin, np.cos),
    Pair("np.exp(x)", "np.exp(x)", np.exp, np.exp),
)
WRONG_PAIRS = (
    Pair("x**2", "x", np.square, lambda x: x),
    Pair("np.sin(x)", "-np.cos(x)", np.sin, lambda x: -np.cos(x)),
    Pair("np.exp(x)", "1", np.exp, np.ones_like),
)
STEEP = Pair("1e8 * x**3", "3e8 * x**2", lambda x: 1e8 * x**3, lambda x: 3e8 * x**2)


def check_gradient_check(c: Check) -> None:
    gradient_check, Variable, Function = c.get("gradient_check", "Variable", "Function")
    small, whole = [c.array(shape, 0.4, 2.0) for shape in ((), (3,), (2, 3))], [np.array([1, 2, 3])]
    for title, pairs, inputs, expected in (
        (T("a correct derivative", "올바른 미분"), RIGHT_PAIRS, small, True),
        (T("a wrong derivative", "틀린 미분"), WRONG_PAIRS, small, False),
        (T("a large slope", "큰 기울기"), (STEEP,), [c.array((), 1.0, 2.0)], True),
        (T("integer input, correct derivative", "정수 입력, 올바른 미분"), RIGHT_PAIRS[:1], whole, True),
        (T("integer input, wrong derivative", "정수 입력, 틀린 미분"), WRONG_PAIRS[:1], whole, False),
    ):
        for pair in pairs:
            for a in inputs:
                with c.case(title, pair.line, a=a) as case:
                    found = gradient_check(on(Function, pair), Variable(a))
                    case.equal(found, expected, name="gradient_check(f, x)")
    line = "x = Variable({a}); gradient_check(square, x); x.grad"
    with c.case(T("the caller's x", "넘겨받은 x"), line, a=c.array((3,))) as case:
        x = Variable(case.inputs["a"])
        gradient_check(on(Function, RIGHT_PAIRS[0]), x)
        case.equal(x.grad, None, name="x.grad")


PATTERN = [
    "test_square.py",
    "my_test.py",
    "testing.py",
    "test.py",
    "square_test.py",
    "conftest.py",
    "test_exp.txt",
]
FOLDERS = ["tests/__init__.py", "tests/test_exp.py", "tests/helpers.py", "notes/test_old.py", "test_top.py"]
NESTED = [
    "a/b/__init__.py",
    "a/b/test_deep.py",
    "c/__init__.py",
    "c/d/__init__.py",
    "c/d/test_deep.py",
    "c/e/test_no.py",
]


def runs(names: list[str]) -> list[str]:
    """What `python -m unittest discover` would find among these files."""
    found = []
    for name in names:
        *folders, file = name.split("/")
        packages = ("/".join([*folders[: i + 1], "__init__.py"]) for i in range(len(folders)))
        if file.startswith("test") and file.endswith(".py") and all(p in names for p in packages):
            found.append(name)
    return found


def check_discovered(c: Check) -> None:
    discovered = c.get("discovered")
    for title, names in (
        (T("the pattern of the name", "이름의 패턴"), PATTERN),
        (T("one folder down", "한 폴더 아래"), FOLDERS),
        (T("folders in folders", "폴더 속의 폴더"), NESTED),
        (T("everything together", "모두 함께"), [*PATTERN, *FOLDERS, *NESTED]),
    ):
        with c.case(title, "discovered({names})", names=c.shuffled(names)) as case:
            given = list(case.inputs["names"])
            case.equal(sorted(discovered(given)), sorted(runs(given)), name="discovered(names), sorted")


VALUES_ONLY = """
class SquareTest(unittest.TestCase):
    def test_value(self):
        self.assertEqual(square(Variable(np.array(-3.0))).data, 9.0)

    def test_more_values(self):
        x = np.array([-1.5, 0.0, 2.0])
        self.assertTrue(np.allclose(square(Variable(x)).data, x * x))
"""

NO_ASSERTION = """
class SquareTest(unittest.TestCase):
    def test_value(self):
        square(Variable(np.array(-3.0)))

    def test_gradient(self):
        x = Variable(np.array([1.0, -2.0]))
        y = square(x)
        y.backward()
        x.grad == 2 * x.data
"""

SEED_OF_ONE = """
class SquareTest(unittest.TestCase):
    def test_value(self):
        self.assertEqual(square(Variable(np.array(-3.0))).data, 9.0)

    def test_gradient(self):
        x = Variable(np.array([-3.0, 0.5]))
        square(x).backward()
        self.assertEqual(x.grad.shape, (2,))
        self.assertTrue(np.allclose(x.grad, [-6.0, 1.0]))
"""

POSITIVE_ONLY = """
class SquareTest(unittest.TestCase):
    def test_value(self):
        self.assertEqual(square(Variable(np.array(3.0))).data, 9.0)

    def test_gradient(self):
        x = Variable(np.array([3.0, 0.5]))
        y = square(x)
        y.grad = np.array([2.5, -1.0])
        y.backward()
        self.assertEqual(x.grad.shape, (2,))
        self.assertTrue(np.allclose(x.grad, [15.0, -1.0]))
"""

WHOLE_NUMBERS = """
def gradient_check(f, x, rtol=1e-4, atol=1e-5):
    y = f(Variable(x.data))
    y.backward()
    right, left = x.data.copy(), x.data.copy()
    right[...] = x.data + 1e-4
    left[...] = x.data - 1e-4
    expected = (f(Variable(right)).data - f(Variable(left)).data) / 2e-4
    return bool(np.allclose(y.creator.input.grad, expected, rtol=rtol, atol=atol))
"""

EXERCISES = [
    Exercise(
        id="E10.1",
        title=T("Tests that bite", "버그를 놓치지 않는 테스트"),
        needs=("SquareTest",),
        check=check_tests,
        core=True,
        given="ch09",
        wrongs=[
            Wrong(
                "W10.1a",
                [("def test_", "def check_")],
                T(
                    "0 tests were collected: the name of a test method begins with `test`.",
                    "수집된 테스트가 0개입니다. 테스트 메서드의 이름은 `test`로 시작해야 해요.",
                ),
                everywhere=True,
            ),
            Wrong(
                "W10.1b",
                hint=T(
                    "Everything passes, even on the broken engines: a test that asserts nothing cannot fail.",
                    "고장 난 엔진에서도 모두 통과합니다. 아무것도 확인하지(assert) 않는 테스트는 실패할 수 없어요.",
                ),
                source="import unittest\n" + NO_ASSERTION,
            ),
            Wrong(
                "W10.1c",
                [
                    (
                        "np.allclose(x.grad, numerical_diff(square, x))",
                        "np.array_equal(x.grad, numerical_diff(square, x))",
                    )
                ],
                T(
                    "Your tests fail on the correct engine, by a difference in the last digits: random floats need a tolerance.",
                    "올바른 엔진에서 마지막 자릿수 차이로 실패합니다. 난수로 만든 float 값을 비교할 때는 허용 오차가 필요합니다.",
                ),
            ),
            Wrong(
                "W10.1d",
                hint=T(
                    "You tested values only. All faults in `backward` survive.",
                    "순전파만 확인했습니다. backward의 결함이 모두 살아남았어요.",
                ),
                source="import unittest\n" + VALUES_ONLY,
            ),
            Wrong(
                "W10.1e",
                hint=T(
                    "One engine survives: it ignores what arrives from the right. A start value of 1 cannot show that; set `y.grad` yourself.",
                    "오른쪽에서 온 값을 무시하는 엔진이 살아남았습니다. 시작값 1로는 드러나지 않아요. `y.grad`를 직접 정해 보세요.",
                ),
                source="import unittest\n" + SEED_OF_ONE,
            ),
            Wrong(
                "W10.1f",
                hint=T(
                    "One engine survives: it is right for positive x only. Does any test compare with a number you worked out yourself, at a negative x?",
                    "x가 양수일 때만 맞는 엔진이 살아남았습니다. 음수 x에서, 직접 계산해 둔 값과 비교하는 테스트가 있나요?",
                ),
                source="import unittest\n" + POSITIVE_ONLY,
            ),
        ],
        hints=(
            T(
                "Run `ch.wall(SquareTest)` and look at the lamps that stay green.",
                "`ch.wall(SquareTest)`를 실행하고 초록으로 남는 램프를 보세요.",
            ),
            T(
                "Each green lamp is a question that no test asked: about the value, the slope, the sign, the shape, or the upstream value.",
                "초록 램프는 아무 테스트도 묻지 않은 질문입니다. 값, 기울기, 부호, 형상, 상류 기울기 가운데 무엇을 묻지 않았나요?",
            ),
            T(
                "Test a negative x, set `y.grad` to something other than 1 before `backward`, compare shapes, and compare random input with "
                "`numerical_diff` within a tolerance.",
                "음수 x를 넣고, `backward` 전에 `y.grad`를 1이 아닌 값으로 두고, 형상을 비교하고, 난수 입력은 `numerical_diff`와 허용 오차 안에서 비교하세요.",
            ),
        ),
        limit=10.0,
    ),
    Exercise(
        id="E10.2",
        title=T("gradient_check", "기울기 확인"),
        needs=("gradient_check",),
        check=check_gradient_check,
        given="ch09",
        wrongs=[
            Wrong(
                "W10.2a",
                [("rtol=rtol, atol=atol", "rtol=0, atol=atol")],
                T(
                    "A correct function with a slope of 3e8 or more was rejected although eight digits agree: the difference must be "
                    "compared with the size of the slope (`rtol`).",
                    "기울기가 3e8 이상인 올바른 함수가 거부되었습니다. 앞 여덟 자리가 같은데도요. 차이를 기울기의 크기와 비교해야 합니다(`rtol`).",
                ),
            ),
            Wrong("W10.2b", hint="D09", source=WHOLE_NUMBERS),
            Wrong(
                "W10.2c",
                [
                    (
                        "expected = numerical_diff(f, x)",
                        "twin = Variable(x.data)\n    f(twin).backward()\n    expected = twin.grad",
                    )
                ],
                T(
                    "Wrong derivatives are accepted: both numbers come from the same place, `backward`.",
                    "틀린 미분이 통과했습니다. 비교한 두 값이 모두 `backward`에서 나왔어요.",
                ),
            ),
            Wrong(
                "W10.2d",
                [
                    (
                        "    x = Variable(x.data.astype(np.float64))\n",
                        "    x.data = x.data.astype(np.float64)\n",
                    )
                ],
                T(
                    "After the check the caller's `x` has a grad that nobody asked for. Work on a fresh Variable inside.",
                    "확인이 끝난 뒤 넘겨받은 `x`에 시키지 않은 grad가 남았습니다. 안에서 새 Variable을 만들어 쓰세요.",
                ),
            ),
        ],
        hints=(
            T(
                "Two numbers have to be compared: one from `backward`, one from `numerical_diff`.",
                "비교할 값은 둘입니다. 하나는 `backward`, 하나는 `numerical_diff`에서 나옵니다.",
            ),
            T(
                "Look at the failing line: is the slope large, is the input an integer array, or do both numbers come from the same place?",
                "실패한 줄을 보세요. 기울기가 큰가요, 입력이 정수 배열인가요, 아니면 두 값이 같은 곳에서 나왔나요?",
            ),
            T(
                "Make a new float64 Variable from `x.data`, run f and backward on it, compute `numerical_diff(f, x)`, and hand both to "
                "`np.allclose` with both tolerances.",
                "`x.data`로 float64 Variable을 새로 만들어 f와 backward를 실행하고, `numerical_diff(f, x)`를 구한 다음, 두 허용 오차와 함께 "
                "`np.allclose`에 넘기세요.",
            ),
        ),
    ),
    Exercise(
        id="E10.3",
        title=T("Which files run?", "어떤 파일이 실행될까요?"),
        needs=("discovered",),
        check=check_discovered,
        given="ch09",
        wrongs=[
            Wrong(
                "W10.3a",
                [('"test*.py"', '"*test*.py"')],
                T(
                    "The default pattern is anchored at the beginning: test*.py. `my_test.py` does not match.",
                    "기본 패턴은 앞에서부터 맞춥니다: test*.py. `my_test.py`는 맞지 않아요.",
                ),
            ),
            Wrong(
                "W10.3b",
                [(" and all(package in names for package in packages)", "")],
                T(
                    "Discovery imports what it finds; a folder without `__init__.py` cannot be imported.",
                    "발견한 파일은 import합니다. `__init__.py`가 없는 폴더는 import할 수 없어요.",
                ),
            ),
            Wrong(
                "W10.3c",
                [("for package in packages)", "for package in packages[-1:])")],
                T(
                    "`a/b` is a package, but `a` is not, so nobody gets as far as `a/b`. Every folder on the way counts.",
                    "`a/b`는 패키지이지만 `a`가 아니라서 `a/b`까지 내려가지 못합니다. 가는 길의 폴더를 모두 확인하세요.",
                ),
            ),
        ],
        hints=(
            T(
                "Split a path at the slashes: the last part is the file, the others are folders.",
                "경로를 슬래시에서 나누세요. 마지막이 파일이고 나머지는 폴더입니다.",
            ),
            T(
                "Two questions per path: does the file's name begin with `test` and end with `.py`? Can every folder on the way be entered?",
                "경로마다 두 가지를 묻습니다. 파일 이름이 `test`로 시작해 `.py`로 끝나나요? 가는 길의 폴더에 모두 들어갈 수 있나요?",
            ),
            T(
                "A folder can be entered when its own `__init__.py` is in `names`; keep the paths for which both answers are yes.",
                "폴더의 `__init__.py`가 `names`에 있으면 들어갈 수 있습니다. 두 답이 모두 예인 경로만 남기세요.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="P10",
        prompt=T(
            "What does `np.allclose(1e-9, 2e-9)` say?", "`np.allclose(1e-9, 2e-9)`의 결과는 무엇일까요?"
        ),
        options=[T("`True`", "`True`"), T("`False`", "`False`"), T("an error", "오류")],
        answer=0,
        reveal=T(
            "`True`: the absolute tolerance of 1e-8 is larger than the difference, although one number is twice the other.",
            "`True`입니다. 하나가 다른 하나의 두 배이지만, 절대 허용 오차 1e-8이 그 차이보다 큽니다.",
        ),
    ),
    Question(
        id="S10",
        kind="say",
        answer=0,
        prompt=T(
            "In one sentence: when is a test worthless although it is green?",
            "한 문장으로 써 보세요. 초록불인데도 쓸모없는 테스트는 어떤 테스트일까요?",
        ),
        reveal=T(
            "When it stays green on a broken engine: a test is worth the faults it notices.",
            "고장 난 엔진에서도 초록불이면 쓸모없습니다. 테스트의 가치는 알아채는 결함에 있습니다.",
        ),
    ),
    Question(
        id="R10",
        prompt=T(
            "A test compares the gradient of `square` at x = 1 with 2, with the automatic start value. Which fault survives?",
            "어떤 테스트가 x = 1에서 `square`의 기울기를 2와 비교합니다. 시작값은 자동입니다. 살아남는 결함은 무엇일까요?",
        ),
        options=[
            T("backward returns 2·gy", "backward가 2·gy를 돌려줌"),
            T("backward returns 2·x²·gy", "backward가 2·x²·gy를 돌려줌"),
            T("backward returns 2·x without gy", "backward가 gy 없이 2·x를 돌려줌"),
            T("all three", "셋 다"),
        ],
        answer=3,
        reveal=T(
            "All three give 2 there. x = 1 and a seed of 1 are the two places where factors hide.",
            "셋 다 그 자리에서 2입니다. x = 1과 시작값 1은 곱해지는 값이 숨는 두 자리입니다.",
        ),
    ),
]
