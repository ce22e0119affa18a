"""The server of a language model: spoken to as it needs, believed in nothing, and never waited for or listened to without end."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time

import pytest
from command import START, environment, one_line
from command import kg as command
from model_server import Asked, Reply, answering, proposing, refusing, said

import kg
from kg.llm.parallel import in_order
from kg.llm.proposals import Malformed, read_proposals

LINE = "湖州市政协与湖州学院共建石榴红小站，群众欢迎。"
TEXT = f"湖州市政协2022年工作总结\n{LINE}\n"
FACT = ("湖州市政协", "runs", "石榴红小站", "done", "共建石榴红小站")
RIGHT = proposing([("石榴红小站", "Platform")], [FACT])
WORDS = json.loads(RIGHT.body)["choices"][0]["message"]["content"]
KEY = "sk-secret-0123456789"


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def build(text, reply, name="test", **options):
    """The graph with a model that answers so, the server, and what came of it."""
    with answering(reply) as server:
        model = kg.ModelServer(server.url, name, **{"pause": 0.01, **options})
        return kg.build(text, model=model), server, model.tally


def found(graph) -> bool:
    """Whether the model's fact is in the graph."""
    return any(fact.basis == "model" for fact in graph.facts)


def reason(graph) -> str:
    (skipped,) = graph.skipped
    assert skipped.name == "text.txt" and skipped.reason.startswith("the model gave nothing for 1 of 1 passages (characters ")
    return skipped.reason.partition("): ")[2]


# ---- answers in any dress ----

DRESSED = {
    "bare": WORDS,
    "fenced": f"```json\n{WORDS}\n```",
    "fenced without a language": f"好的：\n```\n{WORDS}\n```\n以上。",
    "with words around it": f"这是结果：\n{WORDS}\n希望有帮助。",
    "after a thought": f'<think>先想一想 {{"entities": 1}}</think>\n{WORDS}',
    "with members that were not asked for": WORDS[:-1] + ', "confidence": 0.9, "note": null}',
}


@pytest.mark.parametrize("dress", DRESSED)
def test_the_object_asked_for_is_found_in_what_is_said_around_it(text, dress):
    graph, _, tally = build(text, said(DRESSED[dress]))
    assert found(graph) and graph.skipped == () and tally.asked == 1


MALFORMED = {
    "no JSON": "我不能回答这个问题。",
    "cut off": WORDS[:-20],
    "an array": "[1, 2]",
    "other members": '{"nodes": [], "edges": []}',
    "members of other types": '{"entities": "石榴红小站", "facts": {}}',
    "two members of one name": '{"entities": [], "entities": [{"name": "石榴红小站", "class": "Platform"}], "facts": []}',
    "deep": '{"entities": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "no number": '{"entities": [], "facts": [NaN]}',
    "a number without end": '{"entities": [], "facts": [' + "9" * 100_000 + "]}",
    "empty": " ",
}


@pytest.mark.parametrize("form", MALFORMED)
def test_an_answer_that_is_none_is_told_of_and_the_rest_of_the_graph_is_built(text, form):
    graph, _, tally = build(text, said(MALFORMED[form]))
    assert not found(graph) and reason(graph) and tally.failed == 1
    assert graph.entities == kg.build(text).entities


ITEMS = [
    1,
    None,
    [],
    "石榴红小站",
    {},
    {"name": 1, "class": "Platform"},
    {"name": "石榴红小站"},
    {"name": "x" * 3_000, "class": "Platform"},
]


def test_items_of_wrong_form_are_refused_one_by_one_and_the_others_are_looked_at(text):
    answer = {"entities": [*ITEMS, {"name": "石榴红小站", "class": "Platform"}], "facts": [*ITEMS, dict(zip(("subject", "property", "object", "status", "quote"), FACT, strict=True)), {**dict(zip(("subject", "property", "object", "status", "quote"), FACT, strict=True)), "role": 3}]}  # fmt: skip
    graph, _, tally = build(text, said(json.dumps(answer)))
    assert found(graph) and tally.refused == {"form": 2 * len(ITEMS) + 1}


