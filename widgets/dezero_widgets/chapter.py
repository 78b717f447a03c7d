"""`ch = lab.chapter(7)`: one chapter, opened in the learner's notebook.

Everything a notebook does with the lab goes through this object. Its methods are short on purpose: each opens one view
or one record and leaves the work to the module that owns it. Whatever goes wrong on our side becomes one readable
line; the learner's cell never sees our exception.
"""

from __future__ import annotations

import importlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from dezero_lab.grading.guard import Guard, Stopped

from .concepts import Entry, load_course
from .namespace import Names, interactive, learner_names
from .own_code import OwnCode, exercise_module, exercises_of
from .texts import Lang, say

if TYPE_CHECKING:
    from dezero_lab.grading import Exercise, Question
    from dezero_lab.grading.progress import Progress

    from .exercise_panel import ExercisePanel
    from .grad_table import GradTable
    from .predict_card import PredictCard
    from .share_card import ShareCard
    from .step_block import StepBlock

log = logging.getLogger("dezero_lab")
VIEW_SECONDS = (
    30.0  # a view that runs the learner's code up front needs a second or two; more means an endless loop
)


def chapter(n: int | str, lang: Lang = "en") -> Chapter:
    """Open chapter `n` (1 to 60), or a column ("cA"), appendix ("aA"), primer ("p1") or bridge ("x1").

    Args:
        n: the number, or the id of another notebook.
        lang: "en" or "ko".

    Raises:
        ValueError: no such chapter or language; the text says which there are.

    >>> ch = chapter(7)
    Chapter 7 · Automating backpropagation · 25 min
    """
    names = learner_names(sys._getframe(1))
    opened = Chapter(n, lang, names)
    print(opened.greeting())
    return opened


