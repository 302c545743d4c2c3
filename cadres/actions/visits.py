"""Changes to visits: logging, correcting and voiding them; a visit once received is never altered."""

from __future__ import annotations

import datetime as dt
import uuid as uuids
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cadres.actions.needs import raise_needs
from cadres.models import (
    Cadre,
    Gift,
    Leadership,
    Need,
    Post,
    Team,
    TeamMember,
    Visit,
    VisitHousehold,
    VisitParticipant,
    VisitQuantity,
)
from programs import clock
from programs.changes import action, check_moment, check_place, check_running, required, saved, saved_all
from programs.models import Division, Program, Term, Unit, User
from programs.refusals import BadField, Refusal
from villages.models import Household


class NobodyWent(Refusal):
    """A visit needs at least one participant."""


class UuidTaken(Refusal):
    """Another person's visit bears this number."""


class AlreadyCorrected(Refusal):
    """The version has been replaced by a later one; corrections go to the latest."""


class VisitVoided(Refusal):
    """A voided visit is not corrected."""


class NothingChanged(Refusal):
    """A correction has to change something it knows."""


@dataclass(frozen=True)
class Participant:
    """Somebody who went. What is not given is taken from posts and teams as they were that day."""

    cadre: Cadre
    unit: Unit | None = None
    team: Team | None = None
    leadership: str = ""


@dataclass(frozen=True)
class VisitedHousehold:
    """A household on the trip, with a word of its own where it differs."""

    household: Household
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True)
class GivenGift:
    """Money or goods handed over on the trip; ``amount`` in yuan."""

    kind: str = Gift.Kind.MONEY
    amount: Decimal | None = None
    goods: str = ""
    quantity: Decimal | None = None
    unit_name: str = ""
    household: Household | None = None
    source: Term | None = None
    unit: Unit | None = None


@dataclass(frozen=True)
class HeardNeed:
    """A need heard on the trip."""

    category: Term
    text: str
    household: Household | None = None
    due_on: dt.date | None = None
    persons: int = 1
    responsible: Cadre | Unit | Team | None = None


@dataclass(frozen=True)
class VisitDraft:
    """All that is said of one visit before it is logged."""

    division: Division
    kind: Term
    happened_at: dt.datetime
    participants: Sequence[Participant | Cadre]
    households: Sequence[VisitedHousehold | Household] = ()
    outcome: str = Visit.Outcome.MET
    said: str = ""
    did: str = ""
    gifts: Sequence[GivenGift] = ()
    quantities: Sequence[tuple[Term, Decimal]] = ()
    needs: Sequence[HeardNeed] = ()
    uuid: uuids.UUID = field(default_factory=uuids.uuid4)
    received_at: dt.datetime | None = None

    @property
    def day(self) -> dt.date:
        """The local day of the visit."""
        return timezone.localdate(self.happened_at)


@action
def log_visits(*, by: User, program: Program, visits: Iterable[VisitDraft]) -> list[Visit]:
    """Log many visits; the same rules as for one. Who went is kept with unit, team and position as of that day."""
    drafts = list(visits)
    for draft in drafts:
        _check_draft(draft, program)
    rows = [_visit_of(draft, program, by) for draft in drafts]
    _write(rows, drafts, program)
    raise_needs(
        by=by,
        program=program,
        needs=[_need_of(need, visit, draft) for visit, draft in zip(rows, drafts, strict=True) for need in draft.needs],
    )
    return rows


@action
def log_visit(
    *,
    by: User,
    program: Program,
    division: Division,
    kind: Term,
    happened_at: dt.datetime,
    participants: Sequence[Participant | Cadre],
    households: Sequence[VisitedHousehold | Household] = (),
    outcome: str = Visit.Outcome.MET,
    said: str = "",
    did: str = "",
    gifts: Sequence[GivenGift] = (),
    quantities: Sequence[tuple[Term, Decimal]] = (),
    needs: Sequence[HeardNeed] = (),
    uuid: uuids.UUID | None = None,
    received_at: dt.datetime | None = None,
) -> Visit:
    """Log one trip to a village, perhaps to some of its households, with what was said, done, given and heard.

    A visit that arrives twice with the same ``uuid`` from the same person (a phone trying again) is logged once.
    """
    draft = VisitDraft(
        division=division,
        kind=kind,
        happened_at=happened_at,
        participants=participants,
        households=households,
        outcome=outcome,
        said=said,
        did=did,
        gifts=gifts,
        quantities=quantities,
        needs=needs,
        received_at=received_at,
    )
    if uuid is not None:
        known = Visit.objects.filter(uuid=uuid).first()
        if known is not None:
            if known.recorded_by_id != by.pk or known.program_id != program.pk:
                raise UuidTaken("这个走访编号已被别的记录使用，请重新新建走访。", field="uuid")
            return known
        draft = replace(draft, uuid=uuid)
    return log_visits(by=by, program=program, visits=[draft])[0]


