"""Keep the memory of freed arrays for the next ones.

The C library gives large blocks back to the system as soon as they are free, and the system clears every page again when
the next array asks for it. In a training loop, where each step frees what the next one allocates, that can take longer
than the arithmetic. So the first call of a layer, or the first backward pass, lets the process keep up to 256 MB (Linux
with glibc only; results do not change, and the memory in use at its peak does not grow). The environment variable
`DEZERO_LAB_KEEP_MB` sets another amount, and 0 leaves everything as it was.
"""

from __future__ import annotations

import os
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_LARGEST = 32 << 20  # glibc takes larger blocks from the system in any case
_CHOSEN_OUTSIDE = ("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES")
DEFAULT_MB = 256
undecided = True  # until a layer is called, a backward pass runs or `keep_freed_memory` is called


def keep_freed_memory(limit: int = 1 << 30) -> bool:
    """Let the process keep up to `limit` bytes that arrays have freed, and hand them to the next arrays.

    It holds for the whole process, in place of the amount that would be chosen by default, and makes it look
    larger from outside; results do not change. True where it worked: on Linux with glibc. Elsewhere nothing happens and
    the answer is False. Raises ValueError for a limit that the C library cannot hold.

    >>> keep_freed_memory(64 << 20) in (True, False)
    True
    """
    global undecided
    if not 0 <= limit < 1 << 31:
        raise ValueError(f"the limit must lie between 0 and {(1 << 31) - 1} bytes, but it is {limit}")
    undecided = False
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):  # another C library
        return False
    return bool(mallopt(_M_MMAP_THRESHOLD, _LARGEST) and mallopt(_M_TRIM_THRESHOLD, limit))


def decide() -> bool:
    """What the first layer or backward pass asks for: `DEZERO_LAB_KEEP_MB` or 256 MB, unless the C library was set up outside.

    True where memory is kept from now on. Does nothing when it was decided before.
    """
    global undecided
    if not undecided:
        return False
    undecided = False
    wanted = os.environ.get("DEZERO_LAB_KEEP_MB", "")
    if not wanted and any(name in os.environ for name in _CHOSEN_OUTSIDE):
        return False
    megabytes = min(int(wanted), 2047) if wanted.isdecimal() else DEFAULT_MB
    return megabytes > 0 and keep_freed_memory(megabytes << 20)
