"""Papers and meetings of 宝山: the agreement, the plan with its four parts, talks of both sides, monthly meetings."""

from __future__ import annotations

import datetime as dt

from cadres.actions.marks import excuse_requirement
from cadres.actions.records import DocumentDraft, MeetingDraft, hold_meetings, receive_documents
from cadres.models import MeetingItem
from reports.demo.baoshan.names import BEGAN
from reports.demo.baoshan.world import World

_HELPER, _HELPED = MeetingItem.Side.HELPER, MeetingItem.Side.HELPED
_DECISION, _FOLLOW_UP = MeetingItem.Side.DECISION, MeetingItem.Side.FOLLOW_UP


def _on(month: int, day: int) -> dt.date:
    return dt.date(2008, month, day)


PLAN = {
    "目标任务": "年内完成牌楼村5条段河道综合整治，主汛期前完成二房宅沟整治，村级河道水环境明显改善。",
    "主要内容": "编制水系规划；疏浚、清障、护坡、绿化；建立长效管护办法。",
    "主要措施": "项目化分解到科室，技术上重点指导、政策上重点扶持、资金上重点支持。",
    "具体要求": "确保工程质量、施工安全、按时完成；每月例会、每季双向沟通、年终考核。",
}
_PAPERS = (
    ("agreement", "区水务局与牌楼村结对帮扶协议", BEGAN, "双方明确帮扶目标、内容和责任，自签订之日起执行。"),
    ("minutes", "局党委会关于结对帮扶工作的纪要", dt.date(2007, 12, 24), "研究帮扶重点，成立领导小组，一把手亲自抓。"),
    ("water_plan", "牌楼村水系规划方案", _on(3, 20), "现状、问题、水系布局、整治次序和投资估算。"),
    ("rule", "结对帮扶例会制度", _on(1, 8), "每月一次，交流情况、查找问题、研究对策。"),
    ("rule", "结对帮扶双向沟通制度", _on(1, 8), "每季一次，双方反馈项目落实推进情况，相互提出意见和措施。"),
    ("rule", "结对帮扶检查考核办法", _on(1, 8), "列入科室年终考核，同部署、同检查、同考核、同落实。"),
    ("annual_summary", "2008年结对帮扶工作总结", _on(11, 28), "数据以平台记录为准，全文见简报。"),
)
#: Day, what the bureau said, what the village said, what was agreed.
_TALKS = (
    (_on(3, 21), "水系规划已完成，介绍今年项目安排。", "请把二房宅沟放在最前面。", "二房宅沟主汛期前完成。"),
    (
        _on(6, 20),
        "二房宅沟已竣工，三房宅沟、牌楼宅沟正在施工。",
        "施工车辆要绕开主村道。",
        "调整外运路线，竣工后修复村道。",
    ),
    (_on(9, 19), "三条段已完成或收尾，通报资金使用。", "岸边补种树木，护坡要防冲刷。", "护坡加密草皮。"),
    (_on(11, 21), "五条段全部完成，征求对整治效果的意见。", "群众满意，盼着有人长期管护。", "年底前定出长效管护办法。"),
)
#: The month without a meeting, and the one excused for the floods.
_MISSED, _EXCUSED = 2, 8


def receive(world: World) -> None:
    """The agreement, the plan, rules and the year's summary."""
    documents = [
        DocumentDraft(
            kind=world.word("document_kind", kind),
            title=title,
            division=world.place,
            unit=world.bureau,
            received_on=day,
            text=text,
        )
        for kind, title, day, text in _PAPERS
    ]
    plan = DocumentDraft(
        kind=world.word("document_kind", "plan"),
        title="2008年结对帮扶牌楼村工作计划",
        division=world.place,
        unit=world.bureau,
        received_on=_on(1, 25),
        period_start=_on(1, 1),
        period_end=dt.date(2008, 12, 31),
        parts=PLAN,
    )
    receive_documents(by=world.office, program=world.program, documents=[*documents, plan])


def meet(world: World) -> None:
    """Talks every quarter, meetings every month but one, the party committee, a discussion."""
    drafts = [
        _meeting(
            world,
            "two_way",
            day,
            f"{'一二三四'[n]}季度双向沟通",
            "区水务局、有关科室，牌楼村两委",
            ((_HELPER, ours), (_HELPED, theirs), (_DECISION, agreed), (_FOLLOW_UP, "下季度沟通时逐项回看。")),
        )
        for n, (day, ours, theirs, agreed) in enumerate(_TALKS)
    ]
    drafts += [
        _meeting(
            world,
            "regular",
            _on(month, 26),
            f"{month}月结对帮扶例会",
            "领导小组成员、有关科室",
            ((_HELPER, "各科室汇报项目进度和问题。"), (_DECISION, "逐项明确完成时间和责任人。")),
        )
        for month in range(1, 12)
        if month not in (_MISSED, _EXCUSED)
    ]
    drafts.append(
        _meeting(
            world,
            "party",
            dt.date(2007, 12, 24),
            "局党委会研究结对帮扶工作",
            "局党委成员",
            ((_HELPER, "分析有利条件和不利因素。"), (_DECISION, "以河道整治为帮扶重点，成立领导小组。")),
        )
    )
    drafts.append(
        _meeting(
            world,
            "discussion",
            _on(1, 16),
            "“走进基层、服务群众”座谈",
            "局党政领导、村两委、村民代表",
            ((_HELPED, "最盼着把臭水沟治好。"), (_HELPER, "把群众建议写进工作计划。")),
        )
    )
    hold_meetings(by=world.office, program=world.program, meetings=drafts)
    excuse_requirement(
        by=world.office,
        requirement=world.program.requirements.get(code="regular"),
        subject=world.bureau,
        reason="主汛期防汛值守",
        approver="局党委",
        on=_on(8, 29),
    )


def _meeting(
    world: World, kind: str, day: dt.date, title: str, attendees: str, items: tuple[tuple[str, str], ...]
) -> MeetingDraft:
    return MeetingDraft(
        kind=world.word("meeting_kind", kind),
        on=day,
        division=world.place,
        unit=world.bureau,
        title=title,
        attendees=attendees,
        items=items,
    )
