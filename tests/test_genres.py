"""What one kind of text says in its own way: news and its people, courts and congresses, notices and plans, summaries of offices."""

from __future__ import annotations

import pytest
from reading import facts, names, read

NAMES = [
    # people, by the posts before them and by what they do
    ("岳阳市", "市委书记江凌出席会议并讲话。", "江凌", "Person"),
    ("岳阳市", "市人大常委会主任吴中阳、市政协主席马景林出席。", "吴中阳", "Person"),
    ("岳阳市", "副市长魏险峰宣读表彰决定。", "魏险峰", "Person"),
    ("岳阳市", "市政协副主席苏银增、高飞、孙瑞彬出席会议。", "孙瑞彬", "Person"),
    ("岳阳市", "民盟市委主委赵建国作了发言。", "赵建国", "Person"),
    ("岳阳市", "大会执行主席李明、王红霞、何波在主席台前排就座。", "何波", "Person"),
    # bodies as news and reports call them
    ("洛阳市", "老城区政协召开协商会。", "老城区政协", "Organization"),
    ("宁波市", "经省十四届人大常委会第五次会议批准。", "省十四届人大常委会第五次会议", "Meeting"),
    ("宁波市", "经验获省人大常委会主要领导批示。", "省人大常委会", "Organization"),
    ("宁波市", "在市人大及其常委会监督支持下开展工作。", "宁波市人大常委会", "Organization"),
    ("洛阳市", "洛阳文化旅游投资集团有限公司签约。", "洛阳文化旅游投资集团有限公司", "Organization"),
    ("洛阳市", "河南科技大学教授周玉华发言。", "河南科技大学", "Organization"),
    ("泉州市", "泉州知识产权法庭审结一批案件。", "泉州知识产权法庭", "Organization"),
    ("扬州市", "与携程集团签订合作协议。", "携程集团", "Organization"),
    ("重庆市", "重庆信息与智慧医学研究院揭牌。", "重庆信息与智慧医学研究院", "Organization"),
    ("岳阳市", "河南日报、大河网等媒体进行了报道。", "大河网", "Organization"),
    # places
    ("宁波市", "余姚市梁弄镇横坎头村接待参观者。", "横坎头村", "District"),
    ("湖州市", "代表们赴成都平原经济区考察。", "成都平原经济区", "District"),
    # works, platforms and programs without quotation marks
    ("广东省", "推进国家海洋综合试验场、国家深海科考中心等创新平台建设。", "国家深海科考中心", "Platform"),
    ("山东省", "董家口至五莲铁路等项目开工。", "董家口至五莲铁路", "Program"),
    ("泉州市", "建设海丝名城、智造强市、品质泉州。", "品质泉州", "Program"),
    ("广东省", "创建全国海洋经济发展示范区。", "全国海洋经济发展示范区", "Honor"),
    ("北京市", "深化博物馆之城建设。", "博物馆之城", "Program"),
    ("北京市", "持续深化“两区”建设。", "两区", "Program"),
    ("北京市", "完成第四次全国文物普查。", "第四次全国文物普查", "Program"),
    ("湖北省", "办好楚商大会、汉交会等重大活动。", "汉交会", "Meeting"),
    ("辽宁省", "按照省委十次全会部署推进工作。", "省委十次全会", "Meeting"),
    ("北京市", "举办世界反法西斯战争胜利80周年纪念活动。", "世界反法西斯战争胜利80周年纪念活动", "Meeting"),
    ("湖北省", "全面落实民营经济促进法。", "民营经济促进法", "Document"),
    ("四川省", "出台稳住经济增长“18条”。", "稳住经济增长“18条”", "Document"),
    ("山东省", "扛牢“走在前、挑大梁”使命担当。", "走在前、挑大梁", "Concept"),
    ("南通市", "“15分钟医保服务圈”实现镇街全覆盖。", "15分钟医保服务圈", "Program"),
    ("南通市", "建成一刻钟便民生活圈58个。", "一刻钟便民生活圈", "Program"),
    # honors by what they say of rank
    ("泉州市", "晋江市人民法院被评为全国优秀法院。", "全国优秀法院", "Honor"),
    ("岳阳市", "市政协机关被评为全省文明标兵单位。", "全省文明标兵单位", "Honor"),
    # platforms that a list names one by one with their owners, summed up behind the last
    ("绍兴市", "柯桥区政协“民情茶馆”、诸暨市政协“枫桥议厅”、新昌县政协“众说”等平台各具特色。", "民情茶馆", "Platform"),
    # subjects of consultation, with marks and without
    ("岳阳市", "围绕“加快建设副中心城市”召开专题议政性常委会会议。", "加快建设副中心城市", "Topic"),
    ("岳阳市", "就“推进基础设施建设”与市住建局开展对口协商。", "推进基础设施建设", "Topic"),
    (None, "22位委员围绕健全共建共治共享的社会治理制度等协商建言。", "健全共建共治共享的社会治理制度", "Topic"),
]  # fmt: skip


