"""Chapter 5, theory of backpropagation: the lower lane by hand, and the price of either direction."""

from __future__ import annotations

import math

from dezero_lab.grading import Check, Exercise, Question, T, Wrong

X = 0.3
A = 2 * X + 1
B = A**2
SLOPES = {
    "dy_dy": 1.0,
    "dy_db": math.exp(B),
    "dy_da": math.exp(B) * 2 * A,
    "dy_dx": math.exp(B) * 2 * A * 2,
}
MEANING = {
    "dy_dy": T("at the output", "출력에서"),
    "dy_db": T("back through exp", "exp를 되짚어"),
    "dy_da": T("back through the square", "제곱을 되짚어"),
    "dy_dx": T("back through affine", "affine을 되짚어"),
}


def check_lane(c: Check) -> None:
    filled = dict(zip(SLOPES, c.get(*SLOPES), strict=True))
    for name, right in SLOPES.items():
        with c.case(MEANING[name], f"x = 0.3; {name}") as case:
            case.close(filled[name], right, name=name, rtol=1e-6, atol=1e-6)


def cost(shapes: list[tuple[int, int]], order: str) -> int:
    """Multiplications of the chain, by multiplying out the shapes one by one."""
    rest = list(shapes)
    total = 0
    while len(rest) > 1:
        if order == "from_output":
            (q, r), (p, _) = rest[-2:]
            rest[-2:] = [(p, r)]
        else:
            (q, r), (p, _) = rest[:2]
            rest[:2] = [(p, r)]
        total += p * q * r
    return total


def check_mults(c: Check) -> None:
    mults = c.get("mults")
    sizes = [
        (T("many inputs, one output", "입력이 많고 출력이 하나"), [1000, 100, 10, 1]),
        (T("one input, many outputs", "입력이 하나고 출력이 많음"), [1, 10, 100, 1000]),
        (T("two matrices", "행렬이 둘"), [4, 2, 3]),
        (T("a chain drawn at random", "무작위 사슬"), [int(n) for n in c.integers(5, 1, 9)]),
        (T("a single matrix", "행렬이 하나"), [4, 3]),
    ]
    for title, chain in sizes:
        shapes = list(zip(chain[1:], chain[:-1], strict=True))
        for order in ("from_output", "from_input"):
            with c.case(title, f"mults({{shapes}}, '{order}')", shapes=shapes) as case:
                case.equal(mults(list(shapes), order), cost(shapes, order), name=f"mults({order})")


AT_ITS_INPUT = T(
    "Your factor for the square is 2x; the square never saw x, it saw a.",
    "각 함수의 미분은 x가 아니라 그 함수가 받은 입력에서 계산합니다. 제곱이 받은 것은 x가 아니라 a입니다.",
)

