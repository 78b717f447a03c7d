"""Formulas with numbers: right or not there at all."""

from __future__ import annotations

import inspect
import textwrap

import numpy as np
import pytest

from dezero_lab.trace import Snapshot, Source
from dezero_lab.trace.narrate import number
from dezero_widgets._formula import fill_in


class Methods:
    def scaled(self, gy):
        x = self.inputs[0].data
        return 2 * x * gy

    def one_input(self, gy):
        x = self.input.data
        return np.exp(x) * gy

    def own_output(self, gy):
        y = self.outputs[0]()
        return gy * (1 - y * y)

    def two(self, gy):
        x0, x1 = self.inputs
        return gy * x1, gy * x0

    def matrices(self, gy):
        x, W = self.inputs[0].data, self.inputs[1].data
        return gy @ W.T, x.T @ gy

    def in_two_lines(self, gy):
        x = self.input.data
        gx = 2 * x * gy
        return gx

    def listed(self, xs):
        x0, x1 = xs
        y = x0 + x1
        return (y,)

    def overwritten(self, gy):
        gx = gy * 2
        gy = 5.0
        return gx

    def negative(self, gy):
        return -gy

    def branching(self, gy):
        factor = 1
        if gy > 0:
            factor = 3
        return factor * gy

    def helper(self, gy):
        return mystery(gy)

    def plain(self, gy):
        return gy

    def lying(self, gy):
        return gy + 1

    def several_lines(self, gy):
        return (
            gy
            * 2
        )  # fmt: skip


def mystery(x):
    return x


def formula(method, args, results, inputs=(), outputs=(), line="return"):
    lines, first = inspect.getsourcelines(getattr(Methods, method))
    text = textwrap.dedent("".join(lines)).splitlines()
    source = Source("s1", f"X.{method}", "cell", first, tuple(text))
    at = next(i for i, row in enumerate(text) if row.strip().startswith(line))
    snaps = [[Snapshot.of(v) for v in group] for group in (args, results, inputs, outputs)]
    return fill_in(source, first + at, *snaps)


def test_names_links_and_outputs_become_their_numbers():
    assert formula("scaled", [1.0], [8.0], [np.array(4.0)]) == "2 * x * gy = 2 * 4.0 * 1.0 = 8.0"
    assert formula("one_input", [2.0], [2.0], [np.array(0.0)]) == "np.exp(x) * gy = np.exp(0.0) * 2.0 = 2.0"
    assert formula("own_output", [2.0], [1.5], [], [np.array(0.5)]) == (
        "gy * (1 - y * y) = 2.0 * (1 - 0.5 * 0.5) = 1.5"
    )
    assert formula("two", [1.0], [3.0, 2.0], [np.array(2.0), np.array(3.0)]) == (
        "(gy * x1, gy * x0) = (1.0 * 3.0, 1.0 * 2.0) = (3.0, 2.0)"
    )


def test_a_result_made_a_line_earlier_is_told_as_its_calculation():
    assert formula("in_two_lines", [1.0], [8.0], [np.array(4.0)]) == "2 * x * gy = 2 * 4.0 * 1.0 = 8.0"
    assert formula("listed", [2.0, 3.0], [5.0]) == "x0 + x1 = 2.0 + 3.0 = 5.0"
    assert formula("overwritten", [3.0], [6.0]) is None


def test_a_negative_number_keeps_its_brackets():
    assert formula("scaled", [-1.5], [9.0], [np.array(-3.0)]) == "2 * x * gy = 2 * (-3.0) * (-1.5) = 9.0"
    assert formula("negative", [2.0], [-2.0]) == "-gy = -2.0"


def test_arrays_become_their_shapes_and_short_rows_their_numbers():
    x, w, gy = np.ones((2, 3)), np.ones((3, 4)), np.ones((2, 4))
    assert formula("matrices", [gy], [gy @ w.T, x.T @ gy], [x, w]) == (
        "(gy @ W.T, x.T @ gy) = ([2×4] @ [4×3], [3×2] @ [2×4]) = ([2×3], [3×4])"
    )
    row = np.array([1.0, 2.0])
    assert formula("scaled", [row], [2 * row * row], [row]) == (
        "2 * x * gy = 2 * [1.0, 2.0] * [1.0, 2.0] = [2.0, 8.0]"
    )


def test_arrays_too_large_to_keep_still_have_shapes():
    x, w, gy = np.ones((9, 30)), np.ones((30, 40)), np.ones((9, 40))
    assert "[9×40] @ [40×30]" in formula("matrices", [gy], [gy @ w.T, x.T @ gy], [x, w])


@pytest.mark.parametrize(
    ("method", "args", "results"),
    [
        ("lying", [1.0], [5.0]),  # the numbers do not agree with what was returned
        ("branching", [2.0], [6.0]),  # which branch ran is not known
        ("helper", [2.0], [2.0]),  # an unknown function
        ("plain", [2.0], [2.0, 2.0]),  # another number of results
        ("scaled", [1.0], [2.0]),  # an input nobody recorded
        ("plain", ["text"], ["text"]),
    ],
)
def test_when_in_doubt_there_is_no_formula(method, args, results):
    assert formula(method, args, results) is None


def test_a_return_over_several_lines_is_found_by_any_of_them():
    assert formula("several_lines", [3.0], [6.0], line="gy") == "gy * 2 = 3.0 * 2 = 6.0"


def test_broken_source_is_no_error():
    source = Source("s1", "X.f", "cell", 1, ("def f(self, x:", "    return x"))
    assert fill_in(source, 2, [Snapshot.of(1.0)], [Snapshot.of(1.0)]) is None


def test_numbers_are_written_as_in_the_sentences():
    assert number(250000.0) == "250000.0"
    assert formula("several_lines", [125000.0], [250000.0], line="gy") == "gy * 2 = 125000.0 * 2 = 250000.0"
