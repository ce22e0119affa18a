"""What the texts of cities, districts and departments say in their own way: notices with lists, answers to proposals, digital government, features."""

from __future__ import annotations

import pytest
from reading import facts, names, read

NAMES = [
    # people in lists, also where a name holds a character that is a word
    ("昆明市", "市政协副主席杨皕、金幼和、夏静、陈红平出席。", "金幼和", "Person"),
    ("昆明市", "市委书记刘捷领办重点提案。", "刘捷", "Person"),
    ("扬州市", "市政协主席王炳松多次带队调研。", "王炳松", "Person"),
    ("宜昌市", "市政协副主席李国军、杨中等出席。", "杨中", "Person"),
    ("荆州市", "李梅委员荣获全国五一劳动奖章。", "李梅", "Person"),
    # departments as cities call them
    ("深圳市", "深圳市科技创新局、市政务服务数据管理局参加。", "深圳市科技创新局", "Organization"),
    ("深圳市", "南山区政务服务数据管理局负责。", "南山区政务服务数据管理局", "Organization"),
    ("长春市", "市政务服务和数字化建设管理局牵头。", "长春市政务服务和数字化建设管理局", "Organization"),
    ("泉州市", "泉州市数字办、泉州市城市运行管理中心参加。", "泉州市城市运行管理中心", "Organization"),
    ("泉州市", "泉州市数字办、泉州市城市运行管理中心参加。", "泉州市数字办", "Organization"),
    ("盐城市", "联合江苏沿海研究院开展课题调研。", "江苏沿海研究院", "Organization"),
    ("台州市", "与阿里云计算有限公司签订协议。", "阿里云计算有限公司", "Organization"),
    # what is built of data
    ("台州市", "市大数据局牵头建设一体化智能化公共数据平台。", "一体化智能化公共数据平台", "Platform"),
    ("盐城市", "推进数字政协平台迭代升级。", "数字政协平台", "Platform"),
    ("泉州市", "建成市级公共数据资源平台，汇聚数据45亿条。", "公共数据资源平台", "Platform"),
    ("北京市", "建设好全民健康信息平台，推进互认。", "全民健康信息平台", "Platform"),
    ("金华市", "“财经联网监督系统”接入部门58家。", "财经联网监督系统", "Platform"),
    # what a sentence says a quoted name is
    ("宜昌市", "“宜商量”是宜昌市政协2022年推出的协商议事品牌。", "宜商量", "Program"),
    ("宜昌市", "“码上办”是市数据局打造的便民平台，", "码上办", "Platform"),
    # papers and sites
    ("宜昌市", "三峡日报讯（记者 高炜）市政协开会。", "三峡日报", "Organization"),
    ("宜昌市", "《长江日报》、人民政协网等媒体予以关注。", "人民政协网", "Organization"),
    # venues that are a name by themselves where they are counted or built
    ("荆州市", "全市建立协商驿站436个、委员之家12个。", "协商驿站", "Platform"),
    ("荆州市", "全市建立协商驿站436个、委员之家12个。", "委员之家", "Platform"),
    # honors
    ("荆州市", "市政协机关连续六年获评全市综合考核优胜单位。", "全市综合考核优胜单位", "Honor"),
    ("金华市", "横店基层立法联系点被全国人大常委会法工委评为优秀立法联系点。", "优秀立法联系点", "Honor"),
    ("嘉善县", "“善议通”获评2022年度全省政协数字化改革优秀应用。", "全省政协数字化改革优秀应用", "Honor"),
    # an activity that is named after a platform is an activity
    ("金华市", "开展“亲清直通车”代表督政活动。", "“亲清直通车”代表督政活动", "Program"),
    ("北京市", "国家发展改革委牵头建设全国投资项目在线审批监管平台。", "全国投资项目在线审批监管平台", "Platform"),
    ("温州市", "专题议政性常委会会议。承办单位：经济委员会。", "经济委员会", "Organization"),
]  # fmt: skip


@pytest.mark.parametrize(("home", "text", "name", "class_"), NAMES, ids=[f"{n}-{t[:8]}" for _, t, n, _ in NAMES])
def test_a_name_is_found(home: str, text: str, name: str, class_: str) -> None:
    assert names(read(text, home=home)).get(name) == class_


