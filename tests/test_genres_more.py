"""More of what these texts say in their own way: lists that share a place, owners before names, sessions by number, firms by short names."""

from __future__ import annotations

import pytest
from reading import facts, names, read

NAMES = [
    # what a list shares
    ("杭州市", "与宁波、温州、绍兴市政协联合开展调研。", "政协温州市委员会", "Organization"),
    ("杭州市", "联合余杭区、临平区、桐庐县政协开展调研。", "政协余杭区委员会", "Organization"),
    ("常州市", "市发改委、工信局、公安局等部门负责人参加会议。", "常州市工信局", "Organization"),
    # bodies
    ("贵阳市", "市委督查室、市政府督查室开展督查。", "中共贵阳市委督查室", "Organization"),
    ("杭州市", "市政协组建“亚运服务团”。", "亚运服务团", "Organization"),
    ("鄱阳县", "油墩街镇人大主席程志刚介绍了情况。", "油墩街镇人大", "Organization"),
    ("苏州市", "民革市委会作大会发言。", "民革苏州市委会", "Organization"),
    ("洛阳市", "偃师区法院顾县法庭揭牌。", "偃师区法院顾县法庭", "Organization"),
    ("石家庄市", "公安长安分局交警大队负责人到场。", "公安长安分局交警大队", "Organization"),
    ("潍坊市", "潍柴动力、歌尔股份、豪迈科技入选国家技术创新示范企业。", "豪迈科技", "Organization"),
    ("台州市", "成立台州市党外知识分子联谊会律师分会。", "台州市党外知识分子联谊会律师分会", "Organization"),
    ("海南省", "海南广播电视总台、南海网相继报道。", "海南广播电视总台", "Organization"),
    # places
    ("衢州市", "衢江港吞吐量803万吨。", "衢江港", "Program"),
    ("南宁市", "支持五象新区、广西—东盟经开区发展。", "广西—东盟经开区", "District"),
    ("南宁市", "支持五象新区、广西—东盟经开区发展。", "五象新区", "District"),
    ("常州市", "走访武进国家高新区。", "武进国家高新区", "District"),
    # people
    ("常州市", "市领导梁一波、许峥、丁一参加会议。", "丁一", "Person"),
    ("昆明市", "免去周晓红市政协教科卫体委员会副主任职务。", "周晓红", "Person"),
    ("桂林市", "选举单位补选莫春玲、韦 军为县人大代表。", "韦军", "Person"),
    ("苏州市", "王静、徐俊、李洁等6位委员发言。", "李洁", "Person"),
    ("洛阳市", "任命赵会朋为洛阳市人民政府副市长。", "赵会朋", "Person"),
    ("洛阳市", "免去孙延文的洛阳市人民政府副市长职务。", "孙延文", "Person"),
    ("宜宾市", "区政协委员、宜宾锂宝新材料有限公司总经理李明参与的活动。", "李明", "Person"),
    # platforms and programs
    ("厦门市", "推动轨道交通3号线南延段建设。", "轨道交通3号线南延段", "Program"),
    ("安吉县", "“余村全球合伙人”计划吸引项目42个。", "“余村全球合伙人”计划", "Program"),
    ("安吉县", "西苕溪清水入湖河道整治工程获奖。", "西苕溪清水入湖河道整治工程", "Program"),
    ("鄱阳县", "“湖区夜话”成了渔民的好去处。", "湖区夜话", "Platform"),
    ("昆山市", "昆山市政协“昆事好商量”越办越好。", "昆事好商量", "Platform"),
    ("杭州市", "“浙里办”“浙政钉”用户增加。", "浙里办", "Platform"),
    ("郑州市", "潍烟高铁完成铺轨，鹤剑兰高速公路开工。", "鹤剑兰高速公路", "Program"),
    ("常州市", "检查龙城大道综合管廊项目。", "龙城大道综合管廊项目", "Program"),
    ("台州市", "“新生代企业家‘双传承’计划”深入人心。", "新生代企业家‘双传承’计划", "Program"),
    # meetings and honors
    ("赣州市", "举办中国（赣州）客家文化节。", "中国（赣州）客家文化节", "Meeting"),
    ("成都市", "办好2025年世界运动会。", "2025年世界运动会", "Meeting"),
    ("南宁市", "方案经市十五届人民政府第62次常务会议审议通过。", "南宁市十五届人民政府第62次常务会议", "Meeting"),
    ("长沙市", "雨花区检察院未检工作室获评全国维护青少年权益岗。", "全国维护青少年权益岗", "Honor"),
    ("台州市", "温岭市泵业协会获评全国“四好”商会。", "全国“四好”商会", "Honor"),
]  # fmt: skip


