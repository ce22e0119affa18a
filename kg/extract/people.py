"""People: a personal name behind a post, in a list behind one, before a title, or where it was met before."""

from __future__ import annotations

import re

from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.lexicon import cache, lexicon
from kg.model import Mention

HAN = re.compile(r"[㐀-鿿𠀀-𯿿]")
FOREIGN = re.compile(r"[㐀-鿿]{1,6}(?:[·・][㐀-鿿]{1,7}){1,3}")
BOUNDARY = frozenset("，。、；：！？）（\n ”》　等和与及")
DOING = ("v", "vd", "d", "p")  # what may follow a name at once: a verb, an adverb, a preposition
OPENERS = frozenset("，。、；：！？（\n“由与和")
NO_BEARERS = ("记者", "代表", "委员", "编辑")  # posts behind which a place is a place (记者 江西报道)
BYLINE = Rare(
    r"(?:记者|通讯员|编辑|摄影|作者|撰稿|(?<=[（(/／\n ])文)[：:／/ 　]*",
    ("记者", "通讯员", "编辑", "摄影", "作者", "撰稿", "文"),
    0,
)
NOT_GIVEN = frozenset(
    "的了是在和与及等说为有将对向把被从到就也都还要会能应上下中内外前后各每该其此这那不没未我你他她们个位名省市县区摄"
)
APPOINTING = re.compile("(?:任命|补选|接受|增补|聘任|聘请|推选|提名|选举|免去|授予|追授|表彰)[：:]?")
# whoever is put into a post or taken from it, by what stands before and behind: 任命|赵会朋|为…, 免去|孙延文|的…
APPOINTED = re.compile(
    "(?:任命|聘任|选举|补选|增补|推选|提名|免去|接受|撤销|罢免)(?P<name>[\u4e00-\u9fff]{2,3}?)(?:同志)?(?=为|的|辞去|担任|任)"
)
BRACKETED = Rare(
    "(?P<name>[\u4e00-\u9fff]{2,4})（[^（）]{2,40}(?:长|书记|主任|主席|经理|总裁|工程师|教授|委员|代表|员)）", ("（",), 4
)
LIVES = Rare("[\u4e00-\u9fff]{2,4}(?=[，,][男女][，,])", ("，男", "，女", ",男", ",女"), 4)  # 王丽萍，女，1975年8月出生
CALLED = frozenset(
    ["先生", "女士", "大爷", "大妈", "师傅", "阿姨", "奶奶", "爷爷", "大姐", "老师", "老汉", "大伯", "大叔"]
)  # 刘先生 names nobody
# a row of a list of people: a name, white space, and what they are
ROW = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][ \u3000]{1,3}[\u4e00-\u9fff])(?:[（(][男女][^（）()]{0,12}[）)][ \u3000\t]*|[ \u3000\t]+)(?=[\u4e00-\u9fff])"
)
MEMBER = re.compile(r"(?<=[、和])[㐀-鿿𠀀-𯿿]{2,4}(?=[、，。；）\n]|等|$)")
NO_GIVEN_END = (
    "等",
    "省",
    "市",
    "县",
    "区",
    "局",
    "部",
    "会",
    "院",
    "们",
)  # 张三、王五等; and what ends a body's or a place's name
# what the members of a group are, before their names in its list: 组 长, 副组长, 成　员; the spaces are those that set words of two characters wide
ROSTER_POST = (
    r"(?:总|副|常务副|执行|第一|副总){0,2}[ 　]{0,3}(?:组[ 　]{0,4}长|主[ 　]{0,4}任|指[ 　]{0,4}挥|召[ 　]{0,3}集[ 　]{0,3}人|成[ 　]{0,4}员|委[ 　]{0,4}员"
    r"|顾[ 　]{0,4}问|秘[ 　]{0,3}书[ 　]{0,3}长)"
)
ROSTER = Rare(rf"{ROSTER_POST}[ 　]{{0,3}}[：:][ 　]*", re.compile("[：:]"), 24)
LAST_OF_ACTS = tuple("作应受等说在为参")  # what begins an act rather than ends a name, where the act is known
NEVER_GIVEN = frozenset("的了是在与及等说摄作应")  # and these not even where the words of the text would have it so


