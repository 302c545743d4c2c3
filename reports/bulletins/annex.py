"""The annex of a bulletin: every work team, with how it stands in all that most teams owe."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from cadres.models import Team, TeamMember
from inspections.models import Finding
from programs.figures.context import Context
from programs.figures.requirements import Result, evaluate_requirement
from programs.models import Requirement
from programs.rules.wording import EMPTY, day_text, table_number
from reports.models import Bulletin
from reports.typesetting.document import Column, Table

YES, NO, EXCUSED = "是", "否", "免除"
_OF_UNIT = (Requirement.Subject.UNIT, Requirement.Subject.UNIT_LEADER)


@dataclass
class Standing:
    """How one requirement stands: the keys of those who did it, did not or were excused, and how often they did."""

    result: Result
    states: dict[Any, str] = field(default_factory=dict)
    times: dict[Any, int] = field(default_factory=dict)

    def cell(self, key: Any) -> str:
        """The words for one who may owe it; a number where more than one is owed."""
        state = self.states.get(key, EMPTY)
        if self.result.requirement.at_least == 1 or state in (EMPTY, EXCUSED):
            return state
        times = self.times.get(key, 0)
        # An office's tick says that it is done, not how often.
        return state if state == YES and times < self.result.requirement.at_least else str(times)


class TeamTable:
    """The table for a bulletin: by team, or by town where the bulletin names no units."""

    def __init__(self, bulletin: Bulletin, context: Context) -> None:
        self.bulletin, self.context = bulletin, context
        rows = Team.objects.active_on(context.day).filter(program=context.program)
        self.teams = list(rows.select_related("unit", "village__division__parent").order_by("village_id", "pk"))
        self.standings = self._standings()
        self.problems = self._problems()

    def table(self) -> Table:
        """The table as it is printed."""
        return self._by_team() if self.bulletin.names_units else self._by_town()

    def _by_team(self) -> Table:
        rows = [
            (
                str(number),
                str(team.village.division.parent),
                team.village.name,
                str(team.unit or team),
                *(standing.cell(self._key(standing, team)) for standing in self.standings),
                *self._problem_cells(self.problems[team.pk]),
            )
            for number, team in enumerate(self.teams, start=1)
        ]
        # In millimetres of a type area of 156: a town's and a village's name on one line, two characters in the rest.
        fixed = (Column("序号", 8.3, "center"), Column("镇街", 20.8), Column("村", 19.4), Column("帮扶单位", 28.3))
        columns = (*fixed, *self._columns(9.9))
        return Table(self.bulletin.annex, columns, tuple(rows), self._note())

    def _by_town(self) -> Table:
        towns: dict[str, list[Team]] = {}
        for team in self.teams:
            towns.setdefault(str(team.village.division.parent), []).append(team)
        rows = []
        for number, (town, teams) in enumerate(towns.items(), start=1):
            shares = []
            for standing in self.standings:
                states = Counter(standing.states.get(self._key(standing, team)) for team in teams)
                owed = states[YES] + states[NO]
                shares.append(f"{states[YES]}/{owed}" if owed else EMPTY)
            problems = sum(self.problems[team.pk] for team in teams)
            rows.append((str(number), town, str(len(teams)), *shares, *self._problem_cells(problems)))
        columns = (
            Column("序号", 1, "center"),
            Column("镇街", 2.2),
            Column(self.context.program.word("team"), 1.3, "center"),
            *self._columns(1.7),
        )
        return Table(self.bulletin.annex, columns, tuple(rows), f"{self._note()}各项为“已完成/应完成”。")

    def _columns(self, width: float) -> list[Column]:
        names = [standing.result.requirement.name for standing in self.standings]
        if self.bulletin.round_id:
            names.append("督查发现问题")
        return [Column(name, width, "center") for name in names]

    def _problem_cells(self, count: int) -> list[str]:
        return [table_number(count)] if self.bulletin.round_id else []

    def _note(self) -> str:
        return f"注：数据截至{day_text(self.context.day)}；“{EMPTY}”表示不作要求。"

    def _standings(self) -> list[Standing]:
        """What most teams owe, in the program's order."""
        rows = Requirement.objects.filter(program=self.context.program).exclude(ended_on__lt=self.context.day)
        found = []
        for requirement in rows.select_related("program").order_by("position", "pk"):
            if requirement.subject not in (Requirement.Subject.TEAM, Requirement.Subject.FIRST_SECRETARY, *_OF_UNIT):
                continue
            result = evaluate_requirement(requirement, self.context)
            standing = Standing(result)
            for aspect, words in (("not_done", NO), ("excused", EXCUSED), ("done", YES)):
                standing.states |= dict.fromkeys(result.rows(aspect).order_by().values_list("pk", flat=True), words)
            if requirement.at_least > 1:
                standing.times = _times(result)
            if sum(self._key(standing, team) in standing.states for team in self.teams) * 2 > len(self.teams):
                found.append(standing)
        return found

    def _key(self, standing: Standing, team: Team) -> Any:
        subject = standing.result.requirement.subject
        if subject == Requirement.Subject.FIRST_SECRETARY:
            return self._secretaries().get(team.pk)
        return team.unit_id if subject in _OF_UNIT else team.pk

    def _secretaries(self) -> dict[int, int]:
        if not hasattr(self, "_seats"):
            seats = TeamMember.objects.active_on(self.context.day).filter(
                team__program=self.context.program, role=TeamMember.Role.FIRST_SECRETARY
            )
            self._seats = dict(seats.values_list("team_id", "pk"))
        return self._seats

    def _problems(self) -> Counter[int]:
        rows = Finding.objects.filter(
            program=self.context.program,
            round=self.bulletin.round_id,
            kind=Finding.Kind.PROBLEM,
            found_on__lte=self.context.day,
        )
        counted = rows.order_by().values_list("team_id").annotate(_n=Count("pk"))
        return Counter(dict(counted))


def _times(result: Result) -> dict[Any, int]:
    path = result.evidence.subjects[result.requirement.subject]
    rows = result.evidence_rows().order_by().values_list(path).annotate(_n=Count("pk", distinct=True))
    return dict(rows)