@pytest.mark.parametrize(("home", "text", "name", "class_"), NAMES, ids=[f"{n}-{t[:8]}" for _, t, n, _ in NAMES])
def test_a_name_is_found(home: str, text: str, name: str, class_: str) -> None:
    assert names(read(text, home=home)).get(name) == class_


NOT_NAMES = [
    ("苏州市", "居民刘先生说，停车方便了。", "刘先生"),
    ("洛阳市", "检查《中华人民共和国湿地保护法》实施情况。", "中华人民共和国湿地"),
    ("安吉县", "创成美丽乡村示范乡镇11个、精品示范村55个。", "美丽乡村示范乡镇11个、精品示范村"),
    ("泉州市", "恒安集团等企业代表应邀参加发布会。", "企业代表应邀参加发布会"),
    ("长沙市", "开通县县通高速。", "县县通高速"),
    ("上饶市", "邀请负责人与村民代表面对面协商，争取资金。", "面对面协商"),
    ("洛阳市", "帮助洛阳玻璃、中信重机等企业化解债务。", "帮助洛阳玻璃"),
]


@pytest.mark.parametrize(("home", "text", "name"), NOT_NAMES)
def test_what_is_no_name_is_none(home: str, text: str, name: str) -> None:
    assert name not in names(read(text, home=home))


FACTS = [
    # an owner right before a quoted name has it, and is no part of its name
    (
        "鄱阳县",
        "鄱阳县政协“有事好商量”协商议事室办得红火。",
        ("政协鄱阳县委员会", "runs", "“有事好商量”协商议事室"),
    ),
    # members told behind the list, and who speaks for a body
    ("苏州市", "市政协召开会议。王静、徐俊等6位委员作了发言。", ("王静", "worksFor", "政协苏州市委员会")),
    (
        "苏州市",
        "市政协举行“有事来协商”专题协商会。民革市委会、九三学社市委会作大会发言。",
        ("民革苏州市委会", "attends", "“有事来协商”专题协商会"),
    ),
    (
        "杭州市",
        "围绕“推进钱塘江流域综合治理”开展专项集体民主监督。",
        ("专项集体民主监督", "hasTopic", "推进钱塘江流域综合治理"),
    ),
    ("三亚市", "“候鸟议事厅”是三亚市政协2021年创设的协商平台。", ("政协三亚市委员会", "runs", "候鸟议事厅")),
    ("鹤壁市", "市政协召开会议。市政协领导刘文彪、秘书长张建军出席会议。", ("张建军", "worksFor", "政协鹤壁市委员会")),
    (
        "湘潭市",
        "决定授予韶山市“先进市”称号，湘潭县政协、韶山市政协等8个单位“信息工作先进单位”称号。",
        ("政协湘潭县委员会", "receives", "信息工作先进单位"),
    ),
    (
        "宜宾市",
        "翠屏区政协连续两年被市政协评为“有事来协商”工作先进单位。",
        ("政协翠屏区委员会", "receives", "“有事来协商”工作先进单位"),
    ),
    ("洛阳市", "市中级人民法院与市妇联共建“河洛情”家事调解工作室。", ("洛阳市妇联", "runs", "“河洛情”家事调解工作室")),
]


