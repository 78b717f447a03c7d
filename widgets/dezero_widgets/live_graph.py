"""`with ch.graph():` — the graph grows while the block runs, in the cell that runs; afterwards it can be stepped through.

A thread sends what is new at most thirty times a second, in numbered batches. A browser that misses a number asks for
the whole page again; a busy kernel may not hear it, so the page is also put into a trait every two seconds. Large pages
are sent less often: never more than about `BYTES_PER_SECOND`.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import traitlets

from dezero_lab.graph import Graph, layout, to_svg, to_text
from dezero_lab.trace import RecordingLimit, Tape, record

from ._base import STATIC, LabWidget, dumps
from .block_text import endless, headline, stopped, whose
from .live_picture import LivePicture, weight
from .live_watch import LiveWatch, counts_generations
from .namespace import interactive
from .second_engine import block_of
from .texts import Lang, say

RATE = 30.0  # batches a second, at most
BYTES_PER_SECOND = 250_000
KEYFRAME = 2.0  # seconds between whole pages
# Recorded steps after which a block counts as endless. A training loop of 10,000 operations has some 230,000.
GRAPH_LIMIT = 3_000_000
FIRST_KEYFRAME = 0.1  # shorter at first: the browser is still loading and misses batches


class LiveGraph(LabWidget):
    """The browser's window on a `LivePicture`; becomes a step player when `player` is set."""

    _esm = STATIC / "live_graph.js"
    whole = traitlets.Unicode("").tag(sync=True)
    player = traitlets.Unicode("").tag(sync=True)

    def __init__(self, title: str = "", lang: str = "en", generations: bool = True) -> None:
        super().__init__({"title": title, "generations": generations}, lang=lang)
        self.tape: Tape | None = None

    def text_form(self) -> str:
        if self.tape is None:
            return say(_lang(self.lang), "The graph of this block (running).", "이 블록의 그래프(실행 중).")
        return to_text(Graph.from_tape(self.tape), lang=self.lang)

    def svg_form(self) -> str | None:
        return None if self.tape is None else to_svg(layout(Graph.from_tape(self.tape)))


