"""One sentence per event, with the numbers in it, in English and Korean."""

from __future__ import annotations

from dezero_lab.trace import events as ev
from dezero_lab.trace.events import Event, Id
from dezero_lab.trace.snapshot import Plain, Snapshot
from dezero_lab.trace.tape import State, Tape


def narrate(tape: Tape, k: int, lang: str = "en") -> str:
    """The sentence for event `k`; plain text with `code` in backticks.

    Raises IndexError when there is no event `k`, ValueError for a language other than "en" and "ko".
    """
    if lang not in ("en", "ko"):
        raise ValueError(f"lang is {lang!r}; it must be 'en' or 'ko'")
    if not 0 <= k < len(tape.events):
        raise IndexError(f"the tape has events 0 to {len(tape.events) - 1}, not {k}")
    return _Sentence(tape, tape.state(k - 1), tape.events[k], lang).text()


def narrate_all(tape: Tape, lang: str = "en") -> list[str]:
    """All sentences in order, in one pass over the tape."""
    if lang not in ("en", "ko"):
        raise ValueError(f"lang is {lang!r}; it must be 'en' or 'ko'")
    state = State()
    sentences = []
    for event in tape.events:
        sentences.append(_Sentence(tape, state, event, lang).text())
        state.apply(event)
    return sentences


def number(value: Plain) -> str:
    """A number as a learner would write it: 8.0, 3.2974, 1.5e-09.

    >>> number(8.0), number(100000.0), number(3.297442541400256), number(1.5e-9), number(3)
    ('8.0', '100000.0', '3.2974', '1.5e-09', '3')
    """
    if type(value) is not float:
        return str(value)
    if abs(value) < 1e7 and value == int(value):
        return f"{value:.1f}"
    text = f"{value:.5g}"
    return text if any(c in text for c in ".en") else text + ".0"


def value(snap: Snapshot | None) -> str:
    """A value in a few characters: 8.0, [1.0, 2.0], array (20, 30)."""
    if snap is None or snap.is_none:
        return "None"
    if snap.shape is None:
        return number(snap.values[0]) if snap.values is not None else str(snap.text)
    if snap.values is not None and (len(snap.shape) == 0 and snap.values):
        return number(snap.values[0])
    if snap.values is not None and len(snap.shape) == 1 and len(snap.values) <= 6:
        return "[" + ", ".join(number(v) for v in snap.values) + "]"
    return f"array {snap.shape}"


def values(snaps: tuple[Snapshot, ...]) -> str:
    """Several values, separated by commas."""
    return ", ".join(value(s) for s in snaps)


