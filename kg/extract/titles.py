"""What stands in title marks 《》, media named without them, and the report that the source itself is."""

from __future__ import annotations

import re

from kg.extract.edges import left_edge
from kg.extract.rare import Rare
from kg.extract.scan import Scan
from kg.lexicon import cache, lexicon
from kg.model import Mention

LONGEST_TITLE = 80  # code points
NEWSPAPER = "报"
LONGEST_PAPER = 10  # code points of a newspaper's name: the longest in the register of the Press Administration
ABOUT = re.compile(
    r"关于(?!印发|做好)[^，。；：“”《》\n]{4,70}?的(?:报告|决定|意见|通知|建议|决议|说明|议案|批复|公告|若干措施|实施意见|指导意见)(?:（草案）|（征求意见稿）|（试行）)?(?![和、]?意见建议)"
)
YEARLY = re.compile(
    r"(?P<year>(?:19|20)\d{2}年)(?P<first>[\u4e00-\u9fff]{0,12}?(?:工作要点|工作报告|情况的报告|计划|工作规划|任务清单|工作总结|立法规划))"
    r"(?:、(?P<second>[\u4e00-\u9fff]{2,10}?(?:要点|计划|报告|方案|清单)))?(?=[，。；、及和）]|$)"
)
LAW = r"[\u4e00-\u9fff]{3,18}?(?:条例|实施方案|行动方案|管理办法|实施办法|规划纲要|工作规则|议事规则|程序规定)"
MADE = Rare(
    rf"(?:制定|修订|修改|出台|颁布|编制|印发|施行|(?<!抓好|推动)落实(?=[一-龥]{{3,18}}条例))(?:实施|出台|了)?(?P<names>{LAW}(?:、{LAW}){{0,4}})",
    re.compile("制定|修订|修改|出台|颁布|编制|印发|施行|落实"),
    0,
)
EXCERPT = re.compile(
    "[（(](?:摘要|摘登|节选|全文|书面|征求意见稿|草案|审议稿|公开版|稿)[）)]$|(?:摘编|摘登|节选)$"
)  # behind the title of a report
HEADLINE = re.compile(
    "召开|举行|举办|出席|会见|主持|并讲话|发布会"
)  # what a piece of news is headed with, and no document is called
NAMED_LAW = re.compile(
    r"(?:贯彻|落实|实施|执行|修订|修改|修正|制定|遵守|学习|宣传|开展|依据|新修改的|新修订的|修订后的)(?P<name>[\u4e00-\u9fff]{1,14}?(?:促进|保护|安全|保障|管理|监督|组织|代表|选举|监察|防治|建设|义务教育|公司|种子|预算|审计|税|教育|劳动|合同)法)(?=[，。；、和与及执实检》]|$)"
)
SERIES = ("专栏", "栏目", "节目", "频道")
OUTLET_AFTER = ("刊发", "刊登", "刊载", "报道", "专题", "头版", "播出", "等媒体", "等主流媒体", "等报刊", "等各级各类媒体")

AFTER_OUTLET = (
    "、，。；等和与及》）（\n"  # what may follow the name of a site or a paper, whatever word the text's words see there
)
# a paper that is named after no division, before its own news: 三峡日报讯（记者…
DATELINE = Rare(
    r"(?:(?<=\n)|(?<![一-龥]))(?P<paper>(?P<own>[一-龥]{2,4})(?:日报|晚报|晨报|商报|都市报))(?=(?:全媒体|客户端|融媒体?)?(?:讯|记者|电))",
    ("日报", "晚报", "晨报", "商报", "都市报"),
    4,
)


@cache
def _media() -> tuple[frozenset[str], tuple[str, ...]]:
    table = lexicon()
    return frozenset(table.words("media", "names")), tuple(table.words("media", "endings"))


def is_outlet(name: str) -> bool:
    """Whether a title names a newspaper, a station or a site rather than a document."""
    names, endings = _media()
    return (
        name in names
        or name.endswith(endings)
        or (name.endswith(NEWSPAPER) and len(name) <= LONGEST_PAPER and "公报" not in name)
    )


