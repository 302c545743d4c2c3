"""The order in which 绿园's demonstration is made."""

from __future__ import annotations

from collections.abc import Callable

from cadres.models import Cadre, Need, Pairing, Post, Visit, VisitHousehold, VisitParticipant, VisitQuantity
from reports.demo.base import PASSWORD, administrator, refresh_statistics
from reports.demo.lvyuan import activities, bulletin, homes, names, people, records, rounds, weeks
from reports.demo.lvyuan.world import World
from villages.models import Household, HouseholdTag

JURISDICTION = "220106"

#: Tables that have filled up by the time figures are asked for.
LARGE = (Household, HouseholdTag, Cadre, Post, Pairing, Visit, VisitParticipant, VisitHousehold, VisitQuantity, Need)

#: What is made, in order; a step may use all that the steps before it made.
STEPS: list[tuple[str, Callable[[World], None]]] = [
    ("活动和办公室账号", people.make_program),
    ("镇、村、屯", people.make_places),
    ("村和精品路线", people.make_villages),
    ("单位和四级干部", people.make_units),
    ("包保工作组", people.make_teams),
    ("农户", homes.make_households),
    ("农户类别", homes.tag),
    ("包保到户", homes.pair),
    ("每周缺席", weeks.miss),
    ("每周入户", weeks.visit),
    ("请假", weeks.excuse),
    ("主题党日和活动", activities.gather),
    ("统计信息", lambda world: refresh_statistics(*LARGE)),
    ("诉求办理", records.answer_needs),
    ("会议和调度", records.meet),
    ("文件和专报", records.receive),
    ("互评和荣誉", records.rate),
    ("联合督导", rounds.inspect),
    ("整改", rounds.put_right),
    ("督查专报", bulletin.issue),
    ("登录页账号", World.show_accounts),
]


def new_world(*, with_password: bool, own_accounts: set[str]) -> World:
    """A world to be filled, with the administrator by whom it is made."""
    admin = administrator(own_accounts)
    password = PASSWORD if with_password else None
    return World(admin=admin, password=password, own_accounts=own_accounts, accounts=names.ACCOUNTS)