@cache
def _surnames() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    table = lexicon()
    return (
        frozenset(table.text("people", "surnames")),
        tuple(table.words("people", "compound")),
        tuple(sorted(table.words("people", "acts"), key=len, reverse=True)),
        tuple(sorted(table.words("people", "titles_after"), key=len, reverse=True)),
    )


def name_at(scan: Scan, at: int) -> int | None:
    """The end of a personal name that begins at `at`, or None. Two-character names may be set with a space."""
    text = scan.text
    single, compound, acts, titles = _surnames()
    if foreign := FOREIGN.match(text, at):
        dot = max(text.rfind("·", at, foreign.end()), text.rfind("・", at, foreign.end()))
        return next((end for end in range(dot + 2, foreign.end() + 1) if _ends(scan, end, acts, titles)), foreign.end())
    size = 1 if text[at : at + 1] in single else 0
    if text.startswith(compound, at):
        size = next(len(word) for word in compound if text.startswith(word, at))
    if not size:
        return None
    if size == 1 and text[at + 1 : at + 2] in (" ", "　") and HAN.match(text, at + 2) and _ends(scan, at + 3, acts, titles):
        return at + 3
    for given in (2, 1):
        end = at + size + given
        body = text[at + size : end]
        if given == 2 and (body[1:] == "在" or (body[1:] in LAST_OF_ACTS and _ends(scan, end - 1, acts, titles))):
            continue  # 李明|作报告, 王洪|等, 何波|在主席台
        if (
            len(body) == given
            and all(HAN.match(char) for char in body)
            and (not set(body) & NOT_GIVEN or _one_name(scan, at, end))
            and _ends(scan, end, acts, titles)
            and not (given == 1 and body == text[at] and text[end : end + 1] not in BOUNDARY)
        ):
            return end  # 殷殷|嘱托: two signs alike are a name only where a mark follows
    return None


def _one_name(scan: Scan, at: int, end: int) -> bool:
    """Whether the words of the text see a personal name here: one word, or a surname and one word for the given name."""
    token = scan.tokens[scan.token_at[at]]
    if token.start != at or not token.tag.startswith("nr") or set(scan.text[at + 1 : end]) & NEVER_GIVEN:
        return False
    return token.end == end or (len(token.word) == 1 and scan.tokens[scan.token_at[at + 1]].end == end)


def _ends(scan: Scan, end: int, acts: tuple[str, ...], titles: tuple[str, ...]) -> bool:
    """Whether a name may end at `end`: behind it a mark, what people do, a title, or a verb that the words of the text see there."""
    text = scan.text
    if end >= len(text) or text[end] in BOUNDARY or text.startswith(acts, end) or text.startswith(titles, end):
        return True
    token = scan.tokens[scan.token_at[end]]
    return token.start == end and token.tag in DOING and len(token.word) >= 2


