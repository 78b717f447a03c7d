"""Watching the learner's classes: seen from outside, nothing changed, nothing kept alive."""

import gc
import threading
import weakref

import numpy as np
import pytest

from dezero_lab import core
from dezero_lab.stages import ch07, ch10
from dezero_lab.trace import record
from dezero_widgets.live_picture import LivePicture
from dezero_widgets.live_watch import Ids, LiveWatch, brief, family


class Watched:
    def __init__(self, stage):
        self.picture = LivePicture()
        self.watch = LiveWatch(self.picture, threading.Lock(), stage.Variable, stage.Function)

    def __enter__(self):
        self.watch.start()
        return self.picture

    def __exit__(self, *_):
        self.watch.stop()


def labels(picture):
    return [
        (n["kind"], n["label"] if n["kind"] == "function" else n.get("value"))
        for n in picture.page()["nodes"]
    ]


def methods(cls):
    return {(c, k): v for c in family(cls) for k, v in vars(c).items() if callable(v)}


@pytest.mark.parametrize("stage", [ch07, ch10])
def test_calls_and_values_are_seen(stage):
    with Watched(stage) as picture:
        stage.Exp()(stage.Square()(stage.Variable(np.array(2.0))))
    assert labels(picture) == [
        ("variable", "2.0"), ("function", "Square"), ("variable", "4.0"), ("function", "Exp"), ("variable", "54.6"),
    ]  # fmt: skip


def test_backward_is_one_sweep_with_a_visit_per_function():
    y = ch07.Exp()(ch07.Square()(ch07.Variable(np.array(2.0))))
    y.grad = np.array(1.0)
    with Watched(ch07) as picture:
        y.backward()  # recursive: the outermost one counts
    assert (picture.counts["visits"], picture.counts["sweeps"]) == (2, 1)


def test_arithmetic_of_a_pass_without_links_is_no_part_of_the_graph():
    y = core.Variable(np.array(3.0)) ** 2 + 1.0
    with Watched(core) as picture:
        y.backward()
        assert picture.counts["calls"] == 0
        y.cleargrad()
        y.backward(create_graph=True)
    assert picture.counts["calls"] > 0


def test_every_class_is_as_it_was():
    before = {**methods(ch10.Function), **methods(ch10.Variable)}
    with pytest.raises(KeyError), Watched(ch10):
        raise KeyError
    assert {**methods(ch10.Function), **methods(ch10.Variable)} == before


def test_on_top_of_a_recording_both_see_the_same_and_restore():
    before = {**methods(ch10.Function), **methods(ch10.Variable)}
    with record(ch10.Variable, ch10.Function, names={}) as tape, Watched(ch10) as picture:
        ch10.square(ch10.square(ch10.Variable(np.array(3.0)))).backward()
    assert picture.counts["calls"] == sum(e.kind == "call_end" for e in tape.events) == 2
    assert picture.counts["visits"] == sum(e.kind == "backward_begin" for e in tape.events) == 2
    assert {**methods(ch10.Function), **methods(ch10.Variable)} == before


def test_other_threads_are_left_alone():
    with Watched(ch10) as picture:
        worker = threading.Thread(target=lambda: ch10.square(ch10.Variable(np.array(1.0))))
        worker.start()
        worker.join()
    assert picture.counts["calls"] == 0


def test_an_error_of_the_learner_passes_through():
    class Broken(ch10.Function):
        def forward(self, x):
            raise ValueError("mine")

    with Watched(ch10) as picture, pytest.raises(ValueError, match="mine"):
        Broken()(ch10.Variable(np.array(1.0)))
    assert picture.counts["calls"] == 0


def test_nothing_is_kept_alive():
    with Watched(ch10):
        y = ch10.square(ch10.Variable(np.array(1.0)))
        gone = weakref.ref(y)
        del y
        gc.collect()
        assert gone() is None


def test_values_and_names_are_read_when_asked():
    watched = Watched(ch10)
    with watched:
        x = ch10.Variable(np.array(3.0))
        y = ch10.square(x)
        y.backward()
        x.data = np.array(7.0)
        texts, names = watched.watch.look({"x": x, "y": y, "_9": y, "n": 3})
    assert sorted(texts.values()) == [("7.0", "6.0"), ("9.0", "1.0")]
    assert sorted(names.values()) == ["x", "y"]


def test_a_class_made_in_the_block_has_its_backward_seen():
    with Watched(ch10) as picture:

        class Cube(ch10.Function):
            def forward(self, x):
                return x**3

            def backward(self, gy):
                return 3 * self.input.data**2 * gy

        Cube()(ch10.Variable(np.array(2.0))).backward()
    assert picture.counts["visits"] == 1


def test_a_static_backward_is_left_as_it_is():
    class Odd(ch10.Square):
        @staticmethod
        def backward(gy):
            return gy

    with Watched(ch10) as picture:
        x = ch10.Variable(np.array(2.0))
        Odd()(x).backward()
    assert float(x.grad) == 1.0
    assert picture.counts["calls"] == 1


def test_ids_are_not_mixed_up_when_an_address_is_used_again():
    ids, seen = Ids(), set()
    for _ in range(50):
        seen.add(ids.of(ch10.Variable(np.array(1.0)), "v"))
    assert len(seen) == 50


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (np.array(2.0), "2.0"),
        (np.float64(1 / 3), "0.3333"),
        (np.zeros((2, 3)), "(2, 3)"),
        (7, "7"),
        (object(), "object"),
    ],
)
def test_brief(value, text):
    assert brief(value) == text