class _Sentence:
    """Builds the sentence for one event from the state before it."""

    def __init__(self, tape: Tape, before: State, event: Event, lang: str) -> None:
        self.tape = tape
        self.before = before
        self.event = event
        self.ko = lang == "ko"

    def text(self) -> str:
        return getattr(self, f"_{self.event.kind}")(self.event)

    def _pick(self, en: str, ko: str) -> str:
        return ko if self.ko else en

    def _name(self, name: Id | None) -> str:
        return f"`{self.tape.label(name)}`"

    # ---- forward

    def _variable(self, e: ev.VariableSeen) -> str:
        v, x = self._name(e.v), value(e.data)
        return self._pick(f"{v} is a variable that holds `{x}`.", f"변수 {v}의 값은 `{x}`입니다.")

    def _function(self, e: ev.FunctionSeen) -> str:
        f = self._name(e.f)
        return self._pick(f"{f} is a new function.", f"{f} 함수가 새로 생겼습니다.")

    def _call_begin(self, e: ev.CallBegin) -> str:
        f = self._name(e.f)
        names = ", ".join(self._name(v) for v in e.inputs if v is not None)
        if not names:
            return self._pick(f"{f} is called.", f"{f} 함수를 호출합니다.")
        return self._pick(f"{f} is called with {names}.", f"{f} 함수를 호출합니다. 입력은 {names}입니다.")

    def _forward_begin(self, e: ev.ForwardBegin) -> str:
        f, x = self.tape.label(e.f), values(e.args)
        return self._pick(f"`{f}.forward` receives `{x}`.", f"`{f}.forward`에 `{x}` 값이 들어갑니다.")

    def _forward_end(self, e: ev.ForwardEnd) -> str:
        f, y = self.tape.label(e.f), values(e.results)
        if not e.results:
            return self._pick(
                f"`{f}.forward` did not finish.", f"`{f}.forward`가 끝까지 실행되지 못했습니다."
            )
        return self._pick(f"`{f}.forward` returned `{y}`.", f"`{f}.forward`의 결과는 `{y}`입니다.")

    def _call_end(self, e: ev.CallEnd) -> str:
        f = self._name(e.f)
        names = ", ".join(self._name(v) for v in e.outputs if v is not None)
        if not e.outputs:
            return self._pick(f"The call of {f} did not finish.", f"{f} 호출이 끝까지 실행되지 못했습니다.")
        if not names:
            return self._pick(
                f"{f} returned something that is not a variable.", f"{f}의 반환값이 변수가 아닙니다."
            )
        return self._pick(f"{f} made {names}.", f"{f}의 출력은 변수 {names}입니다.")

    def _link(self, e: ev.Link) -> str:
        owner = self.tape.label(e.owner)
        if e.value is not None:
            return self._pick(
                f"`{owner}.generation` is `{e.value}`.", f"`{owner}.generation`은 `{e.value}`입니다."
            )
        targets = ", ".join("`None`" if t is None else self._name(t) for t in e.targets) or "`[]`"
        return self._pick(
            f"`{owner}.{e.attr}` refers to {targets}.", f"`{owner}.{e.attr}`에 연결된 것은 {targets}입니다."
        )

    # ---- backward

    def _sweep_begin(self, e: ev.SweepBegin) -> str:
        v = self.tape.label(e.v)
        return self._pick(
            f"Backward pass {e.n} starts at `{v}`.", f"{e.n}번째 역전파를 `{v}`에서 시작합니다."
        )

    def _sweep_end(self, e: ev.SweepEnd) -> str:
        v = self.tape.label(e.v)
        return self._pick(
            f"Backward pass {e.n} from `{v}` is over.", f"`{v}`에서 시작한 {e.n}번째 역전파가 끝났습니다."
        )

    def _backward_begin(self, e: ev.BackwardBegin) -> str:
        f, gy = self.tape.label(e.f), values(e.args)
        text = self._pick(
            f"`{f}.backward` receives `gy = {gy}`.", f"`{f}.backward`에 `gy = {gy}` 값이 들어갑니다."
        )
        if e.visit > 1:
            text += self._pick(
                f" This is visit {e.visit} of the same function in this pass.",
                f" 이번 역전파에서 이 함수를 {e.visit}번째로 방문합니다.",
            )
        return text

    def _backward_end(self, e: ev.BackwardEnd) -> str:
        f, gx = self.tape.label(e.f), values(e.results)
        if not e.results:
            return self._pick(
                f"`{f}.backward` did not finish.", f"`{f}.backward`가 끝까지 실행되지 못했습니다."
            )
        received = self._received(e.f)
        if received is None:
            return self._pick(f"`{f}.backward` returned `{gx}`.", f"`{f}.backward`의 결과는 `{gx}`입니다.")
        return self._pick(
            f"`{f}.backward` received `gy = {received}` and returned `{gx}`.",
            f"`{f}.backward`에 `gy = {received}` 값이 들어와 `{gx}` 값이 나왔습니다.",
        )

    def _received(self, f: Id) -> str | None:
        for event in reversed(self.tape.events[: self.event.i]):
            if isinstance(event, ev.BackwardBegin) and event.f == f:
                return values(event.args)
        return None

    # ---- writes

    def _grad(self, e: ev.Grad) -> str:
        v, old, new = self.tape.label(e.v), value(e.old), value(e.new)
        if e.op == "clear":
            return self._pick(
                f"`{v}.grad` is cleared; it held `{old}`.",
                f"`{v}.grad`를 비웁니다. 이전 값은 `{old}`입니다.",
            )
        if e.old is None:
            text = self._pick(f"`{v}.grad` becomes `{new}`.", f"`{v}.grad`의 새 값은 `{new}`입니다.")
            if self.before.active == [("sweep", e.v)]:
                text = self._pick(
                    f"`{v}.grad` becomes `{new}`, the starting value of this pass.",
                    f"`{v}.grad`의 새 값은 `{new}`입니다. 이번 역전파의 시작값입니다.",
                )
            return text
        if e.op == "inplace":
            return self._inplace(e, v, old, new)
        share = self._share(e)
        if share is not None:
            return self._pick(
                f"`{v}` already held `{old}`; your loop adds `{share}`: `{new}`.",
                f"`{v}`에 이미 `{old}` 값이 있어서 `{share}` 값을 더합니다. 결과는 `{new}`입니다.",
            )
        return self._pick(
            f"`{v}.grad` was `{old}` and is overwritten with `{new}`.",
            f"`{v}.grad`의 값 `{old}` 위에 `{new}` 값을 덮어씁니다.",
        )

    def _inplace(self, e: ev.Grad, v: str, old: str, new: str) -> str:
        token = e.new.token if e.new is not None else None
        others = [
            self._name(name)
            for name, snap in self.before.grad.items()
            if name != e.v and snap is not None and snap.token == token
        ]
        text = self._pick(
            f"`{v}.grad` changes in place from `{old}` to `{new}`.",
            f"`{v}.grad` 배열 안의 값이 바뀝니다: `{old}` → `{new}`.",
        )
        if others:
            names = ", ".join(others)
            text += self._pick(
                f" It shares its memory with the gradient of {names}.",
                f" {names}의 기울기와 같은 메모리를 씁니다.",
            )
        return text

    def _share(self, e: ev.Grad) -> str | None:
        """What was added, if new = old + something the last backward returned."""
        old, new = _numbers(e.old), _numbers(e.new)
        if not old or len(old) != len(new):
            return None
        difference = [n - o for n, o in zip(new, old, strict=True)]
        for event in reversed(self.tape.events[: self.event.i]):
            if isinstance(event, ev.BackwardEnd):
                return next((value(s) for s in event.results if _close(difference, _numbers(s))), None)
        return None

    def _data(self, e: ev.Data) -> str:
        v, old, new = self.tape.label(e.v), value(e.old), value(e.new)
        if e.op == "clear":
            return self._pick(
                f"`{v}` is emptied; it held `{old}`.", f"`{v}`를 비웁니다. 이전 값은 `{old}`입니다."
            )
        if e.op == "inplace":
            return self._pick(
                f"The array inside `{v}` changes from `{old}` to `{new}`.",
                f"`{v}` 안의 배열이 바뀝니다: `{old}` → `{new}`.",
            )
        return self._pick(
            f"`{v}.data` changes from `{old}` to `{new}`.", f"`{v}.data`가 바뀝니다: `{old}` → `{new}`."
        )

    # ---- the rest

    def _line(self, e: ev.Line) -> str:
        source = self.tape.sources.get(e.s)
        # A backtick in a comment would end the code.
        line = source.line(e.lineno).replace("`", "'") if source is not None else ""
        title = source.title if source is not None else "?"
        return self._pick(
            f"Line {e.lineno} of `{title}` is next: `{line}`",
            f"`{title}`의 {e.lineno}번째 줄 차례입니다: `{line}`",
        )

    def _error(self, e: ev.Error) -> str:
        where = f" `{self.tape.label(e.where)}`" if e.where is not None else ""
        line = f", line {e.lineno}" if e.lineno is not None else ""
        line_ko = f" {e.lineno}번째 줄에서" if e.lineno is not None else ""
        return self._pick(
            f"{e.type} in{where or ' your code'}{line}: {e.message}",
            f"{where.strip() or '코드'}:{line_ko} {e.type} 오류가 났습니다. {e.message}",
        )

    def _mark(self, e: ev.Mark) -> str:
        en, ko = _MARKS.get(e.text_id, (e.text_id, e.text_id))
        return self._pick(en, ko).format_map({"events": "?", "type": "?", "message": "", **e.values})


