"""Every widget against axe-core in both themes, with motion turned off, and by Tab from one side to the other.

The keys of the step player, the panel and the small views inside JupyterLab are tested where those views are.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from browser_gallery import WIDGETS, pose, show

AXE = Path(__file__).parents[2] / "widgets" / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = """axe.run('#view', {resultTypes: ['violations']}).then((found) => found.violations
  .filter((v) => v.impact === 'serious' || v.impact === 'critical')
  .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`)))"""
RUNNING = "document.getAnimations().filter((a) => a.playState === 'running').length"
NOTHING_TO_PRESS = {"live", "panel_open", "gradients", "panel_matrix", "types"}


def violations(page):
    assert AXE.exists(), "axe-core is missing: run `npm ci` in widgets/"
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(VIOLATIONS)


def tab_through(page):
    """Press Tab from before the widget until it is behind it: the stops inside, or None when it never gets out."""
    page.evaluate("""() => {
      const [before, after] = ['before', 'after'].map((id) => Object.assign(document.createElement('button'), {id}));
      document.body.prepend(before);
      document.body.append(after);
      before.focus();
    }""")
    for stops in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "after":
            return stops
    return None


@pytest.mark.parametrize("name", WIDGETS)
def test_nothing_serious_in_either_theme_nothing_moves_and_tab_passes(page, name):
    page.emulate_media(reduced_motion="reduce")
    show(page, WIDGETS[name]("en"))
    pose(page, name, settle=0)
    assert page.evaluate(RUNNING) == 0
    assert violations(page) == []
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    page.wait_for_selector("#view .dzl[data-theme=dark]")
    assert violations(page) == []
    stops = tab_through(page)
    assert stops is not None
    assert stops > 0 or name in NOTHING_TO_PRESS


@pytest.mark.parametrize("tab", ["Values", "DOT", "Table"])
def test_nothing_serious_in_the_other_panes_of_the_player(page, tab):
    show(page, WIDGETS["player"]("en"))
    pose(page, "player")
    page.get_by_role("tab", name=tab).click()
    assert violations(page) == []


def test_nothing_serious_when_an_answer_is_compared(page):
    show(page, WIDGETS["predict"]("ko"), dark=True)
    pose(page, "predict")
    page.get_by_role("button", name="비교하기").click()
    assert violations(page) == []


def test_axe_finds_what_is_wrong(page):
    page.set_content('<div id="view"><button style="color:#999;background:#fff">pale</button></div>')
    assert any(found.startswith("color-contrast") for found in violations(page))


def test_with_motion_something_does(page):
    page.emulate_media(reduced_motion="no-preference")
    show(page, WIDGETS["player"]("en"))
    pose(page, "player", settle=0)
    assert page.evaluate(RUNNING) > 0
