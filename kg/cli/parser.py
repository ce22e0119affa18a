"""argparse in the reader's language, with one line for what is wrong."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from typing import NoReturn

from kg.cli.say import LANGUAGES, Say

WRONG_USAGE = 2

# What argparse says (English only) → the same in Chinese. What is not here stays in English.
_CHINESE = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)", r"\1 不能是 \2，可选 \3"),
    (r"argument (.*?): expected (?:one|at least one) argument", r"\1 后面要有值"),
    (r"argument (.*?): invalid int value: (.*)", r"\1 应是整数，不能是 \2"),
    (r"argument (.*?): (.*) is not a whole number above 0", r"\1 应是正整数，不能是 \2"),
    (r"argument (.*?): (.*) is not a number of seconds above 0", r"\1 应是大于 0 的秒数，不能是 \2"),
    (r"argument (.*?): (.*) is not NAME=VALUE", r"\1 应写成 NAME=VALUE，不能是 \2"),
    (r"one of the arguments (.*) is required", r"\1 须给出其一"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能与 \2 同用"),
)


class Parser(ArgumentParser):
    """A parser that speaks through `say`, which has the keys usage, mend, arguments and options."""

    say: Say

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong and where the help is, and exit with code 2."""
        line = " ".join(message.split())
        if self.say.lang == "zh":
            line = next((re.sub(english, chinese, line) for english, chinese in _CHINESE if re.fullmatch(english, line)), line)
        sys.stderr.write(f"kg: {line} ({self.say('mend', prog=self.prog)})\n")
        sys.exit(WRONG_USAGE)

    def format_usage(self) -> str:
        """The usage line, its first word in the reader's language."""
        return super().format_usage().replace("usage: ", self.say("usage"), 1)

    def format_help(self) -> str:
        """The help, its headings in the reader's language."""
        # argparse has no public way to name its two groups.
        self._positionals.title, self._optionals.title = self.say("arguments"), self.say("options")
        return super().format_help().replace("usage: ", self.say("usage"), 1)


def common(parser: ArgumentParser) -> None:
    """The options that every verb has."""
    parser.add_argument("-h", "--help", action="help", help=Parser.say("help"))
    parser.add_argument("--lang", choices=LANGUAGES, help=Parser.say("lang"))
