"""From a tape to what the step player plays: steps that say what changed, what to light, what to read.

The browser gets everything once and only folds deltas. A step is one moment worth looking at: a call takes its
arguments, gives its result, a function receives a gradient, gives gradients back, a gradient is written, the work list
grows. Every line of the learner's code is a step of its own as well; the player skips those until they are switched on.
"""

from __future__ import annotations

from typing import Any

from dezero_lab.graph import Graph, layout, to_dot
from dezero_lab.trace import Tape
from dezero_lab.trace.events import Link

from ._base import check_lang, clean
from ._compare import align
from ._script import Script

DETAILS = ("events", "lines")
BOTH_LANGUAGES_UP_TO = 600  # steps; above that only the language asked for travels
LINES_UP_TO = 700  # lines of code that travel although only the events were asked for


def player_payload(
    tape: Tape,
    *,
    title: str = "",
    subtitle: str = "",
    lang: str = "en",
    predict: bool = False,
    compare: Tape | None = None,
    compare_titles: tuple[str, str] = ("yours", "other"),
    focus: str | None = None,
    detail: str = "events",
) -> dict[str, Any]:
    """Everything the step player needs, as one JSON-like dict.

    Args:
        tape: a recording, or a static walk (then there is one step that shows everything).
        title: bold, at the top left. subtitle: small, beside it.
        lang: "en" or "ko".
        predict: start with "predict first" on.
        compare: a second tape, played beside the first on matching steps.
        compare_titles: what to call the two.
        focus: id of a node to mark, "v3" or "f2"; the player opens at the last step in which it takes part.
        detail: "events" opens with the lines of code skipped, "lines" stops at each of them. A long recording, and a
            comparison, carries its lines only when they are asked for.

    Raises:
        ValueError: for another `lang` or `detail`.
    """
    check_lang(lang)
    if detail not in DETAILS:
        raise ValueError(f'detail is {detail!r}; it must be "events" or "lines". "lines" shows every line.')
    tapes = [tape] if compare is None else [tape, compare]
    names = ["", ""] if compare is None else list(compare_titles)
    few = compare is None and sum(e.kind == "line" for e in tape.events) <= LINES_UP_TO
    with_lines = detail == "lines" or few
    runs = [_run(t, name, with_lines, lang) for t, name in zip(tapes, names, strict=False)]
    payload: dict[str, Any] = {
        "version": 1,
        "kind": "dezero_lab.player",
        "title": title or tape.title,
        "subtitle": subtitle,
        "lang": lang,
        "predict": predict,
        "start": 0,
        "focus": focus,
        "lines": detail == "lines",
        "runs": runs,
    }
    if compare is not None:
        payload["pairs"], payload["differs"] = align(runs[0], runs[1])
    if focus is not None:
        payload["start"] = _moment_of(payload, focus)
    return clean(payload)


def _moment_of(payload: dict[str, Any], focus: str) -> int:
    steps = payload["runs"][0]["steps"]
    own = [k for k, step in enumerate(steps) if step.get("grad", {}).get("v") == focus]
    own = own or [k for k, step in enumerate(steps) if focus in step.get("on", ())]
    if not own:
        return 0
    pairs = payload.get("pairs")
    return own[-1] if pairs is None else next(i for i, pair in enumerate(pairs) if pair[0] == own[-1])


def _run(tape: Tape, title: str, lines: bool, lang: str) -> dict[str, Any]:
    graph = Graph.from_tape(tape)
    scene = layout(graph)
    script = Script(tape, scene, lines)
    steps = script.steps
    told = [step for step in steps if "say" in step]
    if len(told) > BOTH_LANGUAGES_UP_TO:
        for step in told:
            step["say"] = {lang: step["say"][lang]}
    return {
        "title": title,
        "scene": scene.to_json(),
        # The word stands above the bands only where the engine counts them: the idea comes in chapter 15.
        "generations": any(isinstance(event, Link) and event.attr == "generation" for event in tape.events),
        "variables": [{"id": v.id, "label": v.label, "cls": v.cls} for v in tape.variables.values()]
        + [{"id": n.id, "label": n.label, "cls": ""} for n in graph.nodes.values() if _is_version(n)],
        "functions": {
            **{f.id: f.label for f in tape.functions.values()},
            **{n.id: n.label for n in graph.nodes.values() if n.kind == "function"},
        },
        "sources": [
            {"id": s.id, "title": s.title, "file": s.file, "first": s.first_line, "lines": list(s.lines)}
            for s in tape.sources.values()
        ],
        "snaps": script.snaps,
        "steps": steps,
        "phases": _phases(steps),
        "dot": to_dot(graph),
    }


def _is_version(node: Any) -> bool:
    return node.kind == "variable" and node.same_as is not None


def _phases(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    phases: list[dict[str, Any]] = []
    for k, step in enumerate(steps):
        if not phases or (phases[-1]["p"] != step["p"]):
            phases.append({"p": step["p"], "from": k, "to": k})
        phases[-1]["to"] = k
    backward = [p for p in phases if p["p"] == "backward"]
    for n, phase in enumerate(backward, 1):
        if len(backward) > 1:
            phase["n"] = n
    return phases
