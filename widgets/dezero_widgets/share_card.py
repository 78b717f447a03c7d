"""What `ch.save()` leaves behind: a card in Markdown, to post in a chat or a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._base import STATIC, LabWidget, dumps
from .carry_over import defined_names
from .texts import Lang, say

if TYPE_CHECKING:
    from dezero_lab.grading import Report

    from .chapter import Chapter


class ShareCard(LabWidget):
    """What was built, what was checked, what was predicted, and the learner's note; nothing else leaves the notebook.

    Args:
        title: of the chapter.
        lines: (label, text) pairs in the order shown.
        saved: sentence about what was stored for the next chapter. stored: something was.
        lang: "en" or "ko".

    >>> card = ShareCard("7 · Automating backpropagation", [("Checks", "E07.1 ✓")], saved="Saved.")
    >>> print(card.markdown)
    ### 7 · Automating backpropagation
    - **Checks** E07.1 ✓
    <BLANKLINE>
    """

    _esm = STATIC / "share_card.js"

    def __init__(
        self, title: str, lines: list[tuple[str, str]], *, saved: str, stored: bool = True, lang: Lang = "en"
    ):
        self.title = title
        self.lines = lines
        payload = {
            "title": title,
            "lines": [list(line) for line in lines],
            "saved": saved,
            "stored": stored,
            "verified": [],
        }
        super().__init__(payload | {"markdown": self.markdown}, lang=lang)

    @classmethod
    def of(cls, chapter: Chapter, source: str, saved: str = "") -> ShareCard:
        """The card of a chapter as the record stands now: the source that is stored, a sentence about it."""
        lang, progress = chapter.lang, chapter.progress
        lines: list[tuple[str, str]] = []
        names = defined_names(source)
        asked = {name for e in chapter.exercises for name in e.needs}
        if names:
            count = sum(1 for line in source.splitlines() if line.strip())
            built = ", ".join(f"`{name}`" for name in names if name in asked or not asked)
            lines.append(
                (say(lang, "Built", "만든 것"), built + say(lang, f" ({count} lines)", f" ({count}줄)"))
            )
        checks = [f"{e.id} {_standing(progress, e.id, lang)}" for e in chapter.exercises]
        if checks:
            lines.append((say(lang, "Checks", "확인"), " · ".join(checks)))
        guesses = [
            g for q in chapter.questions if q.id.startswith("P") for g in [_guess(progress, q.id, lang)] if g
        ]
        if guesses:
            lines.append((say(lang, "Predictions", "예측"), " · ".join(guesses)))
        said = [p["answer"] for q in chapter.questions if q.kind == "say" if (p := progress.prediction(q.id))]
        if said:
            lines.append((say(lang, "In my words", "내 말로"), " / ".join(map(str, said))))
        notes = progress.notes(chapter.id)
        if notes:
            lines.append(("TMI", notes[-1].replace("\n", " ")))
        title = chapter.greeting().splitlines()[0].rsplit(" · ", 1)[0]
        return cls(title, lines, saved=saved, stored=bool(source), lang=lang)

    @property
    def markdown(self) -> str:
        """The card as text to paste."""
        return "\n".join([f"### {self.title}", *(f"- **{label}** {text}" for label, text in self.lines), ""])

    def tell_verified(self, exercise: str, report: Report) -> None:
        """Add whether the saved source alone passes a check. May be called from another thread."""
        lang: Lang = self.lang  # type: ignore[assignment]
        if report.ok:
            text = say(
                lang,
                f"{exercise} passes in a fresh process too.",
                f"새 프로세스에서도 {exercise} 연습을 통과합니다.",
            )
        else:
            why = report.observation or (report.cause[1] if report.cause else None)
            text = say(
                lang,
                f"{exercise} passes here, but not from the saved code alone: does it need a name that was not saved?",
                f"{exercise} 연습은 여기서는 통과하지만 저장된 코드만으로는 통과하지 못합니다. 저장되지 않은 이름을 쓰나요?",
            )
            text += f" ({why[lang]})" if why is not None else ""
        data = self.data
        data["verified"].append({"ok": report.ok, "text": text})
        self.payload = dumps(data)

    def text_form(self) -> str:
        return f"{self.data['saved']}\n\n{self.markdown}".strip()


def _standing(progress: Any, exercise: str, lang: Lang) -> str:
    if not progress.passed(exercise):
        return "–"
    helped = progress.helped(exercise)
    hints = max([int(what.split()[1]) for what in helped if what.startswith("hint ")], default=0)
    if "solution" in helped:
        return "✓ " + say(lang, "(with a solution)", "(풀이 참고)")
    if hints:
        return "✓ " + say(lang, f"(hints: {hints})", f"(힌트 {hints}개)")
    return "✓"


def _guess(progress: Any, question: str, lang: Lang) -> str | None:
    found = progress.prediction(question)
    if found is None or found["right"] is None:
        return None
    return f"{question} " + (
        say(lang, "right", "맞음") if found["right"] else say(lang, "surprised", "빗나감")
    )
