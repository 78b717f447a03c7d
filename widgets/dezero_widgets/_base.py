"""What every widget shares: the payload as JSON text, the bundle, and forms for viewers without widgets."""

from __future__ import annotations

import base64
import html
import json
import math
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

STATIC = Path(__file__).parent / "static"
SVG_LIMIT = 150_000  # bytes of static picture that a saved notebook carries per widget
TEXT_LIMIT = 30_000  # characters of text, the same


class LabWidget(anywidget.AnyWidget):
    """Base of the lab's widgets.

    A subclass sets ``_esm = STATIC / "<stem>.js"`` and ``text_form`` (``svg_form`` where a picture helps).
    The payload goes to the browser as one JSON text: one trait, no walk over nested lists, parsed natively.
    ``nan`` and infinities travel as strings (see `clean`).

    Args:
        payload: JSON-like dict, everything the browser needs.
        lang: ``"en"`` or ``"ko"``.

    >>> LabWidget({"answer": 42}, lang="ko").data
    {'answer': 42}
    """

    _esm: ClassVar[Any] = "export default {render({el}) { el.dataset.ready = '1' }}"
    payload = traitlets.Unicode("null").tag(sync=True)
    lang = traitlets.Enum(["en", "ko"], "en").tag(sync=True)

    def __init__(self, payload: dict[str, Any] | None = None, *, lang: str = "en", **traits: Any):
        super().__init__(payload=dumps(payload), lang=check_lang(lang), **traits)

    @property
    def data(self) -> Any:
        """The payload as Python data."""
        return json.loads(self.payload)

    def text_form(self) -> str:
        """Everything the widget says, as plain text: terminals, screen readers, notebooks without widgets."""
        return f"{type(self).__name__}"

    def svg_form(self) -> str | None:
        """One still picture, or None."""
        return None

    def __repr__(self) -> str:
        return self.text_form()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        text, svg = shorten(self.text_form(), TEXT_LIMIT), self.svg_form()
        if svg is not None and len(svg.encode()) > SVG_LIMIT:
            svg = None
        return {**data, "text/plain": text, "text/html": static_html(text, svg)}, metadata


def static_html(text: str, svg: str | None = None) -> str:
    """The still form: the picture as an image (no script can run in it), the whole text folded below.

    >>> static_html("y < 3")
    '<pre style="white-space:pre-wrap">y &lt; 3</pre>'
    """
    pre = f'<pre style="white-space:pre-wrap">{html.escape(text, quote=False)}</pre>'
    if svg is None:
        return pre
    data = base64.b64encode(svg.encode()).decode()
    first = html.escape(text.splitlines()[0] if text else "", quote=True)
    image = f'<img alt="{first}" src="data:image/svg+xml;base64,{data}" style="max-width:100%">'
    return f"{image}<details><summary>{first}</summary>{pre}</details>"


def shorten(text: str, limit: int) -> str:
    """The lines that fit into `limit` characters, and how many are left out.

    >>> shorten("one\\ntwo\\nthree", 8)
    'one\\ntwo\\n… +1'
    """
    if len(text) <= limit:
        return text
    lines = text.splitlines()
    kept, room = [], limit
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, f"… +{len(lines) - len(kept)}"])


def check_lang(lang: str) -> str:
    """``lang`` itself when it is ``"en"`` or ``"ko"``.

    Raises:
        ValueError: for anything else.

    >>> check_lang("ko")
    'ko'
    """
    if lang not in ("en", "ko"):
        raise ValueError(f'lang is {lang!r}; it must be "en" or "ko". Try lang="ko" for Korean.')
    return lang


def clean(value: Any) -> Any:
    """A copy fit for JSON: nan and infinities as strings, tuples as lists, NumPy scalars as Python numbers.

    >>> clean({"a": (1.0, float("nan"), float("-inf"))})
    {'a': [1.0, 'nan', '-inf']}
    """
    if isinstance(value, dict):
        return {str(k): clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(v) for v in value]
    if isinstance(value, (str, bool, int)) or value is None:
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(float(value))
    item = getattr(value, "item", None)
    return clean(item()) if callable(item) else str(value)


def dumps(value: Any) -> str:
    """Compact JSON text, Hangul as it is.

    >>> dumps({"name": "기울기", "v": float("inf")})
    '{"name":"기울기","v":"inf"}'
    """
    try:
        return _json(value)
    except (TypeError, ValueError):  # nan, infinities, NumPy scalars: rare, and looking for them costs a walk
        return _json(clean(value))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
