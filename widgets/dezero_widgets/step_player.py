"""The step player: scrub through a recorded pass, forward and backward."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import traitlets
from IPython.display import display

from dezero_lab.graph import Graph, layout, to_svg, to_text
from dezero_lab.trace import Tape
from dezero_lab.trace.narrate import number

from ._base import STATIC, LabWidget
from .export_html import write_replay
from .screenplay import player_payload

STILL_NODES = 150  # a still picture of more nodes is unreadable, and large in a saved notebook


class StepPlayer(LabWidget):
    """Plays a tape in the notebook; after it is shown it needs no kernel.

    Args:
        tape: what `dezero_lab.trace.record` wrote.
        title, subtitle: above the player.
        lang: "en" or "ko".
        predict: ask for each next gradient before it is shown.
        compare: a second tape, of another engine on the same input, played beside this one.
        compare_titles: what to call the two.
        focus: id of the node to mark and open at, for example "v3".
        detail: "events", or "lines" to open with a stop at every line of code.

    Setting ``player.step = 12`` jumps there (0 is the first step); scrubbing in the browser does not write it.

    Raises:
        ValueError: for another `lang` or `detail`.

    >>> import numpy as np
    >>> from dezero_lab.stages.ch07 import Function, Square, Variable
    >>> from dezero_lab.trace import record
    >>> with record(Variable, Function) as tape:
    ...     y = Square()(Variable(np.array(3.0)))
    >>> player = StepPlayer(tape, title="One call")
    >>> print(player.text_form().splitlines()[0])
    One call
    """

    _esm = STATIC / "step_player.js"
    step = traitlets.Int(None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        tape: Tape,
        title: str = "",
        *,
        subtitle: str = "",
        lang: str = "en",
        predict: bool = False,
        compare: Tape | None = None,
        compare_titles: tuple[str, str] = ("yours", "other"),
        focus: str | None = None,
        detail: str = "events",
    ) -> None:
        self._tapes = (tape, compare)
        self._settings: dict[str, Any] = {
            "title": title, "subtitle": subtitle, "lang": lang, "predict": predict, "compare": compare,
            "compare_titles": compare_titles, "focus": focus, "detail": detail,
        }  # fmt: skip
        super().__init__(player_payload(tape, **self._settings), lang=lang)

    @classmethod
    def show(cls, tape: Tape, title: str = "", **settings: Any) -> StepPlayer:
        """Make a player, display it here and now, return it."""
        player = cls(tape, title, **settings)
        display(player)
        return player

    def save(self, path: str | Path) -> Path:
        """Write the pass as one HTML file that plays without Python and without a network; return its path.

        A file never gets larger than 2 MB: it is written with its events only, and ends early if it must.

        Raises:
            ValueError: when not even the first step fits.
        """
        tape, _ = self._tapes
        payload = self.data
        lighter = None
        if self._settings["detail"] == "lines":
            lighter = lambda: player_payload(tape, **{**self._settings, "detail": "events"})  # noqa: E731
        return write_replay(payload, path, lighter=lighter)

    def text_form(self) -> str:
        """Every event as a sentence, then the graph as a table."""
        return text_of(self.data, self._tapes[0], self.lang)

    def svg_form(self) -> str | None:
        tape = self._tapes[0]
        graph = Graph.from_tape(tape)
        if not 0 < len(graph) <= STILL_NODES:
            return None
        state, scene = tape.state(), layout(graph)
        grads = {v: _brief(s) for v, s in state.grad.items() if s is not None}
        return to_svg(scene, grads=grads, title=self.data["title"] or None, theme="light", lang=self.lang)


def text_of(payload: dict[str, Any], tape: Tape, lang: str) -> str:
    """The complete text form of a pass: one numbered line per step, then the table twin of the graph."""
    head = [payload["title"] or ("한 단계씩 보기" if lang == "ko" else "Step through")]
    for run in payload["runs"]:
        if run["title"]:
            head.append(f"== {run['title']}")
        told = [step for step in run["steps"] if "say" in step]
        for k, step in enumerate(told, 1):
            text = step["say"].get(lang) or next(iter(step["say"].values()))
            formula = f"  [{step['formula']}]" if step.get("formula") else ""
            head.append(f"{k:3d}. {text.replace('`', '')}{formula}")
    return "\n".join([*head, "", to_text(Graph.from_tape(tape), lang=lang)])


def _brief(snap: Any) -> str:
    if snap.shape:
        return f"grad {tuple(snap.shape)}"
    return f"grad {number(snap.values[0]) if snap.values else snap.text}"
