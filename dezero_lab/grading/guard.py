"""Keeping a check finite: time, visits, memory.

It protects against mistakes, not against malice, and it never lets its own exceptions out into the notebook.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

_HEADROOM = 4 * 2**30  # bytes a check may take beyond what the process has


class Stopped(BaseException):
    """The time of a check is used up. Not an Exception, so that `except Exception` in a loop cannot swallow it."""


class VisitsUsedUp(Stopped):
    """The same functions are visited again and again (D14)."""


class Guard:
    """A time limit for the code in its `with` block, and a visit counter. The block raises `Stopped`.

    On the main thread of a POSIX system an alarm stops the block, also inside most library calls. Elsewhere (Windows,
    other threads) a watching thread asks the interpreter to raise, which happens at the next Python instruction.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._armed = False
        self._frame: FrameType | None = None

    def __enter__(self) -> Guard:
        self._frame = sys._getframe(1)
        self._thread = threading.get_ident()
        self._by_alarm = (
            hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        )
        self._armed = True
        if self._by_alarm:
            self._old_handler = signal.signal(signal.SIGALRM, self._on_alarm)
            self._old_timer = signal.getitimer(signal.ITIMER_REAL)
            self._began = time.monotonic()
            signal.setitimer(
                signal.ITIMER_REAL, self.seconds, _AGAIN
            )  # again: a bare except may eat the first
        else:
            self._done, self._asking = threading.Event(), threading.Lock()
            threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.disarm()

    def disarm(self) -> None:
        """End the limit; for the moment between a last exception and the end of the block. Harmless when repeated."""
        if not self._armed:
            return
        self._armed = False  # first: an alarm may be on its way
        if self._by_alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._old_handler)
            left, interval = self._old_timer
            if left:
                signal.setitimer(
                    signal.ITIMER_REAL, max(left - (time.monotonic() - self._began), 1e-3), interval
                )
        else:
            with contextlib.suppress(Stopped):  # asked for, but not raised yet: let it happen here
                self._done.set()
                with self._asking:
                    pass
                for _ in range(100):
                    pass
        self._frame = None

    @contextlib.contextmanager
    def visits(self, limit: int) -> Iterator[None]:
        """Raise `VisitsUsedUp` when functions named `backward` are called more than `limit` times in the block."""
        left = limit

        def trace(frame: FrameType, event: str, arg: Any) -> None:
            nonlocal left
            if frame.f_code.co_name == "backward":
                left -= 1
                if left < 0:
                    raise VisitsUsedUp

        old = sys.gettrace()
        sys.settrace(trace)
        try:
            yield
        finally:
            sys.settrace(old)

    def _on_alarm(self, signum: int, frame: FrameType | None) -> None:
        if self._inside(frame):
            raise Stopped

    def _watch(self) -> None:
        wait = self.seconds
        while not self._done.wait(wait):
            with self._asking:
                if self._inside(sys._current_frames().get(self._thread)):
                    _raise_in(self._thread, Stopped)
            wait = _AGAIN

    def _inside(self, frame: FrameType | None) -> bool:
        """Whether a frame is inside the guarded block, and not on its way in or out: there the exception would miss the
        disarming, and the next one would escape into the event loop of the kernel and end it."""
        while self._armed and frame is not None and frame.f_code not in _DOORS:
            if frame is self._frame:
                return True
            frame = frame.f_back
        return False


_AGAIN = 0.2  # seconds between repeated alarms
_DOORS = (Guard.__enter__.__code__, Guard.__exit__.__code__, Guard.disarm.__code__)


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Have another thread raise at its next Python instruction.

    There is a way to take that back (passing NULL); it must not be used: in CPython 3.11 it leaves a flag set that never
    clears and makes traced code spin.
    """
    import ctypes

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


@contextlib.contextmanager
def memory_limit(headroom: int = _HEADROOM) -> Iterator[None]:
    """A 10 GB array raises MemoryError here instead of ending the kernel. Linux only; elsewhere nothing happens."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as f:
            size = int(f.read().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = size + headroom
        if soft != resource.RLIM_INFINITY and soft <= limit:
            limit = soft
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