#: What a correction may say anew; everything else is copied from the version it replaces.
CORRECTABLE = frozenset(
    {"division", "kind", "happened_at", "participants", "households", "outcome", "said", "did", "gifts", "quantities"}
)


@action
def correct_visit(*, by: User, visit: Visit, reason: str, **changes: Any) -> Visit:
    """Append a new version of a visit. ``changes`` names what differs (as for ``log_visit``); the rest is copied.

    Participants that are copied keep unit, team and position of the first version. Needs heard follow the new version.
    """
    if unknown := changes.keys() - CORRECTABLE:
        raise BadField(f"走访没有“{'、'.join(sorted(unknown))}”可更正。")
    if not changes:
        raise NothingChanged("没有要更正的内容，请先修改再提交。")
    old = _open_for_correction(visit)
    reason = required(reason, "更正原因", "correction_reason")
    draft = replace(draft_of(old), **changes)
    _check_draft(draft, old.program)
    return _supersede(old, draft, by, reason, is_void=False)


@action
def void_visit(*, by: User, visit: Visit, reason: str) -> Visit:
    """Take a visit back: a new, void version replaces it, so that it no longer counts but stays to be seen."""
    old = _open_for_correction(visit)
    return _supersede(old, draft_of(old), by, required(reason, "作废原因", "correction_reason"), is_void=True)


def draft_of(visit: Visit) -> VisitDraft:
    """All that a logged visit says, as a draft; needs have a life of their own and are left out."""
    return VisitDraft(
        division=visit.division,
        kind=visit.kind,
        happened_at=visit.happened_at,
        participants=[
            Participant(one.cadre, one.unit, one.team, one.leadership)
            for one in visit.participants.select_related("cadre", "unit", "team").order_by("pk")
        ],
        households=[
            VisitedHousehold(one.household, one.outcome, one.note)
            for one in visit.households.select_related("household").order_by("pk")
        ],
        outcome=visit.outcome,
        said=visit.said,
        did=visit.did,
        gifts=[
            GivenGift(
                kind=one.kind,
                amount=one.amount,
                goods=one.goods,
                quantity=one.quantity,
                unit_name=one.unit_name,
                household=one.household,
                source=one.source,
                unit=one.unit,
            )
            for one in visit.gifts.select_related("household", "source", "unit").order_by("pk")
        ],
        quantities=[(one.item, one.amount) for one in visit.quantities.select_related("item").order_by("pk")],
    )


def _open_for_correction(visit: Visit) -> Visit:
    # The lock makes two corrections at once wait for each other; the second then finds an old version.
    found = Visit.objects.select_for_update(of=("self",)).select_related("program", "division", "kind").get(pk=visit.pk)
    check_running(found.program)
    if not found.is_current:
        raise AlreadyCorrected("这次走访已被更正过，请打开最新的一版再更正。")
    if found.is_void:
        raise VisitVoided("这次走访已作废，不能再更正；如确有走访，请重新登记。")
    return found


def _supersede(old: Visit, draft: VisitDraft, by: User, reason: str, *, is_void: bool) -> Visit:
    old.is_current = False
    old.save(update_fields=["is_current"])
    new = _visit_of(draft, old.program, by)
    new.replaces, new.correction_reason, new.is_void = old, reason, is_void
    _write([new], [draft], old.program)
    for need in old.needs.all():
        need.visit = new
        saved(need)
    return new


def _check_draft(draft: VisitDraft, program: Program) -> None:
    check_place(draft.division, program)
    check_moment(draft.happened_at, program, "happened_at", "走访时间")
    if not draft.participants:
        raise NobodyWent("请选择至少一名走访人。", field="participants")
    for one in _visited(draft):
        if not one.household.division_id.startswith(draft.division.code):
            raise BadField(f"{one.household}不在“{draft.division}”，请核对村或农户。", field="households")


def _visit_of(draft: VisitDraft, program: Program, by: User) -> Visit:
    return Visit(
        uuid=draft.uuid,
        program=program,
        division=draft.division,
        kind=draft.kind,
        happened_at=draft.happened_at,
        received_at=draft.received_at or clock.now(program),
        recorded_by=by,
        outcome=draft.outcome,
        said=draft.said.strip(),
        did=draft.did.strip(),
    )


