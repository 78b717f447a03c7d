"""The learner's own classes on their way from chapter to chapter: what to keep, where to put it, does it stand alone."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .carry_over import collect, defined_names, put_back
from .namespace import cells
from .texts import say

if TYPE_CHECKING:
    from dezero_lab.grading import Exercise

    from .chapter import Chapter
    from .share_card import ShareCard


class OwnCode:
    """The code the learner wrote, as seen from one open chapter."""

    def __init__(self, chapter: Chapter):
        self.chapter = chapter
        self._carried: list[tuple[int, str]] = []  # (cells run before it, source) of what `load` put back
        self.given: dict[str, Any] = {}  # the objects that `load` put back: untouched, they are no attempt

    def source(self) -> str:
        """The learner's classes and functions as they are now, as source that stands alone."""
        ran = cells(self.chapter.namespace)
        for position, carried in reversed(self._carried):
            ran.insert(position, carried)
        return collect(ran, self.chapter.namespace, self._worth_keeping()).source

    def load(self, before: str) -> str:
        """Put back what was saved in chapter `before`, if its core checks passed. A sentence says what happened."""
        chapter = self.chapter
        start = say(
            chapter.lang,
            f"You start from the checkpoint of chapter {before}",
            f"{before}장 체크포인트 코드로 시작합니다",
        )
        saved = chapter.progress.saved_source(before)
        if saved is None:
            return start + say(
                chapter.lang,
                ". (Nothing of yours is saved from there yet: ch.save() at the end of a chapter does that.)",
                ". (아직 저장된 내 코드가 없습니다. 장 끝에서 ch.save()를 실행하면 저장됩니다.)",
            )
        missing = [e.id for e in exercises_of(before) if e.core and not chapter.progress.passed(e.id)]
        if missing:
            ids = ", ".join(missing)
            return start + say(
                chapter.lang,
                f": your own code is saved, but {ids} does not pass yet.",
                f". 내 코드는 저장되어 있지만 {ids} 연습을 아직 통과하지 못했습니다.",
            )
        try:
            put_back(
                saved, say(chapter.lang, f"<your chapter {before}>", f"<내 {before}장>"), chapter.namespace
            )
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            return start + say(
                chapter.lang, f": your saved code stopped with {what}", f". 저장된 코드가 멈췄습니다. {what}"
            )
        self._carried.append((len(cells(chapter.namespace)), saved))
        self.given = {
            name: chapter.namespace[name] for name in defined_names(saved) if name in chapter.namespace
        }
        names = ", ".join(defined_names(saved))
        return say(
            chapter.lang,
            f"Your own code from chapter {before} is loaded: {names}.",
            f"{before}장에서 저장한 내 코드를 불러왔습니다: {names}.",
        )

    def save(self) -> tuple[str, str]:
        """Store the source; returns what is stored now and a sentence about it.

        After a restart the notebook may have been run in part only. A save that would lose names of this chapter's
        exercises leaves the earlier one in place.
        """
        chapter = self.chapter
        source, before = self.source(), chapter.progress.saved_source(chapter.id) or ""
        names, asked = defined_names(source), {name for e in chapter.exercises for name in e.needs}
        lost = [name for name in defined_names(before) if name in asked and name not in names]
        if lost:
            missing = ", ".join(lost)
            return before, say(
                chapter.lang,
                f"Your earlier save stays: {missing} has not been defined since the kernel started. Run the notebook "
                "from the top, then save again.",
                f"앞서 저장한 코드를 그대로 둡니다. 커널을 시작한 뒤 아직 정의하지 않은 이름: {missing}. "
                "노트북을 처음부터 실행한 다음 다시 저장하세요.",
            )
        if not source:
            return "", say(
                chapter.lang,
                "Nothing of your own to save yet: no class or function was defined in this notebook.",
                "아직 저장할 내 코드가 없습니다. 이 노트북에서 정의한 클래스나 함수가 없습니다.",
            )
        chapter.progress.save_source(chapter.id, source)
        return source, say(
            chapter.lang,
            f"Saved for the next chapter: {', '.join(names)}.",
            f"다음 장을 위해 저장했습니다: {', '.join(names)}.",
        )

    def verify(self, card: ShareCard, source: str) -> None:
        """Run the core checks that passed once more on the saved source alone, and say the result on the card.

        In the notebook a check also sees names from cells that were deleted; the next chapter will not.
        """
        from dezero_lab.grading.verify import verify

        progress = self.chapter.progress
        for exercise in self.chapter.exercises:
            if exercise.core and self.keeps(exercise) and progress.passed(exercise.id):
                report = verify(exercise, source)
                if report.ok:
                    progress.record_check(report, verified=True)
                card.tell_verified(exercise.id, report)

    @staticmethod
    def keeps(exercise: Exercise) -> bool:
        """Whether `save` keeps what this exercise asks for: classes and functions, not a table of values."""
        defined = (ast.ClassDef, ast.FunctionDef)
        with suppress(FileNotFoundError):
            return any(isinstance(part, defined) for part in ast.parse(exercise.reference).body)
        return True

    def _worth_keeping(self) -> set[str] | None:
        """Names that the exercises so far ask for or that the stage after this chapter has. None: keep everything."""
        from dezero_lab.grading.exercise import given_module, public_names

        chapter = self.chapter
        names = {name for n in range(1, chapter.number + 1) for e in exercises_of(str(n)) for name in e.needs}
        names.update(name for e in chapter.exercises for name in e.needs)
        with suppress(ModuleNotFoundError):
            names.update(public_names(given_module(f"ch{chapter.number:02d}")))
        return names if chapter.exercises else None


def exercise_module(entry_id: str) -> int | str:
    """How `dezero_lab.exercises` calls a notebook.

    >>> exercise_module("7"), exercise_module("cA"), exercise_module("aB")
    (7, 'column_a', 'appendix_b')
    """
    if entry_id.isdigit():
        return int(entry_id)
    kind = {"c": "column_", "a": "appendix_"}.get(entry_id[0])
    return entry_id if kind is None else kind + entry_id[1:].lower()


def exercises_of(entry_id: str) -> Sequence[Exercise]:
    """The exercises of a notebook; none where nothing is graded."""
    from dezero_lab import exercises

    with suppress(KeyError):
        return exercises.chapter(exercise_module(entry_id))
    return ()
