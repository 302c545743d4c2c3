"""Changes to rounds: what is inspected how, by which groups, and which team is whose."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping

from django.db.models import Max, Min

from cadres.models import Cadre, Team
from inspections.models import Inspection, InspectionGroup, InspectionGroupMember, Round
from inspections.rules import drawn
from programs.changes import action, check_word, required, saved, saved_all
from programs.models import Program, Term, User
from programs.refusals import BadField, Refusal
from programs.rules.wording import day_text, days_text

SEEDS = 1_000_000


class OutsideRound(Refusal):
    """The day lies outside the round, or the team in another program."""


class AlreadyInspected(Refusal):
    """What was inspected stays with the group that did it."""


@action
def create_round(
    *,
    by: User,
    program: Program,
    name: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    methods: Iterable[Term] = (),
    is_announced: bool = False,
    sample: str = Round.Sample.ALL,
    sample_per_town: int | None = None,
    sample_seed: int | None = None,
    sample_note: str = "",
) -> Round:
    """Open an inspection round with its methods, from the program's vocabulary, and what it covers."""
    found = _methods(methods, program)
    row = Round(program=program, name=required(name, "名称", "name"), starts_on=starts_on, ends_on=ends_on)
    row.is_announced, row.sample_note = is_announced, sample_note.strip()
    _set_sample(row, sample, sample_per_town, sample_seed)
    saved(row)
    row.methods.set(found)
    return row


@action
def change_round(
    *,
    by: User,
    in_round: Round,
    name: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    methods: Iterable[Term] = (),
    is_announced: bool = False,
    sample: str = Round.Sample.ALL,
    sample_per_town: int | None = None,
    sample_seed: int | None = None,
    sample_note: str = "",
) -> Round:
    """Correct a round. Its days must still hold the inspections that have happened."""
    found = _methods(methods, in_round.program)
    days = in_round.inspections.done().aggregate(first=Min("visited_on"), last=Max("visited_on"))
    if days["first"] and (starts_on > days["first"] or (ends_on is not None and ends_on < days["last"])):
        raise OutsideRound(
            f"本轮已有督查登记在{days_text(days['first'], days['last'])}，督查期间须包含这些日期。",
            field="starts_on" if starts_on > days["first"] else "ends_on",
        )
    in_round.name = required(name, "名称", "name")
    in_round.starts_on, in_round.ends_on = starts_on, ends_on
    in_round.is_announced, in_round.sample_note = is_announced, sample_note.strip()
    _set_sample(in_round, sample, sample_per_town, sample_seed)
    saved(in_round)
    in_round.methods.set(found)
    return in_round


def _methods(methods: Iterable[Term], program: Program) -> list[Term]:
    found = list(methods)
    for method in found:
        check_word(method, program, [Term.Vocabulary.METHOD], "methods")
    return found


def _set_sample(row: Round, sample: str, per_town: int | None, seed: int | None) -> None:
    row.sample, row.sample_per_town, row.sample_seed = sample, None, None
    if sample == Round.Sample.DRAWN:
        if not per_town:
            raise BadField("请填写每个镇街抽几个，至少1个。", field="sample_per_town")
        row.sample_per_town = per_town
        row.sample_seed = secrets.randbelow(SEEDS) if seed is None else seed


@action
def draw_sample(*, by: User, in_round: Round, teams: Iterable[Team], seed: int, per_town: int) -> list[Team]:
    """Draw so many teams of each town. The seed is kept: the same teams and seed give the same draw again."""
    if per_town < 1:
        raise BadField("每个镇街至少抽1个。", field="per_town")
    found = drawn(lots(teams), seed=seed, per_town=per_town)
    in_round.sample_note = f"每个镇街随机抽{per_town}个，共{len(found)}个"
    _set_sample(in_round, Round.Sample.DRAWN, per_town, seed)
    saved(in_round)
    return found


def lots(teams: Iterable[Team]) -> list[tuple[str, str, Team]]:
    """Teams as candidates of a draw, by town."""
    return [(team.village_id[:9], f"{team.village_id}:{team.pk}", team) for team in teams]


@action
def add_group(
    *, by: User, in_round: Round, name: str, members: Iterable[Cadre] = (), head: Cadre | None = None, position: int = 0
) -> InspectionGroup:
    """Form a group of a round; its head is one of its members."""
    group = saved(InspectionGroup(round=in_round, name=required(name, "名称", "name"), position=position))
    saved_all(_seats(group, members, head))
    return group


@action
def change_group(
    *, by: User, group: InspectionGroup, name: str, members: Iterable[Cadre] = (), head: Cadre | None = None
) -> InspectionGroup:
    """Rename a group and say who is in it now; whoever leaves no longer reaches its teams."""
    group.name = required(name, "名称", "name")
    saved(group)
    before = {seat.cadre_id: seat for seat in group.members.all()}
    wanted = {seat.cadre_id: seat for seat in _seats(group, members, head)}
    group.members.exclude(cadre__in=wanted).delete()
    saved_all(seat for key, seat in wanted.items() if key not in before)
    for key, seat in before.items():
        if key in wanted and seat.is_head != wanted[key].is_head:
            seat.is_head = wanted[key].is_head
            saved(seat)
    return group


@action
def remove_group(*, by: User, group: InspectionGroup) -> None:
    """Take a group out of its round; not while teams are assigned to it."""
    count = group.inspections.count()
    if count:
        raise AlreadyInspected(f"“{group}”还分有{count}个工作队，请先把它们改派给别的组。")
    group.delete()


def _seats(group: InspectionGroup, members: Iterable[Cadre], head: Cadre | None) -> list[InspectionGroupMember]:
    cadres = list(dict.fromkeys(members))
    if head is not None and head not in cadres:
        cadres.insert(0, head)
    return [InspectionGroupMember(group=group, cadre=cadre, is_head=cadre == head) for cadre in cadres]


@action
def assign_teams(*, by: User, group: InspectionGroup, teams: Iterable[Team]) -> list[Inspection]:
    """Assign teams to a group; a team is inspected once in a round."""
    found = list(teams)
    _check_teams(group.round, found)
    return saved_all(Inspection(round=group.round, group=group, team=team) for team in found)


@action
def distribute(*, by: User, in_round: Round, groups: Mapping[Team, InspectionGroup | None]) -> int:
    """Say which group inspects each of some teams, None for none; gives how many changed.

    A team that has been inspected stays with the group that did it.
    """
    _check_teams(in_round, groups)
    rows = in_round.inspections.filter(team__in=[team.pk for team in groups]).select_related("group")
    before = {row.team_id: row for row in rows.select_for_update(of=("self",))}
    new, moved, released = [], [], []
    for team, group in groups.items():
        row = before.get(team.pk)
        if row is None and group is not None:
            new.append(Inspection(round=in_round, group=group, team=team))
        elif row is not None and row.group != group:
            if row.visited_on is not None:
                raise AlreadyInspected(
                    f"“{team}”已由{row.group}在{day_text(row.visited_on)}督查，不能改派。", field=f"team-{team.pk}"
                )
            if group is None:
                released.append(row)
            else:
                row.group = group
                moved.append(row)
    saved_all(new)
    Inspection.objects.bulk_update(moved, ["group"])
    Inspection.objects.filter(pk__in=[row.pk for row in released]).delete()
    return len(new) + len(moved) + len(released)


def _check_teams(in_round: Round, teams: Iterable[Team]) -> None:
    for team in teams:
        if team.program_id != in_round.program_id:
            raise OutsideRound(f"“{team}”不属于本活动，请重新选择。", field="teams")