def test_of_an_endless_list_of_proposals_the_first_two_hundred_are_looked_at():
    many = {"entities": [{"name": f"小站{n}", "class": "Platform"} for n in range(10_000)], "facts": []}
    proposals = read_proposals(json.dumps(many))
    assert len(proposals.entities) == 200 and proposals.refused == {"form": 9_800}


def test_the_same_proposal_made_twice_is_one():
    one = {"name": "石榴红小站", "class": "Platform"}
    assert len(read_proposals(json.dumps({"entities": [one, one], "facts": []})).entities) == 1


@pytest.mark.parametrize("words", ["", "{", "}", "{}", "```json```", "<think>{", '{"facts": 1}'])
def test_scraps_are_malformed(words):
    with pytest.raises(Malformed):
        read_proposals(words)


# ---- what is no answer of the protocol ----

STRANGE = {
    "a page": (Reply(b"<html><h1>Welcome</h1></html>", kind="text/html"), "text/html, not JSON"),
    "nothing": (Reply(b"", 204), "not JSON"),
    "no JSON": (Reply(b"data: {", kind="text/event-stream"), "text/event-stream, not JSON"),
    "bytes": (Reply(bytes(range(256)) * 10), "not JSON"),
    "other JSON": (Reply(b'{"ok": true}'), "not one of the chat completions protocol"),
    "no choices": (Reply(b'{"choices": []}'), "not one of the chat completions protocol"),
    "a list": (Reply(b"[]"), "not one of the chat completions protocol"),
    "no words": (Reply(b'{"choices": [{"message": {"content": null}}]}'), "an empty answer"),
    "deep": (Reply(b"[" * 200_000), "not JSON"),
    "huge": (Reply(b" " * (5 << 20)), "more than 4 MB"),
}


@pytest.mark.parametrize("form", STRANGE)
def test_what_is_no_answer_of_the_protocol_is_told_of(text, form):
    reply, why = STRANGE[form]
    graph, server, _ = build(text, reply)
    assert why in reason(graph) and len(server.asked) == 1


def test_an_answer_is_taken_whatever_its_media_type_says(text):
    graph, _, _ = build(text, Reply(RIGHT.body, kind="text/plain"))
    assert found(graph)


# ---- servers in trouble ----


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_failure_that_may_pass_is_asked_again(text, status):
    graph, server, _ = build(text, [refusing(status), RIGHT])
    assert found(graph) and graph.skipped == () and len(server.asked) == 2


def test_the_pause_that_a_server_asks_for_is_made(text):
    started = time.monotonic()
    graph, _, _ = build(text, [refusing(429, **{"Retry-After": "1"}), RIGHT])
    assert found(graph) and time.monotonic() - started >= 1


def test_a_failure_that_does_not_pass_is_told_of_after_three_tries(text):
    graph, server, _ = build(text, refusing(503, "model is loading"))
    assert "503" in reason(graph) and "model is loading" in reason(graph) and len(server.asked) == 3


def test_a_connection_that_breaks_is_tried_again(text):
    cut = Reply(RIGHT.body[:50], headers={"Content-Length": str(len(RIGHT.body))})
    graph, server, _ = build(text, [cut, RIGHT])
    assert found(graph) and len(server.asked) == 2


@pytest.mark.parametrize("slow", [Reply(RIGHT.body, wait=3), Reply(RIGHT.body, drip=0.05)], ids=["silent", "drop by drop"])
def test_a_slow_server_is_waited_for_so_long_and_no_longer(text, slow):
    started = time.monotonic()
    graph, server, _ = build(text, slow, timeout=0.5)
    assert "no answer within 0.5 s" in reason(graph) and len(server.asked) == 1
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_does_not_know_a_parameter_is_asked_without_it_from_then_on(tmp_path, status):
    path = tmp_path / "text.txt"
    path.write_text(TEXT + LINE.replace("石榴红", "青螺") + "\n", encoding="utf-8")

    def plain(asked: Asked) -> Reply:
        known = {"model", "messages", "stream"}
        return RIGHT if set(asked.body) == known else refusing(status, "unknown parameter")

    graph, server, _ = build(path, plain, workers=1)
    assert found(graph) and graph.skipped == ()
    assert [set(asked.body) & {"temperature", "response_format"} for asked in server.asked] == [
        {"temperature", "response_format"}, {"temperature"}, set(), set(),
    ]  # fmt: skip