class Sender:
    """Carries batches from a picture to a widget, in its own thread where there are threads.

    Attributes:
        messages, bytes: what was sent so far; bytes are estimated.
    """

    def __init__(
        self,
        picture: LivePicture,
        lock: threading.Lock,
        widget: LiveGraph,
        watch: LiveWatch,
        names: Mapping[str, Any],
    ) -> None:
        self._picture, self._lock, self._widget, self._watch, self._names = (
            picture,
            lock,
            widget,
            watch,
            names,
        )
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._number = 0
        self._asked = False
        self._pause = 1 / RATE
        self._keyframe, self._gap = 0.0, FIRST_KEYFRAME
        self.messages = 0
        self.bytes = 0

    def start(self) -> None:
        """Begin to send."""
        self._widget.on_msg(self._hear)
        thread = threading.Thread(target=self._loop, name="dezero_lab live graph", daemon=True)
        with contextlib.suppress(
            RuntimeError
        ):  # a kernel inside a browser has no threads: it sees the end only
            thread.start()
            self._thread = thread

    def finish(self) -> None:
        """Send what is left, and stop."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(timeout=2.0)
        self._widget.on_msg(self._hear, remove=True)
        self._send()
        with self._lock:
            self._put_whole(self._number)

    def _hear(self, widget: Any, content: Any, buffers: Any) -> None:
        if isinstance(content, dict) and content.get("type") == "resync":
            self._asked = True

    def _loop(self) -> None:
        while not self._over.wait(self._pause):
            with contextlib.suppress(Exception):  # no reason to disturb the learner's block
                self._send()

    def _send(self) -> None:
        with self._lock:
            self._picture.look(*self._watch.look(self._names))
            asked, self._asked = self._asked, False
            batch = self._picture.whole() if asked else self._picture.batch()
            if batch is None:
                return
            if time.monotonic() >= self._keyframe:
                self._put_whole(self._number + 1)
                self._keyframe, self._gap = time.monotonic() + self._gap, min(KEYFRAME, 2 * self._gap)
        size = weight(batch)
        self._pause = max(1 / RATE, size / BYTES_PER_SECOND)
        self._number += 1
        self.messages += 1
        self.bytes += size
        self._widget.send({"type": "grow", "number": self._number, **batch})

    def _put_whole(self, number: int) -> None:
        """Leave the page where a browser that comes late, or missed a batch, finds it without asking."""
        text = dumps({"number": number, **self._picture.page()})
        self.bytes += len(text)
        self._widget.whole = text


class LiveBlock:
    """The context manager behind `with ch.graph():`.

    An exception of the learner's block ends the recording, is shown, and is not raised again; Ctrl-C is. After the
    block `tape` holds what was recorded.

    Args:
        names: the learner's namespace, in which `Variable` and `Function` are looked up.
        title: shown above the graph.
        lang: "en" or "ko".
    """

    def __init__(self, names: dict[str, Any], title: str = "", lang: str = "en") -> None:
        self._names, self._title, self._lang = names, title, lang
        self._lines = ""
        self._recording: Any = None
        self._watch: LiveWatch | None = None
        self._picture = LivePicture()
        self.tape: Tape | None = None
        self.widget: LiveGraph | None = None
        self.sender: Sender | None = None
        self._shown: Any = None
        self._began = time.monotonic()

    def __enter__(self) -> LiveBlock:
        with contextlib.suppress(Exception):  # outside a cell or a file there are no lines to show
            self._lines = headline(block_of(sys._getframe(1), _lang(self._lang)))
        names = self._names
        variable, function = names.get("Variable"), names.get("Function")
        with contextlib.suppress(Exception):
            lock = threading.Lock()
            self.widget = LiveGraph(self._title or self._lines, self._lang, counts_generations(function))
            self._watch = LiveWatch(self._picture, lock, variable, function)
            self.sender = Sender(self._picture, lock, self.widget, self._watch, names)
            self._shown = _display(self.widget)
            self.sender.start()
            self._recording = record(
                variable, function, names=names, title=self._title or self._lines, limit=GRAPH_LIMIT
            )
            self.tape = self._recording.__enter__()
            self._watch.start()
        self._began = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if self._watch is not None:
            self._watch.stop()
        if self._recording is not None:
            self._recording.__exit__(kind, error, trace)
        seconds = time.monotonic() - self._began
        text = self._ended(error, trace)
        self._picture.stop(text)
        with contextlib.suppress(Exception):
            if self.sender is not None:
                self.sender.finish()
        if error is not None and not isinstance(error, Exception | RecordingLimit):
            return False
        if text is not None:
            print(text)
        with contextlib.suppress(Exception):
            self._become_player(seconds)
        return True

    def _ended(self, error: BaseException | None, trace: TracebackType | None) -> str | None:
        """What ended the block before its last line, in words; None where nothing did."""
        if isinstance(error, RecordingLimit):
            return endless(_lang(self._lang), GRAPH_LIMIT)
        return None if error is None else stopped(_lang(self._lang), error, trace)

    def _become_player(self, seconds: float) -> None:
        if self.widget is None or self.tape is None or not self.tape.events:
            return
        self.widget.tape = self.tape
        if not interactive():
            print(self.widget.text_form())
            return
        from .screenplay import player_payload

        payload = player_payload(
            self.tape,
            title=self._title or self._lines,
            subtitle=whose(self._names.get("Variable"), _lang(self._lang)),
            lang=self._lang,
        )
        # Nobody can follow a block of a few milliseconds: the browser then shows its growth once more, slowly.
        payload["live"] = {"seconds": seconds, "ended": time.time()}
        self.widget.player = dumps(payload)
        self.widget.whole = ""  # saved with the notebook otherwise
        if self._shown is not None:
            self._shown.update(
                self.widget
            )  # the still forms that a saved notebook keeps are those of the end


def _lang(lang: object) -> Lang:
    return "ko" if lang == "ko" else "en"


def _display(widget: LiveGraph) -> Any:
    """Show the widget; the handle can show it anew."""
    if not interactive():
        return None
    from IPython.display import display

    return display(widget, display_id=True)


def show(chapter: Any, title: str = "") -> LiveBlock:
    """`with ch.graph():`; `title` is shown above the graph."""
    return LiveBlock(chapter.namespace, title, chapter.lang)
