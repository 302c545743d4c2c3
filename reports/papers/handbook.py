"""工作手册 of a cadre: both sides of every pairing, the tasks, and each action in order of time."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q
from django.utils import timezone

from cadres.models import (
    Cadre,
    Gift,
    Need,
    NeedStep,
    Pairing,
    Post,
    TeamMember,
    Visit,
    VisitHousehold,
    VisitParticipant,
)
from programs import clock
from programs.models import Program, User
from programs.permissions import PERMISSIONS
from programs.rules.wording import MONEY_UNIT, day_text, plain, word, written_unit
from reports.models import Paper
from reports.papers.cards import address_text, text_of
from reports.papers.kinds import PaperKind, TextPart, Wording, register_paper_kind, wording_of
from reports.papers.pages import Pages, Part
from reports.typesetting.document import Column, Table
from villages.models import Household, HouseholdTag

HANDBOOK = register_paper_kind(
    PaperKind(
        code=Paper.Kind.HANDBOOK,
        title="结对帮扶工作手册",
        about="每名干部一本：双方信息、任务和按时间排列的每次帮扶，由登记的走访、诉求、慰问自动生成。",
        parts=(
            TextPart(
                "tasks",
                "帮扶任务",
                "",
                help="一行一条，最多 8 条，每条不超过 60 字。空着就与联系卡上的任务相同。",
                lines=8,
                about="the tasks, one to a line; those of the card if left out",
                starts_empty=True,
            ),
            TextPart(
                "note",
                "使用说明",
                "本手册由平台按登记的数据生成，走访、诉求、慰问随时在平台登记，不必另行抄写。督查时以此为据。",
                help="最多 4 行，每行不超过 80 个字。",
                lines=4,
                longest=80,
                about="what stands under the tasks",
            ),
        ),
    )
)

#: Households named on one line of the record; more of them are counted.
MOST_NAMED = 6


@dataclass(order=True)
class Entry:
    """One line of the record; those of a day stand in the order in which they follow from each other."""

    moment: dt.datetime
    order: int
    number: int
    whom: str = field(compare=False)
    what: str = field(compare=False)
    lines: list[str] = field(compare=False)


@dataclass
class Book:
    """What is known of one cadre's work."""

    cadre: Cadre
    pairings: list[Pairing] = field(default_factory=list)
    seats: list[TeamMember] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    needs: dict[int, Need] = field(default_factory=dict)
    visited: Counter[int] = field(default_factory=Counter)
    given: Counter[int] = field(default_factory=Counter)


def handbooks_of(program: Program, user: User, cadres: Sequence[int]) -> list[Pages]:
    """The handbooks of some cadres, in their order, with what the user reaches of their work."""
    books = _books(program, cadres)
    _add_pairings(program, user, books)
    visits = _add_visits(program, user, books)
    _add_needs(program, user, books, visits)
    wording = wording_of(program, Paper.Kind.HANDBOOK)
    tasks = wording.lines("tasks") if wording.texts.get("tasks") else list(text_of(program).tasks)
    return [_pages(program, wording, tasks, books[pk]) for pk in cadres if pk in books]


def _books(program: Program, cadres: Iterable[int]) -> dict[int, Book]:
    day = clock.today(program)
    posts = Post.objects.active_on(day).select_related("unit__parent").order_by("is_secondment", "since", "pk")
    seats = TeamMember.objects.active_on(day).filter(team__program=program).select_related("team__village")
    rows = Cadre.objects.filter(pk__in=cadres).prefetch_related(
        Prefetch("posts", posts, to_attr="current_posts"),
        Prefetch("memberships", seats.order_by("since", "pk"), to_attr="current_seats"),
    )
    return {row.pk: Book(row, seats=row.current_seats) for row in rows}


# Both sides


def _add_pairings(program: Program, user: User, books: dict[int, Book]) -> None:
    tags = (
        HouseholdTag.objects.active_on(clock.today(program))
        .filter(tag__program=program)
        .select_related("tag")
        .order_by("tag__position", "pk")
    )
    reached = Pairing.objects.visible_to(user, PERMISSIONS["handbook.print"])
    rows = (
        reached.filter(program=program, cadre_id__in=books)
        .select_related(
            "household__division__parent__parent",
            "division__parent",
            "member__household__division__parent",
            "member__division__parent",
        )
        .prefetch_related(Prefetch("household__tags", tags, to_attr="current_tags"))
    )
    for row in rows.order_by("since", "place_id", "pk"):
        assert row.cadre_id is not None
        books[row.cadre_id].pairings.append(row)


