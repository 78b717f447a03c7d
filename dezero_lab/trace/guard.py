"""The wall between the recorder's own work and the learner's program."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from dezero_lab.trace.writer import Writer


class RecordingLimit(BaseException):
    """The block did more than `limit` steps; raised only for recordings that ask for a limit."""


class Guard:
    """Keeps the recorder from seeing itself, from failing loudly, and from running without end."""

    def __init__(self, writer: Writer, limit: int | None) -> None:
        self._writer = writer
        self._limit = limit
        self._steps = 0
        self._thread = threading.get_ident()
        self.busy = False

    def deaf(self) -> bool:
        """Whether what happens now is none of our business: our own work, or another thread's."""
        return self.busy or threading.get_ident() != self._thread

    def quietly(self, action: Callable[..., object], *args: Any) -> None:
        """Do our own work: not seen by ourselves, and never an exception into the learner's program."""
        if self.busy or self._writer.full:
            return
        self.busy = True
        try:
            action(*args)
        except RecursionError:
            # The stack is full of the learner's recursion; that it ends here and not one call later is no matter.
            raise
        except Exception as failure:
            self.fail(failure)
        finally:
            self.busy = False

    def fail(self, failure: Exception) -> None:
        """End the recording, and say so on the tape."""
        self._writer.remark("recorder_failed", type=type(failure).__name__, message=str(failure)[:200])
        self._writer.full = True

    def step(self) -> None:
        """Count one call or line of the learner's; raises RecordingLimit when there are too many."""
        self._steps += 1
        if self._limit is not None and self._steps > self._limit:
            # Once more later, should the block catch everything and go on.
            self._limit += 1000
            raise RecordingLimit(f"the block did more than {self._steps - 1} steps and was stopped")

    def idle(self) -> bool:
        """Whether nothing is left to do: the tape is full and nobody counts steps."""
        return self._writer.full and self._limit is None
