"""Changes to pairings: who helps whom begins, ends and is handed over; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cadres.models import Cadre, Need, NeedStep, Pairing, Post, Team
from programs.actions import retire_unit
from programs.changes import action, check_day, check_place, required, saved, saved_all
from programs.models import Division, Program, Unit, User
from programs.refusals import Refusal
from programs.rules.wording import day_text
from villages.models import Household, Member

ONE_DAY = dt.timedelta(days=1)


class PairingEnded(Refusal):
    """The pairing has ended before."""


class SameHelper(Refusal):
    """A pairing is handed over to somebody else, not to the same."""


class NobodyHelped(Refusal):
    """The person or household to be helped has no place."""


@action
def pair_all(*, by: User, program: Program, pairings: Iterable[Pairing]) -> list[Pairing]:
    """Begin many pairings; the same rules as for one."""
    found = list(pairings)
    for pairing in found:
        pairing.program = program
        pairing.place = _place_of(pairing)
        check_place(pairing.place, program)
    return saved_all(found, program)


@action
def pair(
    *,
    by: User,
    program: Program,
    helper: Cadre | Unit | Team,
    helped: Division | Household | Member,
    mode: str,
    since: dt.date,
    until: dt.date | None = None,
    rank: int = 1,
    agreed_on: dt.date | None = None,
) -> Pairing:
    """Begin a pairing of a helper (cadre, unit, team) with whom it helps (place, household, person)."""
    pairing = Pairing(program=program, mode=mode, since=since, until=until, rank=rank, agreed_on=agreed_on)
    _set_helper(pairing, helper)
    match helped:
        case Division():
            pairing.division = helped
        case Household():
            pairing.household = helped
        case Member():
            pairing.member = helped
    return pair_all(by=by, program=program, pairings=[pairing])[0]


@action
def end_pairing(*, by: User, pairing: Pairing, on: dt.date, reason: str) -> Pairing:
    """End a pairing; ``on`` is its last day."""
    if pairing.until is not None:
        raise PairingEnded(f"该结对已于{day_text(pairing.until)}结束。", field="until")
    pairing.until, pairing.end_reason = on, required(reason, "结束原因", "end_reason")
    return saved(pairing)


@action
def hand_over(*, by: User, pairing: Pairing, to: Cadre | Unit | Team, on: dt.date, reason: str) -> Pairing:
    """Hand a pairing over from ``on``: the old one ends the day before, a new one begins and names it.

    Open needs of the helped that the old cadre answered for go to the new one, with a step that says so.
    """
    if pairing.helper == to:
        raise SameHelper(f"接替的帮扶方仍是“{to}”，请另选。", field="to")
    end_pairing(by=by, pairing=pairing, on=on - ONE_DAY, reason=reason)
    successor = Pairing(
        program=pairing.program,
        mode=pairing.mode,
        division=pairing.division,
        household=pairing.household,
        member=pairing.member,
        rank=pairing.rank,
        since=on,
        replaces=pairing,
    )
    _set_helper(successor, to)
    [successor] = pair_all(by=by, program=pairing.program, pairings=[successor])
    for need in needs_to_hand_over(pairing):
        need.responsible_cadre, need.responsible_unit, need.responsible_team = (
            successor.cadre,
            successor.unit,
            successor.team,
        )
        saved(need)
        saved(NeedStep(need=need, on=on, by=by, text=f"因结对调整，由{pairing.helper}移交{to}办理。"))
    return successor


def needs_to_hand_over(pairing: Pairing) -> list[Need]:
    """The hand-over list: open needs of the helped for which the pairing's helper answers."""
    needs = Need.objects.open().filter(program=pairing.program).order_by("raised_on", "pk")
    if pairing.household_id is not None:
        needs = needs.filter(household=pairing.household_id)
    else:
        needs = needs.filter(division=pairing.place_id)
    return list(
        needs.filter(
            responsible_cadre=pairing.cadre_id, responsible_unit=pairing.unit_id, responsible_team=pairing.team_id
        )
    )


@action
def sign_agreement(*, by: User, pairing: Pairing, on: dt.date) -> Pairing:
    """The two sides have signed their agreement (帮扶协议书)."""
    check_day(on, pairing.program, "agreed_on", "协议签订日期")
    pairing.agreed_on = on
    return saved(pairing)


@action
def merge_unit(*, by: User, unit: Unit, into: Unit, on: dt.date) -> Unit:
    """Merge a unit into another from ``on``: its pairings, posts and teams go on under the other, history stays."""
    last = on - ONE_DAY
    for pairing in Pairing.objects.filter(unit=unit, until__isnull=True).select_related("program", "place"):
        hand_over(by=by, pairing=pairing, to=into, on=on, reason=f"{unit}并入{into}")
    for post in Post.objects.filter(unit=unit, until__isnull=True).select_related("cadre", "division"):
        post.until = max(last, post.since)
        saved(post)
        saved(
            Post(
                cadre=post.cadre,
                unit=into,
                title=post.title,
                rank=post.rank,
                leadership=post.leadership,
                is_secondment=post.is_secondment,
                division=post.division,
                since=on,
            )
        )
    for team in Team.objects.filter(unit=unit, until__isnull=True):
        team.unit = into
        saved(team)
    return retire_unit(by=by, unit=unit, on=on, into=into)


def _set_helper(pairing: Pairing, helper: Cadre | Unit | Team) -> None:
    match helper:
        case Cadre():
            pairing.cadre = helper
        case Unit():
            pairing.unit = helper
        case Team():
            pairing.team = helper


def _place_of(pairing: Pairing) -> Division:
    """Where the helped is. One without a helped is left to the database's rule by the helper's own words."""
    if pairing.division is not None:
        return pairing.division
    if pairing.household is not None:
        return pairing.household.division
    member = pairing.member
    if member is None:
        raise NobodyHelped("请填写帮扶对象：镇村、农户或人员。", field="division")
    place = member.household.division if member.household is not None else member.division
    if place is None:
        raise NobodyHelped(f"“{member}”没有所在地，请先补充。", field="member")
    return place
