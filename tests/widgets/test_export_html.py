"""The HTML replay: one file, nothing loaded, nothing that data could turn into code."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from dezero_lab.stages.ch07 import Function, Square, Variable
from dezero_lab.trace import record
from dezero_widgets.export_html import LIMIT, inline_script, replay_page, write_replay
from dezero_widgets.screenplay import player_payload
from dezero_widgets.step_player import StepPlayer


def pass_of(n, cls_name="x"):
    names = {}
    with record(Variable, Function, names=names) as tape:
        x = names[cls_name] = Variable(np.array(1.01))
        y = x
        for _ in range(n):
            y = Square()(y)
        y.grad = np.array(1.0)
        y.backward()
    return tape


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.scripts, self.styles, self._in = [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._in = tag
            (self.scripts if tag == "script" else self.styles).append("")

    def handle_endtag(self, tag):
        if tag == self._in:
            self._in = None

    def handle_data(self, data):
        if self._in == "script":
            self.scripts[-1] += data
        elif self._in == "style":
            self.styles[-1] += data


def policy(page):
    return next(a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv"))


def digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_allows_exactly_the_two_inlined_texts():
    page = Page(replay_page(player_payload(pass_of(2))))
    allowed = policy(page)
    assert allowed.startswith("default-src 'none'; ")
    assert "unsafe" not in allowed
    assert f"script-src 'sha256-{digest(page.scripts[1])}';" in allowed
    assert f"style-src 'sha256-{digest(page.styles[0])}';" in allowed
    assert len(page.scripts) == 2
    assert len(page.styles) == 1


def test_nothing_is_loaded_from_anywhere():
    page = Page(replay_page(player_payload(pass_of(2))))
    for tag, attrs in page.tags:
        assert tag not in ("link", "iframe", "object", "embed", "base", "form")
        assert "src" not in attrs
        assert not any(name.startswith("on") or name == "style" for name in attrs)


def test_names_and_titles_stay_text():
    nasty = "</script><img src=x onerror=alert(1)>"
    tape = pass_of(1, nasty)
    payload = player_payload(tape, title=nasty, subtitle=nasty)
    page = Page(replay_page(payload))
    assert [t for t, _ in page.tags if t == "img"] == []
    assert json.loads(page.scripts[0]) == payload
    assert any(v["label"] == nasty for v in payload["runs"][0]["variables"])


def test_the_payload_in_the_page_is_the_payload():
    payload = player_payload(pass_of(3), title="줄", lang="ko")
    page = Page(replay_page(payload))
    assert json.loads(page.scripts[0]) == payload
    assert dict(page.tags[0][1]) == {"lang": "ko"}


def test_a_usual_pass_is_far_below_300_kb(tmp_path):
    path = StepPlayer(pass_of(8), title="Chain").save(tmp_path / "pass.html")
    assert path.stat().st_size < 200_000


def test_every_line_of_a_long_pass_falls_back_to_its_events(tmp_path):
    payload = player_payload(pass_of(2))
    heavy = {**payload, "filler": "x" * LIMIT}
    path = write_replay(heavy, tmp_path / "a.html", lighter=lambda: payload)
    assert "filler" not in path.read_text(encoding="utf-8")


def test_a_pass_that_is_too_large_ends_early_and_says_so(tmp_path):
    payload = player_payload(pass_of(8))
    for step in payload["runs"][0]["steps"]:
        step["formula"] = "x" * 60_000
    page = Page(write_replay(payload, tmp_path / "a.html").read_text(encoding="utf-8"))
    assert (tmp_path / "a.html").stat().st_size <= LIMIT
    run = json.loads(page.scripts[0])["runs"][0]
    missing = len(payload["runs"][0]["steps"]) - (len(run["steps"]) - 1)
    assert missing > 0
    assert run["steps"][-1]["say"]["en"].startswith(f"The file ends here: {missing} more steps")
    assert run["phases"][-1]["to"] == len(run["steps"]) - 1
    used = [i for step in run["steps"] for *_, i in step.get("set", []) if i is not None]
    assert max(used) < len(run["snaps"])


def test_a_comparison_that_is_too_large_keeps_its_pairs_in_step(tmp_path):
    payload = player_payload(pass_of(8), compare=pass_of(8))
    for run in payload["runs"]:
        for step in run["steps"]:
            step["formula"] = "x" * 60_000
    page = Page(write_replay(payload, tmp_path / "a.html").read_text(encoding="utf-8"))
    short = json.loads(page.scripts[0])
    assert 0 < len(short["pairs"]) < len(payload["pairs"])
    assert all(
        k < len(run["steps"]) for pair in short["pairs"] for k, run in zip(pair, short["runs"], strict=True)
    )


def test_a_pass_whose_first_step_is_too_large_says_what_to_do_and_writes_nothing(tmp_path):
    heavy = {**player_payload(pass_of(1)), "filler": "x" * LIMIT}
    with pytest.raises(ValueError, match=r'2\.\d MB as a file; at most 2 MB .* detail="events"'):
        write_replay(heavy, tmp_path / "a.html")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["</script>", "</SCRIPT >", "<!--", "a </script\n> b <!-- c"])
def test_no_bundle_can_end_its_element(text):
    assert not re.search(r"</script|<!--", inline_script(f"const a = {text!r}"), re.IGNORECASE)