def test_a_passage_that_the_server_will_not_have_is_told_of(text):
    graph, _, _ = build(text, refusing(400, "content filter"))
    assert "400" in reason(graph) and "content filter" in reason(graph)


def many(tmp_path, number: int):
    path = tmp_path / "text.txt"
    path.write_text("湖州市政协2022年工作总结\n" + "".join(f"{n}月，{LINE}\n" for n in range(number)), encoding="utf-8")
    return path


def test_a_server_that_never_answers_ends_the_build(tmp_path):
    with pytest.raises(kg.YishiError, match="gives no answer: 500"):
        build(many(tmp_path, 20), refusing(500), workers=1)


def test_an_address_of_something_else_ends_the_build_before_it_is_asked_about_every_passage(tmp_path):
    with answering(Reply(b"<html>", kind="text/html")) as server, pytest.raises(kg.YishiError, match="text/html, not JSON"):
        kg.build(many(tmp_path, 40), model=kg.ModelServer(server.url, "test", workers=1))
    assert len(server.asked) == 5


def test_a_server_that_stops_answering_is_asked_no_more(tmp_path):
    graph, server, tally = build(many(tmp_path, 20), [RIGHT, refusing(500)], workers=1)
    assert found(graph) and len(server.asked) == 1 + 5 * 3 and tally.failed == 19
    assert [s.reason.split("): ")[1] for s in graph.skipped] == [
        "not asked: the server had failed 5 times in a row",
        '500 Internal Server Error: {"error": {"message": "no"}}',
    ]  # fmt: skip


def test_no_more_requests_are_made_than_allowed(tmp_path):
    graph, server, tally = build(many(tmp_path, 6), RIGHT, limit=4)
    assert len(server.asked) == 4 and tally.asked == 4 and tally.failed == 2
    assert "limit of requests" in graph.skipped[0].reason


def test_few_requests_are_made_at_a_time_and_the_order_of_answers_does_not_matter(tmp_path):
    path = many(tmp_path, 12)
    waits = iter([0.2, 0, 0.1, 0, 0.15, 0, 0.1, 0, 0, 0, 0, 0])
    slow, server, _ = build(path, lambda _: Reply(RIGHT.body, wait=next(waits)), workers=3)
    assert 1 < server.at_once <= 3
    assert slow.to_turtle() == build(path, RIGHT, workers=1)[0].to_turtle()


def test_results_come_in_order_and_an_error_in_its_turn():
    def work(number: int) -> int:
        time.sleep(0.02 * (5 - number))
        if number == 3:
            raise ValueError("three")
        return number

    seen = []
    with pytest.raises(ValueError, match="three"):
        for result in in_order(work, range(5), 5):
            seen.append(result)
    assert seen == [0, 1, 2]


# ---- secrets and other places ----


def test_the_key_goes_to_the_server_and_nowhere_else(text, tmp_path):
    graph, server, _ = build(text, RIGHT, key=KEY, cache=tmp_path / "answers.jsonl")
    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in (graph.to_turtle() or "") and KEY not in (tmp_path / "answers.jsonl").read_text()
    assert KEY not in repr(kg.ModelServer("http://localhost:1/v1", "m", key=KEY))


def test_a_server_that_repeats_the_key_in_its_refusal_does_not_bring_it_to_the_screen(text):
    with pytest.raises(kg.YishiError) as caught:
        build(text, refusing(401, f"Incorrect API key provided: {KEY}"), key=KEY)
    assert KEY not in str(caught.value) and "KG_MODEL_KEY" in str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirection_is_not_followed(text, status):
    with answering(RIGHT) as other:
        with pytest.raises(kg.YishiError, match="sends elsewhere"):
            build(text, refusing(status, Location=f"{other.url}/chat/completions"), key=KEY)
        assert other.asked == []


