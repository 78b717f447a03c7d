"""One Jupyter server and one browser page for all browser tests; every test gets a notebook of its own in it."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

pytest.importorskip("playwright")


def load(name):
    """Test folders are no packages here, so `import browser_driver` is made possible by hand."""
    spec = importlib.util.spec_from_file_location(f"browser_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


driver = load("driver")
load("gallery")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


def without_a_browser() -> None:
    """On a developer's machine these tests may be left out; in CI a missing browser is a failure."""
    if os.environ.get("CI"):
        pytest.fail("CI needs Chromium: install it, .ci/run shows how")
    pytest.skip("no Chromium on this machine")


@pytest.fixture(scope="session")
def _server(tmp_path_factory):
    if driver.browser_path() is None:
        without_a_browser()
    server = driver.Server(tmp_path_factory.mktemp("notebooks"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _page():
    if driver.browser_path() is None:
        without_a_browser()
    with driver.open_browser() as page:
        yield page


@pytest.fixture(scope="session")
def _lab(_server, _page):
    return driver.Lab(_server, _page)


@pytest.fixture
def lab(_lab):
    """JupyterLab, with nothing open; script errors on the page fail the test."""
    _lab.problems.clear()
    _lab.page.set_viewport_size({"width": 1280, "height": 900})
    yield _lab
    _lab.close()
    assert _lab.problems == []


@pytest.fixture
def page(_page):
    """A fresh page of the same browser, for files: it can reach nothing at all."""
    context = _page.context.browser.new_context(
        accept_downloads=True, viewport={"width": 1280, "height": 900}, offline=True
    )
    fresh = context.new_page()
    problems = []
    fresh.on("pageerror", lambda error: problems.append(str(error)))
    fresh.on("requestfailed", lambda r: problems.append(r.url) if driver.outside(r.url) else None)
    fresh.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield fresh
    context.close()
    assert problems == []