class Chapter:
    """One open chapter. Make it with `lab.chapter(n)`.

    Attributes:
        id: "7", "cA", ...
        number: the chapter's number; for a column or appendix, of the chapter before it.
        lang: "en" or "ko".
        namespace: the dict that holds the learner's names.
    """

    def __init__(self, n: int | str, lang: Lang, namespace: Names):
        if lang not in ("en", "ko"):
            raise ValueError(f'lang is {lang!r}; it must be "en" or "ko". Try lang="ko" for Korean.')
        course = load_course()
        try:
            self.entry: Entry = course.entry(str(n))
        except KeyError:
            raise ValueError(
                f"there is no chapter {n!r}; chapters are 1 to 60, columns cA to cE, appendices aA to aC. "
                "Try lab.chapter(1)."
            ) from None
        self.id = self.entry.id
        before = course.previous(self.id)
        self.before = before.id if before is not None else None
        self.number = int(self.id if self.entry.numbered else self.before or 0)
        self.lang: Lang = lang
        self.namespace = namespace

    # What the chapter consists of

    @cached_property
    def exercises(self) -> Sequence[Exercise]:
        """The exercises of this chapter, in order. Empty where none are graded."""
        return exercises_of(self.id)

    @cached_property
    def questions(self) -> Sequence[Question]:
        """Predictions (P), say-it questions (S) and transfer questions (R) of this chapter."""
        from dezero_lab import exercises

        with suppress(KeyError):
            return exercises.questions(exercise_module(self.id))
        return ()

    @cached_property
    def progress(self) -> Progress:
        """The learner's record, opened once."""
        from dezero_lab.grading.progress import Progress

        return Progress.open()

    def greeting(self) -> str:
        """The line under `lab.chapter(n)`: what this is and, after a look at the installation, what does not work."""
        kind = say(self.lang, f"Chapter {self.id}", f"{self.id}장")
        if not self.entry.numbered:
            kind = self.id
        minutes = say(self.lang, f"{self.entry.minutes} min", f"{self.entry.minutes}분")
        parts = [kind, self.entry.title(self.lang), minutes]
        return "\n".join([" · ".join(parts), *self._self_check()])

    def _self_check(self) -> list[str]:
        """Sentences about what is missing here; no network, well under a second."""
        found: list[str] = []
        if int(np.__version__.split(".")[0]) < 2:
            found.append(
                say(
                    self.lang,
                    f"NumPy {np.__version__} is too old for the chapters; 2.0 or newer is needed.",
                    f"NumPy {np.__version__} 버전은 너무 오래되었습니다. 2.0 이상이 필요합니다.",
                )
            )
        with self.quietly():
            if self.progress.message is not None:
                found.append(self.progress.message[self.lang])
        return found

    def __repr__(self) -> str:
        ids = ", ".join([*(q.id for q in self.questions), *(e.id for e in self.exercises)])
        return f"{self.greeting().splitlines()[0]}\n{ids}" if ids else self.greeting().splitlines()[0]

    # The learner's own code, from chapter to chapter

    @cached_property
    def own(self) -> OwnCode:
        """The learner's own classes: carried over from the chapter before, saved for the next one."""
        return OwnCode(self)

    def load(self) -> None:
        """Put the learner's own classes of the chapter before into the notebook, if its core checks passed.

        Otherwise the checkpoint classes that the first cell imported stay. One printed line says which it is.
        """
        if self.before is not None:
            with self.quietly():
                print(self.own.load(self.before))

    def save(self) -> ShareCard | None:
        """Keep the learner's own classes for the next chapter, and show the share card."""
        with self.quietly():
            from .share_card import ShareCard

            source, said = self.own.save()
            card = ShareCard.of(self, source, said)
            if source and interactive():
                threading.Thread(target=self.own.verify, args=(card, source), daemon=True).start()
            return _hand_over(card)
        return None

    # Questions

    def predict(self, id: str | None = None) -> PredictCard | None:
        """The prediction `id` ("P07"), or the chapter's first."""
        return self._card("P", id)

    def say(self, id: str | None = None) -> PredictCard | None:
        """The say-it question `id` ("S07"): one line in your own words, beside a model sentence."""
        return self._card("S", id)

    def reflect(self) -> PredictCard | None:
        """The exit ticket: the prediction again, one transfer question, a free note."""
        with self.quietly():
            from .predict_card import PredictCard

            return _hand_over(PredictCard.reflect(self))
        return None

    def _card(self, prefix: str, id: str | None) -> PredictCard | None:
        with self.quietly():
            mine = [q for q in self.questions if q.id.startswith(prefix)]
            question = mine[0] if id is None and mine else self._find(id or prefix, mine)
            if question is not None:
                from .predict_card import PredictCard

                return _hand_over(PredictCard.ask(self, question))
        return None

    # Checks

    def check(self, id: str) -> ExercisePanel | None:
        """Check the exercise `id` ("E07.1") on the names in the notebook."""
        with self.quietly():
            exercise = self._find(id, self.exercises)
            if exercise is not None:
                from .exercise_panel import ExercisePanel

                return _hand_over(ExercisePanel.check(self, exercise))
        return None

    def verify(self, id: str) -> ExercisePanel | None:
        """Check the exercise on the saved source alone, in a fresh process with time and memory limits."""
        with self.quietly():
            exercise = self._find(id, self.exercises)
            if exercise is not None:
                from .exercise_panel import ExercisePanel

                return _hand_over(ExercisePanel.verify(self, exercise))
        return None

    def _find(self, id: str, among: Sequence[Any]) -> Any | None:
        """The exercise or question with this id. Prints what there is when there is none."""
        for one in among:
            if one.id.lower() == str(id).lower():
                return one
        ids = ", ".join(one.id for one in among) or "-"
        print(
            say(
                self.lang,
                f"{id!r} is not in chapter {self.id}. There are: {ids}.",
                f"{self.id}장에 {id!r} 항목은 없습니다. 고를 수 있는 것: {ids}.",
            )
        )
        return None

    # Views

    def step(
        self,
        title: str | None = None,
        compare: str | None = None,
        predict: bool = False,
        detail: str = "events",
    ) -> StepBlock:
        """`with ch.step():` records the block on your own classes, then opens the step player.

        Args:
            title: shown above the graph; the block's own lines by default.
            compare: "stage 7" or a fault such as "W07.2a": runs the same lines on that engine too.
            predict: hide each gradient until it is guessed.
            detail: "events", or "lines" to stop at every line of `backward`.
        """
        from .step_block import StepBlock

        return StepBlock(self, title, compare, predict, detail)

    def graph(self, output: Any = None, **options: Any) -> Any:
        """`with ch.graph():` a graph that grows while the block runs; `ch.graph(y)` what `y` links to."""
        module = "live_graph" if output is None else "linked_view"
        return self._view(module, *([] if output is None else [output]), **options)

    def break_it(self, wrong_id: str, block: Callable[[], Any] | None = None) -> Any:
        """The step player on an engine with one listed fault: on the case that betrays it, or on your block."""
        with self.quietly():
            from .broken_engine import break_it

            return break_it(self, wrong_id, block)
        return None

    def gradients(self, *names: str, y: str = "y", f: Callable[..., Any] | None = None) -> GradTable | None:
        """Your gradients of the named variables beside the numerical ones."""
        with self.quietly():
            from .grad_table import GradTable

            return _hand_over(GradTable.of(self, names, y=y, f=f))
        return None

    def _view(self, module: str, *args: Any, **kwargs: Any) -> Any:
        """A view that runs the learner's code up front: an endless loop in it must not hang the notebook."""
        with self.quietly():
            show = importlib.import_module(f".{module}", __package__).show
            try:
                with Guard(VIEW_SECONDS):
                    return show(self, *args, **kwargs)
            except Stopped:
                print(
                    say(
                        self.lang,
                        f"This view was stopped after {VIEW_SECONDS:g} seconds: the code that it runs does not come to an "
                        "end. Run that code in `with ch.step():` to see where it goes round.",
                        f"이 화면이 실행하는 코드가 {VIEW_SECONDS:g}초 안에 끝나지 않아 멈췄습니다. "
                        "그 코드를 `with ch.step():` 안에서 실행하면 어디에서 도는지 볼 수 있습니다.",
                    )
                )
        return None

    def boxes(self, *args: Any, **options: Any) -> Any:
        """Names, boxes and the arrays in them: to play with, or a snapshot of the names given."""
        return self._view("box_view", *args, **options)

    def machine(self, *args: Any, **options: Any) -> Any:
        """Four beats of a call: open the box, take the array, apply the formula, wrap the result."""
        return self._view("machine_view", *args, **options)

    def secant(self, *args: Any, **options: Any) -> Any:
        """A curve, its secant, a step-size slider, and the valley of the error."""
        return self._view("secant_view", *args, **options)

    def lanes(self, *args: Any, **options: Any) -> Any:
        """Values running right and derivatives running left along one chain."""
        return self._view("lanes_view", *args, **options)

    def order(self, *args: Any, **options: Any) -> Any:
        """Functions to drag into the order of the backward calls; every order is run on your classes."""
        return self._view("order_view", *args, **options)

    def stack(self, *args: Any, **options: Any) -> Any:
        """The call stack of a recursive `backward` beside the work list of a loop."""
        return self._view("stack_view", *args, **options)

    def queue(self, *args: Any, **options: Any) -> Any:
        """The work list of your `backward`: pushes, pops, generations, refused duplicates."""
        return self._view("queue_view", *args, **options)

    def types(self, *args: Any, **options: Any) -> Any:
        """The type that travels on every wire of a function."""
        return self._view("types_view", *args, **options)

    def wall(self, *args: Any, **options: Any) -> Any:
        """Eight engines, one of them right; your tests switch the lamps."""
        return self._view("engine_wall", *args, **options)

    def modes(self, *args: Any, **options: Any) -> Any:
        """One function differentiated forward, by formula and backward."""
        return self._view("modes_view", *args, **options)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Turn our own errors into one line. What is interrupted by the learner stays interrupted."""
        try:
            yield
        except Exception as error:
            log.debug("in chapter %s", self.id, exc_info=True)
            what = f"{type(error).__name__}: {error}"
            print(
                say(
                    self.lang,
                    f"This view could not be shown ({what}). Your code and its results are untouched.",
                    f"이 화면을 표시하지 못했습니다({what}). 여러분의 코드와 결과는 그대로입니다.",
                )
            )


def _hand_over(view: Any) -> Any:
    """The view itself; outside a notebook nobody would display it, so its text is printed."""
    if not interactive():
        print(repr(view))
    return view