EXERCISES = [
    Exercise(
        id="E05.1",
        title=T("Fill the lower lane", "아랫줄 채우기"),
        needs=tuple(SLOPES),
        check=check_lane,
        core=True,
        given="ch04",
        wrongs=[
            Wrong(
                "W05.1a",
                [("dy_dy * np.exp(b)", "dy_dy * np.exp(x)"), ("dy_db * 2 * a", "dy_db * 2 * x")],
                AT_ITS_INPUT,
            ),
            Wrong(
                "W05.1b",
                [("dy_dy = 1.0", "dy_dy = y")],
                T(
                    "Every value is y times too big. How much does y change when y itself changes by 1?",
                    "모든 값이 정답의 y배입니다. y 자신이 1만큼 변하면 y는 얼마나 변하나요?",
                ),
            ),
            Wrong(
                "W05.1c",
                [
                    ("dy_dy * np.exp(b)", "dy_dy + np.exp(b)"),
                    ("dy_db * 2 * a", "dy_db + 2 * a"),
                    ("dy_da * 2", "dy_da + 2"),
                ],
                T(
                    "You added the factors. If a moves 2 times as much as x, and b 3 times as much as a, how much does b move?",
                    "국소 미분을 더했습니다. a가 x의 2배, b가 a의 3배만큼 움직이면 b는 x의 몇 배만큼 움직이나요?",
                ),
            ),
            Wrong("W05.1d", [("dy_db * 2 * a", "dy_db * 2 * x")], AT_ITS_INPUT),
        ],
        hints=(
            T(
                "Start with the rightmost value, dy_dy, and find the first one that differs.",
                "맨 오른쪽 dy_dy부터 시작해서 처음으로 다른 값을 찾으세요.",
            ),
            T(
                "Each line is the line before it times one factor: how much this function's output moves when its input moves.",
                "각 줄은 바로 앞줄에 국소 미분 하나를 곱한 것입니다. 국소 미분은 입력이 움직일 때 이 함수의 출력이 얼마나 움직이는지입니다.",
            ),
            T(
                "The factors are: exp at b, 2 times a for the square, and 2 for affine(2, 1).",
                "국소 미분은 차례로 b에서 구한 exp, 제곱에서 2 곱하기 a, affine(2, 1)에서 2입니다.",
            ),
        ),
    ),
    Exercise(
        id="E05.2",
        title=T("Which side first?", "어느 쪽부터?"),
        needs=("mults",),
        check=check_mults,
        given="ch04",
        wrongs=[
            Wrong(
                "W05.2a",
                [('order == "from_output"', 'order == "from_input"')],
                T(
                    "The two orders are exchanged. With one output, which intermediate product is a single row?",
                    "두 순서가 서로 바뀌었습니다. 출력이 하나일 때 중간 결과가 행 하나로 남는 쪽은 어디인가요?",
                ),
            ),
            Wrong(
                "W05.2b",
                [("rows * middle * columns", "rows * columns")],
                T(
                    "You counted the entries of the results. An (a×b)(b×c) product costs a·b·c multiplications.",
                    "결과의 원소 수를 세었습니다. (a×b)(b×c) 곱에는 곱셈이 a·b·c번 필요합니다.",
                ),
                everywhere=True,
            ),
        ],
        hints=(
            T(
                "Write down the shape of the running product after each multiplication.",
                "곱할 때마다 중간 결과의 형상을 적어 보세요.",
            ),
            T(
                "From the output the running product keeps the rows of the last factor; from the input it keeps the columns of "
                "the first.",
                "출력 쪽부터 곱하면 중간 결과의 행은 마지막 행렬의 행 그대로이고, 입력 쪽부터 곱하면 열이 첫 행렬의 열 그대로입니다.",
            ),
            T(
                "Go through the list from the chosen end; for each further factor add rows times middle times columns.",
                "고른 쪽 끝에서부터 목록을 훑으며, 행렬을 하나 곱할 때마다 행 곱하기 가운데 곱하기 열을 더하세요.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="P05",
        prompt=T(
            "x → square → a → exp → b → square → y. Which forward values must be kept to walk back from y to x?",
            "x → square → a → exp → b → square → y에서, y에서 x로 되짚어 가려면 순전파의 어떤 값을 남겨야 할까요?",
        ),
        options=[
            T("only y", "y만"),
            T("x, a and b", "x, a, b"),
            T("x, a, b and y", "x, a, b, y 모두"),
            T("none", "없어도 된다"),
        ],
        answer=1,
        reveal=T(
            "x, a and b: the input of each function. These three do not need the final output.",
            "x, a, b입니다. 각 함수의 입력입니다. 이 세 함수에는 마지막 출력이 필요 없습니다.",
        ),
    ),
    Question(
        id="S05",
        kind="say",
        prompt=T(
            "In one sentence: what does one walk back from the output leave at every box?",
            "한 문장으로 써 보세요. 출력에서 한 번 되짚어 오면 상자마다 무엇이 남나요?",
        ),
        answer=0,
        reveal=T(
            "The slope of the output with respect to that box: how much y moves when this box moves a little.",
            "그 상자에 대한 출력의 기울기, 곧 이 상자를 조금 움직일 때 y가 얼마나 움직이는지가 남습니다.",
        ),
    ),
    Question(
        id="R05",
        prompt=T(
            "A chain of functions has 3 inputs and 10,000 outputs, and you want all slopes. From which side do you multiply?",
            "입력이 3개, 출력이 10,000개인 사슬에서 모든 기울기를 구하려 합니다. 어느 쪽부터 곱할까요?",
        ),
        options=[
            T("from the output", "출력 쪽부터"),
            T("from the input", "입력 쪽부터"),
            T("it costs the same", "비용이 같다"),
        ],
        answer=1,
        reveal=T(
            "From the input: the running product then has 3 columns instead of 10,000 rows.",
            "입력 쪽부터입니다. 그러면 중간 결과가 행 10,000개 대신 열 3개로 남습니다.",
        ),
    ),
]
