"""The static walk: what a variable links to, seen without running anything."""

from __future__ import annotations

import sys
from typing import Any

from dezero_lab.trace.labels import Labels
from dezero_lab.trace.learner import MISSING, Kinds, read
from dezero_lab.trace.ledger import Ledger
from dezero_lab.trace.tape import Tape
from dezero_lab.trace.writer import Writer


def walk(
    output: Any, names: Any = None, title: str = "", max_events: int = 50_000, max_bytes: int = 50_000_000
) -> Tape:
    """Follow `creator` and `input`/`inputs` from one variable back to the leaves.

    Works by identity and without recursion, on graphs of any length and with loops in them; a dead weak
    reference is a null target.

    Args:
        output: a variable of any stage that has links (from chapter 7 on).
        names: the namespace for labels; the caller's when None.
        max_events, max_bytes: where the tape stops growing.

    Returns:
        A tape with `function`, `variable` and `link` events only, inputs before what they lead to.

    Raises:
        TypeError: `output` is neither a Variable nor anything with a `creator`.

    >>> class Variable:
    ...     def __init__(self, data, creator=None):
    ...         self.data, self.creator = data, creator
    >>> class Function:
    ...     def __init__(self, *inputs):
    ...         self.inputs = inputs
    >>> x = Variable(2.0)
    >>> y = Variable(4.0, creator=Function(x))
    >>> [(e.owner, e.attr, e.targets) for e in walk(y).events if e.kind == "link"]
    [('f1', 'inputs', ('v1',)), ('v2', 'creator', ('f1',))]
    """
    tape = Tape(title)
    kinds = Kinds(None, None)
    if not kinds.is_variable(output):
        if read(output, "creator") is MISSING:
            raise TypeError(
                f"walk was given {type(output).__name__}; it needs a variable that remembers its `creator` "
                "(chapter 7 on). Pass the variable itself, not its data"
            )
        kinds = Kinds(type(output).__mro__[-2], None)
    ledger = Ledger(Writer(tape, max_events, max_bytes), kinds)
    labels = Labels(ledger, names)
    try:
        labels.enter(sys._getframe(1))
        ledger.explore(output)
        labels.settle()
    finally:
        labels.close()
        ledger.close()
    return tape
