"""The lists of documents, meetings, diaries and what offices ticked."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Q

from cadres.listings.visits import excerpt
from cadres.models import Cadre, Diary, Document, Meeting, RequirementMark, Team
from programs.listing import (
    ChoiceFilter,
    Column,
    Create,
    DaysFilter,
    Link,
    Listing,
    Mark,
    ObjectFilter,
    Setting,
    TermFilter,
    TownFilter,
    register_listing,
    yes_no,
)
from programs.models import Unit
from programs.rules.wording import days_text
from programs.scoping import code_range
from villages.models import Household, Village


def period_of(document: Any, _: Setting | None = None) -> str | None:
    """The period a document is about, in words."""
    if document.period_start is None:
        return None
    return days_text(document.period_start, document.period_end or document.period_start)


def _text_of_diary(diary: Any, _: Setting) -> Link:
    return Link(excerpt(diary.text), None, diary.text)


def _subject_of(mark: Any, _: Setting) -> Any:
    seat = mark.member
    subjects = (mark.unit, mark.team, seat and seat.cadre, mark.cadre, mark.division)
    return next((one for one in subjects if one), None) or str(mark.pairing)


register_listing(
    Listing(
        model=Document,
        title="材料",
        noun="材料",
        counter="份",
        permission="document.view",
        route="cadres:document-list",
        create=Create("登记材料", "cadres:document-create", "document.create"),
        search=(
            "title",
            *(f"unit__{name}" for name in ("short_name", "pinyin", "initials")),
            *(f"team__{name}" for name in ("name", "pinyin", "initials")),
            *(f"division__{name}" for name in ("short_name", "pinyin", "initials")),
        ),
        search_hint="标题、单位、工作队或村",
        order=("-received_on",),
        prepare=lambda rows, _: rows.select_related("kind", "division", "unit", "team", "cadre"),
        columns=(
            Column(key="title", label="标题", value="self", sort=("title",), wraps=True, width=36),
            Column(key="kind", label="种类", value=lambda row, _: str(row.kind), sort=("kind__position",), width=14),
            Column(key="place", label="所涉地", value="division", sort=("division__pinyin",), width=14),
            Column(key="unit", label="单位", value="unit", sort=("unit__pinyin",), width=18),
            Column(key="team", label="工作队", value="team", sort=("team__pinyin",), width=26),
            Column(key="period", label="所属期", value=period_of, sort=("period_start",), width=22),
            Column(key="received", label="收到日期", value="received_on", sort=("received_on",), kind="day", width=14),
        ),
        filters=(
            TermFilter(key="kind", label="种类", lookup="kind", vocabularies=("document_kind",)),
            TownFilter(lookup="division_id"),
            DaysFilter(key="received", label="收到日期", lookup="received_on"),
            yes_no("file", "附件", "有附件", "无附件", ~Q(file=""), more=True),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk) | Q(team__unit_id=pk)),
            ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
            ObjectFilter(key="cadre", label="干部", model=Cadre, build=lambda pk: Q(cadre_id=pk)),
            ObjectFilter(key="household", label="农户", model=Household, build=lambda pk: Q(household_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=Meeting,
        title="会议",
        noun="会议",
        counter="次",
        permission="meeting.view",
        route="cadres:meeting-list",
        create=Create("登记会议", "cadres:meeting-create", "meeting.create"),
        search=(
            "title",
            "attendees",
            *(f"unit__{name}" for name in ("short_name", "pinyin", "initials")),
            *(f"division__{name}" for name in ("short_name", "pinyin", "initials")),
        ),
        search_hint="议题、参加人员、单位或地点",
        order=("-on",),
        prepare=lambda rows, _: rows.select_related("kind", "division", "unit", "team"),
        columns=(
            Column(key="title", label="议题", value="self", sort=("title",), wraps=True, width=36),
            Column(key="kind", label="种类", value=lambda row, _: str(row.kind), sort=("kind__position",), width=12),
            Column(key="on", label="日期", value="on", sort=("on",), kind="day", width=14),
            Column(key="place", label="地点", value="division", sort=("division__pinyin",), width=14),
            Column(key="unit", label="召集单位", value="unit", sort=("unit__pinyin",), width=20),
            Column(key="team", label="工作队", value="team", sort=("team__pinyin",), width=26),
            Column(key="attendees", label="参加人员", value="attendees", wraps=True, width=36, only_exported=True),
        ),
        filters=(
            TermFilter(key="kind", label="种类", lookup="kind", vocabularies=("meeting_kind",)),
            TownFilter(lookup="division_id"),
            DaysFilter(key="on", label="日期", lookup="on"),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk)),
            ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=Diary,
        title="驻村日记",
        noun="日记",
        counter="篇",
        permission="diary.view",
        route="cadres:diary-list",
        create=Create("写日记", "cadres:diary-create", "diary.create"),
        scope=lambda rows, program: rows.filter(team__program=program),
        search=("text", "cadre__name", "cadre__pinyin", "cadre__initials", "team__name", "team__initials"),
        search_hint="内容、队员或工作队",
        order=("-on",),
        name_of=lambda row: str(row.cadre),
        prepare=lambda rows, _: rows.select_related("team", "cadre"),
        columns=(
            Column(key="on", label="日期", value="on", sort=("on",), kind="day", width=14),
            Column(key="cadre", label="队员", value="cadre", sort=("cadre__pinyin",), width=18),
            Column(key="team", label="工作队", value="team", sort=("team__pinyin",), width=28),
            Column(key="text", label="内容", value=_text_of_diary, wraps=True, width=60),
        ),
        filters=(
            DaysFilter(key="on", label="日期", lookup="on"),
            TownFilter(lookup="team__village_id"),
            ObjectFilter(key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk)),
            ObjectFilter(key="cadre", label="队员", model=Cadre, build=lambda pk: Q(cadre_id=pk)),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: Q(team__village_id=pk)),
        ),
    )
)

register_listing(
    Listing(
        model=RequirementMark,
        title="核实登记",
        noun="核实登记",
        counter="条",
        permission="requirement.view",
        scope=lambda rows, program: cast(Any, rows).standing().filter(requirement__program=program),
        order=("-recorded_at",),
        name_of=None,
        prepare=lambda rows, _: rows.select_related(
            "requirement", "unit", "team", "member__cadre", "cadre", "division", "pairing", "recorded_by"
        ),
        columns=(
            Column(key="requirement", label="要求", value=lambda row, _: str(row.requirement), width=24),
            Column(key="subject", label="对象", value=_subject_of, width=22),
            Column(
                key="verdict",
                label="结论",
                value=lambda row, _: Mark(row.get_verdict_display(), "done" if row.verdict == "done" else "quiet"),
                width=10,
            ),
            Column(key="on", label="日期", value="on", sort=("on",), kind="day", width=14),
            Column(key="source", label="核实方式", value="get_source_display", width=12),
            Column(key="reason", label="说明", value="reason", wraps=True, width=30),
            Column(key="approver", label="批准人", value="approver", width=12),
            Column(key="by", label="登记人", value=lambda row, _: str(row.recorded_by), width=14),
        ),
        filters=(
            ChoiceFilter(key="verdict", label="结论", lookup="verdict", options=RequirementMark.Verdict),
            ObjectFilter(key="unit", label="单位", model=Unit, build=lambda pk: Q(unit_id=pk)),
            ObjectFilter(
                key="team", label="工作队", model=Team, build=lambda pk: Q(team_id=pk) | Q(member__team_id=pk)
            ),
            ObjectFilter(
                key="cadre", label="干部", model=Cadre, build=lambda pk: Q(cadre_id=pk) | Q(member__cadre_id=pk)
            ),
            ObjectFilter(key="village", label="村", model=Village, build=lambda pk: code_range("division_id", pk)),
        ),
    )
)
