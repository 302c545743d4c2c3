"""The order in which 三送's demonstration is made."""

from __future__ import annotations

from collections.abc import Callable

from programs.actions import give_role
from programs.models import Role
from reports.actions import draft_bulletin, issue_bulletin, pass_bulletin, submit_bulletin
from reports.demo.base import PASSWORD, administrator
from reports.demo.sansong import checks, names, papers, people, village, visits, works
from reports.demo.sansong.names import BEGAN, NOW
from reports.demo.sansong.world import World, at
from reports.models import BulletinTemplate

JURISDICTION = names.COUNTY


def summarize(world: World) -> None:
    """The annual summary in the document's own parts, drafted from the records and issued on the last day."""
    reviewer = world.account("ss-hegao", "示例县“三送”办副主任")
    give_role(by=world.admin, user=reviewer, role=Role.COUNTY, program=world.program, since=BEGAN)
    template = BulletinTemplate.objects.select_related("program__jurisdiction").get(program=world.program)
    bulletin = draft_bulletin(by=world.office, template=template, number=1)
    bulletin = submit_bulletin(by=world.office, bulletin=bulletin, at=at(NOW, 9, 10))
    bulletin = pass_bulletin(by=reviewer, bulletin=bulletin, comment="数字已与台账核对。", at=at(NOW, 10))
    issue_bulletin(by=world.office, bulletin=bulletin, signer="“三送”办主任", signed_on=NOW, at=at(NOW, 15, 30))


def show_accounts(world: World) -> None:
    """The accounts to try it with."""
    world.show_accounts()


#: What is made, in order; a step may use all that the steps before it made.
STEPS: list[tuple[str, Callable[[World], None]]] = [
    ("活动和办公室账号", people.make_program),
    ("村和小组", people.make_places),
    ("单位", people.make_units),
    ("工作组", people.make_team),
    ("农户", village.make_households),
    ("村情", village.describe),
    ("人员", village.name_people),
    ("结对", people.make_pairings),
    ("走访", visits.visit),
    ("调处和销号", visits.answer),
    ("材料", papers.receive),
    ("会议", papers.meet),
    ("日记", papers.write),
    ("在岗", papers.keep_duty),
    ("项目和资金", works.start),
    ("年中检查", checks.inspect),
    ("年度总结", summarize),
    ("登录页账号", show_accounts),
]


def new_world(*, with_password: bool, own_accounts: set[str]) -> World:
    """A world to be filled, with the administrator by whom it is made."""
    admin = administrator(own_accounts)
    password = PASSWORD if with_password else None
    return World(admin=admin, password=password, own_accounts=own_accounts, accounts=names.ACCOUNTS)
