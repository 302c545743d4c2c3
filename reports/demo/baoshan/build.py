"""The order in which 宝山's demonstration is made."""

from __future__ import annotations

from collections.abc import Callable

from programs.actions import give_role
from programs.models import Role
from reports.actions import draft_bulletin, issue_bulletin, pass_bulletin, submit_bulletin
from reports.demo.baoshan import names, papers, people, scores, visits, works
from reports.demo.baoshan.names import BEGAN, NOW
from reports.demo.baoshan.world import World, at
from reports.demo.base import PASSWORD, administrator
from reports.models import BulletinTemplate

JURISDICTION = names.DISTRICT


def summarize(world: World) -> None:
    """The year's summary in the document's own parts, drafted from the records and issued on the last day."""
    reviewer = world.account("bs-hegao", "区水务局结对帮扶办副主任")
    give_role(by=world.admin, user=reviewer, role=Role.COUNTY, program=world.program, since=BEGAN)
    template = BulletinTemplate.objects.select_related("program__jurisdiction").get(program=world.program)
    bulletin = draft_bulletin(by=world.office, template=template, number=1)
    bulletin = submit_bulletin(by=world.office, bulletin=bulletin, at=at(NOW, 9))
    bulletin = pass_bulletin(by=reviewer, bulletin=bulletin, comment="数字已与项目台账核对。", at=at(NOW, 10))
    issue_bulletin(by=world.office, bulletin=bulletin, signer="局党委书记", signed_on=NOW, at=at(NOW, 15))


def show_accounts(world: World) -> None:
    """The accounts to try it with."""
    world.show_accounts()


#: What is made, in order; a step may use all that the steps before it made.
STEPS: list[tuple[str, Callable[[World], None]]] = [
    ("活动和办公室账号", people.make_program),
    ("单位和科室", people.make_units),
    ("村", people.make_village),
    ("干部", people.make_cadres),
    ("结对和领导小组", people.pair),
    ("项目和资金", works.start),
    ("走访和现场检查", visits.visit),
    ("诉求办理", visits.answer),
    ("协议、计划和制度", papers.receive),
    ("例会和双向沟通", papers.meet),
    ("检查发现", scores.check),
    ("科室考核", scores.assess),
    ("年度总结", summarize),
    ("登录页账号", show_accounts),
]


def new_world(*, with_password: bool, own_accounts: set[str]) -> World:
    """A world to be filled, with the administrator by whom it is made."""
    admin = administrator(own_accounts)
    password = PASSWORD if with_password else None
    return World(admin=admin, password=password, own_accounts=own_accounts, accounts=names.ACCOUNTS)
