"""公示牌 of a village: who helps, who is helped, promises, problems, leaders' comments, what was closed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from cadres.models import Need, NeedStep, Pairing, Post, Team, TeamMember
from programs import clock
from programs.models import Program
from programs.rules.wording import day_text
from programs.scoping import code_range
from reports.models import NoticeBoard, Paper
from reports.papers.cards import Helper, helper_of, pairings_of
from reports.papers.kinds import PaperKind, TextPart, Wording, register_paper_kind, wording_of
from villages.models import Household, Village

BOARD = register_paper_kind(
    PaperKind(
        code=Paper.Kind.BOARD,
        title="结对帮扶公示牌",
        about="每村一块，A3 横幅：帮扶人员和电话、包扶对象、服务承诺、需要解决的问题、领导点评、销号情况。",
        asks_names=True,
        parts=(
            TextPart("people", "帮扶人员一栏的标题", "帮扶人员", longest=12, about="heading above whoever helps"),
            TextPart("helped", "包扶对象一栏的标题", "帮扶对象", longest=12, about="heading above the households"),
            TextPart(
                "promises",
                "服务承诺",
                "定期入户走访，听取群众意见。\n反映的问题及时答复，办结一件销号一件。\n不给村里和群众添负担。",
                help="一行一条，最多 6 条，每条不超过 60 字。工作队自己登记了承诺的，印工作队的。",
                lines=6,
                about="the promises, one to a line; those of the village's team come first",
            ),
            TextPart(
                "left_out",
                "不公示的诉求类别",
                "",
                help="一行一类，写类别的名称，如纠纷；最多 12 类。这些类别的诉求不上牌，也不计入数目。",
                lines=12,
                longest=30,
                about="labels or codes of categories of needs that stay off the board, one to a line",
            ),
            TextPart(
                "note",
                "二维码旁的说明",
                "扫一扫看最新进展，也可以写意见建议，不留姓名也行。",
                help="最多 2 行，每行不超过 40 个字。",
                lines=2,
                longest=40,
                about="what stands beside the code",
            ),
        ),
    )
)

_PERSONAL = re.compile(r"\d{17}[\dXx]|(?<!\d)1\d{10}(?!\d)")


@dataclass(frozen=True)
class Member:
    """Somebody who helps, with what everybody may know."""

    helper: Helper
    role: str = ""


@dataclass(frozen=True)
class Matter:
    """A problem or a comment about the whole village; what one household asked for is only counted."""

    text: str
    label: str = ""
    note: str = ""


@dataclass(frozen=True)
class Board:
    """What stands on a village's board; ``names`` are heads of households by group, where the program prints them."""

    wording: Wording
    village: str
    town: str
    office: str
    as_of: str
    team: str
    units: tuple[Helper, ...]
    members: tuple[Member, ...]
    households: int
    names: tuple[tuple[str, tuple[str, ...]], ...]
    promises: tuple[str, ...]
    open_by: tuple[tuple[str, int], ...]
    open_matters: tuple[Matter, ...]
    comments: tuple[Matter, ...]
    comment_count: int
    closed_by: tuple[tuple[str, int], ...]
    closed_matters: tuple[Matter, ...]
    url: str
    notice: str = ""

    @property
    def open_count(self) -> int:
        """How many problems are open."""
        return sum(count for _, count in self.open_by)

    @property
    def closed_count(self) -> int:
        """How many were closed."""
        return sum(count for _, count in self.closed_by)

    @property
    def progress(self) -> list[tuple[str, int, int]]:
        """By category how many problems are open, and how many closed."""
        unclosed, closed = dict(self.open_by), dict(self.closed_by)
        labels = sorted(unclosed | closed, key=lambda one: (-unclosed.get(one, 0) - closed.get(one, 0), one))
        return [(label, unclosed.get(label, 0), closed.get(label, 0)) for label in labels]


def board_of(program: Program, village: Village) -> Board:
    """What stands on the board of a village that was loaded with its place."""
    wording = wording_of(program, Paper.Kind.BOARD)
    teams = _teams(program, village)
    units, members = _helpers(program, village, teams)
    pairings = list(_household_pairings(program, village))
    households = {row.household_id for row in pairings}
    needs = list(_needs(program, village, wording))
    closed = [one for one in needs if one.closed_on is not None]
    unclosed = [one for one in needs if one.closed_on is None]
    comments = [step for need in needs for step in need.comments]  # type: ignore[attr-defined]
    shared = [step for step in comments if step.need.household_id is None]
    promises = [line for team in teams for line in team.promises.splitlines() if line.strip()]
    parent = village.division.parent
    return Board(
        wording=wording,
        village=village.name,
        town=parent.short_name if parent is not None else "",
        office=program.office,
        as_of=day_text(clock.today(program)),
        team="、".join(team.name for team in teams),
        units=units,
        members=members,
        households=len(households),
        names=_names(village, pairings) if wording.names_in_print else (),
        promises=tuple(_numbered(promises or wording.lines("promises"))),
        open_by=_by_category(unclosed),
        open_matters=tuple(
            Matter(_public(one.text), str(one.category), f"期限{day_text(one.due_on)}" if one.due_on else "")
            for one in unclosed
            if one.household_id is None
        ),
        comments=tuple(Matter(_public(step.text), day_text(step.on)) for step in reversed(shared)),
        comment_count=len(comments),
        closed_by=_by_category(closed),
        closed_matters=tuple(
            Matter(_public(one.text), str(one.category), f"{day_text(one.closed_on)}销号：{_public(one.close_reason)}")
            for one in sorted(closed, key=lambda one: one.closed_on or one.raised_on, reverse=True)
            if one.household_id is None
        ),
        url=board_address(token_of(program, village)),
        notice="演示数据" if program.is_demonstration else "",
    )


