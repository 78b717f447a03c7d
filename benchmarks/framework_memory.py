"""Memory and import time of one framework, each figure in a fresh process. Started by framework.py.

framework_memory.py NAME ops N      resident bytes for each recorded operation of a chain of N, and the share given back
framework_memory.py NAME train N    peak growth in MB over N training steps of the MLP at batch 1000, collector off
framework_memory.py NAME import     processor seconds of the import
"""

from __future__ import annotations

import gc
import json
import sys
import time
import warnings
from typing import Any


def resident() -> int:
    """Resident bytes now; 0 where the system does not tell in the way of Linux."""
    try:
        with open("/proc/self/statm") as f:
            return int(f.read().split()[1]) * 4096
    except OSError:
        return 0


def peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def chain(name: str, n: int) -> dict[str, float]:
    import numpy as np

    shape, F32 = (1,), np.float32
    arrays: Any = np.ones(shape, F32), np.full(shape, 0.9999, F32), np.full(shape, 1e-4, F32)
    if name == "torch":
        import torch

        torch.set_num_threads(1)
        arrays = [torch.tensor(a, requires_grad=True) for a in arrays]
    elif name != "NumPy":
        from framework_worker import adapter

        arrays = adapter(name).variables(*arrays)

    def build(n: int) -> Any:
        x, a, b = arrays
        kept, y = [], x
        for _ in range(n // 2):
            y = y * a
            if name == "NumPy":
                kept.append(y)
            y = y + b
            if name == "NumPy":
                kept.append(y)
        return y, kept

    held = build(100)
    del held
    gc.collect()
    gc.disable()
    before = resident()
    held = build(n)
    grown = resident() - before
    del held
    left = resident() - before
    return {"bytes_per_op": grown / n, "given_back": 1 - left / max(grown, 1)}


def train(name: str, steps: int) -> dict[str, float]:
    from framework_worker import adapter

    step = adapter(name).mlp(1000, False)
    gc.collect()
    gc.disable()
    before = max(resident(), peak())
    for _ in range(steps):
        step()
    return {"grown_mb": (peak() - before) / 1e6}


def imported(name: str) -> dict[str, float]:
    start = time.process_time()
    if name == "dezero":
        import numpy as np

        np.int = int  # type: ignore[attr-defined]
    __import__({"NumPy": "numpy"}.get(name, name))
    return {"seconds": time.process_time() - start}


def main(name: str, what: str, n: str = "0") -> None:
    warnings.simplefilter("ignore")
    if what == "ops":
        result = chain(name, int(n))
    elif what == "train":
        result = train(name, int(n))
    else:
        result = imported(name)
    print(json.dumps(result))


if __name__ == "__main__" and len(sys.argv) > 2:
    main(*sys.argv[1:])
