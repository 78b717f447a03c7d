"""The growing picture: nothing moves, batches add up to the page, and memory is that of one page."""

import json

from dezero_widgets.live_picture import PAGE, PASS, LivePicture, weight


def chain(picture, n, start=0, first="v0"):
    before = first
    for i in range(start, start + n):
        picture.call(f"f{i}", "Square", [before], [f"v{i + 1}"], {before: "1.0", f"v{i + 1}": "1.0"})
        before = f"v{i + 1}"


class Reader:
    """What a browser would hold after the batches."""

    def __init__(self):
        self.nodes, self.edges, self.values, self.names = {}, {}, {}, {}

    def take(self, batch):
        if batch["fresh"]:
            self.__init__()
        for node in batch["nodes"]:
            assert node["id"] not in self.nodes
            self.nodes[node["id"]] = node
            if node["kind"] == "variable":
                self.values.setdefault(node["id"], [node.get("value", ""), ""])
        self.edges.update({e["id"]: e for e in batch["edges"]})
        self.values.update(batch["values"])
        self.names.update(batch["names"])


def test_batches_add_up_to_the_whole_page():
    picture, reader = LivePicture(), Reader()
    for i in range(0, 60, 7):
        chain(picture, 7, i, f"v{i}")
        picture.look({f"v{i}": ("1.0", f"{i}.0")}, {f"v{i}": f"a{i}"})
        reader.take(picture.batch())
    page = picture.page()
    assert reader.nodes == {n["id"]: n for n in page["nodes"]}
    assert reader.edges == {e["id"]: e for e in page["edges"]}
    assert reader.values == page["values"]
    assert reader.names == page["names"]


def test_nothing_that_was_drawn_ever_moves():
    picture = LivePicture()
    chain(picture, 5)
    before = {n["id"]: (n["x"], n["y"]) for n in picture.page()["nodes"]}
    picture.call("g", "Add", ["v2", "v5"], ["w"], {})
    picture.call("h", "Add", ["v0", "w"], ["u"], {})
    after = {n["id"]: (n["x"], n["y"]) for n in picture.page()["nodes"]}
    assert before.items() <= after.items()


def test_a_reader_that_asks_for_the_whole_goes_on_from_there():
    picture, reader = LivePicture(), Reader()
    chain(picture, 3)
    picture.batch()
    chain(picture, 3, 3, "v3")
    reader.take(picture.whole())
    chain(picture, 2, 6, "v6")
    reader.take(picture.batch())
    assert set(reader.nodes) == {n["id"] for n in picture.page()["nodes"]}


def test_a_long_chain_turns_pages_and_counts():
    picture = LivePicture()
    chain(picture, 5000)
    assert picture.size <= PAGE + 2
    assert picture.counts["calls"] == 5000
    assert picture.counts["folded"] == 5000 - (picture.size - 1) // 2
    batch = picture.batch()
    assert batch["fresh"]
    assert len(batch["nodes"]) == picture.size


def test_a_new_pass_turns_the_page_only_when_the_old_one_is_finished():
    picture = LivePicture()
    chain(picture, PASS)
    chain(picture, 2, 500)
    assert picture.counts["pages"] == 1  # no backward yet
    picture.sweep(True)
    picture.sweep(False)
    chain(picture, 1, 600, f"v{PASS}")
    assert picture.counts["pages"] == 1  # goes on from what is drawn
    chain(picture, 1, 700)
    assert picture.counts["pages"] == 2


def test_a_page_never_turns_in_the_middle_of_a_pass():
    picture = LivePicture()
    chain(picture, PASS // 4)
    picture.sweep(True)
    picture.sweep(False)
    for k in range(1, 6):  # leaves may come late in a pass
        chain(picture, PASS // 4, 1000 * k)
    assert picture.counts["pages"] == 1
    assert picture.size > PASS


def test_small_passes_stay_together_on_a_page():
    picture = LivePicture()
    for k in range(3):
        chain(picture, 2, 10 * k)
        picture.sweep(True)
        picture.sweep(False)
    assert picture.counts == {"calls": 6, "visits": 0, "sweeps": 3, "folded": 0, "pages": 1}


def test_a_rebound_name_moves_on():
    picture, reader = LivePicture(), Reader()
    chain(picture, 2)
    picture.look({}, {"v1": "y"})
    reader.take(picture.batch())
    assert reader.names["v1"] == "y"
    picture.look({}, {"v2": "y"})
    reader.take(picture.batch())
    assert (reader.names["v1"], reader.names["v2"]) == ("", "y")


def test_nothing_new_sends_nothing():
    picture = LivePicture()
    assert picture.batch() is None
    chain(picture, 1)
    assert picture.batch() is not None
    picture.look({"v0": ("1.0", "")}, {})
    assert picture.batch() is None


def test_the_weight_is_about_the_size_in_json():
    picture = LivePicture()
    chain(picture, 100)
    batch = picture.batch()
    size = len(json.dumps(batch))
    assert 0.6 * size < weight(batch) < 1.6 * size


def test_a_function_used_twice_is_drawn_twice():
    picture = LivePicture()
    picture.call("f", "Square", ["x"], ["a"], {})
    picture.call("f", "Square", ["a"], ["b"], {})
    kinds = [n["kind"] for n in picture.page()["nodes"]]
    assert kinds.count("function") == 2
    picture.visit("f", "Square")
    assert picture.page()["now"] in {n["id"] for n in picture.page()["nodes"]}
