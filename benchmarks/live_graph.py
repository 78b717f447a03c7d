"""What the live graph costs: microseconds per operation in the learner's thread, messages and bytes per second.

    python benchmarks/live_graph.py

The same loop is run plain, watched (wrappers and counting only), and inside `with ch.graph():` (also recorded, until the
tape is full, and sent). Nothing is displayed; the messages are counted where they would leave the kernel.
"""

from __future__ import annotations

import contextlib
import io
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from dezero_lab.stages import ch10
from dezero_widgets import live_graph
from dezero_widgets.live_picture import LivePicture
from dezero_widgets.live_watch import LiveWatch

PASSES, DEPTH = 1000, 10
OPERATIONS = 2 * PASSES * DEPTH  # calls forward, visits backward


def training() -> None:
    """1,000 passes through a chain of ten functions: 10,000 calls, 10,000 visits."""
    x = ch10.Variable(np.array(0.5))
    for _ in range(PASSES):
        y = x
        for _ in range(DEPTH):
            y = ch10.square(y)
        x.grad = None
        y.backward()


def seconds(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def main() -> None:
    names = {name: getattr(ch10, name) for name in ch10.__all__}
    sent: list[int] = []

    def send(self: live_graph.LiveGraph, content: object, buffers: object = None) -> None:
        sent.append(len(json.dumps(content)))

    live_graph.LiveGraph.send = send  # type: ignore[method-assign]
    training()
    plain = min(seconds(training) for _ in range(3))

    watch = LiveWatch(LivePicture(), threading.Lock(), ch10.Variable, ch10.Function)
    watch.start()
    watched = min(seconds(training) for _ in range(3))
    watch.stop()

    block = live_graph.LiveBlock(names)

    def whole() -> None:
        with contextlib.redirect_stdout(io.StringIO()), block:
            training()

    live = seconds(whole)
    assert block.sender is not None
    assert block.tape is not None
    for name, value in (("plain", plain), ("watched", watched), ("with ch.graph():", live)):
        print(f"{name:18} {1e6 * value / OPERATIONS:7.1f} µs per operation")
    print(
        f"{'messages':18} {len(sent):7} in {live:.2f} s = {len(sent) / live:.0f} a second, largest {max(sent) / 1000:.1f} kB"
    )
    print(
        f"{'bytes':18} {sum(sent) / 1000:7.0f} kB, and {block.sender.bytes / 1000:.0f} kB with whole pages (estimated)"
    )
    print(
        f"{'kept':18} {len(block.tape.events):7} events, {block.widget and len(block.widget.whole) / 1000:.0f} kB page"
    )
    bundle = Path(live_graph.STATIC / "live_graph.js").stat().st_size
    print(f"{'bundle':18} {bundle / 1000:7.0f} kB")


if __name__ == "__main__":
    main()
