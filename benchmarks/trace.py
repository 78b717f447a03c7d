"""What recording costs: time per event, against the same pass unrecorded, and the size of a tape.

Run: python benchmarks/trace.py
"""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from dezero_lab.trace import record

ENGINE = Path(__file__).parents[1] / "tests" / "fixtures" / "engines" / "stage22.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("engine", ENGINE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def passes(e: ModuleType) -> dict[str, Callable[[], Any]]:
    rng = np.random.default_rng(0)
    xs, ws = rng.standard_normal((2, 100, 20)) / 10

    def chain() -> None:
        x = y = e.Variable(np.array(1.01))
        for _ in range(10):
            y = e.square(y)
        y.backward()
        assert x.grad is not None

    def diamond() -> None:
        x = e.Variable(np.array(2.0))
        a = e.square(x)
        y = e.square(a) + e.square(a)
        y.backward()

    def layers() -> None:
        """Three "layers" of elementwise arithmetic on 100 by 20 arrays, as a network would do."""
        h, w, b = e.Variable(xs), e.Variable(ws), e.Variable(np.array(0.1))
        for _ in range(3):
            h = h * w + b
            h = h * h
        h.backward()

    def ladder() -> None:
        x = y = e.Variable(np.array(0.5))
        for _ in range(100):
            y = y * 0.5 + x
        y.backward()

    return {"chain of 10": chain, "diamond": diamond, "layers, 100x20": layers, "ladder of 200": ladder}


# Processor time, so that a busy machine does not change the figures.
def best(action: Callable[[], object], repeat: int) -> float:
    times = []
    for _ in range(repeat):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def main(repeat: int = 7) -> None:
    e = load()
    print(
        f"{'pass':16} {'mode':7} {'plain ms':>9} {'recorded ms':>12} {'events':>7} {'us/event':>9} {'tape kB':>8}"
    )
    for name, action in passes(e).items():
        plain = best(action, repeat)
        for lines in (False, True):
            tapes = []

            def recorded(
                action: Callable[[], Any] = action, lines: bool = lines, tapes: list[Any] = tapes
            ) -> None:
                with record(e.Variable, e.Function, lines=lines) as tape:
                    action()
                tapes.append(tape)

            took = best(recorded, repeat)
            tape = tapes[-1]
            size = len(json.dumps(tape.to_json(), separators=(",", ":")))
            mode = "lines" if lines else "events"
            per = (took - plain) / len(tape) * 1e6
            print(
                f"{name:16} {mode:7} {plain * 1e3:9.3f} {took * 1e3:12.2f} {len(tape):7} {per:9.1f} {size / 1e3:8.1f}"
            )
    action = passes(e)["chain of 10"]
    before = best(action, 50)
    with record(e.Variable, e.Function):
        action()
    after = best(action, 50)
    print(
        f"off: chain of 10 takes {before * 1e6:.0f} us before any recording and {after * 1e6:.0f} us after one"
    )


if __name__ == "__main__":
    main()
