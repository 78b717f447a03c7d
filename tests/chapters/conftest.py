"""chapters/build.py is a script, not a package: load it once, the way `python chapters/build.py` does."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def build():
    sys.path.insert(0, str(ROOT / "chapters"))
    try:
        yield importlib.import_module("build")
    finally:
        sys.path.remove(str(ROOT / "chapters"))


@pytest.fixture(scope="session")
def course(build):
    return build.Course(ROOT / "chapters")
