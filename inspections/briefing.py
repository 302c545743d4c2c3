"""What the records already say about a team, so that an inspection asks only what nobody has entered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q, QuerySet, Value
from django.utils import timezone

from cadres.models import Diary, Document, Need, Team, TeamMember, Visit
from inspections.models import ChecklistItem, Finding, Inspection
from inspections.rules import NO, YES
from programs import clock
from programs.figures.context import Context
from programs.figures.requirements import Result, evaluate_requirement
from programs.models import Requirement
from programs.rules.wording import day_text
from programs.scoping import code_range
from projects.models import Project

if TYPE_CHECKING:
    from programs.scoping import AnyUser

RECENT = 3
ASPECTS = ("done", "excused", "not_done")


@dataclass(frozen=True)
class Owed:
    """A requirement as the records have it for one team."""

    requirement: Requirement
    aspect: str
    due: dt.date | None
    is_late: bool
    times: int
    last: dt.date | None

    @property
    def tone(self) -> str:
        """The mark beside it."""
        if self.aspect == "not_done":
            return "late" if self.is_late else "soon"
        return "done" if self.aspect == "done" else "quiet"

    @property
    def words(self) -> str:
        """How it stands."""
        if self.aspect == "excused":
            return "已免除"
        if self.aspect == "done":
            return f"已完成（{day_text(self.last)}）" if self.last else "已完成（办公室核实登记）"
        return f"未完成（应于{day_text(self.due)}前）" if self.due else "未完成"


@dataclass(frozen=True)
class Known:
    """The answer that the records give to a question of the checklist, and what it rests on."""

    value: str
    words: str


@dataclass
class ProjectLine:
    """A project with its stage and how long it has stood in it."""

    project: Project
    days: int | None

    @property
    def is_finished(self) -> bool:
        """Whether its stage is the last."""
        return self.project.stage is not None and self.project.stage.is_final


@dataclass
class Briefing:
    """What the records say about the team of an inspection; rows in the reach of whoever asks."""

    inspection: Inspection
    user: AnyUser

    @cached_property
    def team(self) -> Team:
        """The team."""
        return self.inspection.team

    @cached_property
    def today(self) -> dt.date:
        """The program's today."""
        return clock.today(self.team.program)

    @cached_property
    def members(self) -> list[TeamMember]:
        """The team as it is now, its first secretary first."""
        rows = self.team.members.active_on(self.today).select_related("cadre", "unit")
        first = TeamMember.Role.FIRST_SECRETARY
        return sorted(rows.order_by("since", "pk"), key=lambda seat: seat.role != first)

    @cached_property
    def secretary(self) -> TeamMember | None:
        """The first secretary, if there is one."""
        return next((seat for seat in self.members if seat.role == TeamMember.Role.FIRST_SECRETARY), None)

    @property
    def responsible(self) -> list[str]:
        """Who usually answers for putting a problem right."""
        people = [f"{self.team.program.call(seat.get_role_display())}{seat.cadre}" for seat in self.members]
        return people + ([f"{self.team.unit}{self.team.program.word('principal')}"] if self.team.unit else [])

    @cached_property
    def owed(self) -> list[Owed]:
        """What the team, its unit, first secretary, village or town owes; what is not done first."""
        context = Context(self.team.program)
        rows = Requirement.objects.filter(program=self.team.program).exclude(ended_on__lt=self.today)
        found = []
        for requirement in rows.select_related("program").order_by("position", "pk"):
            key = self._keys.get(requirement.subject)
            if key is not None and (owed := _owed(evaluate_requirement(requirement, context), key)):
                found.append(owed)
        return sorted(found, key=lambda one: one.aspect != "not_done")

    @cached_property
    def _keys(self) -> dict[str, Any]:
        """Who of the team's is meant by each kind of subject."""
        return {
            "team": self.team.pk,
            "unit": self.team.unit_id,
            "unit_leader": self.team.unit_id,
            "first_secretary": self.secretary.pk if self.secretary else None,
            "village": self.team.village_id,
            "town": self.team.village_id[:9],
        }

    @property
    def undone(self) -> list[Owed]:
        """What the records do not show as done."""
        return [one for one in self.owed if one.aspect == "not_done"]

    @property
    def done_count(self) -> int:
        """How many requirements are done."""
        return sum(one.aspect == "done" for one in self.owed)

    def known(self, items: list[ChecklistItem]) -> dict[int, Known]:
        """Answers to questions of the checklist that rest on a requirement, by the question's id."""
        by_requirement = {one.requirement.pk: one for one in self.owed}
        found = {}
        for item in items:
            one = by_requirement.get(item.requirement_id or 0)
            if one is None or one.aspect == "excused":
                continue
            if item.kind == ChecklistItem.Kind.YES_NO:
                found[item.pk] = Known(YES if one.aspect == "done" else NO, one.words)
            elif item.kind == ChecklistItem.Kind.NUMBER and one.times:
                found[item.pk] = Known(str(one.times), f"{one.times}次，最近{day_text(one.last)}")
        return found

    @cached_property
    def projects(self) -> list[ProjectLine]:
        """The team's projects and its village's; the unfinished that have stood longest in their stage first."""
        here = code_range("places__division_id", self.team.village_id)
        rows = Project.objects.visible_to(self.user).filter(program=self.team.program, ended_on__isnull=True)
        rows = rows.filter(pk__in=Project.objects.filter(Q(team=self.team) | here).order_by().values("pk"))
        lines = [
            ProjectLine(row, (self.today - row.stage_since).days if row.stage_since else None)
            for row in rows.select_related("stage", "unit").order_by("pinyin", "pk")
        ]
        return sorted(
            lines, key=lambda line: (bool(line.project.stage and line.project.stage.is_final), -(line.days or 0))
        )

    @cached_property
    def _visits(self) -> QuerySet[Visit]:
        here = code_range("division_id", self.team.village_id)
        return Visit.objects.visible_to(self.user).counted().filter(here, program=self.team.program)

    @cached_property
    def visit_count(self) -> int:
        """How many visits the village has had."""
        return self._visits.count()

    @cached_property
    def visits(self) -> list[Visit]:
        """The last visits, with who went."""
        rows = self._visits.select_related("kind").prefetch_related("participants__cadre")
        return list(rows.order_by("-happened_at", "-pk")[:RECENT])

    @cached_property
    def last_visit_on(self) -> dt.date | None:
        """The day of the last visit."""
        return timezone.localtime(self.visits[0].happened_at).date() if self.visits else None

    @cached_property
    def diaries(self) -> dict[str, Any]:
        """How many diaries there are, and the day of the last."""
        rows = Diary.objects.visible_to(self.user).filter(team=self.team)
        return rows.aggregate(count=Count("pk"), last=Max("on"))

    @cached_property
    def documents(self) -> list[Document]:
        """The last papers received from the team."""
        rows = Document.objects.visible_to(self.user).filter(team=self.team).select_related("kind")
        return list(rows.order_by("-received_on", "-pk")[:RECENT])

    @cached_property
    def open_needs(self) -> int:
        """How many needs of the village are not closed."""
        here = code_range("division_id", self.team.village_id)
        return Need.objects.visible_to(self.user).open().filter(here, program=self.team.program).count()

    @cached_property
    def earlier(self) -> list[Finding]:
        """Problems found earlier that are not closed."""
        rows = Finding.objects.visible_to(self.user).open().filter(team=self.team)
        rows = rows.exclude(inspection=self.inspection).select_related("category")
        return list(rows.order_by("found_on", "pk"))


def _owed(result: Result, key: Any) -> Owed | None:
    """How one subject stands; None if it does not owe it. Two queries."""
    parts = [getattr(result, aspect).filter(pk=key).order_by().values(_aspect=Value(aspect)) for aspect in ASPECTS]
    aspects = {row["_aspect"] for row in parts[0].union(*parts[1:])}
    if not aspects:
        return None
    path = result.evidence.subjects[result.requirement.subject]
    rows = result.evidence_rows().filter(**{path: key}).order_by()
    seen = rows.aggregate(_times=Count("pk", distinct=True), _last=Max(result.evidence.on))
    last = seen["_last"]
    if isinstance(last, dt.datetime):
        last = timezone.localtime(last).date()
    aspect = next(aspect for aspect in ASPECTS if aspect in aspects)
    return Owed(result.requirement, aspect, result.due, result.is_late, seen["_times"], last)
