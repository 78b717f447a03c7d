"""A fresh Python process with a time limit: for `verify`, and for checks of packages and scripts (chapter 23 on)."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LAST_WORDS = 2.0  # seconds to wait for the pipes of a killed process


@dataclass(frozen=True)
class Fresh:
    """How a process ended. `code` is None when its time ran out and it was killed."""

    code: int | None
    output: str
    errors: str

    @property
    def ok(self) -> bool:
        """Whether it ended by itself and without an error."""
        return self.code == 0

    @property
    def last_line(self) -> str:
        """The last line of the error output: what a traceback ends with."""
        lines = self.errors.strip().splitlines()
        return lines[-1] if lines else ""


def run_fresh(
    arguments: Sequence[str],
    *,
    input: str = "",
    folder: str | os.PathLike[str] | None = None,
    files: Mapping[str, str] | None = None,
    seconds: float = 10.0,
    paths: Sequence[str] = (),
) -> Fresh:
    """Run `python *arguments` in `folder` (a temporary one by default) and wait at most `seconds`.

    files: relative path to text, written before. paths: added to PYTHONPATH. UTF-8 throughout.

    >>> run_fresh(["-c", "import mypkg; print(mypkg.x)"], files={"mypkg/__init__.py": "x = 3"}).output
    '3\\n'
    """
    with tempfile.TemporaryDirectory() as temporary:
        where = Path(folder) if folder is not None else Path(temporary)
        for name, text in (files or {}).items():
            path = where / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        old = os.environ.get("PYTHONPATH")
        search = os.pathsep.join([*paths, *([old] if old else [])])
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=where,
            env={**os.environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
            encoding="utf-8",
            errors="replace",
            start_new_session=os.name == "posix",
        )
        try:
            output, errors = process.communicate(input, timeout=seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            return Fresh(None, "", "")
        except BaseException:  # the learner interrupted: leave no process behind
            _kill(process)
            raise
        return Fresh(process.returncode, output, errors)


def _kill(process: subprocess.Popen[str]) -> None:
    """The process, and on POSIX whatever it started."""
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):  # elsewhere what it started may hold the pipes open
        process.communicate(timeout=_LAST_WORDS)
