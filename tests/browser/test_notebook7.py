"""Notebook 7, the other classic front end: a chapter opens, runs by its menu, and steps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from browser_driver import outside

SOURCE = Path(__file__).parents[2] / "chapters" / "en" / "07_automating_backpropagation.ipynb"
OWN = "Cannot read properties of undefined (reading 'schema')"  # Notebook 7.6 itself says this when it starts

# The kernel counts as idle for a moment before it is even asked for.
SETTLED = """() => {
  const idle = document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle';
  window.__since = idle ? window.__since ?? performance.now() : null;
  return idle && performance.now() - window.__since > 1500;
}"""


@pytest.fixture
def notebook(_server, _page):
    shutil.copy(SOURCE, _server.root / "notebook7.ipynb")
    context = _page.context.browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda r: problems.append(r.url) if outside(r.url) else None)
    page.goto(_server.url("notebooks/notebook7.ipynb"))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_function(SETTLED, timeout=60_000)
    yield page
    context.close()
    assert [p for p in problems if OWN not in p] == []


def test_a_chapter_opens_runs_and_steps(notebook):
    page = notebook
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    player = page.locator(".jp-CodeCell", has_text="ch.break_it(").locator(".dzl-player")
    player.wait_for(timeout=60_000)
    player.locator(".dzl-title").click()
    last = int(player.get_by_role("slider").get_attribute("aria-valuemax")) - 1
    page.keyboard.press("End")
    assert int(player.get_attribute("data-step")) == last > 5
    before = page.locator(".jp-Notebook .jp-Cell").count()
    for key in "dda":  # Notebook 7 would delete the cell
        page.keyboard.press(key)
    page.keyboard.press("ArrowLeft")
    assert int(player.get_attribute("data-step")) == last - 1
    assert page.locator(".jp-Notebook .jp-Cell").count() == before