def people(scan: Scan) -> list[Mention]:
    """Mentions of class Person."""
    found: dict[tuple[int, int], Mention] = {}

    def add(start: int, end: int, rule: str) -> None:
        name = re.sub(r"[ 　]", "", scan.text[start:end])
        if name[1:] in CALLED:
            return
        found.setdefault((start, end), Mention(start, end, ("Person",), name, rule))

    for start, end in scan.longest("person"):
        add(start, end, "person-known")
    text = scan.text
    for _, end in scan.longest("post"):
        at = end
        while text[at : at + 1] in (" ", "　", "：", ":"):
            at += 1
        _list(scan, at, add, "post-name")
    for match in ROSTER.finditer(text):
        _list(scan, match.end(), add, "roster")
    for match in BYLINE.finditer(text):
        _list(scan, match.end(), add, "byline")
    for start, stop in scan.longest("post"):
        if text.startswith("会", stop):
            continue  # 提案委员会
        # 张文华委员: a name that opens its clause and ends at a title
        for size in (3, 2, 4):
            begin = start - size
            if (
                begin >= 0
                and (begin == 0 or text[begin - 1] in OPENERS)
                and name_at(scan, begin) == start
                and (_is_name(scan, begin, start) or (text.startswith("委员", start) and _one_name(scan, begin, start)))
                and text[start - 1] not in "部局委处办院厅会组科室"
            ):
                add(begin, start, "name-title")
                break
    for match in APPOINTING.finditer(text):
        _list(scan, match.end(), add, "appointed")
    for match in APPOINTED.finditer(text):
        if _surname(match["name"]) and scan.is_edge(match.start("name")):
            add(*match.span("name"), "appointed")
    for match in BRACKETED.finditer(text):
        if (match.start() == 0 or text[match.start() - 1] in OPENERS) and name_at(scan, match.start()) == match.end("name"):
            add(*match.span("name"), "name-bracket")
    for match in LIVES.finditer(text):
        if (match.start() == 0 or text[match.start() - 1] in OPENERS or text[match.start() - 1].isspace()) and _surname(match[0]):
            add(*match.span(), "name-life")
    for match in _acting().finditer(text):
        at = match.start("names")
        for name in re.split("[、和]", match["names"]):
            token = scan.tokens[scan.token_at[at]]
            if token.start == at and token.tag.startswith("nr") and scan.is_edge(at + len(name)):
                add(at, at + len(name), "name-acting")
            at += len(name) + 1
    for match in _name_list().finditer(text):
        _plain_list(scan, match, add)
    for begin, stop in scan.document.paragraphs:
        if (row := ROW.match(text, begin, stop)) is not None and text.endswith(_posts(), begin, stop):
            if name_at(scan, begin) == row.end("name") or _surname(row["name"]):
                add(*row.span("name"), "name-row")
    if scan.document.speaker:
        for match in re.finditer(r"\s?".join(map(re.escape, scan.document.speaker)), text):
            add(*match.span(), "speaker")
    _again(scan, found, add)
    return list(found.values())


@cache
def _acting() -> Rare:
    """Names without a post that open a sentence and do what only people do: 。张庆黎、刘奇葆|分别主持全体会议."""
    surname = f"[{''.join(sorted(_surnames()[0]))}]"
    name = rf"{surname}[\u4e00-\u9fff]{{1,2}}"
    acts = "主持|出席|宣读|致辞|讲话|强调|指出|介绍|通报|会见|作[^，。]{0,6}(?:报告|发言|讲话|说明)"
    names = rf"(?:^|(?<=[。\n　]))(?P<names>{name}(?:[、和]{name}){{0,5}})(?=(?:分别|先后|共同|还)?(?:{acts}))"
    return Rare(names, re.compile(rf"[。\n　](?={name}[、和分先共还主出宣致讲强指介通会作])"), -1)


@cache
def _posts() -> tuple[str, ...]:
    return tuple(lexicon().words("people", "posts"))


def _surname(name: str) -> bool:
    """Whether a name of two to four characters begins with a surname."""
    single, compound, _, _ = _surnames()
    return name.startswith(compound) or (name[0] in single and len(re.sub(r"\s", "", name)) <= 3)


@cache
def _name_list() -> Rare:
    """Three or more stretches of a name's length, each beginning with a surname, side by side, or two where behind them people are counted."""
    surname = f"[{''.join(sorted(_surnames()[0]))}]"
    name = rf"{surname}[\u4e00-\u9fff]{{1,2}}"
    counted = r"(?=等?(?:\d+|[一二两三四五六七八九十]+)[位名])"  # 甲、乙等6位委员
    second = re.compile(rf"、(?={name}(?:、{surname}|等?[\d一二两三四五六七八九十]))")
    return Rare(rf"(?:{name}、){{2,}}{name}|{name}、{name}{counted}", second, 3)


def _plain_list(scan: Scan, match: re.Match[str], add) -> None:  # type: ignore[no-untyped-def]
    """Names in a list without a post (关于撤销甲某某、乙某某、丙某某…): most of them no words of the dictionary, none a common one."""
    at, spans = match.start(), []
    for part in match[0].split("、"):
        spans.append((at, at + len(part)))
        at += len(part) + 1
    last = spans[-1]
    if scan.text[last[1] - 1] in "在等" or (not scan.is_edge(last[1]) and scan.is_edge(last[1] - 1)):
        spans[-1] = (last[0], last[1] - 1)
    if not all(scan.is_edge(start) for start, _ in spans) or not all(scan.is_edge(end) for _, end in spans):
        return
    known = [scan.tokens[scan.token_at[start]] for start, _ in spans]
    whole = [token.end == end and not token.tag.startswith("nr") for token, (_, end) in zip(known, spans, strict=True)]
    if any(whole) or any(start in scan.starts["division"] for start, _ in spans):
        return
    for start, end in spans:
        add(start, end, "name-list")


