"""Keep the memory of freed arrays for the next ones.

The C library gives large blocks back to the system as soon as they are free, and the system clears every page again when
the next array asks for it. In a training loop, where each step frees what the next one allocates, that can take longer
than the arithmetic.
"""

from __future__ import annotations

import ctypes
import sys

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_LARGEST = 32 << 20  # glibc takes larger blocks from the system in any case


def keep_freed_memory(limit: int = 1 << 30) -> bool:
    """Let the process keep up to `limit` bytes that arrays have freed, and hand them to the next arrays.

    Call it once, before training. It holds for the whole process and makes it look larger from outside; results do not
    change. True where it worked: on Linux with glibc. Elsewhere nothing happens and the answer is False.
    """
    if not 0 <= limit < 1 << 31:
        raise ValueError(f"the limit must lie between 0 and {(1 << 31) - 1} bytes, but it is {limit}")
    if sys.platform != "linux":
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):  # another C library
        return False
    return bool(mallopt(_M_MMAP_THRESHOLD, _LARGEST) and mallopt(_M_TRIM_THRESHOLD, limit))