MORE_NAMES = [
    ("常州市", "市长盛蕾应邀出席会议。", "盛蕾", "Person"),
    ("常州市", "副主席李明作提案工作报告。", "李明", "Person"),
    ("常州市", "增补顾伟、丁一为市政协委员。", "丁一", "Person"),
    ("常州市", "孙明（天合光能股份有限公司副总裁）发言。", "天合光能股份有限公司", "Organization"),
    ("信阳市", "表彰光山县扶贫开发办公室等单位。", "光山县扶贫开发办公室", "Organization"),
    ("常州市", "市律师协会、市融媒体中心等单位参加。", "市律师协会", "Organization"),
    ("泸州市", "省政协农业农村委主任周建琨到会。", "省政协农业农村委", "Organization"),
    ("盐津县", "县公安局被命名为全国“枫桥式公安派出所”。", "全国“枫桥式公安派出所”", "Honor"),
    ("遵义市", "县文化馆获评国家一级馆。", "国家一级馆", "Honor"),
    ("合肥市", "举办庆祝改革开放40周年书画摄影展、庆祝中国共产党成立100周年座谈会。", "庆祝改革开放40周年书画摄影展", "Meeting"),
    ("临沂市", "市政协召开提案交办会。", "提案交办会", "Meeting"),
    ("长沙市", "开展“龙王港流域治理”调研。", "龙王港流域治理", "Topic"),
    ("泸州市", "“院坝协商会”“板凳会”“屋场会”等协商平台不断涌现。", "屋场会", "Platform"),
]  # fmt: skip
NAMES += MORE_NAMES


@pytest.mark.parametrize(("home", "text", "name", "class_"), NAMES, ids=[f"{n}-{t[:8]}" for _, t, n, _ in NAMES])
def test_a_name_of_this_kind_of_text_is_found(home: str | None, text: str, name: str, class_: str) -> None:
    assert names(read(text, home=home)).get(name) == class_


NOT_NAMES = [
    ("建设“岛城协商”微信公众号。", "岛城协商"),
    ("市委书记高度重视这项工作。", "高度"),
    ("葫芦岛“8·20”灾后重建完成。", "8·20"),
    ("东平湖治理工程完工。", "东平县"),
    ("珠海、江门等市政协举办联席会议。", "政协岳阳市委员会"),
    ("以文惠民、以文兴业。", "惠民"),
]


@pytest.mark.parametrize(("text", "name"), NOT_NAMES)
def test_what_is_no_name_here_is_none(text: str, name: str) -> None:
    assert name not in names(read(text, home="青岛市"))


