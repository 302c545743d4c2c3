"""The home of each role: what is owed by me now, what is late in what I answer for, and the news."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from cadres.actions.duty import town_days
from cadres.duty_board import DutyMonth
from cadres.models import Duty, Leave, Need
from inspections.models import Finding, Inspection
from programs.figures.context import Context
from programs.figures.requirements import Result, current_period, evaluate_requirement
from programs.models import Program, Requirement, Role, User
from programs.permissions import PERMISSIONS, may
from programs.rules.wording import day_text, month_text
from programs.scoping import roles_in
from projects.models import Project
from reports.boards.dashboard import requirements_of
from reports.models import Bulletin

SHOWN = 4
NAMES_SHOWN = 3
SOON = dt.timedelta(days=14)
#: A register in which nobody wrote for so long is not kept.
KEPT = dt.timedelta(days=62)


@dataclass(frozen=True)
class Item:
    """One line of a home: what, by when, how urgent, and the page that begins the work."""

    text: str
    url: str
    tone: str = "soon"
    due: dt.date | None = None
    note: str = ""
    word: str = ""


@dataclass
class Home:
    """What a home shows."""

    now: list[Item] = field(default_factory=list)
    late: list[Item] = field(default_factory=list)
    news: list[Item] = field(default_factory=list)


def home_of(program: Program, user: User) -> Home:
    """The home of somebody in a program. The number of queries depends on the requirements, not on the rows."""
    context = Context(program, user)
    home = Home()
    for requirement in requirements_of(context):
        _requirement(home, context, requirement)
    _inspections(home, context, user)
    _needs(home, context, user)
    _findings(home, context, user)
    _projects(home, context, user)
    _leaves_to_answer(home, context, user)
    _duty(home, context, user)
    _own_leaves(home, context, user)
    _bulletins(home, context, user)
    home.late.sort(key=lambda item: item.due or context.day)
    return home


def _requirement(home: Home, context: Context, requirement: Requirement) -> None:
    """What is open in the current period is owed now; what is past its day is late, in this period or the last."""
    current = evaluate_requirement(requirement, context, current_period(requirement, context.day))
    judged = evaluate_requirement(requirement, context)
    for result in dict.fromkeys((judged, current)):
        if not result.counts["not_done"]:
            continue
        target = home.late if result.is_late else home.now
        target.append(_owed_item(result, context))


def _owed_item(result: Result, context: Context) -> Item:
    requirement, missing = result.requirement, result.counts["not_done"]
    names = result.names("not_done")[:NAMES_SHOWN] if missing <= NAMES_SHOWN else []
    label = "" if requirement.cadence == "once" else f"（{result.period.label}）"
    who = "、".join(names) if names else f"{missing}个{context.program.call(result.kind.label)}"
    url = reverse("reports:requirement-grid", args=[context.program.code, requirement.code])
    tone = "late" if result.is_late else "soon"
    until = f"{day_text(result.due)}截止" if result.due else "尚未定期限"
    return Item(
        text=f"{requirement.name}{label}：还有{who}未完成",
        url=f"{url}?period={result.period.start.isoformat()}&aspect=not_done",
        tone=tone,
        due=result.due,
        note=until,
    )


def _inspections(home: Home, context: Context, user: User) -> None:
    if not may(user, "inspection.record", context.program):
        return
    rows = Inspection.objects.visible_to(user).filter(round__program=context.program)
    left = rows.filter(visited_on__isnull=True, round__starts_on__lte=context.day).count()
    own = may(user, "tour.view", context.program)
    all_of_them = reverse(f"inspections:{'tour' if own else 'inspection'}-list", args=[context.program.code])
    if left:
        home.now.append(Item(text=context.program.say(f"还有{left}个工作队待督查"), url=all_of_them))
    follow = rows.awaiting_follow_up().filter(follow_up_on__lte=context.day + SOON)
    items = [
        Item(
            text=f"回访{row.team}",
            url=reverse("inspections:inspection-detail", args=[context.program.code, row.pk]),
            due=row.follow_up_on,
            note=f"{day_text(row.follow_up_on)}回访",
        )
        for row in follow.select_related("team").order_by("follow_up_on", "pk")[: SHOWN + 1]
    ]
    home.now += _few(items, "个督查对象两周内要回访", follow.count(), all_of_them)


def _needs(home: Home, context: Context, user: User) -> None:
    rows = Need.objects.visible_to(user).filter(program=context.program, due_on__lt=context.day).open()
    items = [
        _dated(
            f"诉求（{row.division}）：{row.text[:24]}",
            reverse("cadres:need-detail", args=[context.program.code, row.pk]),
            row.due_on,
            context,
        )
        for row in rows.select_related("division").order_by("due_on", "pk")[: SHOWN + 1]
    ]
    url = reverse("cadres:need-list", args=[context.program.code])
    home.late += _few(items, "件诉求已逾期", rows.count(), f"{url}?state=late", "late")


def _findings(home: Home, context: Context, user: User) -> None:
    rows = Finding.objects.visible_to(user).open().filter(program=context.program, due_on__isnull=False)
    url = reverse("inspections:finding-list", args=[context.program.code])
    for late in (True, False):
        chosen = rows.filter(due_on__lt=context.day) if late else rows.filter(due_on__gte=context.day)
        items = [
            _dated(
                f"整改（{row.team or row.unit}）：{row.category}",
                reverse("inspections:finding-detail", args=[context.program.code, row.pk]),
                row.due_on,
                context,
            )
            for row in chosen.select_related("team", "unit", "category").order_by("due_on", "pk")[: SHOWN + 1]
        ]
        words = "个问题整改已逾期" if late else "个问题正在整改"
        state = "late" if late else "open"
        found = _few(items, words, chosen.count(), f"{url}?state={state}", "late" if late else "soon")
        (home.late if late else home.now).extend(found)


def _projects(home: Home, context: Context, user: User) -> None:
    rows = Project.objects.visible_to(user).unfinished().filter(program=context.program, ended_on__isnull=True)
    url = reverse("projects:project-list", args=[context.program.code])
    for late in (True, False):
        chosen = (
            rows.filter(due_on__lt=context.day)
            if late
            else rows.filter(due_on__range=(context.day, context.day + SOON))
        )
        items = [
            _dated(
                f"项目：{row.name}",
                reverse("projects:project-detail", args=[context.program.code, row.pk]),
                row.due_on,
                context,
                row.due_text,
            )
            for row in chosen.order_by("due_on", "pk")[: SHOWN + 1]
        ]
        words = "个项目已过期限" if late else "个项目两周内到期"
        found = _few(items, words, chosen.count(), f"{url}?due=late" if late else url, "late" if late else "soon")
        (home.late if late else home.now).extend(found)


def _leaves_to_answer(home: Home, context: Context, user: User) -> None:
    """Each tier sees what waits for it; the longer ones wait for the county."""
    if not may(user, "leave.decide", context.program):
        return
    rows = Leave.objects.visible_to(user, PERMISSIONS["leave.decide"]).waiting().filter(team__program=context.program)
    for_town = rows.of_at_most(town_days(context.program))
    roles = roles_in(user, context.program.pk)
    rows = for_town if Role.TOWN in roles else rows.exclude(pk__in=for_town.values("pk"))
    items = [
        Item(
            text=f"{row.cadre}：{row}",
            url=reverse("cadres:leave-detail", args=[context.program.code, row.pk]),
            note=f"{row.days}天，{row.reason[:24]}",
            word="待审批",
        )
        for row in rows.select_related("cadre").order_by("since", "pk")[: SHOWN + 1]
    ]
    url = reverse("cadres:leave-list", args=[context.program.code])
    home.now += _few(items, "份请假报备待审批", rows.count(), f"{url}?state=waiting")


def _duty(home: Home, context: Context, user: User) -> None:
    """The month's register, for towns that keep one."""
    if Role.TOWN not in roles_in(user, context.program.pk):
        return
    kept = Duty.objects.visible_to(user, {Role.TOWN}).filter(team__program=context.program)
    if not kept.filter(on__gte=context.day - KEPT).exists():
        return
    missing = DutyMonth(context.program, user, {}, may_record=True).count_missing
    if missing:
        url = reverse("cadres:duty-grid", args=[context.program.code])
        home.now.append(Item(f"{month_text(context.day)}在岗登记：还有{missing}人次未登记", url, note="截至今天"))


