"""Changes to cadres, their posts and accounts, and named groups of cadres."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cadres.models import Cadre, CadreGroup, GroupSeat, Leadership, Post
from programs.changes import action, required, saved, saved_all
from programs.models import Division, Program, Unit, User
from programs.refusals import Refusal
from programs.rules.wording import day_text


class AccountTaken(Refusal):
    """The account belongs to another cadre, or the cadre has another account."""


class PostEnded(Refusal):
    """The post has ended before."""


class UnitGone(Refusal):
    """The unit has been closed or merged."""


@action
def add_cadres(*, by: User, cadres: Iterable[Cadre]) -> list[Cadre]:
    """Add many cadres; the same rules as for one."""
    found = list(cadres)
    for cadre in found:
        cadre.name = required(cadre.name, "姓名", "name")
    return saved_all(found)


@action
def add_cadre(*, by: User, name: str, phone: str = "", is_party_member: bool = True) -> Cadre:
    """Add a cadre; where they serve is said by ``appoint``."""
    return add_cadres(by=by, cadres=[Cadre(name=name, phone=phone, is_party_member=is_party_member)])[0]


@action
def give_account(*, by: User, cadre: Cadre, user: User) -> Cadre:
    """Say that an account is this cadre's; team, pairing and inspection roles follow from it."""
    other = Cadre.objects.filter(user=user).exclude(pk=cadre.pk).first()
    if other is not None:
        raise AccountTaken(f"账号“{user}”已属于“{other}”，请另选账号。", field="user")
    if cadre.user_id is not None and cadre.user_id != user.pk:
        raise AccountTaken(f"“{cadre}”已有账号“{cadre.user}”，请先解除。", field="user")
    cadre.user = user
    user.__dict__.pop("_grants", None)
    return saved(cadre)


@action
def appoint_all(*, by: User, posts: Iterable[Post]) -> list[Post]:
    """Enter many posts; the same rules as for one."""
    found = list(posts)
    for post in found:
        if post.unit.retired_on is not None and post.unit.retired_on <= post.since:
            raise UnitGone(f"“{post.unit}”已于{day_text(post.unit.retired_on)}撤并，请选择现有单位。", field="unit")
        post.title = required(post.title, "职务", "title")
    return saved_all(found)


@action
def appoint(
    *,
    by: User,
    cadre: Cadre,
    unit: Unit,
    title: str,
    since: dt.date,
    until: dt.date | None = None,
    leadership: str = Leadership.STAFF,
    rank: str = "",
    seconded_to: Division | None = None,
) -> Post:
    """Enter a cadre's post in a unit; several at once may hold. A secondment (挂职) names its place."""
    post = Post(
        cadre=cadre,
        unit=unit,
        title=title,
        since=since,
        until=until,
        leadership=leadership,
        rank=rank,
        is_secondment=seconded_to is not None,
        division=seconded_to,
    )
    return appoint_all(by=by, posts=[post])[0]


@action
def enroll_cadre(
    *,
    by: User,
    name: str,
    unit: Unit,
    title: str,
    since: dt.date,
    phone: str = "",
    is_party_member: bool = True,
    leadership: str = Leadership.STAFF,
    rank: str = "",
    seconded_to: Division | None = None,
) -> Cadre:
    """Add a cadre with the post held now: without one, nobody but the county office would find them again."""
    cadre = add_cadre(by=by, name=name, phone=phone, is_party_member=is_party_member)
    appoint(
        by=by,
        cadre=cadre,
        unit=unit,
        title=title,
        since=since,
        leadership=leadership,
        rank=rank,
        seconded_to=seconded_to,
    )
    return cadre


@action
def end_post(*, by: User, post: Post, on: dt.date) -> Post:
    """A cadre leaves a post; ``on`` is the last day in it."""
    if post.until is not None:
        raise PostEnded(f"“{post}”已于{day_text(post.until)}结束。", field="until")
    post.until = on
    return saved(post)


@action
def form_group(
    *,
    by: User,
    program: Program,
    name: str,
    formed_on: dt.date | None = None,
    unit: Unit | None = None,
    seats: Iterable[GroupSeat] = (),
) -> CadreGroup:
    """Form a named group (领导小组, 联合督导组) with its first seats."""
    group = saved(CadreGroup(program=program, name=required(name, "名称", "name"), unit=unit, formed_on=formed_on))
    found = list(seats)
    for seat in found:
        seat.group = group
    saved_all(found)
    return group
