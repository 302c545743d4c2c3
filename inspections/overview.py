"""How rounds stand: progress by group, problems by their groups, praise, and what is to be looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from cadres.models import Team, TeamMember
from inspections.models import Finding, Inspection, InspectionGroup, InspectionGroupMember, Round
from inspections.sampling import candidates, sampled
from programs import clock
from programs.models import Program, Term, Unit

if TYPE_CHECKING:
    from inspections.models.rounds import InspectionQuerySet
    from programs.models import User
    from programs.scoping import AnyUser

DONE = Count("pk", filter=Q(visited_on__isnull=False))
NO_GROUP = "未归类"


@dataclass
class Tally:
    """How many teams were assigned and how many of them have been inspected."""

    total: int = 0
    done: int = 0

    @property
    def left(self) -> int:
        """How many are still to be inspected."""
        return self.total - self.done


@dataclass
class GroupProgress:
    """A group with its people and how far it has come."""

    group: InspectionGroup
    tally: Tally
    problems: int

    @cached_property
    def head(self) -> str:
        """The name of its head; empty if it has none."""
        return next((str(seat) for seat in self.group.members.all() if seat.is_head), "")

    @cached_property
    def others(self) -> list[str]:
        """The names of its other members."""
        return [str(seat) for seat in self.group.members.all() if not seat.is_head]


@dataclass
class Found:
    """Problems or praise of one category, or of a group of categories, and whom they are about."""

    label: str
    code: str = ""
    count: int = 0
    open: int = 0
    about: dict[str, Unit | Team] = field(default_factory=dict)
    categories: dict[int, Found] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Count one more."""
        self.count += 1
        self.open += finding.kind == Finding.Kind.PROBLEM and finding.closed_on is None
        subject = finding.unit or (finding.team and finding.team.unit) or finding.team
        if subject is not None:
            self.about.setdefault(str(subject), subject)

    @property
    def subjects(self) -> list[Unit | Team]:
        """The units (teams without a unit stand for themselves) by their pinyin."""
        return sorted(self.about.values(), key=lambda one: (one.pinyin, one.pk))


@dataclass
class FollowUp:
    """An inspection to be looked at again."""

    inspection: Inspection
    today: dt.date

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.inspection.follow_up_on is not None and self.inspection.follow_up_on < self.today


