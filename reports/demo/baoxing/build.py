"""The order in which 宝兴's demonstration is made."""

from __future__ import annotations

from collections.abc import Callable

from reports.demo.baoxing import bulletin, names, pairs, papers, people, visits, works
from reports.demo.baoxing.world import World
from reports.demo.base import PASSWORD, administrator

JURISDICTION = "511827"

#: What is made, in order; a step may use all that the steps before it made.
STEPS: list[tuple[str, Callable[[World], None]]] = [
    ("活动和办公室账号", people.make_program),
    ("镇村", people.make_places),
    ("单位", people.make_units),
    ("村", people.make_villages),
    ("干部", people.make_cadres),
    ("帮扶对象", pairs.choose_homes),
    ("农户", pairs.make_households),
    ("结对", pairs.pair),
    ("走访", visits.visit),
    ("诉求办理", visits.answer_needs),
    ("规划和计划", papers.receive),
    ("会议", papers.meet),
    ("项目和资金", works.start),
    ("专报", bulletin.issue),
    ("后来撤并的村", people.retire_what_is_gone),
    ("登录页账号", lambda world: world.show_accounts()),
]


def new_world(*, with_password: bool, own_accounts: set[str]) -> World:
    """A world to be filled, with the administrator by whom it is made."""
    admin = administrator(own_accounts)
    password = PASSWORD if with_password else None
    return World(admin=admin, password=password, own_accounts=own_accounts, accounts=names.ACCOUNTS)
