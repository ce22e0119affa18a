"""Texts of the genre that nobody wrote: sentences out of the lexicon's own words, real lines, and what copying and printing do to both.

All functions are plain: a `random.Random` in, text out, so that hypothesis (`texts`) and the fuzzer's mutations draw from the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from random import Random

from hypothesis import strategies as st

from kg.lexicon import shipped
from kg.parse.tables import table

PLACES = (
    "湖州市",
    "安吉县",
    "浙江省",
    "岳阳市",
    "德清县",
    "北京市朝阳区",
    "广西壮族自治区",
    "余村",
    "长三角",
    "全市",
    "我市",
    "省、市、区县三级",
    "",
)
GIVEN = "建国明志强丽芳伟敏静玉华晓东文平安乐于"
CORES = (
    "绿色发展",
    "四融三联",
    "1246+X",
    "两山",
    "云上商",
    "码上议·马上办",
    "A＋B",
    "六送下乡",
    "喜庆二十大，永远跟党走",
    "“套”",
    "《内》",
    "",
)
SUBJECTS = ("打造人才强市", "农贸市场整治提升", "加快建设副中心城市", "校园食品安全")
DIGITS = (
    "2.7万多",
    "5.53万亿",
    "20余",
    "近3",
    "10—15",
    "１２．５",
    "三百二十",
    "1，234",
    "1,234.5",
    "-3.2",
    "百分之五",
    "0",
    "９",
    "第3",
    "1/3",
    "两",
)
YEARS = ("2022年", "2022年3月5日", "二〇二二年", "去年", "今年以来", "2021年至2022年", "“十四五”期间", "到2025年", "3月", "")
ODD = (
    "\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u2060", "\x00", "\x1f", "\x7f", "\u3000", "\xa0", "\t", "\v", "\f", "\x85", "\u2028", "\u2029",
    "\r", "\r\n", "\n", "𠮷", "😀", "👨‍👩‍👧", "e\u0301", "⻓", "⼀", "⽤", "戸", "政協", "臺灣", "後來", "乾隆", "於潜", "Ａ", "９", "％", "﹪", "︽", "｢", "〇", "㊗", "ﬁ", "\ufffd", "\ue000",
    '"', "'", "<!--", "-->", "**", "# ", "[", "](http://a.cn/b)", "![", "|", "\\", "{", "}", "<b>", "&amp;", "“", "”", "《", "》", "（", "）", "(", ")", "……", "——", "·", "•",
)  # fmt: skip
ENDS = ("\n", "\r\n", "\r", "\x85", "\u2028", "\n\n", "\n　　", "\n\t")


@cache
def words(name: str, *path: str) -> tuple[str, ...]:
    """A list of words of the lexicon."""
    return tuple(shipped().words(name, *path))


def _verb(chance: Random, property_: str) -> str:
    return chance.choice(words("verbs", property_, "verbs"))


def body(chance: Random) -> str:
    """The name of a body: of state, of the party, a department, a mass organization, a medium, one known over the country."""
    kind = chance.choice(
        ["cppcc", "congress_standing", "party", "government", "court", "department", "mass", "media", "known", "sub"]
    )
    place = chance.choice(PLACES)
    if kind == "department":
        return (
            place.removesuffix("市")
            + "市" * place.endswith("市")
            + chance.choice(words("bodies", "department", "stems"))
            + chance.choice(words("bodies", "department", "endings"))
        )
    if kind == "mass":
        return place + chance.choice(words("bodies", "mass", "words"))
    if kind == "media":
        return chance.choice(words("media", "names"))
    if kind == "known":
        return chance.choice(words("bodies", "known", "names"))
    if kind == "sub":
        return chance.choice(["市政协", "省政协", "湖州市政协"]) + chance.choice(words("bodies", "sub", "words"))
    return place + chance.choice(words("bodies", "core", kind, "words"))


def person(chance: Random) -> str:
    """A person with a post, or without."""
    surname = chance.choice(
        [chance.choice(str(shipped().text("people", "surnames"))), chance.choice(words("people", "compound"))]
    )
    name = surname + "".join(chance.choice(GIVEN) for _ in range(chance.randint(1, 2)))
    return (
        chance.choice(["", chance.choice(words("people", "posts"))])
        + name
        + chance.choice(["", "、" + surname + chance.choice(GIVEN)])
    )


def name(chance: Random, of: str) -> str:
    """The name of a platform, a program, a meeting or an honor: a core with or without marks around it, and a head noun."""
    core = chance.choice(CORES)
    marked = chance.choice([f"“{core}”", core, f"《{core}》", f"‘{core}’", f"“{core}", f'"{core}"'])
    return marked + chance.choice(words("heads", of, chance.choice(["strong", "weak"])) or ("平台",))


def figure(chance: Random) -> str:
    """A number with a measure word."""
    families = shipped().table("units", "families")
    return chance.choice(DIGITS) + chance.choice(families[chance.choice(sorted(families))])


SENTENCES: tuple[Callable[[Random], str], ...] = (
    lambda c: f"{c.choice(YEARS)}，{body(c)}{_verb(c, 'runs')}{name(c, 'Platform')}，开展协商{figure(c)}，提出意见建议{figure(c)}",
    lambda c: f"{body(c)}、{body(c)}{_verb(c, 'hosts')}{c.choice(['第九届', '第一次', '双月', ''])}{name(c, 'Meeting')}，{person(c)}{_verb(c, 'attends')}会议并讲话",
    lambda c: f"{c.choice(words('modality', 'planned', 'strong'))}{_verb(c, 'carriesOut')}{name(c, 'Program')}，{c.choice(words('modality', 'denied', 'words'))}{_verb(c, 'runs')}{name(c, 'Platform')}",
    lambda c: f"{body(c)}{_verb(c, 'issues')}《{c.choice(PLACES)}{c.choice(SUBJECTS)}{c.choice(['条例', '意见', '（试行）', '规划'])}》",
    lambda c: f"{body(c)}{_verb(c, 'receives')}“{c.choice(CORES)}”{c.choice(words('honors', 'given'))}，{c.choice(words('media', 'names'))}{_verb(c, 'reportedBy')}",
    lambda c: f"围绕“{c.choice(SUBJECTS)}”等主题{_verb(c, 'hosts')}{name(c, 'Meeting')}{figure(c)}，比上年{c.choice(words('measuring', 'change', 'words'))}{figure(c)}，占{figure(c)}",
    lambda c: f"{person(c)}指出，要坚持{c.choice(words('concepts', 'concepts', 'names'))}，其中{c.choice(PLACES)}{figure(c)}、{c.choice(PLACES)}{figure(c)}",
    lambda c: f"省政协第{c.randint(1, 30)}次、{c.choice(['二十八', '9'])}次常委会会议和市委、市政府{name(c, 'Honor')}",
)  # fmt: skip


def sentence(chance: Random) -> str:
    """One sentence with its closing mark (nearly always)."""
    return chance.choice(SENTENCES)(chance) + chance.choice(["。", "。", "。", "；", "！", "？", "……", "。”", ""])


def furniture(chance: Random) -> str:
    """A line that a web page or a newspaper puts around its text."""
    told = table("furniture")
    return chance.choice(
        [
            chance.choice(told["words"]),
            " ".join(chance.choice(told["words"]) for _ in range(3)),
            f"{chance.choice(told['keys']['publisher'])}：{chance.choice(words('media', 'names'))} {chance.choice(told['keys']['issued'])}：2023-03-06 09:12",
            f"{chance.choice(told['keys']['other'])}：",
            f"2016年1月15日 星期五 {chance.choice(told['pages'])} 湖州日报 A0{chance.randint(1, 9)}",
            f"{chance.choice(told['openings'])}：首页 > 要闻 > 正文",
            f"— {chance.randint(1, 9)} —",
            str(chance.randint(1, 9)),
            f"第{chance.randint(1, 99)}版",
            "www.example.com.cn/2023/0306/c1.html",
            "----------",
            f"浙ICP备{chance.randint(1, 99999)}号",
        ]
    )


HEADS: tuple[Callable[[Random], str], ...] = (
    lambda c: f"{body(c)}{c.choice(YEARS)}工作{c.choice(['报告', '总结', '要点'])}",
    lambda c: f"——2023年2月25日在{body(c)}第{c.choice('一二三')}次会议上",
    person,
    lambda c: c.choice(["各位委员：", "各位代表，同志们：", "新华社湖州3月5日电 "]),
    lambda c: c.choice(["一、", "（二）", "1. ", "三是", "## ", "第一章 "]) + c.choice(YEARS) + c.choice(["工作回顾", "主要任务", "**下一步打算**"]),
    lambda c: "\t".join(["指标", c.choice(SUBJECTS), figure(c), figure(c)]),
    lambda c: f"| {c.choice(SUBJECTS)} | {figure(c)} |",
    furniture,
)  # fmt: skip


def line(chance: Random, real: Sequence[str]) -> str:
    """One line: a line of a real text, a heading or the like, or a paragraph of one to four sentences."""
    kind = chance.randint(0, 9)
    if kind < 3 and real:
        return chance.choice(real)[:400]
    if kind < 5:
        return chance.choice(HEADS)(chance)
    return "".join(sentence(chance) for _ in range(chance.randint(1, 4)))


def damaged(chance: Random, text: str) -> str:
    """The text with one thing done to it that copying, printing, extracting or a slip of the hand does."""
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    place = chance.randint(0, len(text))
    match chance.randint(0, 11):
        case 0:  # an odd character
            return text[:place] + chance.choice(ODD) + text[place:]
        case 1:  # the same one, again and again
            odd = chance.choice(ODD)
            return odd.join(text[start : start + 7] for start in range(0, len(text), 7))
        case 2:  # a line twice
            return "".join([*lines[: at + 1], *lines[at:]])
        case 3:  # lines in another order
            chance.shuffle(lines)
            return "".join(lines)
        case 4:  # set in a column
            columns = chance.randint(4, 40)
            return chance.choice(ENDS).join(text[start : start + columns] for start in range(0, len(text), columns))
        case 5:  # furniture between the lines
            return "".join([*lines[:at], furniture(chance), chance.choice(ENDS), *lines[at:]])
        case 6:  # furniture around it
            return furniture(chance) + chance.choice(ENDS) + text + chance.choice(ENDS) + furniture(chance)
        case 7:  # other line ends
            return chance.choice(ENDS).join(text.splitlines())
        case 8:  # a stretch lost
            return text[:place] + text[place + chance.randint(1, 40) :]
        case 9:  # every sign doubled in one line, as some extraction does
            lines[at] = "".join(2 * char for char in lines[at].rstrip()) + "\n"
            return "".join(lines)
        case 10:  # a stretch spaced out
            stop = min(len(text), place + chance.randint(4, 40))
            return text[:place] + chance.choice([" ", "　", "\t"]).join(text[place:stop]) + text[stop:]
        case _:  # in traditional characters
            return _traditional().convert(text)


@cache
def _traditional():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("s2tw")


def text(chance: Random, real: Sequence[str] = (), *, most: int = 12) -> str:
    """A text of up to `most` lines, some of them out of the lines `real`, with up to four things done to it."""
    made = chance.choice(ENDS).join(line(chance, real) for _ in range(chance.randint(1, most)))
    for _ in range(chance.randint(0, 4)):
        made = damaged(chance, made)
    return made


def paragraphs(chance: Random, real: Sequence[str] = (), *, most: int = 8) -> list[str]:
    """Paragraphs of running text, odd characters in them, without line ends, control characters and furniture: what a document is made of."""
    found = []
    for _ in range(chance.randint(2, most)):
        own = (
            chance.choice(real)
            if real and chance.randint(0, 2) == 0
            else "".join(sentence(chance) for _ in range(chance.randint(1, 3)))
        )
        for _ in range(chance.randint(0, 2)):
            at = chance.randint(0, len(own))
            own = own[:at] + chance.choice(ODD) + own[at:]
        found.append("".join(char for char in own if char == " " or (char.isprintable() and not char.isspace())).strip())
    return [own for own in found if own]


def texts(real: Sequence[str] = (), *, most: int = 12) -> st.SearchStrategy[str]:
    """The strategy: texts that hypothesis shrinks by the choices they were made of."""
    return st.builds(text, st.randoms(use_true_random=False), st.just(real), most=st.just(most))


def documents(real: Sequence[str] = ()) -> st.SearchStrategy[list[str]]:
    """The strategy for paragraphs."""
    return st.builds(paragraphs, st.randoms(use_true_random=False), st.just(real))
