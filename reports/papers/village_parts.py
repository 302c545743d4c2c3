"""Parts of a village's booklet: what the village is, year by year, and who is who in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from programs import clock
from programs.models import Program, User
from programs.permissions import PERMISSIONS
from programs.rules.wording import MONEY_UNIT, day_text, growth, table_number
from programs.scoping import code_range
from reports.papers.pages import Part
from reports.typesetting.document import Column, Table
from villages.models import (
    Site,
    Village,
    VillagePerson,
    VillageRisk,
    VillageTag,
    VillageYear,
)

NUMBER = Column("序号", 1.4, "center")
PERSON = VillagePerson.Kind
#: Where a roster is nothing but names, so many stand on a line.
ON_LINE = 4


@dataclass
class Reader:
    """Who prints, for which program and village, on which day: every row goes through here."""

    program: Program
    user: User
    village: Village
    day: dt.date = field(init=False)

    def __post_init__(self) -> None:
        self.day = clock.today(self.program)

    def of(self, rows: Any) -> QuerySet[Any]:
        """The rows that the reader reaches in a role that may print this."""
        found: QuerySet[Any] = rows.visible_to(self.user, PERMISSIONS["booklet.print"])
        return found


def overview(reader: Reader) -> Part:
    village = reader.village
    tags = reader.of(
        VillageTag.objects.active_on(reader.day).filter(village=village, tag__program=reader.program)
    ).select_related("tag")
    labels = "、".join(str(one.tag) for one in tags.order_by("since", "pk"))
    sites = reader.of(Site.objects.filter(code_range("division_id", village.pk), program=reader.program))
    facts = [
        ("概况", village.overview or "没有登记。"),
        ("资源", village.resources or "没有登记。"),
        ("经济发展", village.economy or "没有登记。"),
    ]
    if labels:
        facts.insert(0, ("标签", labels))
    rows = tuple(
        (str(number), site.name, str(site.division), str(site.route or ""), site.notes)
        for number, site in enumerate(sites.select_related("division", "route").order_by("position", "pk"), start=1)
    )
    columns = (NUMBER, Column("节点", 4), Column("所在地", 3), Column("线路", 4), Column("简介", 6))
    return Part(
        "村庄概况",
        tables=(Table("", (Column("", 2, "center"), Column("", 12)), tuple(facts)), Table("节点", columns, rows)),
    )


def years(reader: Reader) -> Part:
    years = list(reader.of(VillageYear.objects.filter(village=reader.village)).order_by("-year"))
    income = {one.year: one.collective_income for one in years}
    rows = tuple(
        (
            f"{one.year}年",
            table_number(one.households),
            table_number(one.population),
            table_number(one.party_members),
            table_number(one.land_mu),
            table_number(one.collective_income, MONEY_UNIT),
            growth(one.collective_income, income.get(one.year - 1)) if one.collective_income is not None else "—",
        )
        for one in years
    )
    columns = (
        Column("年份", 2, "center"),
        Column("户数", 2, "right"),
        Column("人口", 2, "right"),
        Column("党员", 2, "right"),
        Column("耕地（亩）", 2.5, "right"),
        Column("村集体收入（元）", 3.5, "right"),
        Column("比上年", 2.5, "center"),
    )
    return Part("历年数据", tables=(Table("", columns, rows),), empty="没有登记历年数据。")


def _rostered(reader: Reader, kind: str) -> list[VillagePerson]:
    rows = VillagePerson.objects.active_on(reader.day).filter(village=reader.village, kind=kind)
    return list(reader.of(rows).order_by("pk"))


def committee(reader: Reader) -> Part:
    rows = tuple(
        (str(number), one.name, one.post, one.phone, one.notes)
        for number, one in enumerate(_rostered(reader, PERSON.COMMITTEE), start=1)
    )
    columns = (NUMBER, Column("姓名", 3), Column("职务", 4), Column("电话", 3.5), Column("备注", 4))
    return Part("村“两委”成员", tables=(Table("", columns, rows),), empty="没有登记村“两委”成员。")


def people(reader: Reader, kind: str, title: str, empty: str) -> Part:
    found = _rostered(reader, kind)
    named = f"{title}{len(found)}人" if found else title
    if not any(one.post or one.notes for one in found):
        names = [one.name for one in found] + [""] * (-len(found) % ON_LINE)
        lines = tuple(tuple(names[at : at + ON_LINE]) for at in range(0, len(names), ON_LINE))
        return Part(named, tables=(Table("", (Column(""),) * ON_LINE, lines),), empty=empty)
    rows = tuple((str(number), one.name, one.post, one.notes) for number, one in enumerate(found, start=1))
    columns = (NUMBER, Column("姓名", 3), Column("职务或去向", 5), Column("备注", 5))
    return Part(named, tables=(Table("", columns, rows),), empty=empty)


def risks(reader: Reader) -> Part:
    found = list(reader.of(VillageRisk.objects.filter(village=reader.village)).order_by("until", "since", "pk"))
    found.sort(key=lambda one: (one.until is not None, one.since))
    rows = tuple(
        (
            str(number),
            day_text(one.since),
            one.text,
            one.measures,
            f"{day_text(one.until)}化解" if one.until else "未化解",
        )
        for number, one in enumerate(found, start=1)
    )
    columns = (NUMBER, Column("登记日期", 3.3), Column("隐患情况", 5), Column("化解措施", 5), Column("状态", 3.3))
    return Part("信访矛盾隐患", tables=(Table("", columns, rows),), empty="没有登记信访矛盾隐患。")
