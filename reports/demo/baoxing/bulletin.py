"""宝兴's 专报 of the first stage: drafted from the template, reviewed, signed on paper and issued."""

from __future__ import annotations

from reports.actions import draft_bulletin, issue_bulletin, pass_bulletin, submit_bulletin
from reports.demo.baoxing.names import NOW
from reports.demo.baoxing.world import World, at
from reports.models import BulletinTemplate

NUMBER = 3
SIGNER = "“挂包帮”活动办公室主任"


def issue(world: World) -> None:
    """The issue; everything in it comes from the rows made before."""
    template = BulletinTemplate.objects.select_related("program__jurisdiction").get(program=world.program)
    bulletin = draft_bulletin(by=world.office, template=template, number=NUMBER)
    bulletin = submit_bulletin(by=world.office, bulletin=bulletin, at=at(NOW, 9, 10))
    bulletin = pass_bulletin(by=world.reviewer, bulletin=bulletin, comment="数字和名单已核对。", at=at(NOW, 11, 0))
    issue_bulletin(by=world.office, bulletin=bulletin, signer=SIGNER, signed_on=NOW, at=at(NOW, 16, 30))
