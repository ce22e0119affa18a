"""The short forms of division names: 湖州市 → 湖州, 恩施土家族苗族自治州 → 恩施, 恩施州. Pure grammar of names, no table."""

from __future__ import annotations

import re

# the peoples that names of autonomous divisions carry; some stand without 族 (内蒙古, 巴音郭楞蒙古自治州)
_PEOPLES = (
    "(?:(?:维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)族?|(?:藏|羌|彝|苗|侗|布依|壮|瑶|土家|白|傣|景颇|傈僳|哈尼|回|朝鲜|满|黎|畲|佤|拉祜"
    "|布朗|纳西|普米|怒|独龙|土|撒拉|保安|东乡|裕固|达斡尔|鄂温克|仫佬|毛南|仡佬|水|各)族)"
)
_AUTONOMOUS = re.compile(f"(.{{2,}}?){_PEOPLES}*自治([区州县旗])")
_PEOPLES_DISTRICT = re.compile(f"(.{{2,}}?){_PEOPLES}+区")
_PEOPLES_TOWN = re.compile(f"(.{{1,}}?){_PEOPLES}+(乡|镇|苏木)")
_PEOPLES_TOWN_ENDS = tuple(
    people + town for people in ("族", "维吾尔", "蒙古", "哈萨克", "柯尔克孜", "塔吉克", "锡伯") for town in ("乡", "镇", "苏木")
)
_PLAIN = re.compile(r"(.{2,}?)(?:省|特别行政区|市|地区|盟|州|县|(?<=架)林区|特区|新区|区|旗|行政委员会)")
# 科尔沁右翼前旗, 井陉矿区, 市郊区: what is left after the last word is no name
_NO_SHORT = re.compile(
    r".*(?:[左右前中后]旗|[东南西北中新]市区|联合旗|翼.*自治县|矿区|郊区|开发区|管理区|园区|示范区|实验区|试验区|集聚区|聚集区|食品区|风景名胜区)"
)


def short(name: str) -> str:
    """The short form by which a division is usually called, the name itself where it has none.

    浙江省 → 浙江, 新疆维吾尔自治区 → 新疆, 安吉县 → 安吉, 景宁畲族自治县 → 景宁; 易县 and 科尔沁右翼前旗 stay.
    """
    found = short_forms(name)
    return found[0] if found else name


def short_forms(name: str) -> tuple[str, ...]:
    """All well-formed short forms of a name, the shortest first (恩施, 恩施州); () where there is none."""
    if _NO_SHORT.fullmatch(name):
        return ()
    if match := _AUTONOMOUS.fullmatch(name):
        stem = match[1].removesuffix("族")
        return (stem,) if match[2] == "区" else (stem, stem + match[2], stem + "自治" + match[2])
    match = _PEOPLES_DISTRICT.fullmatch(name) or _PLAIN.fullmatch(name)
    return (match[1],) if match else ()


def town_forms(name: str) -> tuple[str, ...]:
    """The names a township goes by: its own, and without the peoples' (市坪苗族仡佬族乡 → 市坪乡)."""
    match = _PEOPLES_TOWN.fullmatch(name) if name.endswith(_PEOPLES_TOWN_ENDS) else None
    return (name, match[1] + match[2]) if match and len(match[1]) > 1 else (name,)
