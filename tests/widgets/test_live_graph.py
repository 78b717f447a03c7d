"""The block and its sender: numbered batches, a bounded stream, and never an exception of ours in the learner's cell."""

import importlib
import json
import threading
import time

import numpy as np
import pytest

from dezero_lab.stages import ch10
from dezero_widgets import live_graph
from dezero_widgets.live_graph import LiveBlock


@pytest.fixture
def names():
    return {name: getattr(ch10, name) for name in ch10.__all__}


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(
        live_graph.LiveGraph, "send", lambda self, content, buffers=None: messages.append(content)
    )
    return messages


def replay(messages):
    nodes, last = {}, 0
    for m in messages:
        assert m["number"] == last + 1
        last = m["number"]
        if m["fresh"]:
            nodes = {}
        nodes.update({n["id"]: n for n in m["nodes"]})
    return nodes


def test_batches_are_numbered_and_complete(names, sent, capsys):
    with LiveBlock(names) as block:
        x = ch10.Variable(np.array(0.5))
        for _ in range(3):
            x = ch10.square(x)
            time.sleep(0.08)
    assert len(sent) >= 3
    assert len(replay(sent)) == 7
    assert json.loads(block.widget.whole)["counts"]["calls"] == 3
    assert sum(e.kind == "call_end" for e in block.tape.events) == 3
    assert "Square" in capsys.readouterr().out  # no notebook: the text form is printed


def test_ten_thousand_operations_do_not_flood(names, sent, capsys):
    begin = time.monotonic()
    with LiveBlock(names) as block:
        x = ch10.Variable(np.array(0.5))
        for _ in range(1000):
            y = x
            for _ in range(10):
                y = ch10.square(y)
            y.backward()
    seconds = time.monotonic() - begin
    assert block.widget is not None
    assert len(sent) <= 35 * seconds + 5
    assert block.sender.bytes <= 1.5 * live_graph.BYTES_PER_SECOND * seconds + 200_000
    assert len(replay(sent)) <= 310
    counts = sent[-1]["counts"]
    assert (counts["calls"], counts["visits"], counts["sweeps"]) == (10_000, 10_000, 1000)
    assert len(block.tape.events) <= 5000


def test_a_browser_that_asks_gets_the_whole_page(names, sent, capsys):
    with LiveBlock(names) as block:
        x = ch10.square(ch10.Variable(np.array(0.5)))
        time.sleep(0.1)
        block.sender._hear(block.widget, {"type": "resync", "last": 0}, None)
        ch10.square(x)
        time.sleep(0.1)
    assert [m["fresh"] for m in sent].count(True) >= 2
    replay(sent)


def test_an_error_is_told_and_swallowed_but_ctrl_c_is_not(names, sent, capsys):
    with LiveBlock(names, lang="ko") as block:
        raise ValueError("my mistake")
    assert "ValueError: my mistake" in capsys.readouterr().out
    assert sent[-1]["error"].endswith("ValueError: my mistake")
    assert block.tape.events[-1].kind in ("error", "mark")
    with pytest.raises(KeyboardInterrupt), LiveBlock(names):
        raise KeyboardInterrupt


def test_a_block_without_an_end_is_stopped_and_still_becomes_a_player(names, sent, capsys, monkeypatch):
    monkeypatch.setattr(importlib.import_module("dezero_widgets.live_graph"), "GRAPH_LIMIT", 500)
    Variable, Square = names["Variable"], names["Square"]
    y = Square()(Variable(np.array(1.0)))

    def backward(self):
        while True:
            self.creator.backward(np.array(1.0))

    monkeypatch.setattr(Variable, "backward", backward)
    with LiveBlock(names) as block:
        y.backward()
    assert "looks endless" in capsys.readouterr().out
    assert "looks endless" in sent[-1]["error"]
    assert any(event.kind == "backward_end" for event in block.tape.events)


def test_the_blocks_own_lines_stand_above_the_graph(names, sent, capsys):
    with LiveBlock(names) as block:
        ch10.square(ch10.Variable(np.array(1.0)))
    assert block.widget.data["title"] == "ch10.square(ch10.Variable(np.array(1.0)))"
    with LiveBlock(names, title="my own") as block:
        pass
    assert block.widget.data["title"] == "my own"


def test_classes_are_restored(names, sent, capsys):
    before = ch10.Function.__call__, ch10.Variable.backward, ch10.Square.backward
    with LiveBlock(names):
        ch10.square(ch10.Variable(np.array(1.0)))
    assert (ch10.Function.__call__, ch10.Variable.backward, ch10.Square.backward) == before


def test_a_block_in_a_thread_of_its_own_works_too(names, sent, capsys):
    found = []

    def work():
        with LiveBlock(names) as block:
            ch10.square(ch10.square(ch10.Variable(np.array(0.5)))).backward()
        found.append(block)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert sent[-1]["counts"]["calls"] == 2
    assert sum(e.kind == "backward_begin" for e in found[0].tape.events) == 2


def test_a_broken_connection_does_not_reach_the_cell(names, monkeypatch, capsys):
    failed = threading.Event()

    def fail(self, content, buffers=None):
        failed.set()
        raise OSError("gone")

    monkeypatch.setattr(live_graph.LiveGraph, "send", fail)
    with LiveBlock(names) as block:
        ch10.square(ch10.Variable(np.array(1.0)))
        tried = failed.wait(5)
    assert tried
    assert "call_end" in [e.kind for e in block.tape.events]


def test_an_empty_notebook_and_an_empty_block(sent, capsys):
    with LiveBlock({}) as block:
        pass
    assert block.tape is not None
    assert replay(sent) == {}


def test_after_the_block_a_notebook_gets_a_step_player(names, sent, monkeypatch, capsys):
    monkeypatch.setattr(live_graph, "interactive", lambda: True)
    monkeypatch.setattr(live_graph, "_display", lambda widget: None)
    with LiveBlock(names) as block:
        y = ch10.square(ch10.Variable(np.array(1.0)))
        y.backward()
    payload = json.loads(block.widget.player)
    assert payload["runs"][0]["steps"]
    assert "Square" in block.widget.text_form()
    assert block.widget.svg_form().startswith("<svg")
