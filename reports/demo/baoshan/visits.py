"""Visits of 宝山's leaders and sections to the village and its building sites, and what the village asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cadres.actions.needs import add_need_step, close_need, comment_need
from cadres.actions.visits import HeardNeed, VisitDraft, log_visits
from cadres.models import Cadre, Need
from reports.demo.baoshan.names import BUILDING, INSTITUTE, NOW, PLANNING, RIVERS
from reports.demo.baoshan.world import World, at, days_between, dice, number

_YEAR = (dt.date(2008, 1, 8), dt.date(2008, 11, 26))


def _on(month: int, day: int) -> dt.date:
    return dt.date(2008, month, day)


#: Days on which the principal leader came, with what was seen and asked for.
_LEADER = (
    (_on(1, 15), "research", "走访农户、查看河道现状，了解群众急需解决的问题。", "与村两委研究帮扶重点。"),
    (_on(4, 22), "site", "二房宅沟施工现场检查，疏浚过半。", "要求确保工程质量、施工安全、按时完成。"),
    (_on(6, 4), "site", "二房宅沟收尾，检查通水情况。", "要求赶在主汛期前竣工。"),
    (_on(8, 26), "site", "三房宅沟护坡完成，现场验收。", "要求其余条段接续推进。"),
    (_on(11, 13), "opinions", "听取村民代表对整治效果的意见。", "研究长效管护办法。"),
)
#: Section → how often it went to the village; fewer than four falls short of the year's number.
_TRIPS = {INSTITUTE: 6, PLANNING: 4, RIVERS: 7, BUILDING: 3}
_SAID = ("查看河段淤积和岸坡情况。", "检查施工进度和安全。", "向沿河农户了解施工影响。", "复核土方和绿化工程量。")
_DID = ("现场确定施工办法。", "整改两处安全隐患。", "与村里商定垃圾外运路线。", "登记工程量，通报村里。")


@dataclass(frozen=True)
class Asked:
    """Something the village asked for, and what became of it."""

    day: dt.date
    category: str
    text: str
    section: str
    closed_on: dt.date | None = None
    closed: str = ""
    comment: str = ""


ASKED = (
    Asked(_on(1, 15), "river", "二房宅沟淤积发臭，夏天不敢开窗。", INSTITUTE, _on(6, 10), "全面整治已竣工，水体流动。"),
    Asked(_on(1, 22), "river", "三房宅沟垃圾堆积，盼着清理。", RIVERS, _on(9, 2), "综合整治完成。"),
    Asked(_on(3, 12), "drainage", "雨天农田排水不畅。", RIVERS, _on(9, 20), "牌楼宅沟疏浚后排水畅通。"),
    Asked(_on(5, 20), "bank", "兵行塘岸坡塌方，走路危险。", RIVERS, _on(10, 22), "植被护坡完成，设了扶栏。"),
    Asked(_on(6, 18), "other", "施工车辆压坏了村道。", INSTITUTE, _on(7, 8), "竣工后由施工单位修复。"),
    Asked(
        _on(8, 12),
        "drainage",
        "泵闸关不严，汛期渗水。",
        BUILDING,
        _on(11, 14),
        "检修完成，试运行正常。",
        "抓紧，不要误了汛期。",
    ),
    Asked(_on(10, 16), "bank", "希望岸边补种树木。", BUILDING),
    Asked(_on(11, 13), "river", "河面保洁要有人长期管。", RIVERS, comment="结合长效管护办法一并解决。"),
)


def visit(world: World) -> None:
    """All visits of the year, logged by the office."""
    drafts = [*_of_leaders(world), *_of_sections(world), *_heard(world)]
    drafts.sort(key=lambda draft: draft.happened_at)
    numbered = [replace(draft, uuid=number("visit", n)) for n, draft in enumerate(drafts)]
    log_visits(by=world.office, program=world.program, visits=numbered)


def _draft(world: World, kind: str, day: dt.date, said: str, did: str, people: list[Cadre]) -> VisitDraft:
    hour = dice("hour", kind, day, said).randrange(9, 16)
    return VisitDraft(
        division=world.place,
        kind=world.word("visit_kind", kind),
        happened_at=at(day, hour),
        received_at=at(day, 18),
        participants=people,
        said=said,
        did=did,
    )


def _of_leaders(world: World) -> Iterator[VisitDraft]:
    for day, kind, said, did in _LEADER:
        yield _draft(world, kind, day, said, did, [world.principal, world.deputy])


def _of_sections(world: World) -> Iterator[VisitDraft]:
    days = days_between(*_YEAR, weekdays=5)
    for section, times in _TRIPS.items():
        chance = dice("trips", section)
        for day in sorted(chance.sample(days, times)):
            yield _draft(world, "site", day, chance.choice(_SAID), chance.choice(_DID), [world.heads[section]])


def _heard(world: World) -> Iterator[VisitDraft]:
    """What was asked for at the bureau's own days of listening, by the household that said it."""
    for n, asked in enumerate(ASKED):
        household = world.households[n]
        need = HeardNeed(
            category=world.word("need_category", asked.category),
            text=asked.text,
            household=household,
            due_on=asked.day + dt.timedelta(days=150),
            responsible=world.sections[asked.section],
        )
        draft = _draft(
            world, "opinions", asked.day, "入户听取对河道整治的意见。", "记录诉求，交科室办理。", [world.deputy]
        )
        yield replace(draft, needs=[need], households=[household])


def answer(world: World) -> None:
    """Most of it was done with the projects; what is left stays in sight."""
    needs = {need.text: need for need in Need.objects.filter(program=world.program).select_related("program")}
    for asked in ASKED:
        need = needs[asked.text]
        add_need_step(
            by=world.office, need=need, on=min(asked.day + dt.timedelta(days=5), NOW), text=f"{asked.section}现场查看。"
        )
        if asked.comment:
            comment_need(by=world.leader, need=need, on=min(asked.day + dt.timedelta(days=8), NOW), text=asked.comment)
        if asked.closed_on is not None:
            close_need(by=world.office, need=need, on=asked.closed_on, reason=asked.closed, evidence="村委会和农户确认")
