"""October's 督查专报: drafted from the template, reviewed, signed on paper and issued."""

from __future__ import annotations

from programs.actions import give_role
from programs.models import Role
from reports.actions import draft_bulletin, issue_bulletin, pass_bulletin, submit_bulletin
from reports.demo.base import at
from reports.demo.lvyuan.names import BEGAN, NOW
from reports.demo.lvyuan.records import MONTHS
from reports.demo.lvyuan.world import World
from reports.models import BulletinTemplate

SIGNER = "联合督导组组长"


def issue(world: World) -> None:
    """The sixth issue, one for each month; everything in it comes from the rows made before."""
    reviewer = world.account("lvyuan-hegao", "区委组织部副部长")
    give_role(by=world.admin, user=reviewer, role=Role.COUNTY, program=world.program, since=BEGAN)
    template = BulletinTemplate.objects.select_related("program__jurisdiction").get(program=world.program)
    bulletin = draft_bulletin(by=world.office, template=template, number=len(MONTHS))
    bulletin = submit_bulletin(by=world.office, bulletin=bulletin, at=at(NOW, 9))
    bulletin = pass_bulletin(by=reviewer, bulletin=bulletin, comment="数字和名单已与明细核对。", at=at(NOW, 10, 30))
    issue_bulletin(by=world.office, bulletin=bulletin, signer=SIGNER, signed_on=NOW, at=at(NOW, 15, 0))
