"""The build itself: what it writes, that it is what is committed, and every mistake of an author it refuses."""

from __future__ import annotations

import ast
import importlib
import json
import re
import shutil
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]

CONCEPTS = Path("widgets") / "dezero_widgets" / "concepts.json"
SOURCE = """---
chapter: 1
slug: probe
title: {en: Variables as boxes, ko: 상자로서의 변수}
goal: {en: A goal., ko: 목표입니다.}
minutes: 15
new: [var.box]
needs: [py.class]
---

<!-- en: hook -->
A hook with 3 words.
<!-- ko: hook -->
낱말 3개로 된 도입입니다.
<!-- both -->
```python
import numpy as np

ch = lab.chapter(1)
```
```python
class Variable:
    # BEGIN SOLUTION E01.1
    def __init__(self, data):
        self.data = data
    # BLANK
    #| pass  # en: your turn | ko: 여기를 채우세요
    # END SOLUTION
```
```python
ch.check("E01.1")
```
<!-- en: deeper -->
## Deeper
More.
<!-- ko: deeper -->
## 더 깊이
더 있습니다.
"""


@pytest.fixture
def project(build, tmp_path):
    """A course with one small chapter: `project(text)` builds the Course for that source."""

    def make(text: str = SOURCE, name: str = "01_probe.md", **more: str):
        source = tmp_path / "chapters" / "src"
        source.mkdir(parents=True, exist_ok=True)
        (tmp_path / CONCEPTS).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / CONCEPTS, tmp_path / CONCEPTS)
        for file, body in {name: text, **{f"{k}.md": v for k, v in more.items()}}.items():
            (source / file).write_text(body, encoding="utf-8")
        return build.Course(tmp_path / "chapters")

    return make


def problems(course, key: str = "01") -> str:
    from _build.lint import lint

    return "\n".join(lint(course, course.chapters[key]))


def cells(course, lang: str = "en", solved: bool = False, key: str = "01"):
    return json.loads(course.notebook(course.chapters[key], lang, solved))["cells"]


def text_of(cell) -> str:
    return "".join(cell["source"])


def test_what_is_committed_is_what_the_build_writes(build, capsys):
    assert build.main(["--check"]) == 0, capsys.readouterr().err


def test_check_notices_a_changed_byte_and_an_orphan(build, project, monkeypatch, capsys):
    course = project()
    monkeypatch.setattr(build, "HERE", course.folder)
    monkeypatch.setattr(build, "PACKAGE", course.folder.parent / "dezero_lab")
    assert build.main(["--draft"]) == 0
    assert build.main(["--check", "--draft"]) == 0
    capsys.readouterr()
    notebook = course.folder / "ko" / "01_probe.ipynb"
    notebook.write_bytes(notebook.read_bytes() + b"\n")
    (course.folder / "en" / "99_gone.ipynb").write_text("{}")
    assert build.main(["--check", "--draft"]) == 1
    said = capsys.readouterr().err
    assert "ko/01_probe.ipynb is not what" in said
    assert "99_gone.ipynb" in said


def test_two_builds_give_the_same_bytes(build, course):
    again = build.Course(course.folder)
    assert again.files(again.chapters.values()) == course.files(course.chapters.values())


def test_every_notebook_is_valid_and_without_outputs(course):
    files = {
        path: text for path, text in course.files(course.chapters.values()).items() if path.suffix == ".ipynb"
    }
    assert len(files) == 2 * len(course.chapters)
    for text in files.values():
        book = nbformat.reads(text, as_version=4)
        nbformat.validate(book)
        assert nbformat.writes(book) + "\n" == text, "not the form in which Jupyter itself saves"
        assert "widgets" not in book.metadata
        for cell in book.cells:
            if cell.cell_type == "code":
                assert cell.outputs == []
                assert cell.execution_count is None


def test_cell_ids_name_chapter_language_and_position(project):
    ids = [cell["id"] for cell in cells(project(), "ko")]
    assert ids[:3] == ["ch01-ko-00", "ch01-ko-01", "ch01-ko-02"]
    assert len(set(ids)) == len(ids)


def test_title_cell_has_chips_and_links_to_chapters_that_exist(project):
    english, korean = (text_of(cells(project(), lang)[0]) for lang in ("en", "ko"))
    assert english.startswith(
        "# 1 · Variables as boxes\n\nA goal.\n\n15 minutes  \nNew: **variable as a box around data**"
    )
    assert "You need: class and instance" in english  # the primer is not written in this course: no link
    assert korean.startswith("# 1 · 상자로서의 변수")


