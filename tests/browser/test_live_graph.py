"""The live graph in a real JupyterLab: it grows while the cell runs, nothing moves, and it ends as a step player."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from dezero_lab.stages import ch10
from dezero_widgets.live_graph import STATIC
from dezero_widgets.live_picture import LivePicture

SETUP = """
import numpy as np, time
import dezero_widgets as lab
from dezero_lab.stages.ch10 import *
ch = lab.chapter(3)
"""
SLOW = """
with ch.graph() as g:
    x = Variable(np.array(0.5))
    a = square(x); time.sleep(0.8)
    b = exp(a); time.sleep(0.8)
    y = square(b); time.sleep(0.8)
    y.backward(); time.sleep(0.8)
"""
LONG = """
x = Variable(np.array(0.5))
with ch.graph() as g:
    for i in range(1000):
        y = x
        for k in range(10):
            y = square(y)
        y.backward()
print("calls", g.sender.messages < 400, g.sender.bytes < 2_000_000)
"""
STATE = """() => {
  const el = document.querySelector('.dzl-live-graph')?.parentElement;
  if (!el) return null;
  const prompt = el.closest('.jp-CodeCell')?.querySelector('.jp-InputPrompt')?.textContent ?? '';
  const at = {};
  for (const g of el.querySelectorAll('.dzl-node')) {
    const r = g.querySelector('rect'), label = g.querySelector('.dzl-label').textContent, value = g.querySelector('.dzl-value').textContent;
    at[`${r.getAttribute('x')},${r.getAttribute('y')}`] = [label, value, g.querySelector('.dzl-gradtext').textContent];
  }
  return { busy: prompt.includes('*'), calls: Number(el.dataset.step), at };
}"""


def test_it_grows_while_the_cell_runs_and_no_node_moves(lab):
    lab.open_cells([SETUP, SLOW])
    lab.page.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    seen = []
    for _ in range(80):
        state = lab.page.evaluate(STATE)
        if state is not None:
            seen.append(state)
        if lab.page.locator("[data-live=done]").count():
            break
        lab.page.wait_for_timeout(100)
    grown = [s for s in seen if s["busy"] and s["calls"]]
    assert len({s["calls"] for s in grown}) >= 2, "the graph was seen growing while the cell ran"
    for before, after in itertools.pairwise(grown):
        assert set(before["at"]) <= set(after["at"])
    texts = {text for s in grown for node in s["at"].values() for text in node}
    assert {"x", "a", "Square", "Exp", "0.25"} <= texts
    assert any(text.startswith("grad ") for text in texts)
    lab.page.wait_for_selector("[data-live=done] .dzl-player", timeout=10_000)


def test_ten_thousand_operations_end_as_a_step_player(lab):
    lab.open_cells([SETUP, LONG])
    lab.run()
    lab.page.wait_for_selector("[data-live=done] .dzl-player", timeout=20_000)
    assert "calls True True" in lab.page.locator(".jp-OutputArea-output pre").last.inner_text()


# What the browser half does with its messages, on a bare page with a stand-in for the model.

BOOT = """async ([js, whole]) => {
  const module = await import(URL.createObjectURL(new Blob([js], {type: 'text/javascript'})));
  const traits = {payload: '{"title": ""}', lang: 'en', whole, player: ''}, on = {};
  window.sent = [];
  window.fire = (event, value) => (on[event] ?? []).forEach((f) => f(value));
  window.trait = (name, value) => { traits[name] = value; window.fire(`change:${name}`); };
  const model = { get: (k) => traits[k], set() {}, save_changes() {}, on: (e, f) => (on[e] ??= []).push(f), off() {}, send: (c) => window.sent.push(c) };
  module.default.render({ model, el: document.body });
}"""


@pytest.fixture
def bare(page):
    def open_with(whole=""):
        page.set_content("<!doctype html><body></body>")
        page.evaluate(BOOT, [(STATIC / "live_graph.js").read_text(encoding="utf8"), whole])
        return page

    return open_with


def batches(n):
    picture = LivePicture()
    out = []
    for i in range(n):
        picture.call(f"f{i}", "Square", [f"v{i}"], [f"v{i + 1}"], {f"v{i}": "1.0", f"v{i + 1}": "1.0"})
        out.append({"type": "grow", "number": i + 1, **picture.batch()})
    return picture, out


def drawn(page):
    page.wait_for_timeout(100)
    return page.locator(".dzl-node").count()


def test_a_missing_batch_is_noticed_and_the_whole_page_asked_for(bare):
    page = bare()
    picture, messages = batches(5)
    page.evaluate("m => fire('msg:custom', m)", messages[0])
    page.evaluate("m => fire('msg:custom', m)", messages[1])
    assert drawn(page) == 5
    page.wait_for_timeout(600)  # it asked once when it opened, and asks at most twice a second
    page.evaluate("m => fire('msg:custom', m)", messages[3])
    assert drawn(page) == 5, "a batch after a gap is not drawn"
    assert page.evaluate("sent.at(-1)") == {"type": "resync", "last": 2}
    page.evaluate("m => fire('msg:custom', m)", {"type": "grow", "number": 5, **picture.whole()})
    assert drawn(page) == 11


def test_a_browser_that_comes_late_starts_from_the_page_in_the_trait(bare):
    picture, messages = batches(4)
    page = bare(json.dumps({"number": 4, **picture.page()}))
    assert drawn(page) == 9
    page.evaluate("m => fire('msg:custom', m)", messages[3])  # already in the page
    assert drawn(page) == 9
    picture.call("g", "Exp", ["v4"], ["w"], {})
    page.evaluate("m => fire('msg:custom', m)", {"type": "grow", "number": 5, **picture.batch()})
    assert drawn(page) == 11


def test_values_and_names_are_text_whatever_they_contain(bare):
    page = bare()
    picture = LivePicture()
    picture.call("f", "<b>Square</b>", ["v"], ["w"], {"v": "<img src=x onerror=alert(1)>"})
    picture.look({}, {"w": "<script>"})
    page.evaluate("m => fire('msg:custom', m)", {"type": "grow", "number": 1, **picture.batch()})
    assert drawn(page) == 3
    assert page.locator("img, script, b:not(.dzl-head b)").count() == 0
    assert "<b>Square</b>" in page.locator(".dzl-function .dzl-label").text_content()


def test_a_block_too_quick_to_follow_grows_once_more_until_the_reader_takes_over(bare):
    import time

    from dezero_lab.trace import record
    from dezero_widgets._base import dumps
    from dezero_widgets.screenplay import player_payload

    with record(ch10.Variable, ch10.Function, names={}) as tape:
        ch10.square(ch10.exp(ch10.Variable(np.array(0.5)))).backward()
    payload = player_payload(tape)
    last = sum(step["k"] != "line" for step in payload["runs"][0]["steps"]) - 1
    step = "Number(document.body.dataset.step)"

    page = bare()
    payload["live"] = {"seconds": 0.01, "ended": time.time()}
    page.evaluate("p => trait('player', p)", dumps(payload))
    assert page.evaluate(step) < 3
    page.wait_for_function(f"{step} === {last}", timeout=15_000)

    page = bare()
    payload["live"] = {"seconds": 0.01, "ended": time.time()}
    page.evaluate("p => trait('player', p)", dumps(payload))
    page.wait_for_function(f"{step} >= 2", timeout=5000)
    page.locator(".dzl-player .dzl-title").click()
    page.wait_for_timeout(100)
    stopped = page.evaluate(step)
    page.wait_for_timeout(1200)
    assert page.evaluate(step) == stopped < last

    page = bare()
    payload["live"] = {"seconds": 0.01, "ended": time.time() - 3600}  # a notebook opened again
    page.evaluate("p => trait('player', p)", dumps(payload))
    assert page.evaluate(step) == last


def test_it_becomes_a_step_player_when_the_recording_comes(bare):
    from dezero_lab.trace import record
    from dezero_widgets._base import dumps
    from dezero_widgets.screenplay import player_payload

    with record(ch10.Variable, ch10.Function, names={}) as tape:
        ch10.square(ch10.Variable(np.array(3.0))).backward()
    page = bare()
    page.evaluate("p => trait('player', p)", dumps(player_payload(tape)))
    page.wait_for_selector(".dzl-player", timeout=5000)
    assert page.evaluate("document.body.dataset.live") == "done"
    assert page.locator(".dzl-live-graph").count() == 0