def _own_leaves(home: Home, context: Context, user: User) -> None:
    """What became of what one asked for."""
    if Role.TEAM not in roles_in(user, context.program.pk):
        return
    rows = Leave.objects.visible_to(user).filter(team__program=context.program, cadre__user=user, withdrawn_on=None)
    recent = rows.filter(
        Q(approved_on=None, declined_on=None)
        | Q(approved_on__gte=context.day - SOON)
        | Q(declined_on__gte=context.day - SOON)
    )
    for row in recent.order_by("-since", "-pk")[:SHOWN]:
        url = reverse("cadres:leave-detail", args=[context.program.code, row.pk])
        if row.is_waiting:
            home.news.append(Item(f"我的{row}", url, "soon", note="已提交，等审批", word="待审批"))
        elif row.is_granted:
            home.news.append(Item(f"我的{row}", url, "done", note=f"{row.approved_by}批准", word="已批准"))
        else:
            said = f"{row.declined_by}：{row.decline_reason}"
            home.news.append(Item(f"我的{row}", url, "late", note=said, word="未批准"))


def _few(items: list[Item], words: str, total: int, url: str, tone: str = "soon") -> list[Item]:
    """The items themselves while they are few; else the first ones, and one line that leads to all of them."""
    if len(items) <= SHOWN:
        return items
    return [*items[: SHOWN - 1], Item(f"共{total}{words}", url, tone, items[SHOWN - 1].due, "查看全部")]


def _bulletins(home: Home, context: Context, user: User) -> None:
    rows = Bulletin.objects.visible_to(user).filter(program=context.program)
    for row in rows.order_by("-date", "-pk")[:SHOWN]:
        url = reverse("reports:bulletin-detail", args=[context.program.code, row.pk])
        name = row.called if row.is_report else f"{row.called}简报"
        if row.is_issued:
            words = name if row.is_report else f"{name}：{row.plain_title}"
            home.news.append(Item(words, url, "done", row.date, row.state_label))
        elif row.is_report or may(user, "bulletin.draft", context.program):
            home.now.append(Item(f"{name}待{_next_step(row)}", url, "soon", row.date, row.plain_title))
    closed = Need.objects.visible_to(user).filter(program=context.program, closed_on__isnull=False)
    for need in closed.select_related("division").order_by("-closed_on", "-pk")[:NAMES_SHOWN]:
        url = reverse("cadres:need-detail", args=[context.program.code, need.pk])
        home.news.append(Item(f"已销号（{need.division}）：{need.text[:24]}", url, "done", need.closed_on))


def _next_step(row: Bulletin) -> str:
    if row.is_report:
        return "定稿"
    return {"draft": "完稿", "review": "核稿", "signing": "签发"}[row.state]


def _dated(text: str, url: str, due: dt.date | None, context: Context, words: str = "") -> Item:
    late = due is not None and due < context.day
    said = words or day_text(due)
    return Item(text, url, "late" if late else "soon", due, f"{said}{'已过期' if late else '到期'}")
