"""Names that the openings of reports hold: works, campaigns, honors by number, games, places told by what they belong to."""

from __future__ import annotations

import pytest
from reading import names, read

NAMES = [
    # works and campaigns by what they end with
    ("河北省", "白洋淀水资源配置工程全线通水。", "白洋淀水资源配置工程", "Program"),
    ("内蒙古自治区", "浑善达克沙地歼灭战取得成效。", "浑善达克沙地歼灭战", "Program"),
    # what is carried out, with what is said of it right behind
    ("吉林省", "实施大豆单产提升工程超300万亩。", "大豆单产提升工程", "Program"),
    ("云南省", "边境更安宁，兴边富民行动深入实施。", "兴边富民行动", "Program"),
    ("浙江省", "开放扩大，跨境数据流动试点整省推进。", "跨境数据流动试点", "Program"),
    ("陕西省", "服务更优，普惠托育服务试点扩围。", "普惠托育服务试点", "Program"),
    ("海南省", "健康海南行动深入推进。", "健康海南行动", "Program"),
    ("河南省", "为现代化新河南建设贡献力量。", "现代化新河南", "Program"),
    ("江西省", "科技强省建设稳步推进。", "科技强省", "Program"),
    ("安徽省", "年度33项民生实事项目全部完成。", "33项民生实事项目", "Program"),
    ("山东省", "陇电入鲁工程送电。", "陇电入鲁", "Program"),
    ("青海省", "做好对口援青工作。", "对口援青", "Program"),
    # bodies by what they end with
    ("云南省", "昆明聂耳青年合唱团应邀演出。", "昆明聂耳青年合唱团", "Organization"),
    ("吉林省", "吉林冰球队刻苦训练。", "吉林冰球队", "Organization"),
    # honors
    ("浙江省", "温岭古城入选2024全国十大考古新发现。", "2024全国十大考古新发现", "Honor"),
    ("江苏省", "江苏女排夺得中国女排超级联赛冠军。", "中国女排超级联赛冠军", "Honor"),
    ("陕西省", "话剧《路遥》成为全国庆祝建党100周年文艺精品。", "全国庆祝建党100周年文艺精品", "Honor"),
    ("江西省", "全国文明城市、村镇、校园新增数量居前列。", "全国文明校园", "Honor"),
    ("河北省", "双拥模范城（县）命名再创佳绩。", "双拥模范城（县）", "Honor"),
    ("福建省", "新增国家美丽海湾4个。", "国家美丽海湾", "Honor"),
    ("安徽省", "培育7个国家先进制造业集群。", "国家先进制造业集群", "Honor"),
    # platforms, documents and formulations
    ("吉林省", "长春党史馆、延吉版本馆等标志性文化设施建成使用。", "延吉版本馆", "Platform"),
    ("河南省", "建成全省统一的影像检查资料共享平台。", "影像检查资料共享平台", "Platform"),
    ("江西省", "建成新时代文明实践中心100个。", "新时代文明实践中心", "Platform"),
    ("湖北省", "“共抓大保护、不搞大开发”理念深入人心。", "共抓大保护、不搞大开发", "Concept"),
    ("海南省", "强化“四查一督两整改”硬举措。", "四查一督两整改", "Program"),
    ("贵州省", "“空心砖房”改造惠及群众10万户。", "“空心砖房”改造", "Program"),
    # games
    ("吉林省", "做好“十四冬”参赛工作。", "十四冬", "Meeting"),
    ("江苏省", "举办全国首届青少年航海运动会。", "全国首届青少年航海运动会", "Meeting"),
    ("浙江省", "我省健儿在亚残运会摘金夺银。", "亚残运会", "Meeting"),
]


@pytest.mark.parametrize(("home", "text", "name", "class_"), NAMES, ids=[f"{n}-{t[:8]}" for _, t, n, _ in NAMES])
def test_a_name_of_a_report_is_found(home: str, text: str, name: str, class_: str) -> None:
    assert names(read(text, home=home)).get(name) == class_


NOT_NAMES = [
    ("江苏省", "粮食生产实现“二十连丰”。", "二十连丰"),
    ("江西省", "牢记习近平总书记殷殷嘱托。", "殷殷"),
    ("吉林省", "涌现出超高速轨道列车等重器。", "超高速"),
    ("广东省", "一批力作获国家级奖项。", "国家级奖"),
    ("浙江省", "浙江体育代表团勇夺全运会金牌。", "浙江体育代表团勇夺全运会"),
]


@pytest.mark.parametrize(("home", "text", "name"), NOT_NAMES)
def test_what_a_report_says_otherwise_is_no_name(home: str, text: str, name: str) -> None:
    assert name not in names(read(text, home=home))