FACTS = [
    # a post belongs to the body it names; the mayor's is not the party's
    ("洛阳市", "栾川县委书记王明朗发言。", ("王明朗", "worksFor", "中共栾川县委")),
    ("洛阳市", "老城区政协召开“古城保护”专题协商会，区政协副主席陈丽参加。", ("陈丽", "worksFor", "政协老城区委员会")),
    ("洛阳市", "老城区政协召开“古城保护与更新”专题协商会，提案委主任高飞参加。", ("高飞", "worksFor", "老城区政协提案委")),
    # who is named beside those present is present too
    (
        "河北省",
        "省政协召开“乡村振兴”专题协商会。省政协副主席苏银增、孙瑞彬，秘书长李长庚出席会议。",
        ("苏银增", "attends", "“乡村振兴”专题协商会"),
    ),
    # awards handed over, and shared
    ("洛阳市", "大会授予嵩县“全域旅游先进县”称号。", ("嵩县", "receives", "全域旅游先进县")),
    ("泉州市", "晋江市人民法院、石狮市人民法院被评为全国优秀法院。", ("晋江市人民法院", "receives", "全国优秀法院")),
    # who undertakes what the sentence before tells of, who moved where
    (
        "宜昌市",
        "政协宜昌市委员会工作计划\n\n由市政协开展专题协商，市政协经济委员会承办。",
        ("宜昌市政协经济委员会", "hosts", "专题协商"),
    ),
    ("北京市", "首旅集团等市属国企迁入雄安新区。", ("首旅集团", "inDistrict", "雄安新区")),
    # posts: those of a party group, of the county named beside it, of a body behind the name
    ("常州市", "市政协党组书记、主席徐剑南出席会议。", ("徐剑南", "worksFor", "政协常州市委员会")),
    (
        "遵义市",
        "湄潭县人民政府、凤冈县人民政府汇报。湄潭县委书记宋伟伟，县委副书记、县长陶涛参加。",
        ("陶涛", "worksFor", "湄潭县人民政府"),
    ),
    ("桐城市", "任命王建国为桐城市教育局局长。", ("王建国", "worksFor", "桐城市教育局")),
    ("常州市", "市政协委员、安徽皖光律师事务所主任王斌发言。", ("王斌", "worksFor", "安徽皖光律师事务所")),
    # awards: who gives, who gets
    (
        "信阳市",
        "市委、市政府决定，授予光山县扶贫开发办公室“脱贫攻坚先进集体”称号。",
        ("信阳市人民政府", "confers", "脱贫攻坚先进集体"),
    ),
    ("泸州市", "江阳区政协被四川省政协授予“平台建设先进单位”。", ("政协江阳区委员会", "receives", "平台建设先进单位")),
    ("遵义市", "市公安局连续第七年被省委、省政府评为“平安建设先进单位”。", ("贵州省人民政府", "confers", "平安建设先进单位")),
    # authors and partners
    ("平江县", "县工商联提出的《关于减税的建议》被采纳。", ("平江县工商联", "issues", "关于减税的建议")),
    ("平江县", "民建平江县支部《关于振兴油茶产业的建议》列为重点。", ("民建平江县支部", "issues", "关于振兴油茶产业的建议")),
    ("遵义市", "市政协与市文联共同举办“迎新春”书画展。", ("遵义市文联", "hosts", "“迎新春”书画展")),
    # who is responsible in a plan
    (
        "洛阳市",
        "洛阳市先进制造业行动方案\n\n一、主要任务\n\n实施智能制造提升行动，建成智能工厂100家。（市工业和信息化局牵头，市科技局配合）",
        ("洛阳市科技局", "carriesOut", "智能制造提升行动"),
    ),
    # the press of a list at the end of a piece of news
    (
        "洛阳市",
        "区政协召开“古城保护与更新”专题协商会。河南日报、大河网等媒体进行了报道。",
        ("“古城保护与更新”专题协商会", "reportedBy", "大河网"),
    ),
]


