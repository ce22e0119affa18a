"""What is told of an edits file after it was applied: the rows that do not fit, and what followed from those that do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WHY: Mapping[str, tuple[str, str]] = {
    "nobody": ("没有叫「{name}」的实体", "no entity is called '{name}'"),
    "near": ("没有叫「{name}」的实体，相近的有：{candidates}", "no entity is called '{name}'; near it: {candidates}"),
    "several": ("叫「{name}」的实体有 {n} 个，请写明标识：{candidates}", "{n} entities are called '{name}': say which by its id: {candidates}"),
    "no-source": ("没有叫「{name}」的文本", "no document is called '{name}'"),
    "sources": ("叫「{name}」的文本有 {n} 份，请写 SHA-256 的开头：{candidates}",
                "{n} documents are called '{name}': say which by the beginning of its SHA-256: {candidates}"),
    "no-quote": ("文本中没有这句话：{quote}", "no text has these words: {quote}"),
    "quotes": ("这句话在文本中有 {n} 处，请写来源，或起止：{places}", "these words stand in {n} sentences: name the source, or start and end: {places}"),
    "offsets": ("文本「{name}」只有 {n} 字，没有这个起止", "the text of {name} has {n} characters: start and end are not in it"),
    "one": ("两边已是同一实体 {id}", "both are one entity already: {id}"),
    "joined": ("已按第 {line} 行并入 {id}", "is joined to {id} by line {line} already"),
    "no-mention": ("其中没有提到「{name}」的地方", "no such place names {name}"),
    "parted": ("这些地方已按另一行拆给 {id}", "these places are parted to {id} by another row"),
    "conflict": ("与第 {line} 行矛盾", "says otherwise than line {line}"),
    "no-fact": ("没有这条关系", "there is no such fact"),
    "other-facts": ("没有这条关系；两者之间有：{facts}", "there is no such fact; between the two: {facts}"),
    "facts": ("有 {n} 条，请用状态、时间、职务写明是哪一条：{facts}", "{n} facts fit: say which by status, period or role: {facts}"),
    "no-figure": ("没有这个数据", "there is no such figure"),
    "other-figures": ("没有这个数据；该实体有：{figures}", "there is no such figure; there are: {figures}"),
    "figures": ("有 {n} 个，请用数值、单位、时间、状态写明是哪一个：{figures}",
                "{n} figures fit: say which by value, unit, period or status: {figures}"),
    "same": ("本来就是如此", "it is so already"),
    "self": ("两端是同一实体", "both ends are one entity"),
    "ends": ("「{property}」不能从 {subject} 指向 {object}", "'{property}' does not go from {subject} to {object}"),
    "unnamed": ("原句没有提到任何一端", "the sentence names neither end"),
    "figure-unsaid": ("原句没有这个数；句中的数：{figures}", "the sentence has no such figure; it has: {figures}"),
    "there": ("已有这个实体：{candidates}", "there is such an entity already: {candidates}"),
    "name-unsaid": ("文本中没有「{name}」这个名称", "no text has the name '{name}'"),
    "mended-rejected": ("这条已被另一行删去", "another row rejects it"),
    "left-out": ("{n} 条关系因两端类别不合而略去：{facts}", "{n} facts are left out, whose ends do not fit: {facts}"),
    "within": ("两者之间的 {n} 条关系略去", "{n} facts between the two are left out"),
}  # fmt: skip
"""Key → what is told in Chinese, and in English."""


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """One thing told of a row: the line it stands on, what it says, and why it does not fit (or, where `obeyed`, what followed)."""

    line: int
    row: str
    zh: str
    en: str
    obeyed: bool = False

    def why(self, lang: str) -> str:
        """In "zh" or "en"."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edits file did: its name, how many rows were obeyed, and what is told of rows, by line."""

    name: str
    obeyed: int
    told: tuple[Told, ...] = ()

    @property
    def unfit(self) -> tuple[Told, ...]:
        """The rows that do not fit (any more)."""
        return tuple(one for one in self.told if not one.obeyed)


class Misfit(Exception):
    """Why a row does not fit: a key of WHY and what fills it in (a pair: in Chinese, and in English)."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values

    def told(self, line: int, row: str, *, obeyed: bool = False) -> Told:
        """As it is told of a row."""
        zh, en = (
            text.format(**{name: value[at] if isinstance(value, tuple) else value for name, value in self.values.items()})
            for at, text in enumerate(WHY[self.key])
        )
        return Told(line, row, zh, en, obeyed)
