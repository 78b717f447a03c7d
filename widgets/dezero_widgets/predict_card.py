"""Questions: predict before running, say it in your own words, look back at the end of a chapter."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import traitlets

from ._base import STATIC, LabWidget
from .texts import Lang, say

if TYPE_CHECKING:
    from dezero_lab.grading import Question

    from .chapter import Chapter

Given = dict[str, Any]
"""What was answered to one block: value, text, sure (1 to 3), close (1 to 3), stage."""


class PredictCard(LabWidget):
    """One question, or the short column of the exit ticket.

    An answer is locked in before the solution is shown. What is answered lives in `state`, so it survives scrolling
    and a reload of the page; `on_answer` hears every finished answer once. Left alone, a card counts as skipped.

    Args:
        mode: "predict", "say" or "reflect".
        blocks: what is asked, in order (see `block`).
        lang: "en" or "ko".
        on_answer: called with a block's key and what was given, when an answer is locked in, kept or compared.

    >>> from dezero_lab.grading import Question, T
    >>> q = Question("P01", T("Is `1 + 1` 3?", "`1 + 1`은 3인가요?"), 1, T("It is 2.", "2입니다."),
    ...              [T("yes", "네"), T("no", "아니요")])
    >>> print(PredictCard("predict", [block(q)]))
    Predict P01
    Is `1 + 1` 3?
      a) yes
      b) no
    """

    _esm = STATIC / "predict_card.js"
    state = traitlets.Unicode("{}").tag(sync=True)

    def __init__(
        self,
        mode: str,
        blocks: list[dict[str, Any]],
        *,
        lang: Lang = "en",
        on_answer: Callable[[str, Given], None] | None = None,
    ):
        super().__init__({"mode": mode, "blocks": blocks}, lang=lang)
        self._on_answer = on_answer
        self._told: dict[str, Given] = {}
        self.observe(self._hear, "state")

    @classmethod
    def ask(cls, chapter: Chapter, question: Question) -> PredictCard:
        """The card of one question; a number or choice waits for "compare", a sentence is compared at once."""
        role = "say" if question.kind == "say" else "predict"
        return cls(
            role,
            [block(question, role)],
            lang=chapter.lang,
            on_answer=_recorder(chapter, {question.id: question}),
        )

    @classmethod
    def reflect(cls, chapter: Chapter) -> PredictCard:
        """The exit ticket: the chapter's first prediction again, its transfer question, a free note."""
        asked = {q.id: q for q in chapter.questions}
        blocks: list[dict[str, Any]] = []
        for q in [q for q in chapter.questions if q.id.startswith("P")][:1]:
            blocks.append(block(q, "again") | {"key": f"{q.id} again", "earlier": _earlier(chapter, q.id)})
        blocks += [block(q, "transfer") for q in chapter.questions if q.id.startswith("R")]
        blocks.append({"key": "note", "role": "note", "kind": "note", "prompt": None, "options": []})
        return cls("reflect", blocks, lang=chapter.lang, on_answer=_recorder(chapter, asked))

    @property
    def answers(self) -> dict[str, Given]:
        """What has been given so far, by key."""
        try:
            found = json.loads(self.state)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _hear(self, change: Any) -> None:
        for key, given in self.answers.items():
            if given.get("stage") is not None and given != self._told.get(key):
                self._told[key] = given
                if self._on_answer is not None:
                    self._on_answer(key, given)

    def text_form(self) -> str:
        lang: Lang = self.lang  # type: ignore[assignment]
        titles = {
            "predict": say(lang, "Predict", "예측"),
            "say": say(lang, "Say it in your words", "내 말로 설명하기"),
            "again": say(lang, "Once more", "다시 한번"),
            "transfer": say(lang, "One step further", "한 걸음 더"),
            "note": say(lang, "Anything worth keeping (TMI)", "남겨 둘 이야기 (TMI)"),
        }
        lines: list[str] = []
        for one in self.data["blocks"]:
            lines.append(
                f"{titles[one['role']]} {one['key'].split()[0] if one['role'] != 'note' else ''}".rstrip()
            )
            if one["prompt"]:
                lines.append(one["prompt"][lang])
            lines += [f"  {chr(97 + k)}) {option[lang]}" for k, option in enumerate(one["options"])]
        return "\n".join(lines)


def block(question: Question, role: str = "predict") -> dict[str, Any]:
    """A question as the browser needs it."""
    return {
        "key": question.id,
        "role": role,
        "kind": question.kind,
        "prompt": question.prompt.to_json(),
        "options": [option.to_json() for option in question.options],
        "answer": question.answer,
        "tolerance": question.tolerance,
        "reveal": question.reveal.to_json(),
    }


def _earlier(chapter: Chapter, id: str) -> float | None:
    found = chapter.progress.prediction(id)
    return found["answer"] if found is not None else None


def _recorder(chapter: Chapter, asked: dict[str, Question]) -> Callable[[str, Given], None]:
    """Writes a finished answer into the learner's record: once per stage, the repetition under its own name."""
    progress = chapter.progress

    def hear(key: str, given: Given) -> None:
        if key == "note":
            if str(given.get("text", "")).strip():
                progress.save_note(chapter.id, given["text"].strip())
            return
        question = asked[key.split()[0]]
        if given["stage"] == "skipped":
            progress.record_prediction(key, None, None)
        elif question.kind == "say":
            progress.record_prediction(key, given.get("text", ""), None, given.get("close"))
        elif given["stage"] == "locked" or key not in told:
            progress.record_prediction(
                key, given.get("value"), question.right(given.get("value")), given.get("sure")
            )
            told.add(key)

    told: set[str] = set()
    return hear
