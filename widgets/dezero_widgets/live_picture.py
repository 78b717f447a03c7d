"""What a running block has drawn so far, handed out in batches: the pure half of the live graph.

Calls go in, small JSON batches come out. Nothing that was drawn ever moves. A page holds one piece of graph; when it is
full, or a new pass starts on a page that already holds a finished one, a new page begins and the old one is only
counted. So a training loop of any length needs the memory of one page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dezero_lab.graph import LivePlacement

PAGE = 300  # nodes a page may hold
PASS = 40  # a finished pass of this many nodes makes room for the next one

Batch = dict[str, Any]
Text = tuple[str, str]  # what data and grad of a variable look like


class _Call(NamedTuple):
    f: str
    kind: str
    inputs: Sequence[str | None]
    outputs: Sequence[str | None]
    values: Mapping[str, str]


class LivePicture:
    """A picture that only grows, page by page.

    >>> picture = LivePicture()
    >>> picture.call("f1", "Square", ["v1"], ["v2"], {"v1": "2.0", "v2": "4.0"})
    >>> batch = picture.batch()
    >>> [(node["id"], node.get("value")) for node in batch["nodes"]]
    [('v1', '2.0'), ('f1', None), ('v2', '4.0')]
    >>> picture.batch() is None
    True

    Attributes:
        size: nodes on the page.
        counts: calls, visits, sweeps (so far), folded (calls on earlier pages), pages.
    """

    def __init__(self) -> None:
        self.counts = {"calls": 0, "visits": 0, "sweeps": 0, "folded": 0, "pages": 1}
        self._phase = ""
        self._doing = ""
        self._error: str | None = None
        self._changed = False
        self._start_page()

    def _start_page(self) -> None:
        self._live = LivePlacement()
        self._pending: list[_Call] = []
        self._at: dict[str, str] = {}  # id of a variable or function -> the node it was last drawn as
        self._own: set[str] = set()  # variables computed on this page
        self._names: dict[str, str] = {}
        self._texts: dict[str, Text] = {}
        self._fresh = True
        self._sent = (0, 0)
        self._new_texts: set[str] = set()
        self._new_names: set[str] = set()
        self._now: str | None = None
        self._finished = False
        self.size = 0

    @property
    def variables(self) -> list[str]:
        """Ids of the variables on the page."""
        return list(self._texts)

    # ---- what happens

    def begin(self, kind: str) -> None:
        """A function of class `kind` is called."""
        self._phase, self._doing, self._changed = self._phase or "forward", kind, True

    def call(
        self,
        f: str,
        kind: str,
        inputs: Sequence[str | None],
        outputs: Sequence[str | None],
        values: Mapping[str, str],
    ) -> None:
        """A call has returned: draw it, with whatever it took that is not on the page yet.

        Args:
            f, kind: id and class name of the function.
            inputs, outputs: ids of its variables; None for anything that is no variable.
            values: what their data looks like now, by id.
        """
        self.counts["calls"] += 1
        self._changed = True
        if self._wants_page(inputs):
            self._turn()
        for v in (*inputs, *outputs):
            if v is not None and v not in self._texts:
                self._texts[v] = (values.get(v, ""), "")
                self.size += 1
        self._own.update(v for v in outputs if v is not None)
        self._pending.append(_Call(f, kind, inputs, outputs, values))
        self._now = f
        self.size += 1

    def _draw(self) -> None:
        """Place what came since the last time. Done when somebody looks: a page nobody saw costs no placement."""
        for f, kind, inputs, outputs, values in self._pending:
            for v in inputs:
                if v is not None and v not in self._at:
                    self._live.add_variable(v, "", values.get(v, ""))
                    self._at[v] = v
            self._live.add_function(f, kind, inputs)
            self._at[f] = self._live.nodes[-1].id
            for slot, v in enumerate(outputs):
                if v is not None:
                    self._live.add_variable(v, "", values.get(v, ""), f, slot)
                    self._at[v] = self._live.nodes[-1].id
        self._pending.clear()

    def visit(self, f: str, kind: str) -> None:
        """The backward of a function runs."""
        self.counts["visits"] += 1
        self._now, self._doing, self._changed = f, kind, True

    def sweep(self, on: bool) -> None:
        """The outermost backward of a variable begins or ends."""
        self._changed = True
        if on:
            self._phase = "backward"
            self.counts["sweeps"] += 1
        else:
            self._phase, self._now, self._finished = "", None, True

    def stop(self, error: str | None = None) -> None:
        """The block is over; `error` says what ended it."""
        self._phase, self._now, self._error, self._changed = "", None, error, True

    def look(self, texts: Mapping[str, Text], names: Mapping[str, str]) -> None:
        """Take in what the page's variables hold and are called at this moment.

        A name that now belongs to another variable is taken from the one that had it.
        """
        for v, text in texts.items():
            if self._texts.get(v, text) != text:
                self._texts[v] = text
                self._new_texts.add(v)
        held = {name: v for v, name in names.items()}
        for v, name in self._names.items():
            if name and held.get(name, v) != v:
                self._names[v] = ""
                self._new_names.add(v)
        for v, name in names.items():
            if v in self._texts and self._names.get(v) != name:
                self._names[v] = name
                self._new_names.add(v)
        self._changed = self._changed or bool(self._new_texts or self._new_names)

    # ---- pages

    def _wants_page(self, inputs: Sequence[str | None]) -> bool:
        if self.size >= PAGE:
            return True
        if not self._finished or any(v in self._own for v in inputs):
            return False
        self._finished = False  # the first call that begins anew decides; the next ones belong to it
        return self.size >= PASS

    def _turn(self) -> None:
        self.counts["folded"] = self.counts["calls"] - 1
        self.counts["pages"] += 1
        self._start_page()

    # ---- batches

    def batch(self) -> Batch | None:
        """What changed since the last batch; None when nothing did. `fresh` means: clear the page first."""
        if not self._changed:
            return None
        if self._fresh:
            return self.whole()
        self._draw()
        out = self._batch(*self._sent, self._new_texts, self._new_names)
        self._mark_sent()
        return out

    def whole(self) -> Batch:
        """The page as it is, as one fresh batch; what follows is counted from here."""
        out = self.page()
        self._mark_sent()
        return out

    def page(self) -> Batch:
        """The page as it is. The batches go on as if nobody had asked."""
        self._draw()
        return {**self._batch(0, 0, set(self._texts), set(self._names)), "fresh": True}

    def _batch(self, nodes: int, edges: int, texts: set[str], names: set[str]) -> Batch:
        return {
            "fresh": False,
            "page": self.counts["pages"],
            "nodes": [node.to_json() for node in self._live.nodes[nodes:]],
            "edges": [edge.to_json() for edge in self._live.edges[edges:]],
            "values": {v: list(self._texts[v]) for v in sorted(texts)},
            "names": {v: self._names[v] for v in sorted(names)},
            "now": self._at.get(self._now or ""),
            "phase": self._phase,
            "doing": self._doing,
            "error": self._error,
            "counts": dict(self.counts),
        }

    def _mark_sent(self) -> None:
        self._sent = len(self._live.nodes), len(self._live.edges)
        self._new_texts.clear()
        self._new_names.clear()
        self._fresh = self._changed = False


def weight(batch: Batch) -> int:
    """About how many bytes of JSON a batch is.

    >>> weight({"nodes": [], "edges": [], "values": {}, "names": {}})
    300
    """
    few = len(batch["values"]) + len(batch["names"])
    return 300 + 110 * len(batch["nodes"]) + 140 * len(batch["edges"]) + 25 * few