def _helper_table(program: Program, book: Book) -> Table:
    posts: list[Post] = book.cadre.current_posts  # type: ignore[attr-defined]
    unit = posts[0].unit if posts else None
    office = unit and (unit.office_phone or (unit.parent.office_phone if unit.parent else ""))
    facts = [
        ("姓名", book.cadre.name, "政治面貌", "中共党员" if book.cadre.is_party_member else ""),
        ("单位", unit.name if unit else "", "职务", "、".join(post.title for post in posts)),
        ("办公电话", office or "", "手机", book.cadre.phone),
    ]
    for seat in book.seats:
        role = program.call(seat.get_role_display()) or program.word("member")
        facts.append((program.word("team"), seat.team.name, "身份", role))
    columns = (Column("", 2, "center"), Column("", 6), Column("", 2, "center"), Column("", 6))
    return Table("帮扶方", columns, tuple(facts))


def _helped_table(program: Program, book: Book) -> Table:
    rows = []
    raised, closed = Counter[int](), Counter[int]()
    for need in book.needs.values():
        if need.household_id:
            raised[need.household_id] += 1
            closed[need.household_id] += need.closed_on is not None
    for number, row in enumerate(book.pairings, start=1):
        name, place, tags, done = _helped(row)
        if row.household_id:
            key = row.household_id
            done = f"走访{book.visited[key]}次"
            done += f"，慰问{book.given[key]}次" if book.given[key] else ""
            done += f"，诉求{raised[key]}件、销号{closed[key]}件" if raised[key] else ""
        mode = program.call(row.get_mode_display())
        period = f"{_short(row.since)}起" if row.until is None else f"{_short(row.since)}至{_short(row.until)}"
        rows.append((str(number), name, place, tags, f"{mode}，{period}", done))
    columns = (
        Column("序号", 1.1, "center"),
        Column("姓名（名称）", 2.6),
        Column("住址", 4.4),
        Column("类别", 2.2),
        Column("结对", 3.2),
        Column("帮扶情况", 3.2),
    )
    return Table(f"帮扶对象（{len(rows)}个）", columns, tuple(rows))


def _helped(row: Pairing) -> tuple[str, str, str, str]:
    if row.household is not None:
        home: Household = row.household
        tags = "、".join(str(one.tag) for one in home.current_tags)  # type: ignore[attr-defined]
        return home.head, address_text(home.division, home.address), tags, ""
    if row.division is not None:
        above = row.division.parent
        return row.division.short_name, above.short_name if above and above.level >= 4 else "", "镇村", ""
    assert row.member is not None  # the database holds exactly one
    place = row.member.household.division if row.member.household else row.member.division
    return row.member.name, address_text(place, "") if place else "", "", ""


# The record


def _add_visits(program: Program, user: User, books: dict[int, Book]) -> dict[int, list[int]]:
    """Put each visit on record; returns by visit which of these cadres went."""
    went = VisitParticipant.objects.filter(cadre_id__in=books, visit__program=program)
    by_visit: dict[int, list[int]] = defaultdict(list)
    for visit_id, cadre_id in went.values_list("visit_id", "cadre_id").order_by("pk"):
        by_visit[visit_id].append(cadre_id)
    homes = VisitHousehold.objects.select_related("household").order_by("household__division_id", "household_id")
    visits = (
        Visit.objects.visible_to(user, PERMISSIONS["handbook.print"])
        .counted()
        .filter(pk__in=by_visit)
        .select_related("kind", "division")
        .prefetch_related(Prefetch("households", homes), "gifts__household", "quantities__item")
    )
    found = {}
    for visit in visits.order_by("happened_at", "pk"):
        found[visit.pk] = by_visit[visit.pk]
        entry = _visit_entry(visit)
        for cadre_id in by_visit[visit.pk]:
            book = books[cadre_id]
            book.entries.append(entry)
            book.visited.update(one.household_id for one in visit.households.all())
            book.given.update({gift.household_id for gift in visit.gifts.all() if gift.household_id})
    return found


def _visit_entry(visit: Visit) -> Entry:
    homes = list(visit.households.all())
    named = [one.household.head for one in homes]
    whom = "、".join(named[:MOST_NAMED]) + (f"等{len(named)}户" if len(named) > MOST_NAMED else "")
    lines = [text for text in (visit.said.strip(), visit.did.strip()) if text]
    differs = [one for one in homes if one.note or one.outcome != visit.outcome]
    for one in differs:
        outcome = one.get_outcome_display() if one.outcome != visit.outcome else ""
        lines.append(f"{one.household.head}：{'，'.join(filter(None, (outcome, one.note)))}")
    if gifts := [_gift_text(gift) for gift in visit.gifts.all()]:
        lines.append(f"慰问：{'；'.join(gifts)}")
    if done := [word(one.amount, one.item.unit) for one in visit.quantities.all()]:
        names = [str(one.item) for one in visit.quantities.all()]
        lines.append("完成：" + "；".join(f"{name}{amount}" for name, amount in zip(names, done, strict=True)))
    what = f"{visit.kind}（{visit.get_outcome_display()}）" if homes else str(visit.kind)
    return Entry(timezone.localtime(visit.happened_at), 0, visit.pk, whom or str(visit.division), what, lines)


