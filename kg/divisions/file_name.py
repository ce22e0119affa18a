"""The place that a file is named by: 湖北省-第一章.txt, 2023年湖州市政协报告.txt. Cheap: it is asked for every file of a build."""

from __future__ import annotations

import re
from functools import lru_cache

from kg import divisions
from kg.divisions.model import Division

RUN = re.compile(r"[\u4e00-\u9fff]+")
NATIONAL = re.compile("全国|国务院|中央|国家|最高人民")
BEFORE = re.compile("(?:年度?|月|日|号|关于|印发|中共|中国共产党|中国人民政治协商会议|政协|人大|第?[一二三四五六七八九十两]+届)+")
OWN = re.compile(
    "$|[省市区县]?(?:委|政协|政府|人民政府|人大|人代会|人民代表大会|党代会|两会|统计|公报|年鉴|年报|国民经济|经济社会|工作报告|工作总结"
    "|工作要点|计划|规划|预算|决算|审计|财政|发改|法院|检察院|纪委|日报|晚报|晨报|早报|都市报|商报|发布|新闻|概况|简报|第?[一二三四五六七八九十]+五)"
)  # what of a place its own texts are about, behind its short name: 湖州政协, 四川统计公报; not 长沙会战
LONGEST = 12
LEVELS = ("province", "prefecture", "county")


@lru_cache(maxsize=1024)
def file_place(name: str) -> Division | None:
    """The place whose text a file of this name says it is: the innermost of those it names, None where it names none or several apart.

    A short name counts only where it opens a run of characters and what follows is said of the place's own texts.
    """
    if NATIONAL.search(name):
        return None
    found: list[Division] = []
    for run in RUN.findall(name.rpartition(".")[0] or name):
        found += _chain(run)
    if not found:
        return None
    innermost = max(found, key=lambda division: LEVELS.index(division.level))
    line = {innermost.code, *(above.code for above in divisions.ancestors(innermost.code))}
    return innermost if all(division.code in line for division in found) else None


def _chain(run: str) -> list[Division]:
    """The places side by side with which a run of characters opens, behind 关于 or 中共: 浙江省|湖州市|安吉县人民政府."""
    before = BEFORE.match(run)
    at = before.end() if before else 0
    found: list[Division] = []
    while (place := _place(run, at, found)) is not None:
        division, at = place
        found.append(division)
    return found


def _place(run: str, at: int, outer: list[Division]) -> tuple[Division, int] | None:
    """The division whose longest name stands at `at`, within the last of `outer`, and where it ends."""
    for end in range(min(at + LONGEST, len(run)), at + 1, -1):
        name = run[at:end]
        named = [division for division in divisions.by_name(name) if not division.abolished and division.level in LEVELS]
        if outer:
            named = [d for d in named if outer[-1].code in {above.code for above in divisions.ancestors(d.code)}]
        elif divisions.ambiguous(name):
            continue
        if named and (name == named[0].name or OWN.match(run, end) or (outer and end == len(run))):
            return named[0], end
    return None
