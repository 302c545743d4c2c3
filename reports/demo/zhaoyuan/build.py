"""The order in which 招远's demonstration is made."""

from __future__ import annotations

from collections.abc import Callable

from reports.demo.base import PASSWORD, administrator
from reports.demo.zhaoyuan import bulletin, findings, names, papers, people, rounds, village_records, visits, works
from reports.demo.zhaoyuan.world import World

JURISDICTION = "370685"

#: What is made, in order; a step may use all that the steps before it made.
STEPS: list[tuple[str, Callable[[World], None]]] = [
    ("活动和办公室账号", people.make_program),
    ("镇村", people.make_places),
    ("单位", people.make_units),
    ("村", people.make_villages),
    ("干部", people.make_cadres),
    ("工作队", people.make_teams),
    ("结对", people.make_pairings),
    ("农户", village_records.make_households),
    ("村情", village_records.describe_villages),
    ("对接和组织关系", visits.dock),
    ("走访", visits.visit),
    ("诉求办理", visits.answer_needs),
    ("计划和报告", papers.receive_papers),
    ("月报免除", papers.excuse_reports),
    ("会议", papers.hold_meetings_of_towns),
    ("日记", papers.write),
    ("在岗", papers.keep_duty),
    ("项目和资金", works.start),
    ("督查", rounds.inspect),
    ("督查发现", findings.find),
    ("整改", findings.put_right),
    ("第2期简报", bulletin.issue),
    ("登录页账号", people.show_accounts),
]


def new_world(*, with_password: bool, own_accounts: set[str]) -> World:
    """A world to be filled, with the administrator by whom it is made."""
    admin = administrator(own_accounts)
    password = PASSWORD if with_password else None
    return World(admin=admin, password=password, own_accounts=own_accounts, accounts=names.ACCOUNTS)
