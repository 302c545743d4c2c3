"""What the round praised and found, and what has been put right since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from inspections.actions import add_findings, close_finding, recheck, rectify
from inspections.models import Finding, Rectification
from projects.models import Project
from reports.demo.zhaoyuan import names
from reports.demo.zhaoyuan.names import NOW
from reports.demo.zhaoyuan.world import Side, World

_RESPONSIBLE = "第一书记"
_TIME_TO_MEND = dt.timedelta(days=20)

SOLID_WORK = {
    "市住建局": "三年规划立足长远，苗木、道路绿化、文化大院等事项有序推进。",
    "市地税局": "通过招商引资为村引进钢化项目，双方已达成投资协议。",
    "市供电公司": "线路改造、休闲广场和水井三件事同时推进，解决村民缺水问题。",
    "市信访局": "把抓稳定作为当前的重要任务，认真排查调处，村委换届顺利完成。",
    "市经信局": "与两委成员积极联系电子仪器企业，帮助村里解决就业和集体没有收入的问题。",
    "市委老干部局": "协调专项资金，赶在麦收前铺好路面、砌好排水渠，方便了群众。",
    "市残联": "协调筹集资金建成扬水站，解决天旱浇地难。",
}
TOWNS = {
    names.WENQUAN: "建立“第一书记”日常管理档案，实行定期报告和重要事项报告，每月28日前调度工作队进展。",
    names.XIADIAN: "建立帮扶工作管理制度库：民情工作记实、定期报告和重要事项报告、例会、培训、督导检查、“四不准”。",
    names.LINGLONG: "每月最后一周召开工作队与联系班子成员的例会，并不定期到村督查工作队在村情况和事项进展。",
    names.XINZHUANG: "主动向工作队提供村情民意一本通，帮助“第一书记”尽快吃透村情。",
}
LEADERS_OFTEN = "主要领导多次到村了解村情民意，指导工作队开展工作，督促帮扶事项落实。"
FIRST_RESULTS = "结合部门特点和所驻村实际精心筹划，帮扶工作取得初步效果。"


def find(world: World) -> None:
    """Praise for those whom the document praises; problems for made-up units and for the two that it names."""
    for side in world.sides:
        rows = [*_praise(world, side), *_problems(world, side)]
        if rows:
            add_findings(by=side.inspector, program=world.program, findings=rows)
    add_findings(
        by=world.office,
        program=world.program,
        findings=[
            Finding(
                category=world.word("praise_category", "town_management"),
                round=world.sides[0].inspection.round,
                unit=world.town_units[code],
                division=world.towns[code],
                text=text,
                found_on=names.ROUND[1],
            )
            for code, text in TOWNS.items()
        ],
    )


def _praise(world: World, side: Side) -> Iterator[Finding]:
    texts = {
        "solid_work": SOLID_WORK.get(side.unit_name),
        "leader_visits": LEADERS_OFTEN if side.unit_name in names.OFTEN_VISITING else None,
        "first_results": FIRST_RESULTS if side.unit_name in names.FIRST_RESULTS else None,
    }
    for code, text in texts.items():
        if text is not None:
            yield Finding(
                inspection=side.inspection,
                category=world.word("praise_category", code),
                text=text,
                found_on=side.inspected_on,
            )


def _problems(world: World, side: Side) -> Iterator[Finding]:
    def problem(code: str, text: str, gravity: str, project: Project | None = None) -> Finding:
        found_on = side.inspected_on
        return Finding(
            inspection=side.inspection,
            category=world.word("finding_category", code),
            gravity=gravity,
            project=project,
            text=text,
            found_on=found_on,
            due_on=found_on + _TIME_TO_MEND,
            responsible=f"{side.unit}主要领导" if code == "no_attention" else f"{side.place}{_RESPONSIBLE}",
        )

    minor, major, grave = Finding.Gravity.MINOR, Finding.Gravity.MAJOR, Finding.Gravity.GRAVE
    if not side.is_docked:
        yield problem("no_attention", "未按要求及时与包帮镇、村对接到位。", grave)
    if side.number in names.INDIFFERENT_LEADERS:
        yield problem("no_attention", "对工作队不调度、不过问，以没有人手为由迟迟不进村。", major)
    if side.number in names.SHALLOW_VISITS:
        yield problem("superficial", "走访次数少，记录只有一句话，对村情说不清。", minor)
    if side.number in names.HOLLOW_MATTERS:
        yield problem("hollow", "重大帮扶事项只是宣讲，对后进村脱困作用不大。", major, side.projects[0])
    if side.number in names.STALLED_MATTERS:
        yield problem("stalled", "事项自四月起一直处于规划阶段，落地时间难以确定。", major, side.projects[0])
    if side.number in names.DIARY_MISSING:
        yield problem("thin_diary", "驻村工作日记五月以来没有记。", major)
    if side.number in names.DIARY_THIN:
        yield problem("thin_diary", "驻村工作日记只有几个字，记录不详。", minor)
    if side.number in names.NO_MATTERS:
        yield problem("comfort_only", "帮扶停留在慰问、走访，没有项目，也没有与其他部门联动。", major)


def put_right(world: World) -> None:
    """Some problems have been put right: two re-checked and closed, one sent back, one waiting for its re-check."""
    sides = {side.team.pk: side for side in world.sides}
    problems = Finding.objects.problems().filter(
        program=world.program, category__code__in=["thin_diary", "superficial"]
    )
    found = list(problems.select_related("program").order_by("category__code", "found_on", "division"))
    for row, fate in zip(found, ("closed", "waiting", "returned", "closed"), strict=False):
        assert row.team_id is not None
        side = sides[row.team_id]
        on = row.found_on + dt.timedelta(days=3)
        rectify(by=side.user, finding=row, on=on, text="已补记并建立每日记录，由队长每周检查。")
        if fate == "waiting":
            continue
        checked = min(on + dt.timedelta(days=2), NOW)
        accepted = fate == "closed"
        recheck(
            by=side.inspector,
            finding=row,
            on=checked,
            verdict=Rectification.Verdict.ACCEPTED if accepted else Rectification.Verdict.RETURNED,
            comment="现场查看，整改到位。" if accepted else "补记内容仍过于简单，请写明办了什么事。",
        )
        if accepted:
            close_finding(by=world.office, finding=row, on=checked)