def _write(rows: list[Visit], drafts: list[VisitDraft], program: Program) -> None:
    """Write visits with all that hangs on them."""
    saved_all(rows, program)
    pairs = list(zip(rows, drafts, strict=True))
    snapshot = _Snapshot(program, drafts)
    saved_all(snapshot.participant(visit, draft, one) for visit, draft in pairs for one in draft.participants)
    saved_all(
        VisitHousehold(visit=visit, household=one.household, outcome=one.outcome or draft.outcome, note=one.note)
        for visit, draft in pairs
        for one in _visited(draft)
    )
    saved_all((_gift_of(one, visit, draft) for visit, draft in pairs for one in draft.gifts), program)
    saved_all(
        (
            VisitQuantity(visit=visit, item=item, amount=amount)
            for visit, draft in pairs
            for item, amount in draft.quantities
        ),
        program,
    )


def _visited(draft: VisitDraft) -> list[VisitedHousehold]:
    return [VisitedHousehold(one) if isinstance(one, Household) else one for one in draft.households]


def _gift_of(gift: GivenGift, visit: Visit, draft: VisitDraft) -> Gift:
    return Gift(
        program=visit.program,
        division=visit.division,
        visit=visit,
        unit=gift.unit,
        household=gift.household,
        kind=gift.kind,
        source=gift.source,
        given_on=draft.day,
        amount=gift.amount,
        goods=gift.goods,
        quantity=gift.quantity,
        unit_name=gift.unit_name,
    )


def _need_of(need: HeardNeed, visit: Visit, draft: VisitDraft) -> Need:
    row = Need(
        visit=visit,
        division=draft.division,
        household=need.household,
        category=need.category,
        text=need.text,
        persons=need.persons,
        raised_on=draft.day,
        due_on=need.due_on,
    )
    match need.responsible:
        case Cadre():
            row.responsible_cadre = need.responsible
        case Unit():
            row.responsible_unit = need.responsible
        case Team():
            row.responsible_team = need.responsible
    return row


_RANKED = [Leadership.PRINCIPAL, Leadership.DEPUTY, Leadership.MIDDLE, Leadership.STAFF]


class _Snapshot:
    """Posts and team seats of those who went, read once for all visits."""

    def __init__(self, program: Program, drafts: list[VisitDraft]) -> None:
        cadres = {one.pk if isinstance(one, Cadre) else one.cadre.pk for draft in drafts for one in draft.participants}
        self.posts: dict[int, list[Post]] = defaultdict(list)
        self.seats: dict[int, list[TeamMember]] = defaultdict(list)
        for post in Post.objects.filter(cadre__in=cadres).select_related("unit").order_by("-since", "pk"):
            self.posts[post.cadre_id].append(post)
        seats = TeamMember.objects.filter(cadre__in=cadres, team__program=program).select_related("team", "unit")
        for seat in seats.order_by("-since", "pk"):
            self.seats[seat.cadre_id].append(seat)

    def participant(self, visit: Visit, draft: VisitDraft, going: Participant | Cadre) -> VisitParticipant:
        """Who went, in what position that day: in the visited village's own team first, else by the highest post."""
        given = going if isinstance(going, Participant) else Participant(going)
        seat = self._seat(given, draft)
        team = given.team or (seat.team if seat else None)
        post = self._post(given, draft.day, seat)
        unit = given.unit or (seat.unit if seat else None) or (post.unit if post else None)
        leadership = given.leadership or (post.leadership if post else Leadership.STAFF)
        return VisitParticipant(visit=visit, cadre=given.cadre, unit=unit, team=team, leadership=leadership)

    def _seat(self, given: Participant, draft: VisitDraft) -> TeamMember | None:
        held = [seat for seat in self.seats[given.cadre.pk] if seat.is_active_on(draft.day)]
        if given.team is not None:
            held = [seat for seat in held if seat.team_id == given.team.pk]
        at_home = [seat for seat in held if draft.division.code.startswith(seat.team.village_id)]
        return next(iter(at_home or held), None)

    def _post(self, given: Participant, day: dt.date, seat: TeamMember | None) -> Post | None:
        held = [post for post in self.posts[given.cadre.pk] if post.is_active_on(day)]
        wanted = given.unit.pk if given.unit else seat.unit_id if seat else None
        if wanted is not None:
            held = [post for post in held if post.unit_id == wanted]
        return min(held, key=lambda post: _RANKED.index(Leadership(post.leadership)), default=None)
