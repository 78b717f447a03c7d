"""The walk over a tape that writes the steps of the player."""

from __future__ import annotations

import json
from typing import Any

from dezero_lab.graph import Scene
from dezero_lab.trace import Snapshot, Tape
from dezero_lab.trace.narrate import narrate_all

from ._formula import fill_in
from ._nodes import Nodes
from ._values import is_sum, shortened, sum_text
from ._worklist import WorkList, taking_end

SHOWN_AT_START = 4  # leaves; more than that appear at their first use


class Script:
    """Walks the tape once and writes the steps."""

    def __init__(self, tape: Tape, scene: Scene, lines: bool) -> None:
        self.tape = tape
        self._events: list[Any] = list(tape.events)
        self.lines = lines
        self.words = {"en": narrate_all(tape, "en"), "ko": narrate_all(tape, "ko")}
        self.snaps: list[dict[str, Any]] = []
        self.steps: list[dict[str, Any]] = []
        self._index: dict[str, int] = {}
        self._sources = {s: k for k, s in enumerate(tape.sources)}
        self._nodes = Nodes(tape)
        self._pending: dict[str, Any] = {}
        self._shown: set[str] = set()
        self._values: dict[str, Snapshot | None] = {}
        self._grads: dict[str, Snapshot | None] = {}
        self._line: Any = None
        self._callers: list[Any] = []  # the lines that wait for a backward to return
        self._last: dict[str, Any] = {"at": None, "stack": [], "work": None}
        self._asked: Any = None
        self._failed = False
        self._args: list[Snapshot] = []
        self._sweep = 0
        self._backs = 0
        self._gave: tuple[str, list[Snapshot], list[str]] = ("", [], [])
        self._work = WorkList(taking_end(tape))
        self._caught_up = False
        self._write(scene)

    # ---- the walk

    def _write(self, scene: Scene) -> None:
        for event in self._events:
            write = getattr(self, f"_on_{event.kind}", None)
            if write is not None:
                write(event)
        if not self.steps and self._events:
            self._step("start", self._events[-1], "forward", say=self._say(*self._first_variables()))
        if self.steps:
            last = self.steps[-1]
            rest = {n.id.split("~")[0] for n in _all_nodes(scene)} - self._shown
            for name, more in (("show", sorted(rest)), ("set", self._pending.get("set", []))):
                if more:
                    last[name] = [*last.get(name, []), *more]

    def _first_variables(self) -> list[int]:
        return [e.i for e in self.tape.events if e.kind == "variable"][:3]

    def _say(self, *events: int) -> dict[str, str]:
        return {lang: " ".join(words[i] for i in events) for lang, words in self.words.items()}

    def _step(
        self,
        kind: str,
        event: Any,
        phase: str,
        *,
        say: dict[str, str] | None = None,
        at: Any = "line",
        **more: Any,
    ) -> dict[str, Any]:
        """Close a step: everything pending since the last one, plus what is particular to this one."""
        step: dict[str, Any] = {"i": event.i, "p": phase, "k": kind, "say": say or self._say(event.i)}
        self._place(step, self._line if at == "line" else at)
        step.update(self._pending)
        self._pending = {}
        show = [n for n in dict.fromkeys(more.pop("show", [])) if n not in self._shown]
        self._shown.update(show)
        if show:
            step["show"] = show
        step.update({key: value for key, value in more.items() if value})
        self.steps.append(step)
        return step

    def _place(self, step: dict[str, Any], line: Any) -> None:
        """Which line is lit, with the call stack and the work list there; only what changed is written down."""
        place = None if line is None else [self._sources[line.s], line.lineno]
        stack = [] if line is None else [[e.name, self._sources[e.s], e.lineno] for e in line.stack]
        for name, value in (("at", place), ("stack", stack)):
            if value != self._last[name]:
                step[name] = self._last[name] = value
        work = self._work.to_json()
        if work != self._last["work"] or self._work.news:
            self._last["work"] = work
            step["work"] = None if work is None else {**work, **self._work.take_news()}

    def _set(self, v: str, what: str, snap: Snapshot | None) -> None:
        (self._values if what == "data" else self._grads)[v] = snap
        self._pending.setdefault("set", []).append([self._nodes.current(v), what, self._snap(snap)])

    def _snap(self, snap: Snapshot | None) -> int | None:
        if snap is None or snap.is_none:
            return None
        record = shortened(snap.to_json())
        key = json.dumps(record, sort_keys=True)
        if key not in self._index:
            self._index[key] = len(self.snaps)
            self.snaps.append(record)
        return self._index[key]

    @property
    def _phase(self) -> str:
        return "backward" if self._sweep or self._backs else "forward"

    # ---- variables and calls

    def _on_variable(self, e: Any) -> None:
        self._set(e.v, "data", e.data)
        if e.grad is not None:
            self._set(e.v, "grad", e.grad)
        if self._nodes.depth == 0 and not self._sweep and not self._nodes.is_output(e.v):
            leading = [x for x in self._nodes.leading if x not in self._shown]
            if e.v in self._nodes.leading:
                if e.v == self._nodes.leading[-1] and len(leading) <= SHOWN_AT_START:
                    born = [x.i for x in self._events[: e.i + 1] if x.kind == "variable" and x.v in leading]
                    self._step("leaf", e, "forward", say=self._say(*born), show=leading, on=leading)
            elif not self._nodes.walk:
                self._step("leaf", e, "forward", show=[e.v], on=[e.v])

    def _on_call_begin(self, e: Any) -> None:
        self._nodes.begin(e)
        call = self._nodes.call
        if call is not None and not call.has_forward:
            self._call_step(e, e.i)

    def _on_forward_begin(self, e: Any) -> None:
        call = self._nodes.call
        if call is not None:
            call.args = list(e.args)
            self._call_step(e, call.event.i, e.i)

    def _call_step(self, e: Any, *say: int) -> None:
        call = self._nodes.call
        assert call is not None
        into = [self._nodes.current(v) for v in call.inputs if v is not None]
        tokens = [
            [node, call.node, self._snap(self._values[v])]
            for node, v in zip(into, (v for v in call.inputs if v is not None), strict=True)
            if self._snap(self._values.get(v)) is not None
        ]
        self._step(
            "call", e, self._phase, say=self._say(*say), show=[*into, call.node], on=[*into, call.node],
            wires=[[node, call.node] for node in into], tokens=tokens,
        )  # fmt: skip

    def _on_forward_end(self, e: Any) -> None:
        call = self._nodes.call
        if call is None:
            return
        call.result_line, call.end = self._line, e
        call.results = list(e.results)

    def _on_call_end(self, e: Any) -> None:
        call = self._nodes.end(e)
        if call is None or self._unwinding(bool(e.outputs)):
            return
        inputs = [self._values.get(v) if v else None for v in call.inputs]
        out = [(self._nodes.current(v), v) for v in e.outputs if v is not None]
        for node, v in out:  # a value that came out of a call again stands in a node of its own
            if node != v and v in self._values:
                self._set(v, "data", self._values[v])
        line = call.result_line if call.result_line is not None else self._line
        formula = self._formula(call.result_line, call.args, call.results, inputs, [], ".forward")
        say = self._say(*([call.end.i] if call.end is not None and e.outputs else []), e.i)
        self._step(
            "result", e, self._phase, say=say, at=line, show=[n for n, _ in out], on=[call.node, *(n for n, _ in out)],
            wires=[[call.node, n] for n, _ in out], formula=formula,
            tokens=[[call.node, n, self._snap(self._values.get(v))] for n, v in out if self._snap(self._values.get(v)) is not None],
        )  # fmt: skip
        if self._nodes.depth == 0 and not self._sweep:
            self._line = None

    def _formula(
        self, line: Any, args: list[Snapshot], results: list[Snapshot], inputs: Any, outputs: Any, ending: str
    ) -> str | None:
        source = None if line is None else self.tape.sources.get(line.s)
        if line is None or source is None or not source.title.endswith(ending):
            return None
        return fill_in(source, line.lineno, args, results, inputs, outputs)

    # ---- backward

    def _on_sweep_begin(self, e: Any) -> None:
        self._sweep += 1
        self._work.reset()
        following = self.tape.events[e.i + 1] if e.i + 1 < len(self.tape.events) else None
        line = following if following is not None and following.kind == "line" else None
        node = self._nodes.current(e.v)
        self._step("seed", e, "backward", at=line, show=[node], on=[node])

    def _on_sweep_end(self, e: Any) -> None:
        self._sweep = max(0, self._sweep - 1)
        if self._unwinding(False):
            return
        self._refusals(e)
        self._line = None
        self._work.reset()
        self._step("end", e, "backward", at=None, on=[self._nodes.current(e.v)])

    def _on_backward_begin(self, e: Any) -> None:
        self._refusals(e)
        self._backs += 1
        node = self._nodes.of_function(e.f)
        outputs = [self._nodes.current(v) for v in self._nodes.outputs.get(node, []) if v is not None]
        tokens = [[node, out, self._snap(s)] for out, s in zip(outputs, e.args, strict=False)]
        self._args = list(e.args)
        self._callers.append(self._line)
        self._step(
            "receive", e, "backward", show=[node], on=[node, *outputs], wires=[[node, o] for o in outputs], back=1,
            tokens=[t for t in tokens if t[2] is not None],
        )  # fmt: skip

    def _on_backward_end(self, e: Any) -> None:
        self._backs = max(0, self._backs - 1)
        caller = self._callers.pop() if self._callers else None
        if self._unwinding(bool(e.results)):
            return
        node = self._nodes.of_function(e.f)
        inputs = self._nodes.inputs.get(node, [])
        outputs = self._nodes.outputs.get(node, [])
        formula = self._formula(
            self._line, self._args, list(e.results), [self._values.get(v) if v else None for v in inputs],
            [self._values.get(v) if v else None for v in outputs], ".backward",
        )  # fmt: skip
        self._gave = (node, list(e.results), [v or "" for v in inputs])
        self._step("give", e, "backward", on=[node], formula=formula, back=1)
        self._line = caller or self._line  # `x.grad = f.backward(gy)` goes on in the line that asked

    def _on_grad(self, e: Any) -> None:
        node = self._nodes.current(e.v)
        self._set(e.v, "grad", e.new)
        if self._caught_up:
            return
        change: dict[str, Any] = {"v": node, "old": self._snap(e.old), "new": self._snap(e.new), "how": "set"}
        giver, shares, takers = self._gave
        share = None
        if e.v in takers and shares:
            slot = takers.index(e.v)
            share = shares[slot] if slot < len(shares) else None
            takers[slot] = ""
        part = self._snap(share)
        if e.op == "clear":
            change["how"] = "cleared"
        elif e.op == "inplace":
            change["how"] = "inplace"
        elif e.old is None:
            change["how"] = "first"
        elif part is not None:
            change["how"] = "added" if is_sum(e.old, share, e.new) else "replaced"
        if part is not None:
            change["part"] = part
        formula = sum_text(e.old, share, e.new) if change["how"] == "added" else None
        self._work.expect(self._nodes.producer.get(e.v))
        self._asked = None
        wires = [[node, giver]] if part is not None else []
        wires += [[giver, self._nodes.current(o)] for o in self._nodes.outputs.get(giver, []) if wires and o]
        phase = "other" if e.op == "clear" and not self._sweep else "backward"
        self._step(
            "clear" if e.op == "clear" else "grad", e, phase, show=[node], on=[node, *([giver] if wires else [])],
            wires=wires, tokens=[[node, giver, part]] if wires else [], back=1, grad=change, formula=formula,
        )  # fmt: skip

    def _on_data(self, e: Any) -> None:
        self._set(e.v, "data", e.new)
        if not self._caught_up:
            node = self._nodes.current(e.v)
            self._step("data", e, "other", show=[node], on=[node])

    # ---- lines, work list, the rest

    def _on_line(self, e: Any) -> None:
        before = self._line
        if self._sweep and self._work.will_take(e):
            self._refusals(e)
        self._line = e
        if self._asked is None or e.depth > self._asked.depth:
            self._asked = e
        if self._sweep and self._work.see(e) == "put":
            names = self._work.put_names(self.tape)
            say = {
                "en": f"{names} goes into `{self._work.name}`: {len(self._work.items)} waiting.",
                "ko": f"`{self._work.name}`에 {names} 함수를 넣습니다. 대기 중 {len(self._work.items)}개.",
            }
            on = [self._nodes.of_function(f) for f in self._work.put]
            self._step("work", e, "backward", say=say, at=before, on=on)
        if self.lines:
            # The player makes the sentence from the line, and keeps lit what is lit: a plain line stays small.
            step: dict[str, Any] = {"i": e.i, "p": self._phase, "k": "line"}
            self._place(step, e)
            self.steps.append(step)

    def _refusals(self, event: Any) -> None:
        """A step for the functions that were met again and not put in; lit is the deepest line since the gradient."""
        refused = self._work.refused()
        if not refused:
            return
        names = ", ".join(f"`{self.tape.label(f)}`" for f in refused)
        say = {
            "en": f"{names} was met before, so it is not added to `{self._work.name}` again.",
            "ko": f"{names} 함수는 이미 만났으므로 `{self._work.name}`에 다시 넣지 않습니다.",
        }
        on = [self._nodes.of_function(f) for f in refused]
        self._step("work", event, "backward", say=say, at=self._asked or self._line, on=on)

    def _unwinding(self, finished: bool) -> bool:
        """Whether a bracket only closes because of an exception that was told already."""
        if finished:
            self._failed = False
        return self._failed and not finished

    def _on_error(self, e: Any) -> None:
        self._failed = True
        at = self._line
        error = {"type": e.type, "message": e.message, "line": e.lineno}
        on = (
            [
                self._nodes.of_function(e.where)
                if e.where in self.tape.functions
                else self._nodes.current(e.where)
            ]
            if e.where
            else []
        )
        self._step("error", e, self._phase, at=at, error=error, on=on, show=on)

    def _on_mark(self, e: Any) -> None:
        self._caught_up = self._caught_up or e.text_id == "caught_up"
        self._step("mark", e, "other", at=None)


def _all_nodes(scene: Scene) -> list[Any]:
    return [n for n in scene.nodes if n.kind != "group"] + [
        n for g in scene.groups for n in _all_nodes(g.scene)
    ]