def _is_name(scan: Scan, start: int, end: int) -> bool:
    """Whether the dictionary does not know the stretch as common words: one word of it is a name or a single character."""
    words = [scan.tokens[number] for number in range(scan.token_at[start], scan.token_at[end - 1] + 1)]
    return (
        words[0].start == start
        and words[-1].end == end
        and (words[0].tag == "nr" or len(words[0].word) == 1)
        and end - start >= 3
    )


def _list(scan: Scan, at: int, add, rule: str) -> None:  # type: ignore[no-untyped-def]
    """The name at `at` and those that follow it: 副主席张三、李四、王五."""
    text = scan.text
    for number in range(60):
        if at in scan.starts["post"]:
            return  # 记者 甲 通讯员 乙: another post, no name
        end = name_at(scan, at)
        if end is None or (number and not _listed(scan, at, end)) or (not number and not _begins(scan, at, end)):
            end = _between_marks(scan, at) if number else None
        if end is None:
            return
        add(at, end, rule if not number else f"{rule}-list")
        at = end
        if text[at : at + 1] in ("、", "和", " ", "　") and text[at : at + 1]:
            at += 1
        else:
            return


def _between_marks(scan: Scan, at: int) -> int | None:
    """The end of a member of a list of names that holds a character which is a word too: 张三、|金幼和|、李四."""
    member = MEMBER.match(scan.text, at)
    if member is None or not _surname(member[0]) or member[0].endswith(NO_GIVEN_END):
        return None
    token = scan.tokens[scan.token_at[at]]
    common = token.end >= member.end() and not token.tag.startswith("nr")
    return member.end() if token.start == at and not common else None


def _begins(scan: Scan, at: int, end: int) -> bool:
    """Whether the words of the text agree that a name begins here: no longer common word runs over its end."""
    token = scan.tokens[scan.token_at[at]]
    last = scan.tokens[scan.token_at[end - 1]]
    if token.start != at or last.end != end:
        return last.end <= end + 1 and token.start == at and token.tag.startswith("nr")
    if token.end == end and token.tag != "x" and not token.tag.startswith("nr"):
        # a person may be called like a place (江凌), but not like a common word (书记高度重视)
        return token.tag in ("ns", "nz", "nt") and not scan.text.startswith(NO_BEARERS, at - 2)
    return True


def _listed(scan: Scan, at: int, end: int) -> bool:
    token = scan.tokens[scan.token_at[at]]
    if token.start != at:
        return False
    # in a list behind a post a word of three characters that begins with a surname is a name, whatever the words' model took it for
    return (
        token.end != end
        or token.tag.startswith("nr")
        or token.tag in ("x", "m")  # 丁一
        or (end - at == 3 and token.tag in ("n", "nz", "ns", "nt"))
    )


def _again(scan: Scan, found: dict[tuple[int, int], Mention], add) -> None:  # type: ignore[no-untyped-def]
    """Names met once are the same person wherever the text has them again."""
    names = sorted({m.name for m in found.values() if len(m.name) >= 3}, key=len, reverse=True)[:500]
    if not names:
        return
    taken = {start for start, _ in found}
    for match in re.finditer("|".join(map(re.escape, names)), scan.text):
        if match.start() not in taken:
            add(*match.span(), "name-again")
    _short_again(scan, found, taken, add)


def _short_again(scan: Scan, found: dict[tuple[int, int], Mention], taken: set[int], add) -> None:  # type: ignore[no-untyped-def]
    """A name of two characters that a post has introduced is the same person where a clause begins with it and an act follows."""
    short = sorted({m.name for m in found.values() if len(m.name) == 2 and m.rule.startswith("post-name")})[:200]
    if not short:
        return
    acts = _surnames()[2]
    for match in re.finditer("|".join(map(re.escape, short)), scan.text):
        start, end = match.span()
        if start not in taken and (start == 0 or scan.text[start - 1] in OPENERS) and scan.text.startswith(acts, end):
            add(start, end, "name-again")
