"""Checks of what learners write. The engine; the exercises themselves are in `dezero_lab.exercises`.

How to write an exercise (author's guide)
-----------------------------------------
An exercise is data and one function; `dezero_lab/exercises/ch06.py` to `ch08.py` are worked examples::

    def check_square(c: Check) -> None:
        Square, Variable = c.get("Square", "Variable")            # the learner's own; missing = not attempted
        for x in c.scalars():
            for gy in c.upstreams():                              # never one
                with c.case(BACKWARD, "f = Square(); f(Variable(np.array({x}))); f.backward({gy})", x=x, gy=gy) as case:
                    def one_step(x=x, gy=gy):
                        f = Square()
                        f(Variable(np.array(x)))
                        return f.backward(np.array(gy))
                    gx = case.run(one_step)                            # what "show in the graph" replays
                    case.gradient(gx, of=lambda t: t**2, at=x, upstream=gy, name="gx")

    EXERCISES = [
        Exercise(
            id="E06.1", title=T("...", "..."), needs=("Square",), given="ch05", core=True, check=check_square,
            wrongs=[
                Wrong("W06.1a", [("2 * x * gy", "2 * x")], T("hint", "힌트")),  # replace a piece of the reference
                Wrong("W06.3a", [("-gy", "gy")], "D02"),                     # the generic text says it already
            ],
            hints=(T("where", ...), T("why", ...), T("what, in words", ...)),
        )
    ]

Rules that make it work:

* **A case** is one situation. An exception of the learner's code inside `with c.case(...)` makes the case fail and the
  check goes on. Cases with one title become one row of the report, so a title names the idea, not the numbers.
  Create the learner's objects inside the block. Inputs given as keywords must not be changed by the learner (D11).
* **Assertions** are `gradient close equal shape dtype type identity true raises unchanged twice`; each takes a `name` that
  reads like the learner's code, and where useful `text=T(...)` (what was seen) and `cause="D12"` or `cause=T(...)`.
  They compare plain arrays: pass `x.grad` (or `x.grad.data` from chapter 32 on), never a Variable.
* **Everything asserted is also observed.** A wrong answer is recognised when it produces the same observations as the
  learner on two seeds. If two wrong answers give the same numbers, add `case.observe("visits", n)` that tells them apart,
  or declare `alike=("W16.1b",)` and give both the same hint. The observations must not depend on how a correct program is
  written.
* **The starter must not look like a wrong answer.** Observations equal to the starter's mean "not attempted".
* **Loops that may never end** get `c.case(..., visits=100 * n)`: more `backward` calls than that are D14.
* **Draw inputs** with `c.number(low, high)`, `c.array(shape)`, `c.integers`, `c.choice`, `c.shuffled`, or take the sets `c.scalars()`,
  `c.upstreams()`, `c.shapes()`, `c.broadcast_pairs()`, `c.axes()`, `c.matrix_pairs()`; never from `np.random` directly: draws
  are repeated rounded to find the smallest failing input. Put the simple cases first.
* `shares=[...]` of `gradient` are the contributions of single paths (D06, D07); `c.case(..., shared=True)` where a variable is
  used several times: there a constant ratio proves nothing and is not named as the cause.
* `case.watch(Square, Exp)` follows the calls of these classes; the order is observed, so that answers that fail with the same
  error can be told apart. `grading.graphs` has the fixed and random graphs for engines from chapter 13 on (`fixed()`,
  `random_graph(c)`), `grading.fresh.run_fresh` runs scripts and packages in a Python of their own.
* `Wrong(..., accepted=True)` passes and its hint is shown as a note, if an observation tells it from the reference.
* A check should take milliseconds: wrong answers are run with it.

`python -m dezero_lab.grading.proof ch06 --seeds 200` proves a chapter: blank is "not attempted", the reference passes, every
wrong answer gets its own hint in both languages.
"""

from dezero_lab.grading.checks import Case, Check
from dezero_lab.grading.exercise import Exercise, Question, T, Wrong
from dezero_lab.grading.report import Report
from dezero_lab.grading.runner import grade

__all__ = ["Case", "Check", "Exercise", "Question", "Report", "T", "Wrong", "grade"]
