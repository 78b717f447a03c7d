"""One framework in a process of its own: reads a request a line, answers a line. Started by framework.py.

Requests: {"prepare": method, "args": {...}} and {"run": how often}; answers {"check", "seconds"} or {"error"}.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import sys
import time
import warnings
from pathlib import Path
from typing import Any


def adapter(name: str) -> Any:
    if name in ("dezero_lab", "dezero"):
        from framework_dezero import Adapter

        return Adapter(name)
    if name == "torch":
        from framework_torch import Adapter
    elif name == "autograd":
        from framework_autograd import Adapter
    elif name == "NumPy":
        from framework_floor import Adapter
    else:
        raise ValueError(f"no framework is called {name!r}")
    return Adapter()


def kernels() -> str:
    """The name OpenBLAS gives to the kernels it chose; empty for other matrix libraries."""
    import numpy as np

    root = Path(np.__file__).parent
    for library in [*root.parent.glob("numpy.libs/*openblas*"), *root.glob(".dylibs/*openblas*")]:
        loaded = ctypes.CDLL(str(library))
        for name in ("scipy_openblas_get_corename64_", "openblas_get_corename64_", "openblas_get_corename"):
            if hasattr(loaded, name):
                corename = getattr(loaded, name)
                corename.restype = ctypes.c_char_p
                return f"OpenBLAS {corename().decode()}"
    return "unknown"


def serve(name: str, ask: Any, answer: Any) -> None:
    warnings.simplefilter("ignore")
    framework = adapter(name)
    answer({"version": str(framework.version), "kernels": kernels()})
    step: Any = None
    for line in ask:
        request = json.loads(line)
        if "prepare" in request:
            step = None
            gc.collect()
            try:
                step = getattr(framework, request["prepare"])(**request["args"])
                check = step()
                start = time.process_time()
                step()  # the second call tells how long one takes: the first made buffers
                answer({"check": check, "seconds": time.process_time() - start})
            except Exception as error:
                answer({"error": f"{type(error).__name__}: {error}"[:200]})
        else:
            start = time.process_time()
            for _ in range(request["run"]):
                step()
            answer({"seconds": (time.process_time() - start) / request["run"]})


def main() -> None:
    out = sys.stdout

    def answer(reply: dict[str, Any]) -> None:
        out.write(json.dumps(reply) + "\n")
        out.flush()

    with contextlib.redirect_stdout(sys.stderr):  # what a framework prints is no answer
        serve(sys.argv[1], sys.stdin, answer)


if __name__ == "__main__" and len(sys.argv) > 1:
    main()
