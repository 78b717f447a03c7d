"""Small questions about recorded values."""

from __future__ import annotations

from typing import Any

from dezero_lab.trace import Snapshot
from dezero_lab.trace.narrate import number


def shortened(record: dict[str, Any]) -> dict[str, Any]:
    """Six significant digits are more than anybody reads, and half the bytes."""

    def cut(value: Any) -> Any:
        if isinstance(value, float):
            return float(f"{value:.6g}")
        if isinstance(value, list):
            return [cut(v) for v in value]
        if isinstance(value, dict):
            return {k: cut(v) for k, v in value.items()}
        return value

    return {key: value if key == "s" else cut(value) for key, value in record.items()}


def is_sum(old: Snapshot, part: Snapshot | None, new: Snapshot) -> bool:
    """Whether new = old + part; by the mean where the elements were not kept."""
    a, b, c = (_numbers(s) for s in (old, part, new))
    if not a or not c or len(a) != len(c) or not b:
        return False
    b = b * len(a) if len(b) == 1 else b
    return len(a) == len(b) and all(
        abs(x + y - z) <= 1e-6 * max(1.0, abs(z)) for x, y, z in zip(a, b, c, strict=True)
    )


def sum_text(*snaps: Snapshot | None) -> str | None:
    """``8.0 + 8.0 = 16.0`` for single numbers."""
    single = [_numbers(s) for s in snaps]
    if any(len(n) != 1 for n in single) or any(s is None or s.values is None for s in snaps):
        return None
    old, part, new = (number(n[0]) for n in single)
    return f"{old} + {part} = {new}"


def _numbers(snap: Snapshot | None) -> list[float]:
    if snap is None:
        return []
    plain = snap.values if snap.values is not None else snap.stats[2:3] if snap.stats is not None else ()
    return [] if any(isinstance(v, str) for v in plain) else [float(v) for v in plain]