def token_of(program: Program, village: Village) -> str:
    """The token of a village's board, made when it is first printed."""
    NoticeBoard.objects.bulk_create([NoticeBoard(program=program, village=village)], ignore_conflicts=True)
    tokens = NoticeBoard.objects.filter(program=program, village=village).values_list("token", flat=True)
    return str(tokens[0])


def board_address(token: str) -> str:
    """The address in the code."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("board-public", args=[token])


def board_behind(token: str) -> NoticeBoard | None:
    """The board whose code somebody scanned."""
    found: NoticeBoard | None = (
        NoticeBoard.objects.filter(token=token)
        .select_related("program__jurisdiction", "village__division__parent")
        .first()
    )
    return found


# Who helps


def _teams(program: Program, village: Village) -> list[Team]:
    day = clock.today(program)
    posts = Post.objects.active_on(day).select_related("unit__parent").order_by("is_secondment", "since", "pk")
    seats = (
        TeamMember.objects.active_on(day)
        .select_related("cadre", "unit")
        .prefetch_related(Prefetch("cadre__posts", posts, to_attr="current_posts"))
    )
    rows = Team.objects.active_on(day).filter(program=program, village=village).select_related("unit")
    return list(rows.prefetch_related(Prefetch("members", seats, to_attr="current_members")).order_by("since", "pk"))


_ROLES = {role: order for order, role in enumerate(TeamMember.Role.values)}


def _helpers(
    program: Program, village: Village, teams: Sequence[Team]
) -> tuple[tuple[Helper, ...], tuple[Member, ...]]:
    """Units that help the village, and people: the team's first, then leaders, then whoever helps households."""
    units: dict[int, Helper] = {}
    members: dict[int, Member] = {}
    for team in teams:
        if team.unit is not None:
            units[team.unit.pk] = Helper(team.unit.short_name, unit=team.unit.name, phone=team.unit.office_phone)
        seats = sorted(team.current_members, key=lambda one: (_ROLES[one.role], one.pk))  # type: ignore[attr-defined]
        for seat in seats:
            role = program.call(seat.get_role_display()) or program.word("member")
            members[seat.cadre_id] = Member(_seated(seat), role)
    found = pairings_in(program, village).order_by("household_id", "rank", "since", "pk")
    for row in found:
        helper = helper_of(row)
        if row.unit is not None:
            units.setdefault(row.unit.pk, helper)
        elif row.cadre_id is not None and row.cadre_id not in members:
            role = program.call(row.get_mode_display()) if row.division_id else ""
            members[row.cadre_id] = Member(helper, role)
    return tuple(units.values()), tuple(members.values())


def _seated(seat: TeamMember) -> Helper:
    posts: list[Post] = seat.cadre.current_posts  # type: ignore[attr-defined]
    post = next((one for one in posts if one.unit_id == seat.unit_id), None)
    phone = seat.unit.office_phone or (post and post.unit.parent and post.unit.parent.office_phone) or ""
    return Helper(seat.cadre.name, seat.unit.short_name, post.title if post else "", phone, seat.cadre_id)


def pairings_in(program: Program, village: Village) -> QuerySet[Pairing]:
    """Pairings that hold today with the village itself, its groups or somebody in it."""
    day = clock.today(program)
    posts = Post.objects.active_on(day).select_related("unit__parent").order_by("is_secondment", "since", "pk")
    rows: QuerySet[Pairing] = (
        Pairing.objects.active_on(day)
        .filter(code_range("place_id", village.pk), program=program)
        .select_related("cadre", "unit", "team__unit")
        .prefetch_related(Prefetch("cadre__posts", posts, to_attr="current_posts"))
    )
    return rows


# Who is helped


def _household_pairings(program: Program, village: Village) -> Iterable[Pairing]:
    rows = pairings_of(program).filter(code_range("place_id", village.pk), household__moved_out_on__isnull=True)
    return rows.select_related("household__division").order_by("household__division_id", "household__pinyin", "pk")


def _names(village: Village, pairings: Iterable[Pairing]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    groups: dict[str, dict[int, str]] = {}
    for row in pairings:
        home: Household | None = row.household
        if home is not None:
            group = home.division.short_name if home.division_id != village.pk else ""
            groups.setdefault(group, {})[home.pk] = home.head
    return tuple((group, tuple(heads.values())) for group, heads in groups.items())


# What is asked for


def _needs(program: Program, village: Village, wording: Wording) -> QuerySet[Need]:
    left_out = wording.lines("left_out")
    comments = NeedStep.objects.filter(kind=NeedStep.Kind.COMMENT).select_related("need").order_by("on", "pk")
    rows: QuerySet[Need] = (
        Need.objects.filter(code_range("division_id", village.pk), program=program)
        .filter(raised_on__lte=clock.today(program))
        .exclude(category__label__in=left_out)
        .exclude(category__code__in=left_out)
        .select_related("category")
        .prefetch_related(Prefetch("steps", comments, to_attr="comments"))
    )
    return rows.order_by("raised_on", "pk")


def _by_category(needs: Iterable[Need]) -> tuple[tuple[str, int], ...]:
    counts = Counter(str(one.category) for one in needs)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _public(text: str) -> str:
    """A text without the numbers of persons, should somebody have written them down."""
    return _PERSONAL.sub("****", text.strip())


def _numbered(lines: Iterable[str]) -> list[str]:
    """Promises with numbers of one kind, whatever somebody typed in front of them."""
    bare = [re.sub(r"^\s*([一二三四五六七八九十]+、|\d+[.．、])\s*", "", line).strip() for line in lines]
    return [f"{number}.{line}" for number, line in enumerate(filter(None, bare), start=1)]
