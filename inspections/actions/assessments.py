"""Changes to assessments: opened for a year, scored by those assessed and by the office, closed and opened again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pghistory
from django.db import transaction

from cadres.models import Team
from inspections.models import Assessment, AssessmentItem, AssessmentPoint
from inspections.scoring import Line, Sheet, can_be_about
from programs import clock
from programs.changes import action, check_day, required, saved, saved_all
from programs.models import Program, Unit, User
from programs.refusals import BadField, Refusal
from programs.rules.wording import day_text, plain


class NothingToAssess(Refusal):
    """The program has no items, or nobody new to assess."""


class NotAboutThem(Refusal):
    """A figure of the items cannot be narrowed to those assessed."""


class AssessmentClosed(Refusal):
    """The assessment is closed; its scores stay."""


class AssessmentOpen(Refusal):
    """Only a closed assessment is opened again."""


class ScoresMissing(Refusal):
    """What people judge has not been judged."""


@dataclass(frozen=True)
class Score:
    """A score for one item with the words that go with it."""

    value: Decimal | None
    note: str = ""


@action
def open_assessments(
    *, by: User, program: Program, year: int, units: Iterable[Unit] = (), teams: Iterable[Team] = ()
) -> list[Assessment]:
    """Begin the year's assessment of units (or sections) and teams; whoever has one already keeps it."""
    items = AssessmentItem.objects.filter(program=program, ended_on__isnull=True)
    items = items.select_related("part__left", "part__right", "part__requirement")
    if not items:
        raise NothingToAssess("本活动还没有考核指标，请先在后台或模板中设置。")
    today = clock.today(program)
    if not program.starts_on.year <= year <= today.year:
        raise BadField(f"年度应在{program.starts_on.year}到{today.year}之间。", field="year")
    known = Assessment.objects.filter(program=program, year=year)
    had = set(known.values_list("unit_id", "team_id"))
    rows = [Assessment(program=program, year=year, unit=unit) for unit in units if (unit.pk, None) not in had]
    rows += [Assessment(program=program, year=year, team=team) for team in teams if (None, team.pk) not in had]
    if not rows:
        raise NothingToAssess("所选对象这一年度都已有考核，或者没有可考核的对象。", field="whom")
    for dimension in {"unit" if row.unit_id else "team" for row in rows}:
        for item in items:
            if item.part is not None and not can_be_about(item.part, dimension):
                whom = "单位" if dimension == "unit" else program.word("team")
                raise NotAboutThem(f"指标“{item}”所用的数据不能按{whom}分别统计，请换一个数据项。", field="whom")
    return saved_all(rows, program)


@action
def score_oneself(*, by: User, assessment: Assessment, scores: Mapping[AssessmentItem, Score]) -> Assessment:
    """Those assessed say what they would give themselves, with a word on why."""
    _must_be_open(assessment)
    for item, score in scores.items():
        _check_range(item, score.value)
        point = _point(assessment, item)
        point.self_score, point.self_note = score.value, score.note.strip()
        saved(point)
    return assessment


@action
def check_scores(*, by: User, assessment: Assessment, scores: Mapping[AssessmentItem, Score]) -> Assessment:
    """The office decides. Without a score the computed one counts; a score that differs from it says why."""
    _must_be_open(assessment)
    lines = {line.item.pk: line for line in Sheet(assessment).lines}
    for item, score in scores.items():
        _check_range(item, score.value)
        computed = lines[item.pk].computed
        if score.value is not None and computed is not None and score.value != computed and not score.note.strip():
            raise BadField(
                f"“{item}”核定分与计算得分（{plain(computed)}）不同，请写明理由。", field=f"evidence_{item.pk}"
            )
        point = _point(assessment, item)
        point.score, point.evidence = score.value, score.note.strip()
        point.checked_by = by if score.value is not None else None
        saved(point)
    return assessment


@action
def close_assessment(*, by: User, assessment: Assessment, on: dt.date) -> Assessment:
    """Close an assessment (定稿): what was computed is kept with it, and nothing changes any more."""
    _must_be_open(assessment)
    check_day(on, assessment.program, "on", "定稿日期")
    # What was counted up to the day is what is kept.
    assessment.closed_on = None
    sheet = Sheet(assessment)
    if sheet.missing:
        raise ScoresMissing(f"还没有评议打分：{'、'.join(str(line.item) for line in sheet.missing)}。")
    for line in sheet.lines:
        _keep(line)
    assessment.closed_on = on
    return saved(assessment)


@action
def reopen_assessment(*, by: User, assessment: Assessment, reason: str) -> Assessment:
    """Open a closed assessment again; history keeps what it said, and why it was opened."""
    if assessment.closed_on is None:
        raise AssessmentOpen("考核还没有定稿，可以直接修改。")
    with transaction.atomic(), pghistory.context(reason=required(reason, "重新打开的理由", "reason")):
        assessment.closed_on = None
        return saved(assessment)


def _keep(line: Line) -> None:
    point = line.point or AssessmentPoint(assessment=line.assessment, item=line.item)
    point.computed = line.computed
    point.score = line.final
    saved(point)


def _point(assessment: Assessment, item: AssessmentItem) -> AssessmentPoint:
    if item.program_id != assessment.program_id:
        raise BadField(f"“{item}”不是本活动的考核指标。")
    found = AssessmentPoint.objects.filter(assessment=assessment, item=item).first()
    return found or AssessmentPoint(assessment=assessment, item=item)


def _check_range(item: AssessmentItem, value: Decimal | None) -> None:
    if value is None:
        return
    most = item.weight + item.bonus_cap
    if value > most:
        raise BadField(f"“{item}”最多{plain(most)}分。", field=f"score_{item.pk}")
    if value < 0 and not item.may_be_negative:
        raise BadField(f"“{item}”不能是负分。", field=f"score_{item.pk}")


def _must_be_open(assessment: Assessment) -> None:
    if assessment.closed_on is not None:
        raise AssessmentClosed(f"考核已于{day_text(assessment.closed_on)}定稿，不能再改；如需更正，请先重新打开。")