def test_blank_shows_the_starter_and_solved_shows_the_solution(project):
    course = project()
    blank = next(text_of(c) for c in cells(course) if "class Variable" in text_of(c))
    assert blank == "class Variable:\n    pass  # your turn"
    korean = next(text_of(c) for c in cells(course, "ko") if "class Variable" in text_of(c))
    assert korean == "class Variable:\n    pass  # 여기를 채우세요"
    solved = next(text_of(c) for c in cells(course, solved=True) if "class Variable" in text_of(c))
    assert solved == "class Variable:\n    def __init__(self, data):\n        self.data = data"


def test_without_blank_lines_the_starter_is_three_dots(project):
    course = project(re.sub(r"    # BLANK\n    #\|.*\n", "", SOURCE))
    assert any(text_of(c) == "class Variable:\n    ...  # your turn" for c in cells(course))


def test_korean_notebooks_ask_for_korean(project):
    starts = {lang: [text_of(c) for c in cells(project(), lang)] for lang in ("en", "ko")}
    assert any('ch = lab.chapter(1, lang="ko")' in text for text in starts["ko"])
    assert not any("lang=" in text for text in starts["en"])


def test_deeper_is_folded_under_its_heading(project):
    heading, body = cells(project())[-2:]
    assert text_of(heading) == "## Deeper"
    assert heading["metadata"] == {"jp-MarkdownHeadingCollapsed": True, "tags": ["deeper"]}
    assert text_of(body) == "More."


SECOND = """---
chapter: 2
slug: second
title: {en: Second, ko: 둘째}
goal: {en: A goal., ko: 목표입니다.}
minutes: 5
---
<!-- both -->
```python
from dezero_lab.stages.ch01 import Variable, Square
```
```python
class Variable(Variable):
    # BEGIN SOLUTION E02.1
    def double(self):
        return 2 * self.data
    # END SOLUTION
```
"""
FIRST = SOURCE.replace(
    '```python\nch.check("E01.1")',
    "```python\nclass Square(Variable):\n    @property\n    def value(self):\n        return self.data ** 2\n```\n"
    '```python\nch.check("E01.1")',
)


def test_stage_modules_fold_continued_classes_and_run_alone(build, project):
    course = project(FIRST, **{"02_second": SECOND})
    source = course.engines[2].module(course.chapters["02"])
    assert source.count("class Variable") == 1
    space: dict = {"__name__": "stage"}
    exec(compile(source, "stage", "exec"), space)  # noqa: S102 - the build's own output
    assert space["Variable"](np.array(2.0)).double() == 4.0
    assert space["Square"](np.array(3.0)).double() == 6.0, "the subclass must follow the newer base"
    assert space["Square"](np.array(3.0)).value == 9.0
    assert space["__all__"] == ["Variable", "Square"]


def test_a_class_that_would_use_an_older_one_is_refused_until_it_is_carried(project):
    course = project(FIRST, **{"02_second": SECOND})
    assert "Square still uses the older Variable; repeat it with <!-- carry: Square -->" in problems(
        course, "02"
    )
    carried = SECOND + "\n<!-- carry: Square -->\n"
    course = project(FIRST, **{"02_second": carried})
    assert "still uses" not in problems(course, "02")
    last = cells(course, "ko", key="02")[-1]
    assert last["metadata"]["jupyter"] == {"source_hidden": True}
    assert "class Square(Variable):" in text_of(last)
    reference = next(
        t for p, t in course.files([course.chapters["02"]]).items() if p.match("solutions/E02_1.py")
    )
    assert "class Square(Variable):" in reference, (
        "what is carried behind an exercise belongs to its reference"
    )


def test_keeps_and_drops(project):
    course = project(FIRST.replace("minutes: 15", "minutes: 15\nkeeps: [Variable]"))
    assert list(course.engines[1].definitions) == ["Variable"]
    course = project(FIRST, **{"02_second": SECOND.replace("minutes: 5", "minutes: 5\ndrops: [Square]")})
    assert list(course.engines[2].definitions) == ["Variable"]


