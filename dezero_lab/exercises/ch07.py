"""Chapter 7, automating backpropagation: each variable remembers its creator."""

from __future__ import annotations

from typing import Any

import numpy as np

from dezero_lab.grading import Check, Exercise, Question, T, Wrong

FORMULAS = {"Square": np.square, "Exp": np.exp}
CHAINS = (("Square",), ("Exp",), ("Square", "Square"), ("Square", "Exp", "Square"))


def chains(c: Check) -> list[tuple[tuple[str, ...], float]]:
    """The chains of this chapter, short ones first, with an input for which the values stay moderate."""
    longer = tuple(c.choice(("Square", "Exp", "Square")) for _ in range(int(c.integers((), 2, 4))))
    drawn = ("Square", *longer, "Square")
    tame = drawn if formula(drawn)(0.9) < 20 else ("Square",) * len(drawn)
    return [
        *((names, 0.7) for names in CHAINS),
        (tame, c.number(0.4, 0.9)),
        (("Square",) * 6, c.number(0.85, 0.98)),
    ]


def build_chain(c: Check, names: tuple[str, ...], x: Any) -> tuple[list[Any], list[Any]]:
    """Run the learner's functions one after the other: (variables, functions)."""
    variables, functions = [x], []
    for name in names:
        functions.append(c.get(name)())
        variables.append(functions[-1](variables[-1]))
    return variables, functions


def formula(names: tuple[str, ...]) -> Any:
    """The plain NumPy function of a chain."""

    def value(t: Any) -> Any:
        for name in names:
            t = FORMULAS[name](t)
        return t

    return value


def expression(names: tuple[str, ...], inner: str = "x") -> str:
    """The chain as a learner would write it: `Square()(Exp()(x))`."""
    for name in names:
        inner = f"{name}()({inner})"
    return inner


def check_creator(c: Check) -> None:
    Variable, Function = c.get("Variable", "Function")
    with c.case(
        T("a variable nobody made", "아무도 만들지 않은 변수"), "Variable(np.array(1.0)).creator"
    ) as case:
        case.equal(Variable(np.array(1.0)).creator, None, name="x.creator")
    names, walk = T("who made whom", "누가 누구를 만들었나"), T("the walk back to x", "x까지 되돌아가기")
    for chain, value in chains(c):
        line = "x = Variable(np.array({x})); y = " + expression(chain)
        with c.case(names, line + "; x.creator, y.creator", x=value) as case:
            x = Variable(np.array(value))
            variables, functions = case.run(lambda chain=chain, x=x: build_chain(c, chain, x))
            y, f = variables[-1], functions[-1]
            case.equal(x.creator, None, name="x.creator")
            case.type(y.creator, Function, name="y.creator")
            case.identity(y.creator, f, name="y.creator is f")
            case.identity(getattr(y.creator, "output", None), y, name="y.creator.output is y")
        with c.case(walk, line, x=value) as case:
            x = Variable(np.array(value))
            variables, _ = build_chain(c, chain, x)
            here, steps = variables[-1], 0
            while here.creator is not None and steps <= len(chain):
                here, steps = here.creator.input, steps + 1
            case.equal(steps, len(chain), name="steps from y to the start")
            case.identity(here, x, name="the walk ends at x")


def check_chains(c: Check, title: T) -> None:
    """One `backward()` from the end of each chain: every variable before it gets its gradient."""
    Variable = c.get("Variable")
    for chain, value in chains(c):
        line = (
            "x = Variable(np.array({x})); y = "
            + expression(chain)
            + "; y.grad = np.array({gy}); y.backward(); x.grad"
        )
        for gy in c.upstreams():
            with c.case(title, line, visits=100 * len(chain), x=value, gy=gy) as case:

                def one_pass(
                    chain: tuple[str, ...] = chain, value: float = value, gy: float = gy
                ) -> list[Any]:
                    variables, _ = build_chain(c, chain, Variable(np.array(value)))
                    variables[-1].grad = np.array(gy)
                    variables[-1].backward()
                    return variables

                variables = case.run(one_pass)
                for k, v in enumerate(variables[:-1]):
                    name = "x.grad" if k == 0 else f"the gradient after {chain[k - 1]} (variable {k})"
                    case.gradient(v.grad, of=formula(chain[k:]), at=v.data, upstream=gy, name=name)


def check_backward(c: Check) -> None:
    check_chains(c, T("every variable of the chain", "사슬의 모든 변수"))


