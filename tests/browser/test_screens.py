"""A picture of every widget in both languages, both themes and two widths, and nothing in them cut off.

The pictures are left in artifacts/screens, to be looked at.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from browser_gallery import WIDGETS, pose, show

SCREENS = Path(__file__).parents[2] / "artifacts" / "screens"
STEPPED = ("secant", "lanes", "machine", "stack", "queue", "modes")

# Boxes that are wider inside than outside, although they do not scroll; and text that some box around it cuts.
CUT = """() => {
  const view = document.getElementById('view');
  const shown = (el) => el.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && !el.closest('.dzl-sr');
  const name = (el) => `${el.tagName.toLowerCase()}.${el.getAttribute('class') ?? ''}`;
  const cut = [];
  if (document.documentElement.scrollWidth > innerWidth) cut.push('the page is pushed wide');
  for (const el of view.querySelectorAll('.dzl, .dzl-head, .dzl-body, .dzl-say, section, table')) {
    const scrolls = /auto|scroll/.test(getComputedStyle(el).overflowX);
    if (shown(el) && !scrolls && el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 0) cut.push(`overflows: ${name(el)}`);
  }
  const walker = document.createTreeWalker(view, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.closest('.dzl-head, button, h3, h4, .dzl-sp-tabs, .dzl-chip, label, th') || !shown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    for (let el = parent; el !== view; el = el.parentElement) {
      const style = getComputedStyle(el), box = el.getBoundingClientRect();
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
      const hides = style.overflow !== 'visible' || el.tagName === 'BUTTON';
      if (hides && (text.right > box.right + 1 || text.left < box.left - 1 || text.top < box.top - 2 || text.bottom > box.bottom + 2)) {
        cut.push(`cut off: "${node.data.trim().slice(0, 40)}" in ${name(el)}`);
        break;
      }
    }
  }
  return cut;
}"""


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("name", WIDGETS)
def test_nothing_is_cut_off(page, name, lang):
    page.emulate_media(reduced_motion="reduce")  # nothing to wait for
    show(page, WIDGETS[name](lang))
    pose(page, name, settle=100)
    SCREENS.mkdir(parents=True, exist_ok=True)
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        for theme in ("light", "dark"):
            page.evaluate("dark => { document.body.dataset.jpThemeLight = String(!dark);"
                          " document.body.style.background = dark ? '#111' : '#fff' }", theme == "dark")  # fmt: skip
            page.locator("#view").screenshot(path=SCREENS / f"{name}_{lang}_{theme}_{width}.png")
        assert page.evaluate(CUT) == []


def test_what_is_cut_off_is_found(page):
    page.set_content(
        '<div id="view"><div class="dzl"><div class="dzl-head" style="width:40px;overflow:hidden;white-space:nowrap">'
        "<b>a title that does not fit</b></div></div></div>"
    )
    found = page.evaluate(CUT)
    assert any(text.startswith("overflows") for text in found)
    assert any(text.startswith("cut off") for text in found)


@pytest.mark.parametrize("name", [name for name in WIDGETS if name.startswith("player") or name in STEPPED])
def test_stepping_never_changes_the_height(page, name):
    page.emulate_media(reduced_motion="reduce")
    show(page, WIDGETS[name]("ko"))
    onward = page.get_by_role("button", name="한 단계 앞으로").or_(
        page.get_by_role("button", name="다음", exact=True)
    )
    heights = []
    for _ in range(24):
        heights.append(page.evaluate("document.querySelector('#view .dzl').offsetHeight"))
        if not onward.is_enabled():
            break
        onward.click()
    assert len(heights) > 4
    assert set(heights) == {heights[0]}