@pytest.mark.parametrize(("home", "text", "fact"), FACTS, ids=[text[:10] for _, text, _ in FACTS])
def test_a_clause_says_a_fact(home: str, text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(read(text, home=home))


def test_each_of_two_titles_is_its_own_authors() -> None:
    found = facts(
        read("市政协委员陈丽提交的《关于打造品牌的提案》、农工党市委会《关于加强服务的建议》被列为重点提案。", home="贵阳市")
    )
    assert ("陈丽", "issues", "关于打造品牌的提案") in found
    assert ("农工党贵阳市委会", "issues", "关于加强服务的建议") in found
    assert ("陈丽", "issues", "关于加强服务的建议") not in found


def test_what_a_consultation_keeps_to_is_not_what_deals_with_the_subject() -> None:
    found = facts(read("要围绕市委“创新活力之城”建设，重点就“优化营商环境”等课题开展协商。", home="杭州市"))
    assert not [fact for fact in found if fact[1] == "hasTopic"]


def test_the_chairman_of_an_autonomous_region_heads_its_government() -> None:
    text = "会议听取了自治区主席张雨浦所作的报告，肯定自治区人民政府的工作。"
    assert ("张雨浦", "worksFor", "宁夏回族自治区人民政府") in facts(read(text, home="宁夏回族自治区"))


@pytest.mark.parametrize(
    "text",
    [
        "市十八届人大二次会议开幕。潍坊市第十八届人民代表大会第二次会议听取了报告。",
        "潍坊市第18届人民代表大会第2次会议开幕。市十八届人大二次会议闭幕。",
    ],
)
def test_a_session_is_one_by_whatever_name_its_term_and_number_are_told(text: str) -> None:
    meetings = {e.id for e in read(text, home="潍坊市").entities if e.classes[0] == "Meeting"}
    assert len(meetings) == 1


def test_a_citys_text_in_its_provinces_words_is_the_citys() -> None:
    text = (
        "我市召开大会，贯彻省委全会精神。市委书记刘红兵讲话。会上，襄都区、信都区和河北中煤旭阳焦化有限公司发言，全市上下动员。"
    )
    assert read(text).home == "place/邢台市"


def test_a_plan_tells_its_groundwork_as_done_and_its_tasks_as_planned() -> None:
    text = "赣州市文化和旅游发展规划\n\n第一章 发展基础\n瑞金市创建国家全域旅游示范区。\n第二章 发展目标\n到2025年，全市接待游客达到2.5亿人次。\n"
    reading = read(text, home="赣州市")
    assert {f.status for f in reading.facts if f.property == "receives"} == {"done"}
    assert {m.status for m in reading.measures} == {"planned"}


def test_where_a_figure_stood_and_where_it_went_count_the_same() -> None:
    reading = read("全市接待游客人数从2015年的4633.2万人次增长到2019年的1.36亿人次。", home="赣州市")
    assert {(m.indicator, m.value) for m in reading.measures} == {("接待游客人数", 46332000), ("接待游客人数", 136000000)}


def test_how_many_are_named_is_no_figure() -> None:
    assert not read("王静、徐俊、李洁等6位委员发言。", home="苏州市").measures


def test_the_rows_of_a_list_of_people_are_each_their_own() -> None:
    text = "优秀委员名单\n\n王志强 湘潭电机股份有限公司总工程师\n刘慧 湘潭大学化学学院教授\n陈  静（女） 湘潭市中心医院院长\n"
    found = facts(read(text, home="湘潭市"))
    assert ("刘慧", "worksFor", "湘潭大学化学学院") in found
    assert ("陈静", "worksFor", "湘潭市中心医院") in found
    assert ("刘慧", "worksFor", "湘潭电机股份有限公司") not in found


def test_a_session_that_is_named_without_its_body_is_that_of_the_body_that_holds_it() -> None:
    reading = read("市政协召开十届十次常委会会议。政协第十届鹤壁市委员会常务委员会第十次会议听取了汇报。", home="鹤壁市")
    assert len({e.id for e in reading.entities if e.classes[0] == "Meeting"}) == 1


def test_a_session_is_held_by_the_body_named_before_the_verb_and_attended_by_those_who_sit_in() -> None:
    text = "市十五届人大常委会举行第二十次会议。副市长王国辉，市人民检察院检察长种松志列席会议。"
    found = facts(read(text, home="洛阳市"))
    assert ("洛阳市人大常委会", "hosts", "洛阳市十五届人大常委会第二十次会议") in found
    assert ("种松志", "attends", "洛阳市十五届人大常委会第二十次会议") in found


def test_what_is_named_after_the_future_is_no_plan() -> None:
    reading = read("安吉县未来科技城能级提升，新建学校43所。", home="安吉县")
    assert {m.status for m in reading.measures} == {"done"}


def test_what_a_meeting_has_been_followed_by_is_not_told_of_the_meeting() -> None:
    text = "县十六届人大一次会议以来的五年，成绩喜人。五年来，荣获联合国人居奖、全国文明城市。"
    assert not [fact for fact in facts(read(text, home="安吉县")) if fact[1] == "receives" and "会议" in fact[0]]


def test_how_often_papers_reported_is_told_of_what_they_reported_on() -> None:
    reading = read("市政协推进“院坝协商”品牌，《人民政协报》《浙江日报》等媒体宣传报道46次。", home="湖州市")
    assert [m.about for m in reading.measures] == [e.id for e in reading.entities if e.label == "“院坝协商”品牌"]
