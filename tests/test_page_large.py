"""The page of a large graph: twenty thousand entities open, move, and are what they are when looked at closely."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from page_opened import Opened

from benchmarks.made_graph import made_graph
from kg.export.page import LARGE_EDGES, LARGE_NODES, page
from kg.graph.knowledge import Graph

pytestmark = pytest.mark.alone

WHOLE = "#view=whole&reading=no"
INK = """([left, top, width, height]) => { // the pixels of a part of the picture, in CSS pixels of its box
    const canvas = document.querySelector("#graph canvas"), fine = canvas.width / canvas.clientWidth;
    return [...canvas.getContext("2d").getImageData(left * fine, top * fine, width * fine, height * fine).data];
}"""
FLY = """async ([node, scale]) => { const { x, y } = yishi.kg.graph.nodes; yishi.view.setCamera({ x: x[node], y: y[node], scale }); await yishi.view.rested(); }"""
DARK = """(boxes) => { // how many pixels of each box are dark
    const canvas = document.querySelector("#graph canvas"), pen = canvas.getContext("2d");
    return boxes.map(({ x, y, width, height }) => { const { data } = pen.getImageData(x, y, width, height);
      let dark = 0; for (let at = 0; at < data.length; at += 4) if (Math.max(data[at], data[at + 1], data[at + 2]) < 90) dark++; return dark; }); }"""
SEEN = """async (image) => { // a number that stands for all pixels of a picture (of the canvas, or a file's), and how many colours they have
    const from = image ? await createImageBitmap(new Blob([Uint8Array.from(atob(image), (char) => char.charCodeAt(0))])) : document.querySelector("#graph canvas");
    const canvas = new OffscreenCanvas(from.width, from.height), pen = canvas.getContext("2d"), colours = new Set(); let sum = 17;
    pen.drawImage(from, 0, 0);
    for (const word of new Uint32Array(pen.getImageData(0, 0, from.width, from.height).data.buffer)) { sum = (Math.imul(sum, 31) + word) | 0; colours.add(word); }
    return [sum, colours.size]; }"""
MOVE = "async (camera) => { yishi.view.setCamera(camera); await yishi.view.rested(); }"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return made_graph(20_000, 50_000)


@pytest.fixture(scope="module")
def path(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("large") / "graph.html"
    graph.to_html(found)
    return found


@pytest.fixture
def opened(browser: Any, path: Path) -> Iterator[Opened]:
    found = Opened(browser, path, WHOLE, viewport={"width": 1280, "height": 800})
    yield found
    assert found.errors == []
    assert [url for url in found.requests if not url.startswith(("data:", "blob:"))] == [path.as_uri()]
    found.context.close()


def rank(opened: Opened, place: int) -> int:
    """The number of the entity that is at this place in importance."""
    return int(opened.ask("(place) => yishi.kg.rank[place]", place))


def colours(opened: Opened, x: float, y: float, half: float = 3) -> set[tuple[int, int, int]]:
    """The colours on the picture around a point of its box."""
    data = opened.ask(INK, [round(x - half), round(y - half), round(2 * half), round(2 * half)])
    return {tuple(data[at : at + 3]) for at in range(0, len(data), 4)}


def near(one: tuple[int, ...], two: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, two, strict=True))


def colour(opened: Opened, sort: int) -> tuple[int, ...]:
    """The colour of a class as the style sheet has it."""
    value = opened.ask("(sort) => getComputedStyle(document.documentElement).getPropertyValue(`--sort${sort}`).trim()", sort)
    return tuple(int(value[at : at + 2], 16) for at in (1, 3, 5))


def overlap(one: dict[str, float], two: dict[str, float]) -> bool:
    return (
        one["x"] < two["x"] + two["width"] - 0.5
        and two["x"] < one["x"] + one["width"] - 0.5
        and one["y"] < two["y"] + two["height"] - 0.5
        and two["y"] < one["y"] + one["height"] - 0.5
    )


def lone(opened: Opened, scale: float) -> int:
    """A node that nothing else is near to at this scale, of a class whose sign is filled."""
    return int(
        opened.ask(
            """(scale) => { const { x, y, sort } = yishi.kg.graph.nodes, { styles } = yishi.kg.graph;
            return yishi.kg.rank.findIndex((node, place) => place > 400 && !styles[sort[node]].hollow && yishi.kg.edgesOf[node].length > 2
              && yishi.kg.rank.every((other) => other === node || Math.hypot(x[other] - x[node], y[other] - y[node]) * scale > 40)); }""",
            scale,
        )
    )


def test_which_graph_is_large_is_decided_by_its_size(graph: Graph, seed_built: Graph) -> None:
    assert len(seed_built.entities) <= LARGE_NODES and len(seed_built.facts) <= LARGE_EDGES
    small = page(seed_built)
    assert "function makeVisView" in small and "vis.Network" in small and "function makeLargeView" not in small
    some = page(made_graph(LARGE_NODES + 1, 700))
    assert "function makeLargeView" in some and "function makeVisView" not in some
    assert "vis.Network" not in some and len(some) < len(small), "a large page does not carry what it does not use"


def test_all_of_it_is_there_and_in_view_within_seconds(opened: Opened, graph: Graph) -> None:
    assert opened.ask("[yishi.kg.count, yishi.kg.edges.count]") == [len(graph.entities), 50_000]
    assert opened.ask("yishi.view.counts().nodes") == 20_000
    assert (
        opened.ask("performance.getEntriesByType('navigation')[0].loadEventEnd") < 20_000
    )  # 5 s, on a machine that others use too
    places = opened.ask("Array.from(yishi.kg.rank.slice(0, 2000), (node) => yishi.view.at(node))")
    width, height = opened.ask("[document.getElementById('graph').clientWidth, document.getElementById('graph').clientHeight]")
    assert all(0 < place["x"] < width and 0 < place["y"] < height for place in places)


def test_far_out_a_few_names_stand_apart_those_of_the_communities_first(opened: Opened) -> None:
    labels = opened.labels()
    assert 15 < len(labels) < 90
    assert sum("community" in label for label in labels) > len(labels) / 2
    assert not [pair for pair in combinations(labels, 2) if overlap(*pair)]
    dark = opened.ask(DARK, labels)  # the words are really on the picture
    assert all(count > 8 * len(label["text"]) for count, label in zip(dark, labels, strict=True))


def test_the_nearer_the_more_of_what_is_in_view_has_its_name(opened: Opened) -> None:
    hub, shares = rank(opened, 0), []
    for scale in (0.05, 0.2, 1.0):
        opened.ask(FLY, [hub, scale])
        labels = opened.labels()
        shares.append(len([label for label in labels if "node" in label]) / opened.ask("yishi.view.counts().nodes"))
        assert not [pair for pair in combinations(labels, 2) if overlap(*pair)]
        width, height = opened.ask(
            "[document.getElementById('graph').clientWidth, document.getElementById('graph').clientHeight]"
        )
        assert all(label["x"] >= 0 and label["x"] + label["width"] <= width and label["y"] >= 0 for label in labels)
        assert all(label["y"] + label["height"] <= height for label in labels)
    assert shares[0] < 0.02 < shares[1] < 0.2 < shares[2] > 0.5


def test_far_out_lines_are_a_sample_near_they_are_all(opened: Opened) -> None:
    counts = opened.ask("yishi.view.counts()")
    assert 5_000 < counts["lines"] < counts["of"]
    opened.ask(FLY, [rank(opened, 0), 1])
    counts = opened.ask("yishi.view.counts()")
    assert counts["lines"] == counts["of"] > 300


def test_a_node_is_drawn_where_it_is_in_the_colour_of_its_class(opened: Opened) -> None:
    for place in (0, 1500, 9000):
        node = rank(opened, place)
        opened.ask(FLY, [node, 1])
        at = opened.ask("(node) => yishi.view.at(node)", node)
        sort, hollow = opened.ask("(node) => [yishi.kg.sort[node], yishi.kg.graph.styles[yishi.kg.sort[node]].hollow]", node)
        if hollow:
            radius = opened.ask("(node) => yishi.kg.graph.nodes.size[node]", node)
            assert any(near(found, colour(opened, sort), 45) for found in colours(opened, at["x"], at["y"], radius + 3))
        else:
            assert all(near(found, colour(opened, sort)) for found in colours(opened, at["x"], at["y"]))


def test_clicking_where_a_node_is_opens_its_card_far_out_as_well_as_near(opened: Opened) -> None:
    for place, scale in ((0, 0.03), (40, 0.3), (7000, 1)):
        node = rank(opened, place)
        opened.ask(FLY, [node, scale])
        name = opened.ask("(node) => yishi.kg.names[node]", node)
        box = opened.page.locator("#graph").bounding_box()
        at = opened.ask("(node) => yishi.view.at(node)", node)
        opened.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
        opened.rest()
        assert opened.ask("yishi.state.chosen") == {"node": node}
        assert opened.page.inner_text("#card h2") == name
        quotes = opened.page.locator("#card blockquote").all_inner_texts()
        assert quotes and any(name in quote for quote in quotes)
        opened.page.keyboard.press("Escape")


def test_clicking_a_line_opens_the_sentence_that_says_it(opened: Opened, graph: Graph) -> None:
    x, y = opened.ask(
        """async () => { // a line between two that stand side by side, and its middle
        const { edges, graph } = yishi.kg, { x, y } = graph.nodes;
        const edge = Array.from(edges.from).findIndex((from, n) => { const far = Math.hypot(x[from] - x[edges.to[n]], y[from] - y[edges.to[n]]); return far > 120 && far < 160; });
        const [from, to] = [edges.from[edge], edges.to[edge]];
        yishi.view.setCamera({ x: (x[from] + x[to]) / 2, y: (y[from] + y[to]) / 2, scale: 1.5 });
        await yishi.view.rested();
        const a = yishi.view.at(from), b = yishi.view.at(to);
        return [(a.x + b.x) / 2, (a.y + b.y) / 2]; }"""
    )
    box = opened.page.locator("#graph").bounding_box()
    opened.page.mouse.click(box["x"] + x, box["y"] + y)
    opened.rest()
    chosen = opened.ask("yishi.state.chosen")
    ends = opened.ask(
        "(edge) => [yishi.kg.edges.from[edge], yishi.kg.edges.to[edge]].map((node) => yishi.kg.entities.id[node])", chosen["edge"]
    )
    assert "edge" in chosen
    fact = next(fact for fact in graph.facts if [fact.subject, fact.object] == ends)
    assert graph.quote(fact.evidence[0]) in opened.page.inner_text("#card")


def test_a_click_on_nothing_lets_go_of_what_is_chosen(opened: Opened) -> None:
    opened.find("政协山安市委员会")
    assert opened.ask("yishi.state.chosen") is not None
    box = opened.page.locator("#graph").bounding_box()
    opened.ask(MOVE, {"x": -1e6, "y": -1e6, "scale": 1})
    opened.page.mouse.click(box["x"] + 200, box["y"] + 200)
    assert opened.ask("yishi.state.chosen") is None


def test_what_is_chosen_stands_out_and_the_others_fade(opened: Opened) -> None:
    node = rank(opened, lone(opened, 0.6))
    opened.ask(FLY, [node, 0.6])
    other = opened.ask(
        """(node) => { const box = document.getElementById("graph"), linked = new Set(yishi.kg.edgesOf[node].flatMap((edge) => [yishi.kg.edges.from[edge], yishi.kg.edges.to[edge]]));
        return yishi.kg.rank.find((one) => { const { x, y } = yishi.view.at(one); return !linked.has(one) && x > 60 && y > 60 && x < box.clientWidth - 460 && y < box.clientHeight - 60 && !yishi.kg.graph.styles[yishi.kg.sort[one]].hollow; }); }""",
        node,
    )
    at = opened.ask("(node) => yishi.view.at(node)", other)
    sort = opened.ask("(node) => yishi.kg.sort[node]", other)
    assert any(near(found, colour(opened, sort)) for found in colours(opened, at["x"], at["y"], 1))
    opened.ask("(node) => yishi.go({ chosen: { node } }, { stay: true })", node)
    opened.rest()
    assert not any(near(found, colour(opened, sort), 40) for found in colours(opened, at["x"], at["y"], 1))
    label = next(label for label in opened.labels() if label.get("node") == node)
    assert label["weight"] == 600


def test_a_class_that_is_switched_off_is_gone_from_the_picture_and_cannot_be_clicked(opened: Opened) -> None:
    node = rank(opened, 0)
    opened.ask(FLY, [node, 0.5])
    before = opened.ask("yishi.view.counts()")
    opened.page.click("#legend button[data-value=Organization]")
    opened.rest()
    after = opened.ask("yishi.view.counts()")
    assert after["nodes"] < before["nodes"] and after["of"] < before["of"]
    at = opened.ask("(node) => yishi.view.at(node)", node)
    assert not any(near(found, colour(opened, 0)) for found in colours(opened, at["x"], at["y"]))
    assert all(
        opened.ask("(node) => yishi.kg.classes[yishi.kg.sort[node]]", label["node"]) != "Organization"
        for label in opened.labels()
        if "node" in label
    )
    box = opened.page.locator("#graph").bounding_box()
    opened.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    assert opened.ask("yishi.state.chosen?.node ?? -1") != node


def test_the_picture_moves_with_the_mouse_and_the_wheel_zooms_where_it_points(opened: Opened) -> None:
    box = opened.page.locator("#graph").bounding_box()
    node = rank(opened, 3)
    before = opened.ask("(node) => yishi.view.at(node)", node)
    opened.page.mouse.move(box["x"] + 30, box["y"] + 30)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + 130, box["y"] + 90, steps=8)
    opened.page.mouse.up()
    opened.rest()
    after = opened.ask("(node) => yishi.view.at(node)", node)
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((100, 60), abs=0.5)
    fixed, before = (400, 300), opened.ask("yishi.view.camera().scale")
    opened.page.mouse.move(box["x"] + fixed[0], box["y"] + fixed[1])
    for _ in range(6):
        opened.page.mouse.wheel(0, -240)
    opened.rest()
    grown = opened.ask("yishi.view.camera().scale") / before
    zoomed = opened.ask("(node) => yishi.view.at(node)", node)
    assert grown > 2
    assert zoomed["x"] - fixed[0] == pytest.approx((after["x"] - fixed[0]) * grown, abs=grown)
    assert zoomed["y"] - fixed[1] == pytest.approx((after["y"] - fixed[1]) * grown, abs=grown)
    assert f"at={opened.ask('yishi.view.camera().x.toFixed(1)')}" in opened.ask("decodeURIComponent(location.hash)")


def test_the_next_frame_of_a_move_shows_it_before_anything_is_painted_anew(opened: Opened) -> None:
    node = rank(opened, 0)
    opened.ask(FLY, [node, 0.6])
    opened.page.wait_for_timeout(1200)  # until the picture of the whole is there too, to lie below
    x, y, took, data = opened.ask(
        """(node) => new Promise((done) => {
        const camera = yishi.view.camera(), before = JSON.stringify(yishi.view.counts());
        yishi.view.setCamera({ x: camera.x - 150 / camera.scale, y: camera.y + 90 / camera.scale, scale: camera.scale * 1.2 });
        requestAnimationFrame(() => {
          const { x, y } = yishi.view.at(node), pixel = document.querySelector("#graph canvas").getContext("2d").getImageData(x, y, 1, 1).data;
          done([x, y, before === JSON.stringify(yishi.view.counts()), [...pixel]]);
        }); })""",
        node,
    )
    box = opened.page.locator("#graph").bounding_box()
    assert (x - box["width"] / 2, y - box["height"] / 2) == pytest.approx((180, -108), abs=1)
    assert took and near(tuple(data[:3]), colour(opened, 0))


def test_while_it_moves_what_was_painted_moves_and_at_rest_it_is_the_picture_that_is_painted_there(
    opened: Opened, browser: Any, path: Path
) -> None:
    opened.ask(FLY, [rank(opened, 0), 0.12])
    start = opened.ask("yishi.view.camera()")
    there = {"x": start["x"] + 1500, "y": start["y"] + 700, "scale": 0.15}
    opened.ask(MOVE, there)
    moved = opened.ask(SEEN)
    fresh = Opened(browser, path, WHOLE, viewport={"width": 1280, "height": 800})
    fresh.ask(MOVE, there)
    again = fresh.ask(SEEN)
    fresh.context.close()
    assert moved == again


def test_a_node_that_is_carried_stays_where_it_is_put(opened: Opened) -> None:
    node = rank(opened, 0)
    opened.ask(FLY, [node, 0.6])
    box = opened.page.locator("#graph").bounding_box()
    at = opened.ask("(node) => yishi.view.at(node)", node)
    opened.page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + at["x"] - 210, box["y"] + at["y"] - 140, steps=6)
    opened.page.mouse.up()
    opened.rest()
    now = opened.ask("(node) => yishi.view.at(node)", node)
    assert (now["x"], now["y"]) == pytest.approx((at["x"] - 210, at["y"] - 140), abs=2)
    assert any(near(found, colour(opened, 0)) for found in colours(opened, now["x"], now["y"]))
    assert "pin=" in opened.ask("location.hash")


def test_searching_flies_there(opened: Opened) -> None:
    assert opened.find("政协昌溪县委员会").startswith("政协昌溪县委员会")
    at = opened.ask("(node) => yishi.view.at(node)", opened.number("政协昌溪县委员会"))
    width, height = opened.ask("[document.getElementById('graph').clientWidth, document.getElementById('graph').clientHeight]")
    assert 0 < at["x"] < width and 0 < at["y"] < height
    assert "政协昌溪县委员会" in {label["text"] for label in opened.labels()}


def test_a_neighbourhood_is_a_scene_of_its_own_with_bent_lines(opened: Opened) -> None:
    opened.ask("yishi.go({ scene: 'near', centre: yishi.kg.rank[500], steps: 1, chosen: null })")
    opened.rest()
    shown = opened.shown()
    assert 2 <= len(shown) < 200
    labels = {label["node"] for label in opened.labels() if "node" in label}
    assert opened.ask("yishi.kg.rank[500]") in labels
    assert opened.ask("yishi.view.counts().nodes") == len(shown)


def test_the_keyboard_chooses_zooms_and_moves(opened: Opened) -> None:
    opened.page.focus("#graph")
    opened.page.keyboard.press("ArrowRight")
    opened.rest()
    assert opened.ask("yishi.state.chosen.node") == rank(opened, 0)
    before = opened.ask("yishi.view.camera()")
    opened.page.keyboard.press("+")
    opened.rest()
    assert opened.ask("yishi.view.camera().scale") == pytest.approx(before["scale"] * 1.3)
    opened.page.keyboard.press("Shift+ArrowRight")
    opened.rest()
    assert opened.ask("yishi.view.camera().x") > before["x"]


def test_in_the_dark_the_paper_is_dark(browser: Any, path: Path) -> None:
    opened = Opened(browser, path, WHOLE, color_scheme="dark")
    assert max(max(found) for found in colours(opened, 8, 8)) < 60
    assert opened.labels()
    opened.context.close()


def test_the_picture_taken_along_is_what_is_seen_twice_as_fine(opened: Opened) -> None:
    image = opened.download("png")
    assert image.startswith(b"\x89PNG")
    width, height = int.from_bytes(image[16:20]), int.from_bytes(image[20:24])
    box = opened.page.locator("#graph").bounding_box()
    assert (width, height) == (2 * round(box["width"]), 2 * round(box["height"]))
    assert opened.ask(SEEN, base64.b64encode(image).decode())[1] > 500


def test_the_svg_has_the_names_that_are_on_the_screen(opened: Opened) -> None:
    opened.page.keyboard.press("Escape")
    opened.ask(FLY, [rank(opened, 0), 0.5])
    labels = {label["text"] for label in opened.labels()}
    text = opened.download("svg").decode()
    assert len(labels) > 30 and all(label in text for label in labels)


@pytest.mark.parametrize(
    "refusal",
    [
        "delete window.Worker;",
        "delete window.OffscreenCanvas;",
        "window.Worker = class { constructor() { setTimeout(() => this.onerror(new ErrorEvent('error', { message: 'refused' }))); } postMessage() {} terminate() {} };",
        "window.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } };",
    ],
)
def test_it_draws_without_a_worker_too(browser: Any, path: Path, refusal: str) -> None:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.add_init_script(refusal)
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(path.as_uri() + WHOLE)
    tab.evaluate("yishi.view.rested()")
    assert tab.evaluate("yishi.view.counts().nodes") == 20_000
    assert len(tab.evaluate("yishi.view.labels()")) > 15
    assert errors == []
    context.close()


def test_on_a_telephone_a_finger_moves_it_and_two_zoom_it(browser: Any, path: Path) -> None:
    opened = Opened(
        browser,
        path,
        "#view=whole",
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
    )
    assert opened.ask("yishi.view.counts().nodes") == 20_000
    box, before = opened.page.locator("#graph").bounding_box(), opened.ask("yishi.view.camera()")
    session = opened.context.new_cdp_session(opened.page)
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, *places: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(places)]},
        )

    touch("touchStart", middle)
    for step in range(1, 6):
        touch("touchMove", (middle[0] + 12 * step, middle[1]))
    touch("touchEnd")
    opened.rest()
    after = opened.ask("yishi.view.camera()")
    assert (before["x"] - after["x"]) * before["scale"] == pytest.approx(60, abs=13)
    touch("touchStart", (middle[0] - 40, middle[1]), (middle[0] + 40, middle[1]))
    for step in range(1, 6):
        touch("touchMove", (middle[0] - 40 - 8 * step, middle[1]), (middle[0] + 40 + 8 * step, middle[1]))
    touch("touchEnd")
    opened.rest()
    assert opened.ask("yishi.view.camera().scale") == pytest.approx(after["scale"] * 2, rel=0.1)
    assert opened.errors == []
    opened.context.close()


def test_names_of_documents_are_never_more_than_names(browser: Any, tmp_path: Path) -> None:
    found = made_graph(LARGE_NODES + 50, 1200)
    hostile = [
        "<img src=x onerror=alert(1)>",
        "</script><script>alert(2)</script>",
        "${alert(3)}",
        "`-alert(4)-`",
        "]]><svg onload=alert(5)>",
    ]
    entities = tuple(
        type(entity)(
            entity.id, entity.classes, hostile[number % 5] if number % 9 == 0 else entity.label, mentions=entity.mentions
        )
        for number, entity in enumerate(found.entities)
    )
    path = tmp_path / "hostile.html"
    Graph(entities, found.facts, found.measures, found.sources, found.documents).to_html(path)
    opened = Opened(browser, path, WHOLE)
    opened.ask(FLY, [opened.number(hostile[0]), 1])
    assert any(label["text"].startswith("<img") for label in opened.labels())
    assert opened.errors == []
    opened.context.close()


def test_the_benchmark_says_what_each_page_took(root: Path, browser: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.page", "--sizes", "30", "--seconds", "0.4", "--limit", "20", "--json"],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = json.loads(done.stdout)
    assert [row["page"] for row in rows] == ["kg", "vis-network, placed", "pyvis"]
    assert all(row["opens"] > 0 and row["pan"] > 1 and row["zoom"] > 1 and row["true_pan"] >= 0 for row in rows)