def _gift_text(gift: Gift) -> str:
    whom = gift.household.head if gift.household else ""
    amount = word(gift.amount, MONEY_UNIT) if gift.amount else ""
    if not gift.goods:
        return f"{whom}慰问金{amount}"
    quantity = f"{plain(gift.quantity)}{written_unit(gift.unit_name)}" if gift.quantity else ""
    return f"{whom}{gift.goods}{quantity}" + (f"（价值{amount}）" if amount else "")


def _add_needs(program: Program, user: User, books: dict[int, Book], visits: dict[int, list[int]]) -> None:
    rows = (
        Need.objects.visible_to(user, PERMISSIONS["handbook.print"])
        .filter(Q(responsible_cadre_id__in=books) | Q(visit_id__in=visits), program=program)
        .select_related("category", "household", "division")
        .prefetch_related(Prefetch("steps", NeedStep.objects.order_by("on", "pk")))
    )
    for need in rows.order_by("raised_on", "pk"):
        whose = set(visits.get(need.visit_id or 0, ()))
        if need.responsible_cadre_id in books:
            whose.add(need.responsible_cadre_id)
        entries = list(_need_entries(need))
        for cadre_id in whose:
            books[cadre_id].needs[need.pk] = need
            books[cadre_id].entries += entries


def _need_entries(need: Need) -> Iterable[Entry]:
    whom = need.household.head if need.household else str(need.division)
    due = f"办理期限{day_text(need.due_on)}。" if need.due_on else ""
    yield Entry(_end_of(need.raised_on), 1, need.pk, whom, "提出诉求", [f"【{need.category}】{need.text}{due}"])
    for step in need.steps.all():
        lines = [step.text]
        if step.kind == NeedStep.Kind.CLOSED and need.close_evidence and step.on == need.closed_on:
            lines.append(f"佐证：{need.close_evidence}")
        yield Entry(_end_of(step.on), 2, step.pk, whom, step.get_kind_display(), lines)


def _end_of(day: dt.date) -> dt.datetime:
    """A need has a day and no hour: it stands after the visits of its day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))


# The paper


def _pages(program: Program, wording: Wording, tasks: Sequence[str], book: Book) -> Pages:
    posts: list[Post] = book.cadre.current_posts  # type: ignore[attr-defined]
    unit = posts[0].unit.short_name if posts else ""
    today = day_text(clock.today(program))
    entries = sorted(book.entries)
    record = tuple(
        (str(number), _short(entry.moment), entry.whom, entry.what, "\n".join(entry.lines))
        for number, entry in enumerate(entries, start=1)
    )
    columns = (
        Column("序号", 1, "center"),
        Column("日期", 2.2, "center"),
        Column("对象", 3),
        Column("事项", 2.4),
        Column("情况", 8),
    )
    helped, ledger = _helped_table(program, book), _ledger(book)
    lines = [f"{number}.{task}" for number, task in enumerate(tasks, start=1)]
    return Pages(
        title=wording.title,
        head=" · ".join(filter(None, (wording.title, unit, book.cadre.name))),
        under_title=f"{program.office}　截至{today}",
        notice="演示数据" if program.is_demonstration else "内部资料　注意保管",
        foot=f"{program.name}",
        author=program.office,
        parts=(
            Part("双方信息", tables=(_helper_table(program, book), helped)),
            Part("帮扶任务", paragraphs=(*lines, *wording.lines("note"))),
            Part(
                f"帮扶记录{len(record)}条" if record else "帮扶记录",
                tables=(Table("", columns, record),),
                empty=f"截至{today}还没有登记走访、诉求和慰问。",
            ),
            Part(
                f"诉求台账{len(ledger.rows)}件" if ledger.rows else "诉求台账",
                tables=(ledger,),
                empty=f"截至{today}没有经手的诉求。",
            ),
        ),
    )


def _short(day: dt.date) -> str:
    """A day as narrow columns hold it: 2011.1.4."""
    return f"{day.year}.{day.month}.{day.day}"


def _ledger(book: Book) -> Table:
    rows = []
    for number, need in enumerate(sorted(book.needs.values(), key=lambda one: (one.raised_on, one.pk)), start=1):
        state = f"{_short(need.closed_on)}销号" if need.closed_on else "办理中"
        whom = need.household.head if need.household else str(need.division)
        rows.append((str(number), _short(need.raised_on), whom, str(need.category), need.text, state))
    columns = (
        Column("序号", 1, "center"),
        Column("提出日期", 2.2, "center"),
        Column("对象", 2.5),
        Column("类别", 2),
        Column("内容", 5.5),
        Column("结果", 3.2),
    )
    return Table("", columns, tuple(rows))