NOT_NAMES = [
    ("深圳市", "“下一步，我们将打造民意系统，探索‘AI+民意’新模式。”李强说。", "新模式"),
    ("荆州市", "《人民政协报》予以报道。", "人民政协"),
    ("保定市", "长城汽车、英利能源等龙头企业加快发展。", "长城"),
    ("泉州市", "与华为技术有限公司合作。", "华为"),
    ("无锡市", "各市（县）、区人民政府：", "区人民政府"),
    ("扬州市", "一场关于老旧小区加装电梯的协商会正在举行。", "老旧小区加装电梯的协商会"),
    ("宝应县", "宝应县政协建立“荷藕人家”协商议事点。", "荷藕人家"),
    ("金华市", "横店立法联系点被全国人大常委会法工委评为优秀立法联系点。", "全国人大常委会法工委评为优秀立法联系点"),
    ("重庆市", "构建科技创新平台，建设信息系统。", "科技创新平台"),
    ("北京市", "各省、自治区、直辖市人民政府要加强领导。", "市人民政府"),
    ("承德市", "在市政协党组和主席会议领导下认真履行职能。", "市政协党组和主席会议"),
]  # fmt: skip


@pytest.mark.parametrize(("home", "text", "name"), NOT_NAMES)
def test_what_is_no_name_is_none(home: str, text: str, name: str) -> None:
    assert not [found for found in names(read(text, home=home)) if name == found or (name == "新模式" and name in found)]


LIFE = "王丽萍，女，汉族，1975年8月出生，石嘴山市政协常委、大武口区长胜街道办事处主任，拟任大武口区民政局局长。2022年荣获“全国巾帼建功标兵”称号。"
FACTS = [
    # what a place sets up, not a body of it, lies there
    ("台州市", "椒江区打造“椒点民生”民情直通平台。", ("“椒点民生”民情直通平台", "inDistrict", "椒江区")),
    ("盐城市", "东台市、大丰区成立“板凳议事会”。", ("板凳议事会", "inDistrict", "大丰区")),
    ("深圳市", "南山区招商街道成立“党群议事会”。", ("党群议事会", "inDistrict", "招商街道")),
    # who was there, told before a comma and others
    (
        "昆明市",
        "市政协副主席张强、夏静，秘书长赵学农出席市政协十四届三次会议。",
        ("夏静", "attends", "昆明市政协十四届三次会议"),
    ),
    # subjects of supervision
    (
        "南京市",
        "市政协对“优化营商环境”“湿地保护修复”等开展专项民主监督。",
        ("专项民主监督", "hasTopic", "湿地保护修复"),
    ),
    # who is in charge of a meeting
    (
        "温州市",
        "市政协召开“低空经济”专题协商会。承办单位：市政协经济委员会；协办单位：市工商联。",
        ("温州市工商联", "hosts", "“低空经济”专题协商会"),
    ),
    (
        "宜昌市",
        "“宜商量”是宜昌市政协2022年推出的协商议事品牌，人民政协网等媒体予以关注。",
        ("宜商量", "reportedBy", "人民政协网"),
    ),
    (
        "承德市",
        "市政协围绕“推进基础教育均衡发展”赴双桥区、滦平县开展专题协商座谈会。",
        ("专题协商座谈会", "hasTopic", "推进基础教育均衡发展"),
    ),
    ("承德市", "刘振武委员当选“最美政协委员”。", ("刘振武", "receives", "最美政协委员")),
    # who undertakes what stands before 由, and what stands behind 承办的
    ("杭州市", "“浙里有善”慈善平台由浙江省民政厅主办、杭州市慈善总会承办。", ("杭州市慈善总会", "runs", "“浙里有善”慈善平台")),
    ("杭州市", "“码上议”应用由杭州市数据局开发。", ("杭州市数据局", "runs", "“码上议”应用")),
    (
        "武汉市",
        "由湖北省政协主办、武汉市政协承办的“协商民主”研讨会召开。",
        ("政协武汉市委员会", "hosts", "“协商民主”研讨会"),
    ),
    (
        "绍兴市",
        "绍兴市政协与嘉兴市政协签订《杭州湾协商监督协议》。",
        ("政协嘉兴市委员会", "issues", "杭州湾协商监督协议"),
    ),
    # a life in brief
    ("石嘴山市", LIFE, ("王丽萍", "worksFor", "大武口区长胜街道办事处")),
    ("石嘴山市", LIFE, ("王丽萍", "worksFor", "政协石嘴山市委员会")),
    ("石嘴山市", LIFE, ("王丽萍", "receives", "全国巾帼建功标兵")),
]