_MARKS = {
    "truncated": (
        "The recording stops here after {events} events; your program went on.",
        "이벤트 {events}개에서 기록을 멈춥니다. 프로그램은 계속 실행되었습니다.",
    ),
    "caught_up": (
        "After the part that was not recorded, these are the final values.",
        "기록하지 않은 부분이 끝난 뒤의 마지막 값입니다.",
    ),
    "recorder_failed": (
        "The recording ended early ({type}: {message}); your program was not affected.",
        "기록이 중간에 끝났습니다({type}: {message}). 프로그램에는 영향이 없습니다.",
    ),
    "listener_failed": (
        "The live view stopped ({type}: {message}); the recording goes on.",
        "실시간 화면이 멈췄습니다({type}: {message}). 기록은 계속됩니다.",
    ),
}


def _numbers(snap: Snapshot | None) -> list[float]:
    if snap is None:
        return []
    plain = snap.values
    if plain is None and snap.stats is not None:
        plain = snap.stats[:3]
    if plain is None or any(type(v) is str for v in plain):
        return []
    return [float(v) for v in plain]


def _close(a: list[float], b: list[float]) -> bool:
    return len(a) == len(b) and all(
        abs(x - y) <= 1e-6 * max(1.0, abs(x), abs(y)) for x, y in zip(a, b, strict=True)
    )