EXERCISES = [
    Exercise(
        id="E07.1",
        title=T("Who made you?", "누가 만들었나요?"),
        needs=("Variable", "Function", "Square", "Exp"),
        check=check_creator,
        given="ch06",
        wrongs=[
            Wrong(
                "W07.1a",
                [("output.set_creator(self)", "input.set_creator(self)")],
                T(
                    "x claims to be made by a function; y does not.",
                    "x는 함수가 만든 것으로 되어 있고, 정작 y에는 창조자가 없습니다.",
                ),
            ),
            Wrong(
                "W07.1b",
                [("self.output = output", "self.output = Variable(y)")],
                T(
                    "`y.creator.output is y` is False: the function remembers a twin.",
                    "`y.creator.output is y`가 False입니다. 함수가 y가 아닌 쌍둥이를 기억합니다.",
                ),
            ),
            Wrong(
                "W07.1c",
                [("output.set_creator(self)", "output.set_creator(type(self))")],
                T(
                    "`y.creator` is the class. Two squares in a chain share one creator.",
                    "`y.creator`가 클래스입니다. 사슬 안의 두 제곱이 창조자 하나를 같이 쓰게 됩니다.",
                ),
            ),
        ],
        hints=(
            T(
                "Look at `Function.__call__`, after the output exists.",
                "`Function.__call__`에서 출력을 만든 다음을 보세요.",
            ),
            T(
                "Two notes are written there: the output remembers this function, the function remembers its output.",
                "메모가 두 개 필요합니다. 출력은 이 함수를, 함수는 그 출력을 기억합니다.",
            ),
            T(
                "Call `set_creator` on the output with the function itself, and keep that same output in `self.output`.",
                "출력에 `set_creator`로 함수 자신을 넘기고, 같은 출력을 `self.output`에 둡니다.",
            ),
        ),
    ),
    Exercise(
        id="E07.2",
        title=T("One call", "호출 한 번"),
        needs=("Variable",),
        check=check_backward,
        core=True,
        given="ch06",
        after=("E07.1",),
        wrongs=[
            Wrong(
                "W07.2a",
                [("            x.backward()\n", "")],
                T(
                    "Only the variable next to the output got a gradient; who continues?",
                    "출력 바로 앞 변수만 기울기를 받았습니다. 그다음은 누가 이어 가나요?",
                ),
            ),
            Wrong(
                "W07.2b",
                [("        if f is not None:\n", "        if True:\n")],
                T("`x.creator` is None, and the walk goes on.", "`x.creator`가 None인데도 계속 걸어갑니다."),
            ),
            Wrong(
                "W07.2c",
                [
                    (
                        "            x.grad = f.backward(self.grad)\n            x.backward()\n",
                        "            x.backward()\n            x.grad = f.backward(self.grad)\n",
                    )
                ],
                T("The next step found `None` in grad.", "다음 단계가 grad에서 `None`을 발견했습니다."),
            ),
            Wrong(
                "W07.2d",
                [("f.backward(self.grad)", "f.backward(self.data)")],
                T("Your first factor equals y itself.", "첫 번째로 곱해진 값이 y 자신입니다."),
            ),
        ],
        hints=(
            T(
                "Follow one variable: which function made it, which variable did that function receive?",
                "변수 하나를 따라가 보세요. 어떤 함수가 만들었고, 그 함수는 어떤 변수를 받았나요?",
            ),
            T(
                "The gradient of that input must be there before the input itself continues.",
                "입력이 이어서 일하려면 그 입력의 기울기가 먼저 있어야 합니다.",
            ),
            T(
                "With a creator: set the input's grad from the creator's backward, then call the input's own backward. Without: stop.",
                "창조자가 있으면 그 backward로 입력의 grad를 채우고 입력의 backward를 부릅니다. 없으면 멈춥니다.",
            ),
        ),
    ),
]

QUESTIONS = [
    Question(
        id="P07",
        prompt=T(
            "In x → A → a → B → y, which variables have no creator?",
            "x → A → a → B → y에서 창조자가 없는 변수는 무엇일까요?",
        ),
        options=[
            T("only x", "x뿐"),
            T("only y", "y뿐"),
            T("x and y", "x와 y"),
            T("a", "a"),
        ],
        answer=0,
        reveal=T(
            "Only x: you made it yourself. a was made by A, y by B.",
            "x뿐입니다. x는 직접 만들었고 a는 A가, y는 B가 만들었습니다.",
        ),
    ),
    Question(
        id="S07",
        kind="say",
        answer=0,
        prompt=T(
            "Teach back, in two sentences: how does `y` find its way back to `x`?",
            "두 문장으로 가르쳐 보세요. `y`는 어떻게 `x`까지 돌아가나요?",
        ),
        reveal=T(
            "Each variable keeps the function that made it, and each function keeps the variable it received. Following the two notes in "
            "turn leads from `y` to `x`, and at each step the function turns the gradient on its output into the one on its input.",
            "변수는 자기를 만든 함수를, 함수는 자기가 받은 변수를 기억합니다. 두 메모를 번갈아 따라가면 `y`에서 `x`에 닿고, 그때마다 함수가 "
            "출력의 기울기를 입력의 기울기로 바꿉니다.",
        ),
    ),
    Question(
        id="R07",
        prompt=T(
            "In x → A → a → B → y somebody runs `a.creator = None`, then `y.backward()` with `y.grad` set. Who has a gradient now?",
            "x → A → a → B → y에서 누군가 `a.creator = None`을 실행했습니다. 그다음 `y.grad`를 정하고 `y.backward()`를 불렀습니다. 이제 기울기가 있는 변수는 무엇일까요?",
        ),
        options=[T("a and x", "a와 x"), T("only a", "a뿐"), T("only x", "x뿐"), T("nobody", "아무도 없음")],
        answer=1,
        reveal=T(
            "Only a. B fills a, then a has nobody to ask, and the walk ends there without an error.",
            "a뿐입니다. B가 a를 채우지만 a에게는 물어볼 창조자가 없어서, 오류도 없이 거기서 끝납니다.",
        ),
    ),
]