@dataclass
class Overview:
    """One round as somebody sees it."""

    round: Round
    user: AnyUser

    @cached_property
    def today(self) -> dt.date:
        """The program's today."""
        return clock.today(self.round.program)

    @cached_property
    def inspections(self) -> InspectionQuerySet:
        """The round's inspections the person may know of."""
        return Inspection.objects.disclosed_to(self.user).filter(round=self.round)

    @cached_property
    def methods(self) -> list[str]:
        """The words of its methods."""
        return [str(method) for method in self.round.methods.order_by("position", "pk")]

    @cached_property
    def groups(self) -> list[GroupProgress]:
        """Each group with how far it has come."""
        counted = self.inspections.order_by().values("group_id").annotate(total=Count("pk"), done=DONE)
        tallies = {row["group_id"]: Tally(row["total"], row["done"]) for row in counted}
        reached = Q(pk__in=InspectionGroup.objects.visible_to(self.user).order_by().values("pk")) | Q(pk__in=tallies)
        groups = InspectionGroup.objects.filter(reached, round=self.round).prefetch_related("members__cadre")
        problems = self._problems_by_group
        return [
            GroupProgress(group, tallies.get(group.pk, Tally()), problems.get(group.pk, 0))
            for group in groups.order_by("position", "pk")
        ]

    @cached_property
    def _problems_by_group(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for finding in self.findings:
            if finding.kind == Finding.Kind.PROBLEM and finding.inspection is not None:
                key = finding.inspection.group_id
                found[key] = found.get(key, 0) + 1
        return found

    @cached_property
    def tally(self) -> Tally:
        """The whole round."""
        return Tally(sum(one.tally.total for one in self.groups), sum(one.tally.done for one in self.groups))

    @cached_property
    def unassigned(self) -> list[Team]:
        """Teams the round covers that no group has yet."""
        return unassigned(self.round)

    @cached_property
    def findings(self) -> list[Finding]:
        """All that was found in the round."""
        rows = Finding.objects.visible_to(self.user).filter(round=self.round)
        return list(rows.select_related("category", "unit", "team__unit", "inspection").order_by("pk"))

    @cached_property
    def problem_groups(self) -> list[Found]:
        """The program's groups of problems, each with its categories; a group without findings stands with 0."""
        program = self.round.program
        words = Term.objects.filter(program=program, vocabulary=Term.Vocabulary.PROBLEM_GROUP)
        groups = {word.pk: Found(word.label, word.code) for word in words.order_by("position", "pk")}
        for finding in self.findings:
            if finding.kind == Finding.Kind.PROBLEM:
                group = groups.setdefault(finding.category.parent_id or 0, Found(NO_GROUP))
                _count(group, finding)
        return list(groups.values())

    @cached_property
    def praise(self) -> Found:
        """Praise by category."""
        found = Found("表扬")
        for finding in self.findings:
            if finding.kind == Finding.Kind.PRAISE:
                _count(found, finding)
        return found

    @cached_property
    def problems(self) -> int:
        """How many problems were found."""
        return sum(group.count for group in self.problem_groups)

    @cached_property
    def open_problems(self) -> int:
        """How many of them are not closed."""
        return sum(group.open for group in self.problem_groups)

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        """What is to be looked at again, the earliest first."""
        rows = self.inspections.awaiting_follow_up().select_related("team__village__division__parent", "group")
        return [FollowUp(row, self.today) for row in rows.order_by("follow_up_on", "pk")]


def _count(group: Found, finding: Finding) -> None:
    group.add(finding)
    category = finding.category
    group.categories.setdefault(category.pk, Found(category.label, category.code)).add(finding)


def unassigned(in_round: Round) -> list[Team]:
    """Teams the round covers that no group has yet."""
    assigned = set(in_round.inspections.values_list("team_id", flat=True))
    return [team for team in sampled(in_round, candidates(in_round)) if team.pk not in assigned]


@dataclass
class RoundLine:
    """A round in the list of rounds."""

    round: Round
    today: dt.date
    tally: Tally = field(default_factory=Tally)
    groups: int = 0
    problems: int = 0
    open: int = 0

    @property
    def state(self) -> tuple[str, str]:
        """In a word, with its tone: not begun, under way, over."""
        if self.round.starts_on > self.today:
            return "未开始", "quiet"
        if self.tally.left == 0 and self.tally.total:
            return "已完成", "done"
        if self.round.ends_on is not None and self.round.ends_on < self.today:
            return ("已结束，有未督查的", "late") if self.tally.left else ("已结束", "quiet")
        return "进行中", "soon"


def round_lines(program: Program, user: AnyUser) -> list[RoundLine]:
    """The program's rounds that somebody may know of, the latest first, each with how far it has come."""
    today = clock.today(program)
    rounds = Round.objects.disclosed_to(user).filter(program=program).order_by("-starts_on", "-pk")
    lines = {row.pk: RoundLine(row, today) for row in rounds.prefetch_related("methods")}
    inspections = Inspection.objects.disclosed_to(user).filter(round__in=lines).order_by().values("round_id")
    for row in inspections.annotate(total=Count("pk"), done=DONE, groups=Count("group_id", distinct=True)):
        line = lines[row["round_id"]]
        line.tally, line.groups = Tally(row["total"], row["done"]), row["groups"]
    problems = Finding.objects.visible_to(user).problems().filter(round__in=lines).order_by().values("round_id")
    for row in problems.annotate(all=Count("pk"), open=Count("pk", filter=Q(closed_on__isnull=True))):
        lines[row["round_id"]].problems, lines[row["round_id"]].open = row["all"], row["open"]
    return list(lines.values())


@dataclass
class Stop:
    """A village on an inspector's way."""

    inspection: Inspection
    secretary: str
    problems: int


@dataclass
class Tour:
    """What one group of a round has to inspect, and has inspected."""

    group: InspectionGroup
    to_do: list[Stop] = field(default_factory=list)
    done: list[Stop] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many teams there are."""
        return len(self.to_do) + len(self.done)


def tours_of(program: Program, user: User) -> list[Tour]:
    """The groups somebody inspects in, the latest round first, each with what is not done first."""
    today = clock.today(program)
    seats = InspectionGroupMember.objects.filter(
        cadre__user=user, group__round__program=program, group__round__starts_on__lte=today
    ).select_related("group__round__program")
    groups = [seat.group for seat in seats.order_by("-group__round__starts_on", "group__position", "group_id")]
    tours = {group.pk: Tour(group) for group in groups}
    rows = Inspection.objects.visible_to(user).filter(group__in=tours)
    rows = rows.select_related("team__village__division__parent", "team__unit")
    counted = rows.annotate(_found=Count("findings", filter=Q(findings__kind=Finding.Kind.PROBLEM)))
    inspections = list(counted.order_by("team__village_id", "pk"))
    again = set(rows.awaiting_follow_up().values_list("pk", flat=True))
    secretaries = _first_secretaries((row.team_id for row in inspections), today)
    for row in inspections:
        stop = Stop(row, secretaries.get(row.team_id, ""), row._found)
        tour = tours[row.group_id]
        (tour.done if row.visited_on else tour.to_do).append(stop)
        if row.pk in again:
            tour.follow_ups.append(FollowUp(row, today))
    for tour in tours.values():
        tour.follow_ups.sort(key=lambda one: one.inspection.follow_up_on or today)
    return list(tours.values())


def _first_secretaries(teams: Iterable[int], today: dt.date) -> dict[int, str]:
    seats = TeamMember.objects.active_on(today).filter(team__in=teams, role=TeamMember.Role.FIRST_SECRETARY)
    return dict(seats.values_list("team_id", "cadre__name"))


def is_inspector_of(user: User, inspection: Inspection) -> bool:
    """Whether somebody sits in the group that inspects it."""
    return InspectionGroupMember.objects.filter(group=inspection.group_id, cadre__user=user).exists()
