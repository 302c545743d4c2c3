"""Parts of a village's booklet: its households, who helps, what was asked for and what is being built."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db.models import Prefetch, QuerySet

from cadres.models import Need, Pairing, TeamMember
from programs.rules.wording import MONEY_UNIT, day_text, word_range
from programs.scoping import code_range
from projects.models import Fund, Project
from reports.papers.board import pairings_in
from reports.papers.pages import Part
from reports.papers.village_parts import NUMBER, Reader
from reports.typesetting.document import Column, Table
from villages.models import (
    Honour,
    Household,
    HouseholdTag,
)


def households(reader: Reader) -> Part:
    tags = (
        HouseholdTag.objects.active_on(reader.day)
        .filter(tag__program=reader.program)
        .select_related("tag")
        .order_by("tag__position", "pk")
    )
    homes: list[Household] = list(
        reader.of(Household.objects.filter(code_range("division_id", reader.village.pk), moved_out_on__isnull=True))
        .select_related("division")
        .prefetch_related(Prefetch("tags", tags, to_attr="current_tags"))
        .order_by("division_id", "pinyin", "pk")
    )
    labels: Counter[str] = Counter()
    tagged = []
    for home in homes:
        current = list(dict.fromkeys(str(one.tag) for one in home.current_tags))  # type: ignore[attr-defined]
        labels.update(current)
        if current:
            tagged.append((home, "、".join(current)))
    counts = "，".join(f"{label}{count}户" for label, count in labels.most_common())
    rows = tuple(
        (str(number), _group(home, reader), home.head, home.number, kinds)
        for number, (home, kinds) in enumerate(tagged, start=1)
    )
    summary = f"登记农户{len(homes)}户" + (f"，其中{counts}（一户可有几类）。" if counts else "，没有登记类别。")
    honours = reader.of(
        Honour.objects.filter(code_range("household__division_id", reader.village.pk), program=reader.program)
    ).select_related("household", "kind")
    given = tuple(
        (str(number), one.household.head, str(one.kind), day_text(one.given_on), one.given_by)
        for number, one in enumerate(honours.order_by("given_on", "pk"), start=1)
    )
    kinds = (NUMBER, Column("组（屯）", 3.5), Column("户主", 3.5), Column("户编号", 3), Column("类别", 5))
    honoured = (NUMBER, Column("户主", 3), Column("荣誉", 4), Column("日期", 3), Column("授予单位", 5))
    return Part(
        "农户和荣誉",
        paragraphs=(summary,) if homes else (),
        tables=(Table("按类别登记的农户", kinds, rows), Table("荣誉", honoured, given)),
        empty="没有登记农户和荣誉。",
    )


def _group(home: Household, reader: Reader) -> str:
    return home.division.short_name if home.division_id != reader.village.pk else ""


def helpers(reader: Reader) -> Part:
    members = (
        reader.of(
            TeamMember.objects.active_on(reader.day).filter(
                team__program=reader.program, team__village=reader.village, team__until__isnull=True
            )
        )
        .select_related("team", "cadre", "unit")
        .order_by("team_id", "pk")
    )
    program = reader.program
    rows = [
        (one.team.name, program.call(one.get_role_display()) or program.word("member"), one.cadre.name, str(one.unit))
        for one in members
    ]
    pairs: QuerySet[Pairing] = pairings_in(program, reader.village).select_related("household")
    by_helper: dict[tuple[str, str, str], int] = Counter()
    for one in pairs.order_by("division_id", "rank", "since", "pk"):
        posts = getattr(one.cadre, "current_posts", [])
        unit = posts[0].unit if posts else one.unit
        key = (program.call(one.get_mode_display()), str(one.helper), str(unit or ""))
        by_helper[key] += one.household_id is not None or one.member_id is not None
    pairings = tuple(
        (mode, helper, "" if unit == helper else unit, f"{count}户" if count else "全村")
        for (mode, helper, unit), count in by_helper.items()
    )
    team = (Column(program.word("team"), 5), Column("身份", 3), Column("姓名", 4), Column("派出单位", 4))
    columns = (Column("结对方式", 3), Column("帮扶方", 5), Column("单位", 5), Column("帮扶对象", 3))
    return Part(
        "帮扶力量",
        tables=(Table(program.word("team"), team, tuple(rows)), Table("结对", columns, pairings)),
        empty="目前没有驻村和结对的力量。",
    )


def needs(reader: Reader) -> Part:
    found: list[Need] = list(
        reader.of(Need.objects.filter(code_range("division_id", reader.village.pk), program=reader.program))
        .select_related("category", "household", "responsible_unit", "responsible_team", "responsible_cadre")
        .order_by("raised_on", "pk")
    )
    unclosed = [one for one in found if one.closed_on is None]
    counts: Counter[str] = Counter(str(one.category) for one in found)
    closed: Counter[str] = Counter(str(one.category) for one in found if one.closed_on is not None)
    by_category = tuple(
        (label, str(count), str(closed[label]), str(count - closed[label])) for label, count in counts.most_common()
    )
    rows = tuple(
        (
            str(number),
            day_text(one.raised_on),
            one.household.head if one.household else "全村",
            str(one.category),
            one.text,
            str(one.responsible_cadre or one.responsible_team or one.responsible_unit or ""),
        )
        for number, one in enumerate(unclosed, start=1)
    )
    kinds = (
        Column("类别", 5),
        Column("提出（件）", 3, "right"),
        Column("销号（件）", 3, "right"),
        Column("在办（件）", 3, "right"),
    )
    columns = (
        NUMBER,
        Column("提出日期", 3.3),
        Column("对象", 2.8),
        Column("类别", 2.4),
        Column("内容", 5.6),
        Column("责任方", 3),
    )
    return Part(
        "群众诉求",
        tables=(Table("按类别", kinds, by_category), Table("在办诉求", columns, rows)),
        empty="没有登记诉求。",
    )


def projects(reader: Reader) -> Part:
    found = (
        reader.of(
            Project.objects.filter(
                pk__in=Project.objects.filter(
                    code_range("places__division_id", reader.village.pk), program=reader.program
                ).values("pk")
            )
        )
        .select_related("category", "stage", "unit", "team")
        .order_by("submitted_on", "pk")
    )
    rows = tuple(
        (
            str(number),
            one.name,
            str(one.category or ""),
            str(one.unit or one.team or ""),
            str(one.stage or ""),
            day_text(one.finished_on) if one.finished_on else one.due_text or _due(one.due_on),
        )
        for number, one in enumerate(found, start=1)
    )
    funds = reader.of(
        Fund.objects.filter(code_range("division_id", reader.village.pk), program=reader.program)
    ).select_related("source", "state", "project")
    money = tuple(
        (
            str(number),
            one.purpose,
            one.get_kind_display(),
            str(one.source),
            word_range(one.low, one.high, MONEY_UNIT),
            str(one.state or ""),
        )
        for number, one in enumerate(funds.order_by("recorded_on", "pk"), start=1)
    )
    columns = (
        NUMBER,
        Column("项目", 5),
        Column("类别", 2.4),
        Column("承办", 3.2),
        Column("阶段", 2.2),
        Column("完成或期限", 3.5),
    )
    sources = (
        NUMBER,
        Column("用途", 5),
        Column("种类", 2),
        Column("来源", 2.6),
        Column("金额", 3),
        Column("状态", 2),
    )
    return Part(
        "项目和资金",
        tables=(Table("项目", columns, rows), Table("资金", sources, money)),
        empty="没有登记项目和资金。",
    )


def _due(day: dt.date | None) -> str:
    return f"{day_text(day)}前" if day else ""