def test_reference_and_starter_files(project):
    course = project()
    files = {
        path.name: text
        for path, text in course.files(course.chapters.values()).items()
        if path.suffix == ".py"
    }
    assert set(files) == {"E01_1.py", "ch01.py"}
    by_folder = {path.parent.name: text for path, text in course.files(course.chapters.values()).items()}
    assert "self.data = data" in by_folder["solutions"]
    assert "pass  # your turn" in by_folder["starters"]
    assert "self.data" not in by_folder["starters"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("낱말 3개로 된 도입입니다.", "Three words, 3.", "the Korean block has no Hangul"),
        (
            "A hook with 3 words.",
            "A hook with 4 words.",
            "numbers differ: only English ['4'], only Korean ['3']",
        ),
        ("A hook with 3 words.", "A hook with 3 " + "words " * 150, "words (en) between two actions"),
        ("goal: {en: A goal., ko: 목표입니다.}", "goal: {en: A goal.}", "front matter: goal needs en and ko"),
        ("minutes: 15", "minutes: 16", "minutes is 16; the course map says 15"),
        ("ko: 상자로서의 변수}", "ko: 상자}", "ko is '상자'; the course map says '상자로서의 변수'"),
        ("new: [var.box]", "new: [var.bax]", "the concept var.bax is not on the course map"),
        ("ch = lab.chapter(1)", "ch = lab.chapter(1", "blank code does not parse"),
        ("ch = lab.chapter(1)", "def __init__(self, data):\n    self.data = data", "the solution of E01.1"),
        (
            "import numpy as np",
            "from dezero_lab.stages.ch02 import Variable",
            "imports stage 2, which is still ahead",
        ),
        ("    # END SOLUTION\n", "    # END SOLUTION\n\n\nprint(1)\n", "a call beside a solution"),
        ("A hook with 3 words.", "훅 hook with 3 words.", "the English block contains Hangul"),
        ('ch.check("E01.1")', 'ch.check("E01.7")', "does not define E01.7"),
    ],
)
def test_the_build_refuses(project, old, new, said):
    assert old in SOURCE
    assert said in problems(project(SOURCE.replace(old, new, 1)))


def test_missing_template_cells_are_named(project):
    said = problems(project())
    for role in ("predict", "idea", "step", "say", "break", "connect", "reflect", "save", "presenter"):
        assert f"no {role} cell" in said
    assert "no hook cell" not in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<!-- ko: hook -->\n낱말 3개로 된 도입입니다.\n", "", "an English block without a Korean one"),
        ("<!-- en: hook -->\nA hook with 3 words.\n", "", "a Korean block without an English one"),
        ("A hook with 3 words.", "A hook.\n```python\n1\n```", "do not have the same cells"),
        ("    # END SOLUTION\n", "", "BEGIN SOLUTION without END SOLUTION"),
        (
            '```python\nch.check("E01.1")\n```\n',
            '```python\nch.check("E01.1")\n',
            "this code block is not closed",
        ),
        ("<!-- en: hook -->", "stray\n<!-- en: hook -->", "text outside a language block"),
        ("---\nchapter: 1", "chapter: 1", "must open with front matter"),
    ],
)
def test_sources_that_cannot_be_read_name_file_and_line(build, project, old, new, said):
    assert old in SOURCE
    with pytest.raises(build.SourceError, match=said) as caught:
        project(SOURCE.replace(old, new, 1)).chapters  # noqa: B018
    assert re.match(r"01_probe\.md:\d+: ", str(caught.value))


def test_every_rule_holds_for_the_course(course):
    from _build.lint import lint

    assert [problem for chapter in course.chapters.values() for problem in lint(course, chapter)] == []


def test_exercises_and_text_are_paired_both_ways(project, course):
    """A definition without text, on a copy of the real chapter 1 whose second exercise was cut out."""
    source = course.chapters["01"].path.read_text(encoding="utf-8")
    cut = re.sub(r" +# BEGIN SOLUTION E01\.2\n(.*?) +# END SOLUTION", r"\1", source, flags=re.DOTALL)
    assert cut != source
    path = project(cut).folder.parent / "dezero_lab" / "exercises" / "ch01.py"
    path.parent.mkdir(parents=True)
    path.write_text("", encoding="utf-8")  # the definitions come from the installed package
    assert "E01.2 is defined in dezero_lab/exercises/ch01.py and has no solution here" in problems(
        project(cut)
    )


def test_stage_modules_need_numpy_only_and_list_their_names(course):
    for number, engine in course.engines.items():
        if number == 0:
            continue
        module = importlib.import_module(f"dezero_lab.stages.ch{number:02d}")
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        used = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        used |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert {name.split(".")[0] for name in used} <= {"numpy", *sys.stdlib_module_names}
        assert set(module.__all__) == {name for name in engine.definitions if "." not in name}
        assert all(hasattr(module, name) for name in module.__all__)


def test_links_between_notebooks_lead_somewhere(course):
    names = set(course.links.values())
    for path, text in course.files(course.chapters.values()).items():
        if path.suffix == ".ipynb":
            assert set(re.findall(r"\]\((\w+\.ipynb)", text)) <= names, path.name
