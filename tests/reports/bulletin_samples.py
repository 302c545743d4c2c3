"""A small program with something to tell: four teams, two of which have docked, and a template that tells it."""

from __future__ import annotations

from typing import Any

from cadres.models import Milestone
from programs.models import User
from reports import actions
from reports.models import Bulletin, BulletinTemplate
from tests import factories as make
from tests.cast import Cast

BODY = """\
近期，对全市{工作队}工作队进行了督查，采取{督查方式：名单}的办法。
一、督查基本情况
（一）对接情况。全市{对接到位：应完成}工作队中，{对接到位}已对接，占{对接到位：完成率}。
〔图：对接到位（按镇街）〕
二、存在的问题
有{对接到位：未完成}工作队没有对接：{对接到位：未完成名单}。
"""


def docked(cast: Cast, *sides: str) -> list[Milestone]:
    """The teams of some sides dock."""
    word = cast.near.word("milestone", "docked")
    return [make.MilestoneFactory(team=getattr(cast, side).team, kind=word) for side in sides]


def told(cast: Cast, **changes: Any) -> BulletinTemplate:
    """Figures, a chart and a template for the cast's program; two of its four teams have docked."""
    program = cast.program
    requirement = make.RequirementFactory(
        program=program,
        code="docked",
        name="对接到位",
        subject="team",
        evidence="milestone",
        evidence_params={"kinds": ["docked"]},
    )
    figure = make.FigureFactory(program=program, code="SL-1", title="对接", definition="与镇、村对接到位的工作队。")
    part = {"program": program, "figure": figure, "measure": ""}
    make.FigurePartFactory(**part, key="对接到位", label="对接到位", requirement=requirement)
    make.FigurePartFactory(**part | {"measure": "teams"}, key="工作队", label="工作队")
    make.FigurePartFactory(**part | {"measure": "round_methods"}, key="督查方式", label="督查方式", unit="种")
    make.FigurePartFactory(**part | {"measure": "visits"}, key="走访", label="走访", unit="次")
    make.BlockFactory(
        program=program,
        code="docked_by_town",
        title="对接到位（按镇街）",
        measure="",
        requirement=requirement,
        unit="个",
    )
    cast.round.methods.set([cast.near.word("method", "ask"), cast.near.word("method", "site")])
    docked(cast, "near", "far")
    values = {"program": program, "body": BODY, "annex": "各工作队进展情况", "copies": 160}
    return make.BulletinTemplateFactory(**values | changes)


def drafted(cast: Cast, **changes: Any) -> Bulletin:
    """A draft of the county office."""
    return actions.draft_bulletin(by=cast.county, template=told(cast, **changes))


def signing(cast: Cast, **changes: Any) -> Bulletin:
    """A bulletin that waits for its signature."""
    bulletin = actions.submit_bulletin(by=cast.county, bulletin=drafted(cast, **changes))
    return actions.pass_bulletin(by=cast.county, bulletin=bulletin)


def issued(cast: Cast, **changes: Any) -> Bulletin:
    """An issued bulletin."""
    return actions.issue_bulletin(by=cast.county, bulletin=signing(cast, **changes))


def changed(bulletin: Bulletin, by: User, **values: Any) -> Bulletin:
    """What was typed, saved by somebody who has just opened the desk."""
    current = {name: getattr(bulletin, name) for name in actions.EDITABLE if name != "year"}
    version = actions.version_of(bulletin)
    return actions.change_bulletin(by=by, bulletin=bulletin, version=version, **current | values)