def test_a_proxy_of_the_environment_is_not_asked_about_this_machine(text, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert found(build(text, RIGHT)[0])


@pytest.mark.parametrize("status", [401, 402, 403, 404, 405])
def test_a_server_that_refuses_from_the_start_ends_the_build(text, status):
    with pytest.raises(kg.YishiError) as caught:
        build(text, refusing(status, "no such thing"))
    assert str(status) in str(caught.value) and "no such thing" in str(caught.value)


ADDRESSES = [
    "localhost:11434", "ftp://localhost/v1", "file:///etc/passwd", "http://", "http://user:pass@localhost/v1", "http://local host/v1",
    "http://localhost:99999/v1", "http://localhost/v1#x", "http://localhost/\r\nX: 1", "", "http://[::1/v1", f"http://{'a' * 70}/v1",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_no_address_is_refused_before_anything_is_read(address):
    with pytest.raises(kg.UsageError):
        kg.ModelServer(address, "m")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 201, "a\x00"])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(kg.UsageError):
        kg.ModelServer("http://localhost/v1", name)


@pytest.mark.parametrize("key", ["", "a b", "a\r\nX: 1", "密钥"])
def test_what_no_header_can_carry_is_no_key(key):
    with pytest.raises(kg.UsageError) as caught:
        kg.ModelServer("http://localhost/v1", "m", key=key)
    assert not key or key not in str(caught.value)


@pytest.mark.parametrize("end", ["", "/", "/chat/completions"])
def test_the_address_may_end_as_people_write_it(text, end):
    with answering(RIGHT) as server:
        graph = kg.build(text, model=kg.ModelServer(server.url + end, "test"))
        assert found(graph) and server.asked[0].path == "/v1/chat/completions"


# ---- kept answers ----


def test_a_build_with_kept_answers_needs_no_server_and_gives_the_same_bytes(text, tmp_path):
    first, server, _ = build(text, RIGHT, cache=tmp_path / "answers.jsonl")
    again = kg.ModelServer(server.url, "test", cache=tmp_path / "answers.jsonl")  # its server is closed by now
    second = kg.build(text, model=again)
    assert found(second) and second.to_turtle() == first.to_turtle()
    assert (again.tally.asked, again.tally.kept) == (0, 1)


def test_another_model_or_another_text_is_asked_anew(text, tmp_path):
    cache = tmp_path / "answers.jsonl"
    build(text, RIGHT, cache=cache)
    assert len(build(text, RIGHT, name="other", cache=cache)[1].asked) == 1
    text.write_text(TEXT.replace("欢迎", "喜欢"), encoding="utf-8")
    assert len(build(text, RIGHT, cache=cache)[1].asked) == 1


def test_a_useless_answer_is_not_kept(text, tmp_path):
    build(text, said("no"), cache=tmp_path / "answers.jsonl")
    assert not (tmp_path / "answers.jsonl").exists()


def test_what_is_kept_is_believed_no_more_than_what_is_said(text, tmp_path):
    cache = tmp_path / "answers.jsonl"
    with answering(RIGHT) as server:
        kg.build(text, model=kg.ModelServer(server.url, "test", cache=cache))
        kept = json.loads(cache.read_text())
        lie = {**kept, "answer": WORDS.replace("石榴红小站", "月球大站")}
        lines = ["[" * 100_000, "no JSON", '{"key": 1}', "null", json.dumps(lie), "\udc00".encode("utf-8", "surrogatepass").hex()]
        cache.write_text("\n".join(lines) + '\n{"key": "cut')
        graph = kg.build(text, model=kg.ModelServer(server.url, "test", cache=cache))
        assert len(server.asked) == 1 and not found(graph)
        text.write_text(TEXT.replace("欢迎", "喜欢"), encoding="utf-8")
        kg.build(text, model=kg.ModelServer(server.url, "test", cache=cache))
        kg.build(text, model=kg.ModelServer(server.url, "test", cache=cache))
        assert len(server.asked) == 2  # the line that was cut off has not swallowed the one behind it


