import numpy as np
import pytest

from dezero_lab.gradcheck import numerical_gradient
from dezero_lab.grading.cases import Inputs
from dezero_lab.grading.graphs import DIAMOND, SKIPS, chain, fixed, ladder, random_graph, uses


def test_the_known_gradients_at_two():
    (diamond,) = numerical_gradient(DIAMOND.formula, 2.0)
    assert diamond == pytest.approx(64)
    assert chain(3).formula(2.0) == 256
    assert uses(5).formula(2.0) == 10
    assert ladder(3).formula(1.0) == 27
    for graph in SKIPS:
        assert graph.formula(2.0) == 2.0**8 + 2 + 2**4
    assert len({g.steps for g in SKIPS}) == 4


@pytest.mark.parametrize("graph", fixed(), ids=lambda g: g.title.en)
def test_the_expression_is_the_graph(graph):
    space = {"x": 1.1, "add": np.add, "square": np.square}
    exec(graph.expression(), space)  # noqa: S102 - what a learner would paste
    assert space["y"] == pytest.approx(graph.formula(1.1))
    assert len(graph.generations()) == len(graph.steps) + 1


def test_random_graphs_keep_their_promise():
    shapes = set()
    for seed in range(200):
        graph = random_graph(Inputs(seed))
        shapes.add(graph.steps)
        assert 4 <= len(graph.steps) <= 24
        assert np.isfinite(graph.formula(1.3))
        squares = [0]
        for step in graph.steps:
            squares.append(max(squares[i] for i in step) + (len(step) == 1))
        assert max(squares) <= 3 + 0
        used = {i for step in graph.steps for i in step}
        assert used >= set(range(1, len(graph.steps)))  # nothing hangs loose
    assert len(shapes) > 190
    same = random_graph(Inputs(3)), random_graph(Inputs(3, coarse=2))
    assert same[0].steps == same[1].steps
