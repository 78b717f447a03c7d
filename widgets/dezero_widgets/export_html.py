"""One HTML file that plays a pass: bundle and payload inlined, strict content policy, no network, no Python.

``ts/step_player/save.ts`` writes the same bytes in the browser; a browser test compares the two.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from ._base import STATIC

LIMIT = 2_000_000  # bytes
PAGE_CSS = (
    "html{background:#eceff4;color:#4d5768}"
    "@media(prefers-color-scheme:dark){html{background:#12161d;color:#a3adbd}}"
    "body{margin:0 auto;padding:20px;max-width:1480px;font:14px/1.5 system-ui,sans-serif}"
)
FOOTER = {
    "en": "Recorded with dezero_lab. Arrow keys step, space plays. No network, no Python.",
    "ko": "dezero_lab으로 기록했습니다. 화살표 키로 이동, 스페이스로 재생. 네트워크도 파이썬도 필요 없습니다.",
}
NO_SCRIPT = {
    "en": "This page needs JavaScript; all of it is in this file.",
    "ko": "이 페이지에는 자바스크립트가 필요합니다. 필요한 것은 모두 이 파일 안에 있습니다.",
}


def replay_page(payload: dict[str, Any]) -> str:
    """The whole page as text.

    Args:
        payload: from `player_payload`.
    """
    lang = payload["lang"]
    script = inline_script((STATIC / "step_player.js").read_text(encoding="utf-8"))
    title = escape(payload.get("title") or "dezero_lab", quote=True).replace("&#x27;", "'")
    about = escape(payload.get("subtitle") or FOOTER[lang], quote=True).replace("&#x27;", "'")
    policy = (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; style-src 'sha256-{_digest(PAGE_CSS)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    data = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False).replace(
        "<", "\\u003c"
    )
    return f"""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<meta name="description" content="{about}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{about}">
<style>{PAGE_CSS}</style>
</head>
<body>
<main id="dzl-app"><noscript>{NO_SCRIPT[lang]}</noscript></main>
<p>{escape(FOOTER[lang], quote=True)}</p>
<script type="application/json" id="dzl-replay">{data}</script>
<script type="module" id="dzl-bundle">{script}</script>
</body>
</html>
"""


def write_replay(
    payload: dict[str, Any], path: str | Path, lighter: Callable[[], dict[str, Any]] | None = None
) -> Path:
    """Write the page to `path` (its folder must exist) and return the path.

    Args:
        payload: from `player_payload`.
        path: the file to write, usually with the ending .html.
        lighter: makes a smaller payload; asked only when the page would be larger than 2 MB.

    A pass that is larger even so ends early, with a last step that says how much is missing.

    Raises:
        ValueError: when not even its first step fits into 2 MB; nothing is written then.
    """
    page = replay_page(payload).encode("utf-8")
    if len(page) > LIMIT and lighter is not None:
        payload = lighter()
        page = replay_page(payload).encode("utf-8")
    if len(page) > LIMIT:
        page = _shortened(payload, len(page))
    target = Path(path)
    target.write_bytes(page)
    return target


def _shortened(payload: dict[str, Any], size: int) -> bytes:
    """The page with as many steps as fit, halved until it does."""
    keep = max(len(run["steps"]) for run in payload["runs"])
    while keep > 1:
        keep //= 2
        page = replay_page(_first_steps(payload, keep)).encode("utf-8")
        if len(page) <= LIMIT:
            return page
    raise ValueError(
        f"this pass is {size / 1e6:.1f} MB as a file; at most {LIMIT / 1e6:.0f} MB can be sent around. "
        'Record a shorter block, smaller arrays, or use detail="events".'
    )


def _first_steps(payload: dict[str, Any], keep: int) -> dict[str, Any]:
    runs = []
    for run in payload["runs"]:
        steps = run["steps"][:keep]
        missing = len(run["steps"]) - len(steps)
        if missing:
            say = {
                "en": f"The file ends here: {missing} more steps would make it larger than 2 MB.",
                "ko": f"파일은 여기까지입니다. 남은 {missing}단계를 더 담으면 2 MB를 넘습니다.",
            }
            steps = [*steps, {"i": steps[-1]["i"], "p": "other", "k": "mark", "say": say}]
        last = len(steps) - 1
        phases = [{**p, "to": min(p["to"], last)} for p in run["phases"] if p["from"] <= last]
        used = _used(steps)
        runs.append(
            {**run, "steps": steps, "phases": phases, "snaps": run["snaps"][: max(used, default=-1) + 1]}
        )
    short = {**payload, "runs": runs}
    if "pairs" in short:
        ends = [len(run["steps"]) - 1 for run in runs]
        short["pairs"] = [
            p for p in payload["pairs"] if all(k <= end for k, end in zip(p, ends, strict=True))
        ]
        if short["differs"] is not None and short["differs"] >= len(short["pairs"]):
            short["differs"] = None
    return short


def _used(steps: list[dict[str, Any]]) -> set[int]:
    """Which values the steps refer to; they are numbered in the order of their first use."""
    found = {index for step in steps for *_, index in [*step.get("set", ()), *step.get("tokens", ())]}
    for step in steps:
        change = step.get("grad", {})
        found |= {change.get("old"), change.get("new"), change.get("part")}
    return {index for index in found if index is not None}


def inline_script(source: str) -> str:
    """A bundle as the text of a script element: nothing in it can end the element.

    >>> inline_script("a = '</script>'")
    "a = '<\\\\/script>'"
    """
    return re.sub(r"<(/script|!--)", r"<\\\1", source, flags=re.IGNORECASE)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
