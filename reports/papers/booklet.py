"""村情民意一本通 of a village: what a team should know before it comes, and what is done there."""

from __future__ import annotations

from django.utils import timezone

from programs.models import Program, User
from programs.rules.wording import day_text, moment_text
from reports.models import Paper
from reports.papers.kinds import PaperKind, TextPart, register_paper_kind, wording_of
from reports.papers.pages import Pages
from reports.papers.village_parts import PERSON, Reader, committee, overview, people, risks, years
from reports.papers.work_parts import helpers, households, needs, projects
from villages.models import (
    Village,
)

BOOKLET = register_paper_kind(
    PaperKind(
        code=Paper.Kind.BOOKLET,
        title="村情民意一本通",
        about="每村一本：概况、历年数据、资源、经济、党员干部、能人、隐患、农户、诉求、项目、荣誉，供驻村人员掌握村情。",
        parts=(
            TextPart(
                "preface",
                "封面上的说明",
                "供驻村工作队掌握村情民意使用，不得外传。",
                help="最多 3 行，每行不超过 30 个字。",
                lines=3,
                longest=30,
                about="what stands on the cover under the title",
            ),
            TextPart(
                "closing",
                "末页的说明",
                "本册由平台按登记的数据生成。情况有变化的，请在平台更新后重新打印。",
                help="最多 3 行，每行不超过 80 个字。",
                lines=3,
                longest=80,
                about="what stands at the end",
            ),
        ),
    )
)


def booklet_of(program: Program, user: User, village: Village) -> Pages:
    """The booklet of a village that was loaded with its place."""
    reader = Reader(program, user, village)
    wording = wording_of(program, Paper.Kind.BOOKLET)
    parent = village.division.parent
    town = parent.short_name if parent is not None else ""
    printed = f"{user} {moment_text(timezone.localtime())}打印　内部资料，注意保管"
    return Pages(
        title=wording.title,
        head=f"{wording.title} · {town}{village.name}",
        cover=(f"{town}{village.name}", *wording.lines("preface"), program.office, day_text(reader.day)),
        notice="演示数据" if program.is_demonstration else "",
        foot=printed,
        author=program.office,
        closing=wording.lines("closing"),
        parts=(
            overview(reader),
            years(reader),
            committee(reader),
            people(reader, PERSON.PARTY_MEMBER, "党员名册", "没有登记党员。"),
            people(reader, PERSON.TALENT, "村外能人", "没有登记村外能人。"),
            risks(reader),
            households(reader),
            helpers(reader),
            needs(reader),
            projects(reader),
        ),
    )
