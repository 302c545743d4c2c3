"""Sentences of 三送's records: seen and heard, asked for and settled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from reports.demo.sansong.village import STUDENT_AT

__all__ = ["STUDENT_AT"]

SURVEY_SAID = (
    "了解家庭人口、耕地和收入，户主希望先把通组公路修好。",
    "家里以务工收入为主，对种粮补贴怎么算不太清楚。",
    "承包山林与邻组界址不清，盼着有人来主持公道。",
    "河水浑浊，下游几块田连年减产。",
    "想了解新农合和新农保怎样办理。",
    "木材加工点只卖粗料，价钱上不去。",
)
SURVEY_DID = (
    "讲解“三农”政策，留下公示卡和联系电话，记入民情台账。",
    "宣讲森林防火和安全生产知识，把反映的问题报工作组研究。",
    "逐项登记家庭情况和诉求，约定下次走访时间。",
)
COMFORT_SAID = "看望困难农户，询问过冬的粮食、棉被和节日安排。"
COMFORT_DID = "送上慰问金，登记春节后需要办理的事。"
ENTRY_SAID = (
    "回访上次反映的问题，户主对办理情况表示满意。",
    "谈到修路后出行方便，希望路边加设几处错车位。",
    "问起山林证换发的进度。",
    "反映夏收时劳力不足，盼能请到收割机。",
    "了解学生上学和家中老人看病的情况。",
)
ENTRY_DID = (
    "当场解答，记入民情台账。",
    "转请村委会一并研究，下周答复。",
    "帮助联系乡农技站和信用社。",
    "与户主一起整理材料，代为递交。",
)
FIELD: tuple[tuple[dt.date, str, str, str], ...] = (
    (
        dt.date(2011, 1, 18),
        "research",
        "沿通组公路步行查看，路面破损，晴天扬尘、雨天泥泞。",
        "逐段记录破损情况，约村委会商量修路。",
    ),
    (
        dt.date(2011, 2, 16),
        "research",
        "与村委会、村民小组长到现场勘察，丈量路基。",
        "建议利用原有路基，路宽3.5米为宜，春季开工。",
    ),
    (
        dt.date(2011, 2, 24),
        "research",
        "沿村河查看三个小组的农田，废水横流、农作物减产。",
        "拍照记录，向村委会反馈，支持引进废水处理厂。",
    ),
    (
        dt.date(2011, 3, 9),
        "policy",
        "走村入户讲稀土开采和环境保护方面的法律规定。",
        "发放宣传单，现场答复沿河群众提问。",
    ),
    (dt.date(2011, 4, 2), "policy", "清明前讲森林防火，提醒上山祭扫不带火种。", "与护林员一起在路口值守登记。"),
    (dt.date(2011, 6, 8), "policy", "汛期讲防汛抗旱知识，查看低洼农户的房前屋后。", "帮助两户清理水沟，交代转移路线。"),
    (
        dt.date(2011, 7, 14),
        "research",
        "走访木材加工点，了解原木来源、加工和销路。",
        "形成木材产业建议，交村两委讨论。",
    ),
    (dt.date(2011, 9, 22), "research", "查看废水处理厂出水和下游农田。", "取样送检，符合环保标准，向村民公布。"),
    (dt.date(2011, 11, 10), "policy", "讲解调解协议的效力和到法庭立案的办法。", "现场解答，登记需要单独帮助的人。"),
)

#: Kind of dispute → how many were heard, and how many of them were settled; the others went to court.
DISPUTES = {"dispute_forest": 18, "dispute_neighbour": 13, "dispute_other": 9}
SETTLED = {"dispute_forest": 17, "dispute_neighbour": 13, "dispute_other": 8}
DISPUTE_TEXTS = {
    "dispute_forest": (
        "两户承包山林界址不清，双方各执一词。",
        "小组之间林地权属有争议，砍伐时发生争执。",
        "邻户越界栽树，要求退还林地。",
        "山林转让后四至不明，旧契与新证不一致。",
    ),
    "dispute_neighbour": (
        "邻户建房滴水落到自家墙根，要求改道。",
        "两家共用的晒谷坪使用有争执。",
        "邻户养的家禽损毁菜地，要求赔偿。",
    ),
    "dispute_other": (
        "务工工资拖欠，请工作组帮助协调。",
        "农田放水先后次序有争议。",
        "婚姻财物纠纷，请求调解。",
    ),
}
MEDIATED = (
    "对照山林证和老界石，提出调处意见。",
    "请小组长和长辈一起做工作，双方初步同意。",
    "讲清法律规定，约定三日内再议。",
)


@dataclass(frozen=True)
class Asked:
    """Something asked for: when, in which words, by how many, what was done about it and how it was closed."""

    day: dt.date
    category: str
    text: str
    said: str
    closed_on: dt.date | None = None
    closed: str = ""
    days: int = 60
    persons: int = 1
    by_household: bool = True
    comment: str = ""
    steps: tuple[tuple[dt.date, str], ...] = field(default=())


def _on(month: int, day: int) -> dt.date:
    return dt.date(2011, month, day)


def _legal(day: dt.date, text: str, persons: int) -> Asked:
    closed = day + dt.timedelta(days=3)
    return Asked(day, "legal", text, "群众上门咨询法律问题。", closed, "已当面解答，代拟文书。", 15, persons)


ASKED: tuple[Asked, ...] = (
    Asked(
        _on(1, 12),
        "road",
        "通组公路年久失修，请求硬化路面。",
        "多个小组的群众都提到修路。",
        _on(6, 2),
        "通组公路硬化1000米，已建成通车。",
        days=150,
        persons=260,
        by_household=False,
        comment="修路是群众最盼的事，工作组和村里要抓紧，成立理事会管好钱、管好质量。",
        steps=((_on(2, 16), "实地勘察，提出修路建议。"), (_on(3, 1), "筹资到位，开工。")),
    ),
    Asked(
        _on(6, 9),
        "road",
        "新修公路没有错车位，会车困难。",
        "修路以后车多了。",
        _on(10, 18),
        "与村里商定，在三处路肩加宽，村民投工完成。",
        days=120,
        persons=40,
    ),
    Asked(
        _on(2, 22),
        "pollution",
        "稀土废水流入村河，三个小组农田绝收。",
        "沿河群众反映强烈。",
        _on(9, 20),
        "废水处理厂投产，出水符合环保标准，680亩农田受益。",
        days=210,
        persons=180,
        by_household=False,
        comment="支持村里引进处理厂，环保手续要齐，出水要定期检测、向群众公布。",
        steps=((_on(4, 6), "与村委会、投资方商谈。"), (_on(5, 16), "处理厂开工。")),
    ),
    Asked(
        _on(3, 15),
        "pollution",
        "河道淤积，雨天倒灌稻田。",
        "户主带着看了被淹的田。",
        _on(5, 25),
        "组织投工清淤，河水通畅。",
        days=90,
        persons=12,
    ),
    Asked(
        _on(10, 12),
        "pollution",
        "处理厂运输车夜间经过，噪音大。",
        "路边几户反映睡不好。",
        None,
        days=45,
        persons=5,
        comment="与厂方约定运输时间，年内给群众答复。",
        steps=((_on(11, 3), "与厂方商谈，约定夜间十点后不运输，待观察。"),),
    ),
    Asked(
        _on(8, 16),
        "study",
        "孩子考上大学，父亲残疾，拿不出学费。",
        "一家靠母亲打工维持，学费没有着落。",
        _on(9, 5),
        "倡议捐款11230元，学生已入学。",
        days=20,
        comment="不能让一个孩子因贫失学，工作组牵头、村里配合。",
        steps=((_on(8, 18), "发出倡议，村民和个私业主捐款。"),),
    ),
    Asked(_on(1, 20), "hardship", "老人独居，住房漏雨。", "屋面瓦片破损。", _on(3, 18), "协调民政救助，已换瓦修缮。"),
    Asked(_on(3, 22), "hardship", "户主患病，药费负担重。", "家中欠了药费。", _on(5, 6), "办理大病救助，已领到。"),
    Asked(_on(5, 11), "hardship", "申请低保，不知怎样递交。", "户主不识字。", _on(7, 1), "代写申请，已评议通过。"),
    Asked(
        _on(11, 22),
        "hardship",
        "残疾人希望安装扶手和无障碍通道。",
        "出入门不便。",
        None,
        days=60,
        steps=((_on(12, 6), "已报县残联，列入明年改造名单。"),),
    ),
    Asked(
        _on(4, 13),
        "production",
        "想学木材深加工，缺技术和设备。",
        "只卖粗料利润低。",
        _on(8, 9),
        "联系县林业局技术员两次到村指导。",
        days=120,
        persons=6,
    ),
    Asked(_on(6, 20), "production", "夏收缺收割机。", "几户都误了农时。", _on(7, 6), "联系农机手到村作业。", persons=9),
    Asked(
        _on(9, 7),
        "production",
        "希望引来木材收购商，稳定销路。",
        "加工户散卖价低。",
        None,
        days=90,
        persons=14,
        comment="木材市场要先有规划，同乡里一起向上争取。",
        steps=((_on(10, 20), "与乡政府研究木材市场选址。"),),
    ),
    Asked(_on(2, 18), "paper", "山林证遗失，请求补办。", "抽屉翻遍找不到。", _on(4, 12), "到县林业局代办补发。"),
    Asked(_on(4, 26), "paper", "身份证过期，行动不便。", "老人出门要人背。", _on(5, 19), "请派出所上门办理。"),
    Asked(_on(7, 19), "paper", "新农保缴费卡信息有误。", "卡上名字写错。", _on(8, 8), "到乡里更正，已换新卡。"),
    _legal(_on(1, 26), "咨询借款到期不还怎样起诉。", 2),
    _legal(_on(3, 3), "咨询山林转让合同的效力。", 3),
    _legal(_on(3, 29), "请求代写调解协议。", 2),
    _legal(_on(5, 18), "咨询工伤赔偿的办法。", 4),
    _legal(_on(6, 28), "咨询交通事故赔偿。", 1),
    _legal(_on(8, 3), "咨询赡养老人的责任。", 3),
    _legal(_on(9, 14), "请求代写起诉状。", 1),
    _legal(_on(10, 26), "咨询拖欠工资如何申请仲裁。", 5),
    _legal(_on(12, 7), "咨询离婚财产分割。", 2),
)
