"""How fast is the framework? Ours, a hand-written NumPy floor, the official DeZero, PyTorch and autograd, side by side.

    python benchmarks/framework.py                 the table, with whatever peers are installed
    python benchmarks/framework.py --install       makes benchmarks/.venv with the peers first (needs the network)
    python benchmarks/framework.py --full          also VGG16 and the very long chains
    python benchmarks/framework.py --short         tiny sizes, one round: does everything still run and agree?
    python benchmarks/framework.py --only LSTM     the cases whose title has this in it

One thread. Every framework runs in a process of its own and is asked in turn, round after round, so that a busy machine
hurts all alike. A cell is the median of processor seconds in milliseconds; ratios are of medians. Every result is
compared with the floor's. Figures depend on the processor and on the matrix kernels, which the first lines name.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from framework_cases import CASES, Case  # noqa: E402

NAMES = ("NumPy", "dezero_lab", "dezero", "torch", "autograd")
PEERS = ("torch==2.13.0", "dezero==0.0.13", "matplotlib", "autograd", "numpy>=2")
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def peers_python() -> Path:
    return HERE / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install() -> None:
    subprocess.run([sys.executable, "-m", "venv", str(HERE / ".venv")], check=True)
    subprocess.run([str(peers_python()), "-m", "pip", "install", "--quiet", *PEERS], check=True)


def environment() -> dict[str, str]:
    """One thread, our own package first, and the kernels that the matrix library picks by itself."""
    env = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    env.update(dict.fromkeys(ONE_THREAD, "1"))
    env["PYTHONPATH"] = os.pathsep.join([str(HERE), str(HERE.parent)])
    return env


class Worker:
    """A framework in its own process. `ask` sends a request and waits for the answer."""

    def __init__(self, python: str, name: str) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [python, str(HERE / "framework_worker.py"), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(),
        )
        hello = self.process.stdout.readline() if self.process.stdout else ""
        about = json.loads(hello) if hello else {}
        self.version: str | None = about.get("version")  # None: not installed
        self.kernels: str = about.get("kernels", "unknown")

    def ask(self, **request: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"error": "the process ended"}

    def close(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


def measure(case: Case, workers: list[Worker], short: bool, seconds: float) -> dict[str, float | str]:
    """Median processor seconds by name; a text where there is no figure."""
    args = {**case.args, **case.short} if short else case.args
    result: dict[str, float | str] = {}
    repeats: dict[str, int] = {}
    expected = None
    for worker in workers:
        reply = worker.ask(prepare=case.method, args=args)
        if "error" in reply:
            result[worker.name] = "-" if "has no attribute" in reply["error"] else reply["error"]
            continue
        if expected is None:
            expected = reply["check"]
        elif abs(reply["check"] - expected) > case.tolerance * max(abs(expected), 1e-6):
            result[worker.name] = f"disagrees: {reply['check']:.6g} instead of {expected:.6g}"
            continue
        repeats[worker.name] = 1 if short else max(1, round(0.02 / max(reply["seconds"], 1e-7)))
        result[worker.name] = reply["seconds"]
    running = [worker for worker in workers if worker.name in repeats]
    each = sum(float(result[w.name]) * repeats[w.name] for w in running)
    rounds = 1 if short else min(15, max(3, round(seconds / max(each, 1e-6))))
    times: dict[str, list[float]] = {worker.name: [] for worker in running}
    for _ in range(rounds):
        for worker in running:
            times[worker.name].append(worker.ask(run=repeats[worker.name])["seconds"])
    result.update({name: statistics.median(taken) for name, taken in times.items()})
    return result


def fresh(python: str, name: str, *what: str) -> dict[str, float] | None:
    done = subprocess.run(
        [python, str(HERE / "framework_memory.py"), name, *what],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 and done.stdout else None


def memory_and_import(python: str, names: list[str], short: bool) -> list[tuple[str, dict[str, float | str]]]:
    """W7 and W8: rows of figures that are no times."""
    ops, rounds = ("2000", 1) if short else ("100000", 7)
    rows: list[tuple[str, dict[str, float | str]]] = []
    chains = {n: fresh(python, n, "ops", ops) for n in names if n != "autograd"}
    rows.append(("W7 bytes per op of a chain", {n: c["bytes_per_op"] for n, c in chains.items() if c}))
    rows.append(("W7 share given back, gc off", {n: c["given_back"] for n, c in chains.items() if c}))
    if not short:
        grown = {n: fresh(python, n, "train", "6") for n in names if n != "autograd"}
        rows.append(("W7 training growth, MB", {n: g["grown_mb"] for n, g in grown.items() if g}))
    times: dict[str, list[float]] = {n: [] for n in names}
    for _ in range(rounds):
        for name in names:
            reply = fresh(python, name, "import")
            if reply:
                times[name].append(reply["seconds"])
    rows.append(("W8 import, ms", {n: statistics.median(t) * 1e3 for n, t in times.items() if t}))
    own = sum(f.stat().st_size for f in (HERE.parent / "dezero_lab").rglob("*.py")) / 1e6
    rows.append(("W8 own Python files, MB", {"dezero_lab": own}))
    return rows


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        name = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
        wide = next((line for line in lines if line.startswith("flags")), "")
        return f"{name}, {'AVX-512' if ' avx512f' in wide else 'AVX2' if ' avx2' in wide else 'no AVX2'}"
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def show(title: str, figures: dict[str, float | str], scale: float = 1e3) -> None:
    cells = []
    for name in NAMES:
        value = figures.get(name, "-")
        cells.append(
            f"{value * scale:>10.3f}" if isinstance(value, float) else f"{'-' if value == '-' else '!':>10}"
        )
    for one, other in (
        ("dezero_lab", "NumPy"),
        ("dezero_lab", "dezero"),
        ("dezero_lab", "torch"),
    ):
        a, b = figures.get(one), figures.get(other)
        cells.append(
            f"{a / b:>7.2f}" if isinstance(a, float) and isinstance(b, float) and b > 0 else f"{'-':>7}"
        )
    print(f"{title:32}", *cells, flush=True)
    for name, value in figures.items():
        if isinstance(value, str) and value != "-":
            print(f"    {name}: {value}")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--install", action="store_true", help="make benchmarks/.venv with the peers")
    parser.add_argument(
        "--python", help="an interpreter that has the peers (default: benchmarks/.venv, else this one)"
    )
    parser.add_argument("--full", action="store_true", help="also VGG16 and the very long chains")
    parser.add_argument("--short", action="store_true", help="tiny sizes, one round")
    parser.add_argument("--only", default="", help="cases whose title contains this")
    parser.add_argument("--peers", default=",".join(NAMES), help="which frameworks, separated by commas")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long to measure a case")
    options = parser.parse_args(arguments)
    if options.install:
        install()
    python = options.python or (str(peers_python()) if peers_python().exists() else sys.executable)
    asked = [n for n in NAMES if n in (*options.peers.split(","), "NumPy", "dezero_lab")]
    workers = [Worker(python, name) for name in asked]
    present = [worker for worker in workers if worker.version]
    names = [worker.name for worker in present]
    print(
        f"processor: {processor()}; kernels: {present[0].kernels if present else 'unknown'}; Python {platform.python_version()}; one thread"
    )
    print("versions: " + ", ".join(f"{w.name} {w.version}" for w in present))
    missing = [worker.name for worker in workers if not worker.version]
    if missing:
        print(f"not installed: {', '.join(missing)} (--install fetches the peers)")
    print("processor milliseconds; then ours as a multiple of others")
    print(
        f"{'':32}",
        *[f"{n:>10}" for n in NAMES],
        *[f"{r:>7}" for r in ("/NumPy", "/dezero", "/torch")],
    )
    wrong = 0
    try:
        for case in CASES:
            if options.only in case.title and (options.full or options.short or not case.full_only):
                if options.short and case.method == "vgg":
                    continue  # its size is fixed
                figures = measure(case, present, options.short, options.seconds)
                show(case.title, figures)
                wrong += isinstance(figures.get("dezero_lab"), str)
        for title, figures in memory_and_import(python, names, options.short):
            if options.only in title:
                show(title, figures, scale=1)
    finally:
        for worker in workers:
            worker.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