@pytest.mark.parametrize(("home", "text", "fact"), FACTS, ids=[f[0] + f[1] for _, _, f in FACTS])
def test_a_relation_of_this_kind_of_text_is_read(home: str, text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(read(text, home=home))


NOT_FACTS = [
    (
        "信阳市",
        "市委、市政府决定，授予光山县扶贫开发办公室“脱贫攻坚先进集体”称号。",
        ("信阳市人民政府", "receives", "脱贫攻坚先进集体"),
    ),
    (
        "合肥市",
        "合肥市政协工作报告\n\n2022年是“十四五”规划实施的关键之年，将召开中共二十大。",
        ("政协合肥市委员会", "hosts", "中共二十大"),
    ),
    (
        "平江县",
        "平江县政协工作报告\n\n有关委员提出的《关于减税的建议》被采纳。",
        ("政协平江县委员会", "issues", "关于减税的建议"),
    ),
    ("泸州市", "市政协“有事来协商”平台在全省率先启动。", ("“有事来协商”平台", "inDistrict", "四川省")),
    (
        "临沂市",
        "本报讯（记者 王刚）首届红嫂文化旅游节在沂南县开幕。\n\n市政协开展视察\n\n本报讯 市政协副主席杨晓静带队参加会议。",
        ("杨晓静", "attends", "首届红嫂文化旅游节"),
    ),
]


@pytest.mark.parametrize(("home", "text", "fact"), NOT_FACTS, ids=[f[0] + f[1] for _, _, f in NOT_FACTS])
def test_what_a_hasty_reader_would_take_for_said_is_no_fact(home: str, text: str, fact: tuple[str, str, str]) -> None:
    assert fact not in facts(read(text, home=home))


def test_an_annex_behind_the_date_of_a_notice_is_part_of_the_text() -> None:
    text = "信阳市人民政府关于表彰先进的决定\n\n各县区：\n\n市政府决定予以表彰。\n\n信阳市人民政府\n\n2020年3月20日\n\n附件1\n\n先进集体名单\n\n光山县扶贫开发办公室\n"
    assert "光山县扶贫开发办公室" in names(read(text, home="信阳市"))


def test_a_mayor_is_no_officer_of_the_party_committee_named_before() -> None:
    found = read("市委副书记、市长徐衣显主持会议。", home="洛阳市")
    assert [fact.role for fact in found.facts if fact.property == "worksFor"] == ["副书记"]


def test_what_a_report_that_is_heard_is_about_is_not_done_by_who_hears_it() -> None:
    found = facts(read("市人大常委会听取市政府关于“一号发展工程”情况的报告。", home="宁波市"))
    assert ("宁波市人大常委会", "carriesOut", "一号发展工程") not in found


def test_the_short_name_of_an_office_is_the_office() -> None:
    reading = read("扬州市文化广电和旅游局召开会议。市文广旅局部署工作。", home="扬州市")
    assert len([e for e in reading.entities if "旅" in e.label and e.classes[0] == "Organization"]) == 1


def test_a_short_title_is_the_document_named_before_it() -> None:
    reading = read("编制《辽宁省第十五个五年规划纲要（草案）》。《纲要（草案）》提出了目标。")
    assert len([e for e in reading.entities if e.classes[0] == "Document"]) == 1


def test_places_and_their_figures_go_one_by_one() -> None:
    reading = read("绍兴市2023年统计公报\n\n越城区、柯桥区生产总值分别突破1200亿元和2000亿元。", home="绍兴市")
    label = {e.id: e.label for e in reading.entities}
    assert {(label[m.about], m.value, m.indicator) for m in reading.measures} == {
        ("越城区", 120000000000, "生产总值"),
        ("柯桥区", 200000000000, "生产总值"),
    }


def test_a_heading_that_names_a_time_dates_what_stands_under_it() -> None:
    text = (
        "泉州市中级人民法院工作报告\n\n2024年工作回顾\n\n一、服务大局。审结商事案件4万件，盘活资产45亿元，办结破产案件187件，保障了经济社会发展。"
        "\n\n2025年工作安排\n\n建好泉州国际商事法庭，开展“规范司法行为年”活动，办结案件10万件。"
    )
    measures = read(text).measures
    assert {(str(m.value), m.period.start if m.period else "", m.status) for m in measures if m.unit == "件"} == {
        ("40000", "2024", "done"),
        ("187", "2024", "done"),
        ("100000", "2025", "planned"),
    }


def test_all_that_a_plan_tells_is_planned() -> None:
    text = "政协宜昌市委员会2024年度协商工作计划\n\n一、基层协商\n\n开展“小微协商”活动1000次以上，建设“宜商量”协商驿站100个。"
    assert {m.status for m in read(text).measures} == {"planned"}


def test_the_home_of_a_passage_without_a_head_is_the_province_its_places_lie_in() -> None:
    text = "（四）扩大开放。支持武汉建设综合交通枢纽，支持襄阳、宜昌、荆州建设物流枢纽城市。\n\n推进55个试点项目。"
    assert read(text).home == "place/湖北省"