@pytest.mark.parametrize(("home", "text", "fact"), FACTS, ids=[text[:10] for _, text, _ in FACTS])
def test_a_clause_says_a_fact(home: str, text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(read(text, home=home))


NOT_FACTS = [
    # 各县（市、区） are many without a name, and not the body that acted before
    (
        "台州市",
        "市市场监管局建设“浙食链”系统，各县（市、区）建设基层治理“141”体系，推广“码上清”机制。",
        {"“141”体系", "“码上清”机制"},
    ),
    # what a place takes over does not lie there
    ("玉环市", "温岭市推广“码上清”机制。", {"“码上清”机制"}),
    # the next clause is on something else
    (
        "荆州市",
        "市政协围绕“支点建设荆州篇章”协商议政，召开长江大保护专题协商会。",
        {"支点建设荆州篇章"},
    ),
    # “扬州样板” is not the city
    ("扬州市", "“扬州样板”被《人民政协报》专题报道。", {"扬州市"}),
    # what somebody is to be he is not yet
    ("石嘴山市", "王强，男，1970年2月生，现任石嘴山市司法局局长，拟任石嘴山市公安局局长。", {"石嘴山市公安局"}),
]


@pytest.mark.parametrize(("home", "text", "things"), NOT_FACTS, ids=[text[:10] for _, text, _ in NOT_FACTS])
def test_a_clause_does_not_say_more(home: str, text: str, things: set[str]) -> None:
    found = [fact for fact in facts(read(text, home=home)) if fact[1] not in ("partOf", "hosts") and things & {fact[0], fact[2]}]
    assert not [fact for fact in found if not (fact[1] == "inDistrict" and fact[0].startswith(("政协", "扬州市", "石嘴山市")))]


def test_of_counties_of_one_name_a_text_means_the_one_that_it_names_with_its_city() -> None:
    reading = read("近日，南山区推行改革。这是深圳市南山区的探索。南山区委高度重视，南山区政务服务数据管理局负责。")
    assert {e.id for e in reading.entities if e.label == "南山区"} == {"place/深圳市/南山区"}
    assert "org/深圳市/南山区/党委" in {e.id for e in reading.entities}
    both = read("深圳市南山区和鹤岗市南山区都来了，南山区推行改革。")
    assert {"place/深圳市/南山区", "place/鹤岗市/南山区"} <= {e.id for e in both.entities}


NOTICE = """关于成立无锡市优化营商环境工作领导小组的通知
锡政办发〔2023〕12号

各市（县）、区人民政府，市各委办局、直属单位：
为优化营商环境，成立无锡市优化营商环境工作领导小组，组成人员名单如下：

组 长：赵建军　市委副书记、市长

副组长：马 良　市委常委、常务副市长

　　　　周文栋　市政府副市长

成 员：许立新　市政府秘书长

　　　　王磊　市数据局局长

无锡市人民政府办公室
2023年3月2日
"""


def test_a_notice_names_the_members_of_a_group_and_is_of_the_office_that_signs_it() -> None:
    reading = read(NOTICE, home="无锡市")
    group, label = "无锡市优化营商环境工作领导小组", {e.id: e.label for e in reading.entities}
    roles = {label[f.subject]: f.role for f in reading.facts if f.property == "worksFor" and label[f.object] == group}
    assert roles == {"赵建军": "组长", "马良": "副组长", "周文栋": "副组长", "许立新": "成员", "王磊": "成员"}
    found = facts(reading)
    assert {("赵建军", "worksFor", "中共无锡市委"), ("王磊", "worksFor", "无锡市数据局")} <= found
    assert [fact[0] for fact in found if fact[1] == "issues"] == ["无锡市人民政府办公室"]


def test_an_answer_to_a_proposal_is_a_document_of_the_office_that_signs_it() -> None:
    text = "关于市政协十三届二次会议第0126号提案的答复\n\n民革贵阳市委：\n提案收悉，经研究，现答复如下。\n\n贵阳市民政局\n2024年5月28日\n"
    found = facts(read(text, home="贵阳市"))
    assert ("贵阳市民政局", "issues", "关于市政协十三届二次会议第0126号提案的答复") in found


def test_how_often_something_was_done_counts_what_was_done() -> None:
    [measure] = read("市委、市政府主要领导先后6次作出批示。", home="荆州市").measures
    assert (measure.indicator, measure.value, measure.unit) == ("作出批示", 6, "次")


def test_a_census_of_the_whole_country_is_one_thing_wherever_it_is_taken() -> None:
    ids = {
        e.id for home in ("成都市", "湖南省") for e in read("推进第四次全国农业普查。", home=home).entities if "普查" in e.label
    }
    assert ids == {"thing/第四次全国农业普查"}


def test_a_list_is_of_the_place_whose_office_signs_it_not_of_the_first_that_it_names() -> None:
    text = "优秀品牌名单\n\n1.诸暨市政协“乡贤议事厅”\n\n2.柯桥区政协“轻纺城议事堂”\n\n绍兴市政协办公室\n2023年12月20日\n"
    reading = read(text)
    assert reading.home == "place/绍兴市"
    assert ("政协柯桥区委员会", "runs", "轻纺城议事堂") in facts(reading)


def test_what_a_plan_came_to_is_told_as_done() -> None:
    text = "昆山市第十四个五年规划实施中期评估报告\n\n“十四五”以来，2021年昆山市被授予“全国文明典范城市”称号。\n"
    assert {f.status for f in read(text, home="昆山市").facts if f.property == "receives"} == {"done"}


def test_a_place_s_economy_is_no_figure_of_the_strategy_that_it_follows() -> None:
    [measure] = read("昆山市深入实施“两聚一高”战略，地区生产总值增加到5006.7亿元。").measures
    assert measure.about == "place/昆山市"


def test_how_often_an_application_was_visited_is_its_own_figure() -> None:
    [measure] = read("嘉善县政协开发“善议通”微应用，上线以来访问量突破12万人次。", home="嘉善县").measures
    assert measure.about == "thing/嘉善县/善议通"


def test_a_word_that_is_a_far_county_s_name_too_is_no_scope() -> None:
    ids = {e.id for e in read("支持两岸产业合作改革创新试验区建设。", home="昆山市").entities}
    assert not [id_ for id_ in ids if "合作市" in id_]


def test_offices_of_the_parks_of_one_city_are_not_one() -> None:
    text = "洛阳高新区管委会、洛阳经开区管委会、大湾区大学、三江源生态实验室参加。"
    ids = {e.label: e.id for e in read(text, home="洛阳市").entities if e.classes[0] == "Organization"}
    assert ids["洛阳高新区管委会"] == "org/洛阳市/高新区管委会"
    assert len(set(ids.values())) == 4
    assert not [id_ for id_ in ids.values() if "三江侗族自治县" in id_]


def test_a_deputy_is_of_the_office_whose_head_was_named_before() -> None:
    text = "省大数据局局长景亚萍介绍情况，副局长刘军回答提问。"
    assert ("刘军", "worksFor", "贵州省大数据局") in facts(read(text, home="贵州省"))


def test_a_session_of_a_district_s_congress_is_not_its_city_s() -> None:
    text = "吉安市青原区第四届人民代表大会第四次会议开幕。"
    assert "meeting/青原区/人大四届四次会议" in {e.id for e in read(text, home="青原区").entities}


def test_a_village_named_again_is_the_one_named_with_its_township() -> None:
    text = "三门峡市陕州区张湾乡新桥村建成议事亭。2020年，新桥村投资12万元。"
    assert {e.id for e in read(text).entities if e.label == "新桥村"} == {"place/陕州区/张湾乡/新桥村"}


def test_those_whom_a_clause_begins_with_counting_are_counted_by_what_befell_them() -> None:
    reading = read("青原区投入扶贫资金1.8亿元，实施扶贫项目312个，4210人实现脱贫。", home="青原区")
    assert ("实现脱贫", 4210, "人") in {(m.indicator, m.value, m.unit) for m in reading.measures}


def test_a_plenum_of_a_city_s_party_committee_is_the_city_s() -> None:
    text = "中国共产党保定市第十二届委员会第五次全体会议举行。"
    assert "meeting/保定市/党委十二届五次会议" in {e.id for e in read(text, home="保定市").entities}


def test_a_year_s_summary_with_the_next_year_s_points_is_no_plan_as_a_whole() -> None:
    text = (
        "承德市政协教科卫体委员会2023年工作总结和2024年工作要点\n\n一、主要工作\n\n开展“送医下乡”活动3次。\n\n"
        "二、2024年工作要点\n\n开展“健康讲堂”活动4次。\n"
    )
    statuses = {m.value: m.status for m in read(text, home="承德市").measures}
    assert statuses == {3: "done", 4: "planned"}


def test_how_many_proposals_a_list_of_titles_stands_for_are_proposals() -> None:
    [measure] = read("市工商联提出的《关于打造品牌的提案》《关于传承创新的提案》等12件提案被列为重点。", home="扬州市").measures
    assert (measure.value, measure.unit) == (12, "件") and measure.indicator == "提案被列为重点"
