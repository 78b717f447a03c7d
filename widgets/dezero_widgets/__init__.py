"""The Jupyter widgets of dezero_lab: `import dezero_widgets as lab`.

`ch = lab.chapter(7)` opens a chapter; everything else in a notebook is a method of `ch`. `lab.course_map()` is the
start page, `lab.doctor()` looks at the installation.
"""

from .chapter import Chapter, chapter
from .course_map import course_map
from .doctor import doctor

__all__ = ["Chapter", "chapter", "course_map", "doctor"]
