"""Do the tests notice? Puts one fault after another into a copy of the package and runs the tests that should fail.

python tools/inject_faults.py             every fault; prints the table and ends with 1 when one survives
python tools/inject_faults.py softmax     only faults whose description or file contains the word
python tools/inject_faults.py --stale     only look whether every line that is to be changed is still there
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from faults import FAULTS, Fault

ROOT = Path(__file__).resolve().parents[1]
TIMEOUT = 300  # seconds; a test that hangs has noticed the fault, too


def selections(fault: Fault) -> list[list[str]]:
    """Arguments of pytest, one list for each place to look."""
    found = []
    for place in fault.tests.split():
        name, _, word = place.partition(":")
        word = word or {"engine": "not random and not Large"}.get(name, "")  # shrinking an example takes long
        found.append([str(ROOT / "tests" / "framework" / f"test_{name}.py"), *(["-k", word] if word else [])])
    return found


def run_tests(copy: Path, arguments: list[str]) -> subprocess.CompletedProcess[str] | None:
    """Run tests against the copy of the package; None when they hang."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "--no-header",
        "--tb=line",
        "-p",
        "no:cacheprovider",
    ]
    command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), *arguments]
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    try:
        return subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=TIMEOUT
        )
    except subprocess.TimeoutExpired:
        return None


def noticed_by(copy: Path, fault: Fault) -> str:
    """The first test that fails on the fault, or nothing."""
    for arguments in selections(fault):
        done = run_tests(copy, arguments)
        if done is None:
            return "time limit"
        if done.returncode == 1:
            failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
            return failed[0].split("::", 1)[-1].split(" - ")[0] if failed else "failed"
        if done.returncode != 0:
            return "" if done.returncode == 5 else "the package cannot be imported"
    return ""


def stale(fault: Fault) -> bool:
    return (ROOT / "dezero_lab" / fault.file).read_text(encoding="utf-8").count(fault.old) != 1


def try_fault(copies: Queue[Path], fault: Fault) -> tuple[Fault, str, float]:
    copy, start = copies.get(), time.perf_counter()
    path = copy / "dezero_lab" / fault.file
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
        return fault, noticed_by(copy, fault), time.perf_counter() - start
    finally:
        path.write_text(text, encoding="utf-8")
        copies.put(copy)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "words", nargs="*", help="only faults whose file or description contains one of these"
    )
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--stale", action="store_true", help="only look for lines that have changed")
    options = parser.parse_args()
    faults = [f for f in FAULTS if not options.words or any(w in f"{f.file} {f.what}" for w in options.words)]
    old = [fault for fault in faults if stale(fault)]
    for fault in old:
        print(
            f"STALE     {fault.file}: {fault.what}: the line to change is not there exactly once", flush=True
        )
    if options.stale:
        return bool(old)
    faults = [fault for fault in faults if fault not in old]
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for i in range(options.jobs):
            copy = Path(folder, str(i))
            shutil.copytree(
                ROOT / "dezero_lab", copy / "dezero_lab", ignore=shutil.ignore_patterns("__pycache__")
            )
            copies.put(copy)
        copy = copies.get()
        untouched = run_tests(copy, [str(ROOT / "tests" / "framework" / "test_engine.py"), "-k", "Variable"])
        copies.put(copy)
        if untouched is None or untouched.returncode != 0:
            print("the tests fail without a fault; nothing can be said", untouched and untouched.stdout)
            return 1
        with ThreadPoolExecutor(options.jobs) as pool:
            for fault, test, seconds in pool.map(lambda fault: try_fault(copies, fault), faults):
                survivors += not test
                verdict = "noticed" if test else "SURVIVED"
                print(f"{verdict:9} {seconds:5.1f} s  {fault.file:28} {fault.what:62} {test}", flush=True)
    print(f"{len(faults)} faults, {len(faults) - survivors} noticed, {survivors} survived, {len(old)} stale")
    return bool(survivors or old)


if __name__ == "__main__":
    sys.exit(main())
