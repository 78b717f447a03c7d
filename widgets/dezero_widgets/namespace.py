"""Where the learner's names and source live: an IPython kernel, a plain script, or a test.

Everything here only reads. In a notebook the names are the kernel's, and every cell that was run is
remembered; in a script the names are the module's, and the one "cell" is the file itself.
"""

from __future__ import annotations

import linecache
import sys
from types import FrameType
from typing import Any

Names = dict[str, Any]


def shell() -> Any | None:
    """The running IPython shell, or None. Does not import IPython."""
    module = sys.modules.get("IPython")
    return module.get_ipython() if module is not None else None


def learner_names(frame: FrameType) -> Names:
    """The dict in which the learner's top-level names live, seen from the frame that called us."""
    running = shell()
    return running.user_ns if running is not None else frame.f_globals


def cells(names: Names) -> list[str]:
    """Source of everything the learner has run, oldest first."""
    running = shell()
    if running is not None and names is running.user_ns:
        return [str(cell) for cell in names.get("In", []) if cell]
    path = names.get("__file__")
    lines = linecache.getlines(path, names) if isinstance(path, str) else []
    return ["".join(lines)] if lines else []


def source_of(frame: FrameType) -> str | None:
    """The whole source that a frame runs: one cell of a notebook, or one file. None when it cannot be had."""
    lines = linecache.getlines(frame.f_code.co_filename, frame.f_globals)
    return "".join(lines) or None


def interactive() -> bool:
    """True when cells are run by a kernel, so that a displayed object reaches a reader."""
    return shell() is not None
