"""第 2 期 of 招远's bulletin: drafted from the template, reviewed, signed on paper and issued on 3 July 2015."""

from __future__ import annotations

from programs.actions import give_role
from programs.models import Role
from reports.actions import draft_bulletin, issue_bulletin, pass_bulletin, submit_bulletin
from reports.demo.zhaoyuan.names import BEGAN, NOW
from reports.demo.zhaoyuan.world import World, at
from reports.models import BulletinTemplate

NUMBER = 2
SIGNER = "领导小组办公室主任"


def issue(world: World) -> None:
    """The issue with the annex of all teams; everything in it comes from the rows made before."""
    reviewer = world.account("hegao", "市后进村帮扶办副主任")
    give_role(by=world.admin, user=reviewer, role=Role.COUNTY, program=world.program, since=BEGAN)
    template = BulletinTemplate.objects.select_related("program__jurisdiction").get(program=world.program)
    bulletin = draft_bulletin(by=world.office, template=template, number=NUMBER)
    bulletin = submit_bulletin(by=world.office, bulletin=bulletin, at=at(NOW, 9, 20))
    bulletin = pass_bulletin(by=reviewer, bulletin=bulletin, comment="数字和名单已与明细核对。", at=at(NOW, 10, 40))
    issue_bulletin(by=world.office, bulletin=bulletin, signer=SIGNER, signed_on=NOW, at=at(NOW, 16, 0))