def test_a_file_that_cannot_keep_answers_is_said_in_one_line(text, tmp_path):
    with pytest.raises(kg.YishiError, match="no file of kept answers"):
        kg.ModelServer("http://localhost/v1", "m", cache=tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(kg.YishiError, match="cannot be written"):
        build(text, RIGHT, cache=tmp_path / "file" / "answers.jsonl")


# ---- the command ----


def test_the_command_tells_what_came_of_the_model(text, tmp_path):
    with answering(RIGHT) as server:
        words = ("build", text, "-o", tmp_path / "o", "--no-html", "--model", server.url, "--model-name", "qwen2.5")
        done = command(*words, KG_MODEL_KEY=KEY)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith(
            "\nModel qwen2.5: asked about 1 passage(s), 0 more answered from the file, 0 without result; took over 1 entities and 1 facts.\n"
        )
        assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"
        told = json.loads(command(*words, "--json").stdout)["model"]
        assert told == {"name": "qwen2.5", "asked": 0, "kept": 1, "failed": 0, "entities": 1, "facts": 1, "refused": {}}
        assert "采纳实体 1、关系 1" in command(*words, lang="zh").stdout
    assert (tmp_path / "o" / "model-answers.jsonl").is_file()
    assert 'kg:rule "model:qwen2.5"' in (tmp_path / "o" / "graph.ttl").read_text("utf-8")


def test_the_command_tells_why_proposals_were_refused(text, tmp_path):
    with answering(proposing([("月球大站", "Platform"), ("地球大站", "Platform"), ("石榴红小站", "Station")])) as server:
        done = command("build", text, "-o", tmp_path / "o", "--no-html", "--model", server.url, "--model-name", "m")
    assert done.stdout.endswith("\nRefused 3: name not in the text 2, no such class 1.\n")


def test_a_server_that_is_not_there_is_one_line_and_nothing_is_written(text, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    done = command("build", text, "-o", tmp_path / "o", "--model", address, "--model-name", "m")
    assert done.returncode == 1 and not (tmp_path / "o").exists()
    assert one_line(done.stderr) == f"{address}: cannot be reached: Connection refused (is it running, and is this its address?)"


def test_passages_without_an_answer_are_a_part_that_was_skipped(text, tmp_path):
    with answering(said("no")) as server:
        done = command("build", text, "-o", tmp_path / "o", "--no-html", "--model", server.url, "--model-name", "m")
    assert done.returncode == 3 and (tmp_path / "o" / "graph.ttl").is_file()
    assert one_line(done.stderr) == (
        "skipped text.txt: the model gave nothing for 1 of 1 passages (characters 15–38): no JSON object"
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--model", "http://localhost/v1"], "--model-name"),
        (["--model-name", "m"], "--model"),
        (["--model-cache", "f"], "--model"),
        (["--model-limit", "3"], "--model"),
        (["--model", "localhost", "--model-name", "m"], "http://localhost:11434/v1"),
    ],
)
def test_options_that_do_not_say_enough_are_wrong_usage(say, text, tmp_path, words, says):
    code, _, errors = say("build", text, "-o", tmp_path / "o", *words)
    assert code == 2 and says in one_line(errors) and not (tmp_path / "o").exists()


def test_an_interrupt_does_not_wait_for_the_server(text, tmp_path):
    with answering(Reply(RIGHT.body, wait=60)) as server:
        words = ["build", str(text), "-o", str(tmp_path / "o"), "--model", server.url, "--model-name", "m"]
        process = subprocess.Popen([sys.executable, "-c", START, *words], env=environment(), stderr=subprocess.PIPE, text=True)
        until = time.monotonic() + 60
        while not server.asked and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 130 and "interrupted" in one_line(errors) and not (tmp_path / "o").exists()
