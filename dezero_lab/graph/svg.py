"""A scene as one self-contained SVG: for reports, replays and viewers without widgets.

Colours are CSS variables of the page with a light and a dark fallback. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal
from zlib import crc32

from dezero_lab.graph.metrics import elide, text_width
from dezero_lab.graph.scene import Band, Placed, Route, Scene, tidy

Theme = Literal["auto", "light", "dark"]

_LIGHT = {
    "ink": "#1c2330", "muted": "#5d6778", "panel": "#fff", "wire": "#b6bfcd", "gen": "#f2f4f8", "bad": "#b42318",
    "var": "#fff7e6", "varline": "#b86e00", "fun": "#e8f2fb", "funline": "#0b62a8", "grad": "#c2410c", "gradsoft": "#ffe9dc",
}  # fmt: skip
_DARK = {
    "ink": "#e7ebf3", "muted": "#a3adbd", "panel": "#1b202a", "wire": "#5b6679", "gen": "#222834", "bad": "#ff8f86",
    "var": "#3a2e14", "varline": "#f0a830", "fun": "#15314a", "funline": "#6db7f2", "grad": "#ff9a66", "gradsoft": "#4a2717",
}  # fmt: skip

_RULES = """
.dzl-graph{font-family:Inter,"Noto Sans KR","Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic",system-ui,sans-serif;font-size:13px}
.dzl-graph .g-text{fill:var(--g-ink);text-anchor:middle;stroke:none}
.dzl-graph .g-name{font-weight:600}
.dzl-graph .g-small{fill:var(--g-muted);font-size:11px}
.dzl-graph .g-grad{fill:var(--g-grad);font-size:12.5px;font-weight:600;stroke:var(--g-panel);stroke-width:3px;paint-order:stroke}
.dzl-graph .g-page{fill:var(--g-panel)}
.dzl-graph .g-band{fill:var(--g-gen)}
.dzl-graph .g-variable{fill:var(--g-var);stroke:var(--g-varline);stroke-width:1.6}
.dzl-graph .g-function,.dzl-graph .g-group{fill:var(--g-fun);stroke:var(--g-funline);stroke-width:1.6}
.dzl-graph .g-frame{fill:var(--g-panel);stroke:var(--g-funline);stroke-width:1.6;stroke-dasharray:2 4}
.dzl-graph .g-copy{stroke-dasharray:5 3}
.dzl-graph .g-now{fill:var(--g-gradsoft);stroke:var(--g-grad);stroke-width:3}
.dzl-graph .g-edge{fill:none;stroke:var(--g-wire);stroke-width:2}
.dzl-graph .g-missing{stroke-dasharray:3 5}
.dzl-graph .g-wrong{stroke:var(--g-bad);stroke-dasharray:8 4}
.dzl-graph .g-back{stroke:var(--g-grad);stroke-width:3;stroke-dasharray:7 5}
.dzl-graph .g-tip{fill:var(--g-grad)}
"""

_WORDS = {
    "en": {
        "title": "Computation graph",
        "generation": "generation {}",
        "parts": "{} nodes",
        "desc": "{} variables and {} calls, from left to right. Lines show which value goes into which call.",
    },
    "ko": {
        "title": "계산 그래프",
        "generation": "세대 {}",
        "parts": "노드 {}개",
        "desc": "변수 {}개와 호출 {}개를 왼쪽에서 오른쪽으로 그렸습니다. 선은 어떤 값이 어떤 호출로 들어가는지 보여 줍니다.",
    },
}


def escape(text: object) -> str:
    """`text` made safe for SVG text and attributes; control characters, which XML forbids, become U+FFFD.

    >>> escape('<b>"R&D"</b>')
    '&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt;'
    """
    clean = "".join(c if c.isprintable() or c in " \t\n" else "�" for c in str(text))
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        clean = clean.replace(char, entity)
    return clean


def to_svg(
    scene: Scene,
    *,
    values: Mapping[str, str] | None = None,
    grads: Mapping[str, str] | None = None,
    highlight: Collection[str] = (),
    title: str | None = None,
    desc: str | None = None,
    theme: Theme = "auto",
    lang: str = "en",
) -> str:
    """`scene` as the text of one SVG image.

    `values` and `grads` map node ids to short texts: the second line of a variable, and the line above it. Copies of a
    variable show the text of the variable. `highlight` holds ids of nodes, and of edges that are then drawn as gradients
    flowing back. `title` and `desc` are what a screen reader says. Errors: ValueError for an unknown `theme` or `lang`.

    >>> from dezero_lab.graph import Graph, layout
    >>> g = Graph()
    >>> _ = g.add_function("f1", "square", inputs=["x"], outputs=["y"])
    >>> to_svg(layout(g), grads={"x": "grad 4.0"}).count("<text")
    5
    """
    if lang not in _WORDS:
        raise ValueError(f"to_svg() has texts in 'en' and 'ko', not in {lang!r}")
    words = _WORDS[lang]
    drawing = _SceneSvg(scene, values or {}, grads or {}, frozenset(highlight), words)
    body = drawing.body()
    key = f"g{crc32((theme + body).encode()):08x}"
    width, height = tidy(scene.w), tidy(scene.h)
    calls = sum(node.kind != "variable" for node in scene.nodes)
    variables = len({node.same_as or node.id for node in scene.nodes if node.kind == "variable"})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="dzl-graph {key}" role="img" aria-labelledby="{key}t {key}d" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" style="max-width:100%;height:auto">'
        f'<title id="{key}t">{escape(title if title is not None else words["title"])}</title>'
        f'<desc id="{key}d">{escape(desc if desc is not None else words["desc"].format(variables, calls))}</desc>'
        f"<style>{_style(theme, key)}</style>"
        f'<defs><marker id="{key}m" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" '
        f'orient="auto-start-reverse"><path class="g-tip" d="M0 0L8 4L0 8z"/></marker></defs>'
        f"{body.replace(_TIP, f'{key}m')}</svg>"
    )


_TIP = (
    "\x00"  # stands for the marker's id until the key is known; escape() lets no NUL through from any label
)


def _style(theme: Theme, key: str) -> str:
    def rule(selector: str, palette: Mapping[str, str]) -> str:
        return f"{selector}{{{''.join(f'--g-{k}:var(--{k},{v});' for k, v in palette.items())}}}"

    if theme not in ("auto", "light", "dark"):
        raise ValueError(f"to_svg() knows the themes 'auto', 'light' and 'dark', not {theme!r}")
    rules = [_RULES.strip().replace("\n", ""), rule(f".{key}", _DARK if theme == "dark" else _LIGHT)]
    if theme == "auto":
        rules.append(f"@media (prefers-color-scheme:dark){{{rule('.' + key, _DARK)}}}")
        rules.append(rule(f'[data-jp-theme-light="true"] .{key}', _LIGHT))
        rules.append(rule(f'[data-jp-theme-light="false"] .{key}', _DARK))
    return "".join(rules)


class _SceneSvg:
    def __init__(
        self,
        scene: Scene,
        values: Mapping[str, str],
        grads: Mapping[str, str],
        highlight: frozenset[str],
        words: Mapping[str, str],
    ) -> None:
        self.scene = scene
        self.values = values
        self.grads = grads
        self.highlight = highlight
        self.words = words

    def body(self) -> str:
        scene = self.scene
        page = f'<rect class="g-page" width="{tidy(scene.w)}" height="{tidy(scene.h)}"/>'
        edges = sorted(scene.edges, key=lambda edge: edge.id in self.highlight)
        frames = [self._frame(node) for node in scene.nodes if node.open]
        nodes = [self._node(node) for node in scene.nodes if not node.open]
        parts = [*map(self._band, scene.bands), *frames, *map(self._edge, edges), *nodes]
        return page + "".join(parts)

    def _band(self, band: Band) -> str:
        span = str(band.gen) if band.last <= band.gen else f"{band.gen}–{band.last}"
        label = self.words["generation"].format(span)
        return (
            f'<rect class="g-band" x="{tidy(band.x)}" y="14" width="{tidy(band.w)}" height="{tidy(self.scene.h - 28)}" '
            f'rx="8"/>{_text(band.x + band.w / 2, 31, label, "g-small")}'
        )

    def _frame(self, node: Placed) -> str:
        left, top = node.x - node.w / 2, node.y - node.h / 2
        label = elide(node.label, node.w - 32)
        return (
            f'<g data-id="{escape(node.id)}">{_rect(left, top, node.w, node.h, 10, "g-frame")}'
            f"{_text(left + 18 + text_width(label) / 2, top + 24, label, 'g-name')}</g>"
        )

    def _edge(self, edge: Route) -> str:
        kind = "" if edge.kind == "flow" else f" g-{edge.kind}"
        if edge.id in self.highlight:
            return f'<path class="g-edge g-back" marker-start="url(#{_TIP})" d="{edge.path}"/>'
        return f'<path class="g-edge{kind}" d="{edge.path}"/>'

    def _node(self, node: Placed) -> str:
        left, top = node.x - node.w / 2, node.y - node.h / 2
        now = " g-now" if node.id in self.highlight else ""
        copy = " g-copy" if node.same_as and node.kind == "variable" else ""
        look = "g-variable" if node.bundle else f"g-{node.kind}"
        radius = {"variable": node.h / 2, "function": 6, "group": 20 if node.bundle else 10}[node.kind]
        shape = _rect(left, top, node.w, node.h, radius, f"{look}{copy}{now}")
        if node.kind == "group":
            shape = _rect(left + 6, top - 6, node.w, node.h, radius, look) + shape
        label = elide(node.label, node.w - 16)
        second = self._second_line(node)
        if second and label:
            texts = _text(node.x, node.y - 4, label, "g-name") + _text(
                node.x, node.y + 13, elide(second, node.w - 16), "g-small" if node.kind == "group" else ""
            )
        else:
            named = label and (node.kind == "variable" or now)
            texts = _text(node.x, node.y + 4.5, label or second, "g-name" if named else "")
        grad = self._of(self.grads, node)
        if grad:
            texts += _text(node.x, top - 7, grad, "g-grad")
        whole = f"<title>{escape(node.label)}</title>" if label != node.label else ""
        return f'<g data-id="{escape(node.id)}">{whole}{shape}{texts}</g>'

    def _second_line(self, node: Placed) -> str:
        if node.kind == "group":
            return self.words["parts"].format(node.parts)
        return self._of(self.values, node) or node.value

    def _of(self, texts: Mapping[str, str], node: Placed) -> str:
        return texts.get(node.id) or texts.get(node.same_as or "", "")


def _rect(x: float, y: float, w: float, h: float, radius: float, classes: str) -> str:
    return f'<rect class="{classes}" x="{tidy(x)}" y="{tidy(y)}" width="{tidy(w)}" height="{tidy(h)}" rx="{tidy(radius)}"/>'


def _text(x: float, y: float, text: str, classes: str) -> str:
    return f'<text class="{f"g-text {classes}".strip()}" x="{tidy(x)}" y="{tidy(y)}">{escape(text)}</text>'
