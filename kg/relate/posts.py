"""Who holds which post where: 湖州市政协主席 李上葵, 市委副书记、市长某某, 湖南日报全媒体记者 刘尚文."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.lexicon import cache, lexicon
from kg.model import Fact, Link
from kg.relate.facts import fact
from kg.relate.roster import LABEL
from kg.relate.scene import LIFE, Scene

NAMED_BEFORE = 40  # mentions of CPPCCs looked at for the one whose members are spoken of
LED_REACH = 24  # code points of a body and 领导 before a name
LONGEST_LIFE = 300  # code points behind a name in which a life in brief tells its posts
LONGEST_BODY = 30  # code points before a post in which the name of its body begins
LONGEST_POST = 60  # code points of all the posts before a name
BREAK = re.compile(r"[，。；：！？\n）]")
# who heads a place's government, by the word for the post (省长, 市长): Organic Law of Local People's Congresses and Governments
GOVERNORS = re.compile(
    r"^(?P<place>[一-龥]{0,12}?[省市县区州盟旗镇乡])?(?:代|副|常务副|原|时任)*(?P<level>[省市县区州盟旗镇乡])长$"
)
BARE = re.compile(
    r"^(?:(?:常务)?副?(?:主席|主任|书记|秘书长|常委|委员|记者)|(?:常务)?副(?:局长|厅长|部长|处长|院长|校长|会长|理事长|总经理|董事长|馆长|检察长|台长|社长))$"
)

PARTY_POSTS = ("书记", "副书记", "成员", "常务副书记")  # of a party group; the other posts beside them are of the body
ROLELESS = ("领导", "负责同志", "负责人", "有关负责人", "主要领导")
ELSEWHERE = re.compile(
    "公司|事务所|医院|学校|大学|学院|集团|研究院|银行|合作社"
)  # a post of what has no name, not of the body before it
POST_BEHIND = re.compile(
    r"（[^（）]{2,40}?(?:长|书记|主任|主席|经理|总裁|工程师|教授|委员|代表|员)(?=）)|(?:、[^，。；]{2,24}?)?(?:同志)?(?:为|担任|任)[^，。；]{2,24}?(?:长|书记|主任|主席|经理|委员|检察官|法官|审判员)(?=[，。；、])"
)

# 甲、乙等6位委员: what those in a list are, told behind them
MEMBERS = re.compile(
    r"(?:[、和][一-龥·]{2,4}){0,19}等?(?:(?:\d+|[一二两三四五六七八九十]+)[位名](?P<level>[省市县区州旗])?(?:政协)?|(?P<own>[省市县区州旗])政协)委员(?!会)"
)

PARTS, NOW = re.compile("[^，,、。；]+"), re.compile("现任|现为|系|兼任|兼")
TOLD_BEFORE = re.compile("拟|曾|原|历任|\\d")  # what is to be, and what was once
ROW = re.compile("(?:[（(][男女][^（）()]{0,12}[）)][ \u3000\t]*|[ \u3000\t]+)")  # between a name and what its row says of it

Held = tuple[Link, str]


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted(lexicon().words("people", "posts"), key=lambda word: (-len(word), word)))


def posts(scene: Scene) -> Iterator[Fact]:
    """worksFor with the post as role. Names in a list share the posts before the first."""
    last_end, last_held = -9, []  # type: tuple[int, list[Held]]
    last_body: Link | None = None
    for person in scene.of_class("Person"):
        if person.start - last_end <= 1 and (person.start == last_end or scene.text[last_end] in "、和 　"):
            held = last_held
        else:
            held = _before(scene, person, last_body) or _after(scene, person)
        for body, role in held:
            if made := fact(
                scene, person, "worksFor", body, "post-before-name", at=person.start, role=role, dated=False, timeless=True
            ):
                yield made
        if held:
            last_body = held[-1][0]
        elif (led := _led(scene, person)) is not None:
            last_body = led
        last_end, last_held = person.end, held


def _before(scene: Scene, person: Link, last_body: Link | None) -> list[Held]:
    """The bodies and posts that stand before a name: [body post、]* body post NAME."""
    text, sentence = scene.text, scene.sentence_at(person.start)
    end = person.start
    while end > sentence.start and text[end - 1] in " 　：:":
        end -= 1
    floor = max(sentence.start, end - LONGEST_POST)
    breaks = [match.end() for match in BREAK.finditer(text, floor, end)]
    floor = breaks[-1] if breaks else floor
    segments: list[tuple[int, int]] = []
    while end > floor:
        if not text.endswith(_heads(), floor, end):
            break
        begin = max((text.rfind(mark, floor, end) for mark in "、兼 　"), default=-1) + 1
        begin = max(begin, floor)
        segments.insert(0, (begin, end))
        end = begin - 1
        if begin <= floor:
            break
    held: list[Held] = []
    body: Link | None = None
    for begin, stop in segments:
        found = _of_segment(scene, begin, stop, body, last_body)
        if found is not None:
            held.append(found)
            body = found[0]
    return held


def _led(scene: Scene, person: Link) -> Link | None:
    """The body whose 领导 a person is said to be: 市政协领导甲、乙."""
    return next(
        (
            link
            for link in scene.between(max(0, person.start - LED_REACH), person.start)
            if scene.class_of(link) == "Organization" and scene.text[link.end : person.start] in ROLELESS
        ),
        None,
    )


def _of_segment(scene: Scene, begin: int, stop: int, body: Link | None, last_body: Link | None) -> Held | None:
    text = scene.text
    near = [
        link
        for link in scene.nested_between(begin - LONGEST_BODY, stop)
        if begin < link.end <= stop and scene.class_of(link) == "Organization"
    ]
    if near:
        link = max(near, key=lambda near: (near.end, near.end - near.start))
        role = re.sub(r"^.*(?:由|请|担任)", "", text[link.end : stop])
        if role and len(role) <= 16 and not ELSEWHERE.search(role) and not re.search("会议|以及|[了的及]", role):
            return (link, role) if role not in ROLELESS else None
    words = text[begin:stop]
    words = re.sub(r"^.*(?:[由与和请了]|听取|审议)", "", words) or words
    if (
        re.fullmatch(r"(?:[一-龥]{2,8})?自治区(?:人民政府)?(?:代|副|常务副)*主席", words)
        and (government := _government(scene, "自治区", "", None)) is not None
    ):
        return government, words[words.rindex("自治区") + 3 :].removeprefix("人民政府")
    if ELSEWHERE.search(words) or words in ROLELESS:
        return None  # 某律师事务所主任: of a body that has no name here
    if governor := GOVERNORS.match(words):
        if (government := _government(scene, governor["level"], governor["place"] or "", body)) is not None:
            return government, words[len(governor["place"] or "") :]
        return None  # 市委副书记、市长: no post of the party's
    if body is not None and body.entity.endswith("党组") and words not in PARTY_POSTS:
        whole = body.entity.removesuffix("党组")
        return (scene.first[whole], words) if whole in scene.first else None
    if body is not None:
        return body, words
    if BARE.match(words):
        chosen = last_body or scene.body
        if chosen is not None and "记者" not in words:
            return chosen, words
    return None


def _government(scene: Scene, level: str, place: str, body: Link | None) -> Link | None:
    """The government that 省长 or 市长 heads here, where the text names it.

    It is that of the place written before the post, else of the place whose party committee the post before is of (县委副书记、县长),
    else the one of this level.
    """
    found: list[Link] = []
    for link in scene.governments:
        label = scene.linked.entities[link.entity].label.removesuffix("人民政府")
        if label.endswith(level) or (level == "省" and label.endswith("自治区")):
            found.append(link)
    if len(place) > 1:
        return next((link for link in found if scene.linked.entities[link.entity].label.startswith(place)), None)
    if body is not None and body.entity.endswith("/党委"):
        return next((link for link in found if link.entity.rpartition("/")[0] == body.entity.rpartition("/")[0]), None)
    return found[0] if found else None


def _row(scene: Scene, person: Link) -> list[Held]:
    """The bodies and posts in a row of a list of people: 王志强  某公司总工程师."""
    start, end = scene.linked.document.paragraphs[scene.sentence_at(person.start).paragraph]
    row = ROW.match(scene.text, person.end, end)
    label = LABEL.match(scene.text, start, end)
    if person.start != (label.end() if label is not None else start) or row is None:
        return []
    held: list[Held] = []
    at = row.end()
    for segment in re.split("、", scene.text[at:end]):
        found = _of_segment(scene, at, at + len(segment), held[-1][0] if held else None, None)
        if found is not None and segment.endswith(_heads()):
            held.append(found)
        at += len(segment) + 1
    return held


def _life(scene: Scene, person: Link) -> list[Held]:
    """The bodies and posts that a life in brief tells: 王丽萍，女，汉族，1975年8月出生，某市政协常委、某街道办事处主任."""
    if LIFE.match(scene.text, person.end) is None:
        return []
    held: list[Held] = []
    stop = min(scene.sentence_at(person.start).end, person.end + LONGEST_LIFE)
    for part in PARTS.finditer(scene.text, person.end, stop):
        now = NOW.match(part[0])
        begin = part.start() + (now.end() if now is not None else 0)
        if part[0].endswith(_heads()) and not TOLD_BEFORE.match(part[0]):
            found = _of_segment(scene, begin, part.end(), held[-1][0] if held else None, None)
            held += [found] if found is not None else []
    return held


def _cppcc(scene: Scene, person: Link, level: str | None) -> Link | None:
    """The CPPCC whose members are spoken of: of the place's level where the text tells it, else the one that was named last."""
    number = bisect_left(scene.consultative, person.start, key=lambda link: link.start)
    labels = scene.linked.entities
    return next(
        (
            link
            for link in reversed(scene.consultative[max(0, number - NAMED_BEFORE) : number])
            if level is None or labels[link.entity].label.endswith(f"{level}委员会")
        ),
        None,
    )


def _after(scene: Scene, person: Link) -> list[Held]:
    """张文华委员: a member of the body that reports; 孙明（某公司副总裁）, 任命某某为某局局长: the post behind the name."""
    text = scene.text
    if text.startswith("委员", person.end) and scene.body is not None and not text.startswith("委员会", person.end):
        return [(scene.body, "委员")]
    if (shared := MEMBERS.match(text, person.end)) is not None and (
        body := _cppcc(scene, person, shared["level"] or shared["own"])
    ) is not None:
        return [(body, "委员")]
    if row := _row(scene, person) or _life(scene, person):
        return row
    match = POST_BEHIND.match(text, person.end)
    if match is None:
        return []
    stop = match.end()
    near = [link for link in scene.between(person.end, stop) if scene.class_of(link) == "Organization"]
    role = text[near[-1].end : stop] if near else ""
    return [(near[-1], role)] if role and len(role) <= 16 and not ELSEWHERE.search(role) else []
