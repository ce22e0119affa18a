"""The options of `kg build` that name a language model, and what is said of what came of it."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.console import Console
from kg.cli.options import positive
from kg.cli.say import Say, Table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.llm import ModelServer
    from kg.llm.tally import Tally

KEY = "KG_MODEL_KEY"
ANSWERS = "model-answers.jsonl"  # in the folder that is written to

SAY: Table = {
    "model": ("再问一个语言模型：兼容 OpenAI 的服务器地址，如 http://localhost:11434/v1（密钥放在 KG_MODEL_KEY；不写则不连网）",
              "ask a language model too: the address of any OpenAI-compatible server, such as http://localhost:11434/v1 (its key in "
              "KG_MODEL_KEY; without this no connection is opened)"),
    "model-name": ("模型的名称，如 qwen2.5", "the model's name, such as qwen2.5"),
    "model-cache": (f"模型的回答存在哪个文件，再建时先查它（默认 DIR/{ANSWERS}）",
                    f"the file where the model's answers are kept and looked up first (default: DIR/{ANSWERS})"),
    "model-limit": ("最多问多少次（默认 1000）", "the most passages that are asked about (default: 1000)"),
    "came": ("模型 {name}：问了 {asked:,} 段，另有 {kept:,} 段用存下的回答，{failed:,} 段没有结果；采纳实体 {entities:,}、关系 {facts:,}。",
             "Model {name}: asked about {asked:,} passage(s), {kept:,} more answered from the file, {failed:,} without result; "
             "took over {entities:,} entities and {facts:,} facts."),
    "refused": ("没有采纳 {n:,} 项：{why}。", "Refused {n:,}: {why}."),
    "class": ("不在十类之内", "no such class"),
    "name": ("不成名称", "no name"),
    "not-in-text": ("名称不在文中", "name not in the text"),
    "crosses": ("与规则找到的名称相交", "crosses a name that the rules found"),
    "end": ("一端不明", "an end that is not known"),
    "property": ("不在十二种关系之内", "no such relation"),
    "status": ("状态既非已成也非计划", "status neither done nor planned"),
    "quote": ("引文不在文中，或没有两端的名称", "quote not in the text, or naming neither end"),
    "misfit": ("两端的类不合", "classes that the relation does not join"),
    "denied": ("原文否定", "denied by the text"),
    "table": ("区划隶属以国家表为准", "for the state's table to say"),
    "known": ("规则已找到", "found by the rules already"),
    "form": ("格式不对", "wrong form"),
}  # fmt: skip


def model_arguments(parser: ArgumentParser, console_say: Say) -> None:
    """--model, --model-name, --model-cache, --model-limit."""
    say = Say(SAY, console_say.lang)
    parser.add_argument("--model", metavar="URL", help=say("model"))
    parser.add_argument("--model-name", metavar="NAME", help=say("model-name"))
    parser.add_argument("--model-cache", metavar="FILE", help=say("model-cache"))
    parser.add_argument("--model-limit", type=positive, metavar="N", help=say("model-limit"))


def named_model(args: Namespace) -> ModelServer | None:
    """The model that the arguments name, None where they name none. Raises UsageError where they do not say enough, or too much."""
    if args.model is None:
        given = [name for name in ("model_name", "model_cache", "model_limit") if getattr(args, name) is not None]
        if given:
            raise UsageError("says nothing without --model", f"--{given[0].replace('_', '-')}", "add --model URL")
        return None
    if args.model_name is None:
        raise UsageError("the model has no name", "--model", "add --model-name NAME")
    from kg.llm import ModelServer

    limit = {} if args.model_limit is None else {"limit": args.model_limit}
    cache = args.model_cache or Path(args.output) / ANSWERS
    return ModelServer(args.model, args.model_name, key=os.environ.get(KEY) or None, cache=cache, **limit)


def told(name: str, tally: Tally, console: Console) -> list[str]:
    """What came of asking, as a person likes to read it."""
    say = console.say(SAY)
    counts = {key: value for key, value in tally.as_json().items() if key != "refused"}
    lines = ["", say("came", name=name, **counts)]
    if tally.refused:
        ranked = sorted(tally.refused.items(), key=lambda one: (-one[1], one[0]))
        why = ("、" if console.lang == "zh" else ", ").join(f"{say(reason)} {n:,}" for reason, n in ranked)
        lines.append(say("refused", n=tally.refused.total(), why=why))
    return lines
