"""Graphs of additions and squares for checking an engine: the fixed ones everybody knows, and random ones.

A graph is a recipe. It runs on the learner's functions and on plain arrays alike, so the same object builds the graph that
is differentiated and the formula it is compared with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dezero_lab.grading.cases import Inputs
from dezero_lab.grading.exercise import T

Step = tuple[int, ...]  # (i,) squares node i; (i, j) adds nodes i and j; node 0 is x


@dataclass(frozen=True)
class Graph:
    """A recipe over one input. Steps refer to earlier nodes; the last node is the output.

    >>> g = Graph(T("a² + a²", "a² + a²"), ((0,), (1,), (1,), (2, 3)))
    >>> float(g.formula(2.0))
    32.0
    >>> g.expression()
    'a = square(x); b = square(a); c = square(a); y = add(b, c)'
    >>> g.generations()
    [0, 1, 2, 2, 3]
    """

    title: T
    steps: tuple[Step, ...]

    def run(self, x: Any, add: Callable[[Any, Any], Any], square: Callable[[Any], Any]) -> list[Any]:
        """All nodes, from x to the output, built with these functions."""
        nodes = [x]
        for step in self.steps:
            taken = [nodes[i] for i in step]
            nodes.append(square(*taken) if len(taken) == 1 else add(*taken))
        return nodes

    def formula(self, x: Any) -> Any:
        """The output as plain numbers."""
        return self.run(x, np.add, np.square)[-1]

    def generations(self) -> list[int]:
        """The generation of every node: 0 for x, otherwise one more than the largest of what it is made from."""
        numbers = [0]
        for step in self.steps:
            numbers.append(1 + max(numbers[i] for i in step))
        return numbers

    def expression(self) -> str:
        """The graph as a learner would type it."""
        names = ["x", *(_name(k) for k in range(len(self.steps) - 1)), "y"]
        lines = []
        for k, step in enumerate(self.steps):
            inside = ", ".join(names[i] for i in step)
            lines.append(f"{names[k + 1]} = {'square' if len(step) == 1 else 'add'}({inside})")
        return "; ".join(lines)


def chain(k: int) -> Graph:
    """k squares in a row."""
    return Graph(T(f"a chain of {k}", f"함수 {k}개인 사슬"), tuple((i,) for i in range(k)))


def uses(k: int) -> Graph:
    """x added up k times: x + x, (x + x) + x, ..."""
    return Graph(T(f"x used {k} times", f"x를 {k}번 사용"), tuple((i, 0) for i in range(k - 1)))


DIAMOND = Graph(T("a² + a² with a = x²", "a = x²일 때 a² + a²"), ((0,), (1,), (1,), (2, 3)))

_SKIPS = (
    ((0,), (1,), (2,), (3, 0), (4, 2)),  # (x⁸ + x) + x⁴ ...
    ((0,), (1,), (2,), (0, 3), (4, 2)),  # ... and its exchanges
    ((0,), (1,), (2,), (3, 0), (2, 4)),
    ((0,), (1,), (2,), (0, 3), (2, 4)),
)
SKIPS = tuple(
    Graph(T("(x⁸ + x) + x⁴, operands exchanged", "(x⁸ + x) + x⁴, 피연산자 교환"), s) for s in _SKIPS
)


def ladder(k: int) -> Graph:
    """k diamonds in a row: each rung makes 3a from a by (a + a) + a."""
    steps: list[Step] = []
    for _ in range(k):
        a = len(steps)
        steps += [(a, a), (a + 1, a)]
    return Graph(T(f"a ladder of {k} diamonds", f"마름모 {k}개의 사다리"), tuple(steps))


def fixed() -> list[Graph]:
    """The fixed graphs, simple ones first."""
    return [chain(1), chain(3), uses(2), uses(3), DIAMOND, *SKIPS, ladder(3)]


def random_graph(inputs: Inputs) -> Graph:
    """4 to 12 nodes of additions and at most three squares on a path; operands shuffled, skip connections included.

    Use it with x in [0.5, 1.3]: values stay finite.
    """
    size = int(inputs.integers((), 4, 12))
    steps: list[Step] = []
    squares = [0]  # on the way to each node
    for _ in range(size):
        i = int(inputs.rng.integers(len(squares)))
        j = int(inputs.rng.integers(max(0, len(squares) - 3), len(squares)))  # mostly recent: long paths
        if inputs.rng.random() < 0.4 and squares[j] < 3:
            steps.append((j,))
            squares.append(squares[j] + 1)
        else:
            steps.append((i, j) if inputs.rng.random() < 0.5 else (j, i))
            squares.append(max(squares[i], squares[j]))
    used = {i for step in steps for i in step}
    loose = inputs.shuffled([k for k in range(1, size + 1) if k not in used])
    while len(loose) > 1:  # everything leads to the output
        a, b = loose.pop(), loose.pop()
        steps.append((a, b))
        loose.insert(0, len(steps))
    return Graph(T("random graphs", "무작위 그래프"), tuple(steps))


def _name(k: int) -> str:
    letters = "abcdefghijklmnopqrstuvw"
    return letters[k] if k < len(letters) else f"a{k}"
