"""Options that several verbs have."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError


def positive(text: str) -> int:
    """A whole number above 0. Raises ArgumentTypeError for anything else."""
    if not text.isascii() or not text.isdecimal() or not int(text):
        raise ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def seconds(text: str) -> float:
    """A time in seconds above 0. Raises ArgumentTypeError for anything else."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e9:
        raise ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return value


def graph_option(parser: ArgumentParser) -> None:
    """--graph: the folder of a built graph."""
    parser.add_argument("--graph", default="output", metavar="DIR", help="kg build -o DIR (output)")


def lexicon_option(parser: ArgumentParser, about: str) -> None:
    """--lexicon FILE, as often as one likes."""
    parser.add_argument("--lexicon", action="append", metavar="FILE", help=about)


def json_option(parser: ArgumentParser, about: str) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true", help=about)