def titles(scan: Scan) -> list[Mention]:
    """Documents and media in 《》 and, of media, those named without."""
    found: list[Mention] = []
    text = scan.text
    outlets: set[int] = set()
    for start, end in sorted(scan.close.items()):
        if text[start] != "《" or not 1 < end - start <= LONGEST_TITLE:
            continue
        name = text[start + 1 : end]
        if is_outlet(name):
            placed = scan.starts["division"].get(start + 1, start + 1)
            where = text[start + 1 : placed] if placed < end else ""
            found.append(Mention(start + 1, end, ("Organization",), name, "title-outlet", kind="MediaOutlet", place=where))
            outlets.add(end + 1)
        elif text[max(0, start - 4) : start].endswith(SERIES) or text.startswith(SERIES, end + 1):
            found.append(Mention(start + 1, end, ("Platform",), name, "title-series"))
        elif (start in outlets or (text[start - 1] == "、" and start - 1 in outlets)) and _covered_by_press(text, end + 1):
            # in a list of papers a magazine without a telling name is one of them: 《人民政协报》《中国政协》等专题刊发
            found.append(Mention(start + 1, end, ("Organization",), name, "title-outlet-list", kind="MediaOutlet"))
            outlets.add(end + 1)
        elif text[max(0, start - 1) : start] in ("被", "获", "经") and _covered_by_press(text, end + 1):
            found.append(Mention(start + 1, end, ("Organization",), name, "title-outlet-agent", kind="MediaOutlet"))
            outlets.add(end + 1)
        else:
            found.append(Mention(start + 1, end, ("Document",), name, "title-marks"))
    for start, end in scan.longest("media"):
        ends = scan.is_edge(end) or text[end] in AFTER_OUTLET
        if scan.is_edge(start) and ends and text[start - 1 : start] != "《":
            found.append(Mention(start, end, ("Organization",), text[start:end], "outlet-table", kind="MediaOutlet"))
    for match in DATELINE.finditer(text):
        if scan.ends["division"].get(match.end("own")) is None:  # 湖南日报 is told by its place
            found.append(Mention(*match.span("paper"), ("Organization",), match["paper"], "outlet-dateline", kind="MediaOutlet"))
    for start, end in scan.hits.get("media_end", ()):
        place = scan.ends["division"].get(start)
        if place is not None and text[start:end] not in ("在线", "发布", "广电") and text[place - 1 : place] != "《":
            found.append(
                Mention(
                    place, end, ("Organization",), text[place:end], "outlet-place", kind="MediaOutlet", place=text[place:start]
                )
            )
    return found


def _covered_by_press(text: str, at: int) -> bool:
    """Whether what follows a list of titles, within a few words, says that they reported."""
    return any(word in text[at : at + 24].split("。")[0] for word in OUTLET_AFTER)


def abouts(scan: Scan, prefixes: dict[int, int]) -> list[Mention]:
    """Documents by the form of their titles without marks: 关于…的决定, 全国政协2026年工作要点、协商计划."""
    found: list[Mention] = []
    for match in ABOUT.finditer(scan.text):
        start = match.start()
        while start in prefixes and prefixes[start] < start:
            start = prefixes[start]
        if scan.text[start - 1 : start] not in ("《", "〈"):
            found.append(Mention(start, match.end(), ("Document",), scan.text[start : match.end()], "document-about"))
    for match in MADE.finditer(scan.text):
        at = match.start("names")
        for name in match["names"].split("、"):
            if (
                scan.text[at - 1 : at] != "《"
                and scan.is_edge(at)
                and not name.startswith(("一批", "一系列", "相关", "有关", "若干"))
            ):
                found.append(Mention(at, at + len(name), ("Document",), name, "document-made"))
            at += len(name) + 1
    for match in NAMED_LAW.finditer(scan.text):
        if scan.is_edge(match.start("name")):
            found.append(Mention(*match.span("name"), ("Document",), match["name"], "document-law"))
    for match in YEARLY.finditer(scan.text):
        start = match.start()
        if start not in prefixes or scan.text[prefixes[start] - 1 : prefixes[start]] == "《":
            continue
        owner = scan.text[prefixes[start] : start] + match["year"]
        found.append(Mention(prefixes[start], match.end("first"), ("Document",), owner + match["first"], "document-yearly"))
        if match["second"]:
            found.append(Mention(*match.span("second"), ("Document",), owner + match["second"], "document-yearly"))
    return found


def report(scan: Scan, prefixes: dict[int, int]) -> list[Mention]:
    """The document that the source is, by its title, its name in the text (政府工作报告), and others named without marks behind a body or 关于."""
    found: list[Mention] = []
    title = scan.document.title
    if title is not None and not HEADLINE.search(scan.text[slice(*title)]):
        name = EXCERPT.sub("", "".join(scan.text[title[0] : title[1]].split()))
        if name.endswith(
            (
                "报告",
                "公报",
                "通知",
                "意见",
                "方案",
                "规划",
                "计划",
                "决定",
                "办法",
                "条例",
                "公告",
                "讲话",
                "决议",
                "纲要",
                "白皮书",
                "要点",
                "总结",
                "工作思路",
                "工作打算",
                "工作安排",
                "任务分解",
                "情况汇报",
                "答复",
                "批复",
                "复函",
                "通报",
                "纪要",
                "提案",
                "议案",
                "建议案",
                "倡议书",
                "细则",
                "导则",
                "规定",
            )
        ):
            found.append(Mention(title[0], title[1], ("Document",), name, "title-of-text"))
    starts = frozenset(prefixes.values())
    for start, end in scan.longest("head:Document"):
        if title is not None and title[0] <= start < title[1]:
            continue
        if scan.text[start:end] == "政府工作报告":
            found.append(Mention(start, end, ("Document",), scan.text[start:end], "report-named"))
            continue
        begin = left_edge(scan, start, scan.sentence_bounds(start)[0], prefixes, loose=True)
        if begin < start - 1 and (begin in starts or scan.text[begin] == "“" or scan.text.startswith("关于", begin)):
            if scan.text[begin:start] not in ("全国", "全省", "全市", "我省", "我市") and scan.text[end : end + 1] not in (
                "》",
                "”",
            ):
                found.append(Mention(begin, end, ("Document",), scan.text[begin:end], "document-named"))
    return found
