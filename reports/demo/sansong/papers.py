"""Papers, meetings, diaries and duty of 三送's team."""

from __future__ import annotations

import datetime as dt

from cadres.actions.duty import record_duties
from cadres.actions.records import (
    DocumentDraft,
    MeetingDraft,
    hold_meetings,
    receive_documents,
    write_diaries,
)
from cadres.models import Diary, Duty, MeetingItem
from reports.demo.sansong.names import NOW, SENT
from reports.demo.sansong.world import World, days_between, dice

_YEAR = (dt.date(2011, 1, 1), NOW)
_HELPER, _HELPED = MeetingItem.Side.HELPER, MeetingItem.Side.HELPED
_DECISION, _FOLLOW_UP = MeetingItem.Side.DECISION, MeetingItem.Side.FOLLOW_UP

#: Kind, title, day received, text; a plan and a summary are for the year.
_PAPERS = (
    (
        "annual_plan",
        "2011年“三送”工作计划",
        dt.date(2011, 1, 28),
        "一季度完成大走访，摸清村情民意；二季度协助修通通组公路；三季度推动废水治理；四季度回访、总结。\n"
        "全年做好矛盾调处、政策宣讲和困难群众帮扶。",
    ),
    (
        "research",
        "示例村村情民意调研报告",
        dt.date(2011, 5, 12),
        "走访100户，归纳为出行难、废水污染、山林纠纷、木材加工粗放四个方面，分别提出办法和先后次序。",
    ),
    (
        "annual_summary",
        "2011年“三送”工作总结",
        dt.date(2011, 12, 28),
        "按活动要求总结全年工作，数据以平台记录为准，全文见简报。",
    ),
    (
        "proposal",
        "关于通组公路硬化的建议",
        dt.date(2011, 2, 18),
        "一、利用原有路基，少改道，不占良田；二、路宽以3.5米为宜；三、春季开工，材料价格较平稳；四、成立修路理事会。",
    ),
    (
        "proposal",
        "关于发展木材产业的建议",
        dt.date(2011, 8, 2),
        "一、引导深加工，提高附加值；二、培育木材市场，稳定资源；三、争取资金和税收政策。",
    ),
    (
        "rule",
        "矛盾纠纷三级联动调处制度",
        dt.date(2011, 3, 16),
        "组里先调，组调不成村里调，村调不成报乡里，每一级都有人接、有记录、有回音。",
    ),
)
_GROUP_HEADS = (
    (dt.date(2011, 1, 14), "宣讲“三农”政策，说明“三送”活动安排"),
    (dt.date(2011, 3, 24), "宣讲森林防火和安全生产知识"),
    (dt.date(2011, 6, 3), "宣讲防汛抗旱和惠农补贴政策"),
    (dt.date(2011, 9, 16), "宣讲稀土开采和环境保护法律规定"),
    (dt.date(2011, 11, 18), "宣讲调解、仲裁和诉讼知识"),
)
_LEADERS = (dt.date(2011, 1, 25), dt.date(2011, 4, 8), dt.date(2011, 7, 5), dt.date(2011, 10, 11))


def receive(world: World) -> None:
    """The plan, the report, the summary, two proposals and a rule."""
    yearly = {"annual_plan", "annual_summary"}
    receive_documents(
        by=world.head_user,
        program=world.program,
        documents=[
            DocumentDraft(
                kind=world.word("document_kind", kind),
                title=title,
                division=world.place,
                unit=world.bureau,
                team=world.team,
                received_on=day,
                period_start=_YEAR[0] if kind in yearly else None,
                period_end=_YEAR[1] if kind in yearly else None,
                text=text,
            )
            for kind, title, day, text in _PAPERS
        ],
    )


def meet(world: World) -> None:
    """Meetings with the heads of groups and on the road, leaders with the village's heads, the team's own."""
    drafts = [
        _meeting(
            world,
            "group_heads",
            day,
            title,
            "工作组、村两委、各村民小组长",
            ((_HELPER, f"{title}，发放资料。"), (_HELPED, "小组长反映本组情况和群众意见。")),
        )
        for day, title in _GROUP_HEADS
    ]
    drafts += [
        _meeting(
            world,
            "leaders",
            day,
            "县水保局主要领导与村领导班子会面",
            "县水保局主要领导、村两委、工作组",
            (
                (_HELPER, "了解村级经济和稳定工作，问队员的工作和生活。"),
                (_HELPED, "介绍近期工作，提出需要单位支持的事项。"),
                (_DECISION, "单位支持村里建设资金，按项目进度拨付。"),
            ),
        )
        for day in _LEADERS
    ]
    road = (
        (dt.date(2011, 2, 14), "商议通组公路线路和路宽"),
        (dt.date(2011, 2, 21), "推选修路理事会，公布筹资办法"),
        (dt.date(2011, 3, 28), "通报修路进度和材料开支"),
    )
    drafts += [
        _meeting(
            world,
            "village",
            day,
            title,
            "村两委、村民小组长、村民代表、工作组",
            (
                (_HELPED, "群众同意出工，要求账目公开。"),
                (_DECISION, "由修路理事会管钱管质量。"),
                (_FOLLOW_UP, "每周公布一次开支。"),
            ),
        )
        for day, title in road
    ]
    drafts += [
        _meeting(
            world,
            "team",
            dt.date(2011, month, 27),
            f"{month}月工作组例会",
            "全体队员",
            ((_HELPER, "逐件过问题台账，分工下月走访。"),),
        )
        for month in range(1, 13)
    ]
    hold_meetings(by=world.head_user, program=world.program, meetings=drafts)


def _meeting(
    world: World, kind: str, day: dt.date, title: str, attendees: str, items: tuple[tuple[str, str], ...]
) -> MeetingDraft:
    return MeetingDraft(
        kind=world.word("meeting_kind", kind),
        on=day,
        division=world.place,
        unit=world.bureau,
        team=world.team,
        title=title,
        attendees=attendees,
        items=items,
    )


def write(world: World) -> None:
    """Diaries, two or three days a week, of the head and of one member of the court."""
    texts = (
        "上午整理台账，下午到小组回访。",
        "与村支部书记研究近期工作，晚上核对走访记录。",
        "到乡里报送材料，回村后调解一起纠纷。",
        "走访两户，帮助填写申请材料。",
        "查看工程进度，与理事会核对开支。",
    )
    for cadre, share in ((world.head, 0.4), (world.members[3], 0.3)):
        chance = dice("diary", cadre.name)
        days = [day for day in days_between(SENT, NOW) if chance.random() < share]
        diaries = [Diary(team=world.team, cadre=cadre, on=day, text=chance.choice(texts)) for day in days]
        write_diaries(by=world.head_user, program=world.program, diaries=diaries)


def keep_duty(world: World) -> None:
    """The township's duty register of December."""
    duties = []
    for cadre in world.members:
        chance = dice("duty", cadre.name)
        for day in days_between(dt.date(2011, 12, 1), NOW):
            away = chance.random() < 0.1
            state, note = (Duty.State.REPORTED, "到县里跑项目手续") if away else (Duty.State.PRESENT, "")
            duties.append(Duty(team=world.team, cadre=cadre, on=day, state=state, note=note))
    record_duties(by=world.town_user, program=world.program, duties=duties)
