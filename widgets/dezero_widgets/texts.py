"""Short sentences the kernel half says itself, in English and Korean.

What a widget shows in the browser is in `ts/strings/`; what the course teaches is in the chapters. Here are
the lines that `ch.load()`, `ch.check(...)` and friends print.
"""

from __future__ import annotations

from typing import Literal

Lang = Literal["en", "ko"]


def say(lang: Lang, en: str, ko: str) -> str:
    """Pick the sentence of the reader's language.

    >>> say("en", "saved", "저장했습니다")
    'saved'
    """
    return ko if lang == "ko" else en
