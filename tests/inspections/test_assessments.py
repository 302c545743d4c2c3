"""Assessments: points follow from rows by rules anybody can check, each opens its rows, and a closed one stays."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from inspections.actions import (
    AssessmentClosed,
    NotAboutThem,
    NothingToAssess,
    Score,
    ScoresMissing,
    add_findings,
    check_scores,
    close_assessment,
    open_assessments,
    reopen_assessment,
    score_oneself,
)
from inspections.models import Assessment, AssessmentItem, AssessmentPoint, Finding
from inspections.points import Counted, Marking, points
from inspections.scoring import Sheet
from programs.models import Program, User
from programs.refusals import BadField
from projects.actions import enter_stage
from projects.models import Project
from tests import factories as make

pytestmark = pytest.mark.demonstration_of("baoshan")

WEIGHT = Decimal(20)


@pytest.mark.parametrize(
    ("marking", "counted", "expected"),
    [
        (Marking("rate", WEIGHT), Counted(3, of=4), "15.00"),
        (Marking("rate", WEIGHT), Counted(0, of=0), None),
        (Marking("rate", WEIGHT), Counted(1, of=3), "6.67"),
        (Marking("miss", WEIGHT, Decimal(3)), Counted(3, of=5), "14.00"),
        (Marking("miss", WEIGHT, Decimal(9)), Counted(0, of=5), "0.00"),
        (Marking("miss", WEIGHT, Decimal(9), may_be_negative=True), Counted(0, of=5), "-25.00"),
        (Marking("each", WEIGHT, Decimal(5)), Counted(2), "10.00"),
        (Marking("each", WEIGHT, Decimal(5), Decimal(2), Decimal(3)), Counted(0, praised=4), "23.00"),
        (Marking("each", WEIGHT, Decimal(5), Decimal(2), Decimal(3)), Counted(1, praised=1), "17.00"),
        (Marking("quota", WEIGHT, Decimal(2), quota=Decimal(4)), Counted(1), "14.00"),
        (Marking("quota", WEIGHT, Decimal(2), Decimal(1), Decimal(2), Decimal(4)), Counted(9), "22.00"),
        (Marking("flat", WEIGHT, Decimal(8)), Counted(3), "12.00"),
        (Marking("flat", WEIGHT, Decimal(8)), Counted(0), "20.00"),
        (Marking("flat", WEIGHT, Decimal(8)), Counted(3, of=4), "12.00"),
        (Marking("flat", WEIGHT, Decimal(8)), Counted(0, of=0), None),
    ],
)
def test_points_for_what_was_counted(marking: Marking, counted: Counted, expected: str | None) -> None:
    assert points(marking, counted) == (None if expected is None else Decimal(expected))


@pytest.fixture
def program(demonstration: None) -> Program:
    """宝山's program, whose sections have been assessed."""
    return Program.objects.select_related("jurisdiction").get(code="baoshan")


@pytest.fixture
def office(program: Program) -> User:
    """The office that assesses."""
    return User.objects.get(username="bs-ban")


def sheet_of(program: Program, section: str) -> Sheet:
    rows = Assessment.objects.select_related("program", "unit", "team")
    return Sheet(rows.get(program=program, unit__short_name=section))


def scores(sheet: Sheet) -> dict[str, Decimal | None]:
    return {line.item.code: line.final for line in sheet.lines}


def test_sections_are_scored_by_their_own_projects(program: Program) -> None:
    best, worst = sheet_of(program, "排灌管理所"), sheet_of(program, "示例建设科")

    assert scores(best) == {
        "completion": Decimal(30),
        "timeliness": Decimal(30),
        "on_site": Decimal(12),
        "checks": Decimal(13),
        "village_view": Decimal(19),
    }
    assert (best.total, best.full) == (Decimal(104), Decimal(100))
    # One project of three was late, it went to the village three times instead of four, and a check found something.
    assert scores(worst)["timeliness"] == Decimal(20)
    assert scores(worst)["on_site"] == Decimal(8)
    assert scores(worst)["checks"] == Decimal(7)


def test_a_changed_row_moves_an_open_score_and_leaves_a_closed_one(program: Program, office: User) -> None:
    before = sheet_of(program, "示例河道科")
    assert scores(before)["completion"] == Decimal("22.50")
    project = Project.objects.select_related("program").get(program=program, name__contains="长效管护办法")
    final = program.terms.get(vocabulary="project_stage", is_final=True)
    enter_stage(by=office, project=project, stage=final, on=dt.date(2008, 11, 27))
    assert scores(sheet_of(program, "示例河道科"))["completion"] == Decimal("22.50")

    reopen_assessment(by=office, assessment=before.assessment, reason="补记竣工")
    sheet = sheet_of(program, "示例河道科")
    line = next(line for line in sheet.lines if line.item.code == "completion")
    assert line.computed == Decimal(30)
    # What was decided stands until somebody decides anew.
    assert line.final == Decimal("22.50")
    check_scores(by=office, assessment=sheet.assessment, scores={line.item: Score(None)})
    assert scores(sheet_of(program, "示例河道科"))["completion"] == Decimal(30)


def test_findings_of_a_section_count_against_it_alone(program: Program, office: User) -> None:
    for name in ("示例规划科", "示例河道科"):
        reopen_assessment(by=office, assessment=sheet_of(program, name).assessment, reason="复核")
    item = AssessmentItem.objects.get(program=program, code="checks")
    section = sheet_of(program, "示例规划科").assessment.unit
    category = program.terms.get(vocabulary="finding_category", code="slow")
    row = Finding(
        category=category, unit=section, division_id="310113106212", text="图纸晚", found_on=dt.date(2008, 5, 1)
    )
    add_findings(by=office, program=program, findings=[row])

    computed = {
        name: next(line.computed for line in sheet_of(program, name).lines if line.item == item)
        for name in ("示例规划科", "示例河道科")
    }
    # Problem −3; problem −3 and praise +2.
    assert computed == {"示例规划科": Decimal(7), "示例河道科": Decimal(9)}
    category.assessment_items.set([item])
    other = next(line.computed for line in sheet_of(program, "示例河道科").lines if line.item == item)
    assert other == Decimal(10)


def test_what_people_judge_must_be_judged_before_it_is_closed(program: Program, office: User) -> None:
    AssessmentPoint.objects.filter(assessment__program=program).delete()
    Assessment.objects.filter(program=program).delete()
    sections = program.projects.exclude(section=None).values_list("section", flat=True).distinct()
    units = [project.section for project in program.projects.select_related("section").filter(section__in=sections)]
    made = open_assessments(by=office, program=program, year=2008, units=set(filter(None, units)))
    assert len(made) == 4
    with pytest.raises(NothingToAssess, match="都已有考核"):
        open_assessments(by=office, program=program, year=2008, units=set(filter(None, units)))
    with pytest.raises(ScoresMissing, match="村里评议"):
        close_assessment(by=office, assessment=made[0], on=dt.date(2008, 11, 30))

    item = AssessmentItem.objects.get(program=program, code="village_view")
    check_scores(by=office, assessment=made[0], scores={item: Score(Decimal(16))})
    close_assessment(by=office, assessment=made[0], on=dt.date(2008, 11, 30))
    with pytest.raises(AssessmentClosed, match="定稿"):
        score_oneself(by=office, assessment=made[0], scores={item: Score(Decimal(20))})


def test_a_score_off_the_computed_one_says_why_and_stays_within_the_item(program: Program, office: User) -> None:
    assessment = sheet_of(program, "示例建设科").assessment
    reopen_assessment(by=office, assessment=assessment, reason="复核")
    item = AssessmentItem.objects.get(program=program, code="timeliness")
    with pytest.raises(BadField, match="请写明理由") as refused:
        check_scores(by=office, assessment=assessment, scores={item: Score(Decimal(25))})
    assert refused.value.field == f"evidence_{item.pk}"
    with pytest.raises(BadField, match="最多30分"):
        check_scores(by=office, assessment=assessment, scores={item: Score(Decimal(31), "多给")})
    check_scores(by=office, assessment=assessment, scores={item: Score(Decimal(25), "配件到货晚，不全是科室原因")})
    assert scores(sheet_of(program, "示例建设科"))["timeliness"] == Decimal(25)


def test_a_figure_that_cannot_be_narrowed_is_refused(program: Program, office: User) -> None:
    part = make.FigurePartFactory(program=program, figure=program.figures.earliest("pk"), measure="words")
    AssessmentItem.objects.create(
        program=program, code="words", title="词条", weight=5, source="figure", rule="each", part=part, position=9
    )
    with pytest.raises(NotAboutThem, match="词条"):
        open_assessments(by=office, program=program, year=2008, units=[make.UnitFactory()])


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def test_every_computed_score_opens_its_rows(program: Program) -> None:
    client = signed_in("bs-ban")
    sheet = sheet_of(program, "示例建设科")
    page = client.get(f"/p/baoshan/assessments/{sheet.assessment.pk}/")
    assert page.status_code == 200
    for line in sheet.lines:
        address = f"/p/baoshan/assessments/{sheet.assessment.pk}/items/{line.item.pk}/"
        if line.counted is None:
            assert address not in page.content.decode()
            assert client.get(address).status_code == 404
        else:
            assert address in page.content.decode()
            assert client.get(address).status_code == 200
    timeliness = next(line for line in sheet.lines if line.item.code == "timeliness")
    rows = client.get(f"/p/baoshan/assessments/{sheet.assessment.pk}/items/{timeliness.item.pk}/").content.decode()
    assert "村级泵闸检修" in rows
    assert "示例河段一" not in rows


def test_a_section_sees_and_scores_its_own_sheet_only(program: Program, office: User) -> None:
    own, other = (sheet_of(program, name).assessment for name in ("排灌管理所", "示例规划科"))
    client = signed_in("bs-suo")
    assert client.get(f"/p/baoshan/assessments/{own.pk}/").status_code == 200
    assert client.get(f"/p/baoshan/assessments/{other.pk}/").status_code == 404
    assert client.get(f"/p/baoshan/assessments/{own.pk}/check/").status_code == 403
    assert "示例规划科" not in client.get("/p/baoshan/assessments/").content.decode()

    reopen_assessment(by=office, assessment=own, reason="补自评")
    item = AssessmentItem.objects.get(program=program, code="on_site")
    page = client.get(f"/p/baoshan/assessments/{own.pk}/self/")
    values: dict[str, Any] = {name: value or "" for name, value in page.context["form"].initial.items()}
    client.post(f"/p/baoshan/assessments/{own.pk}/self/", values | {f"score_{item.pk}": "11"})
    assert AssessmentPoint.objects.get(assessment=own, item=item).self_score == Decimal(11)
    # The unit above sees the sheets of all its sections.
    assert signed_in("bs-danwei").get(f"/p/baoshan/assessments/{other.pk}/").status_code == 200


def test_the_office_opens_checks_and_closes_on_pages(program: Program) -> None:
    bureau = program.projects.select_related("unit").earliest("pk").unit
    assert bureau is not None
    client = signed_in("bs-ban")
    AssessmentPoint.objects.filter(assessment__program=program).delete()
    Assessment.objects.filter(program=program).delete()
    answer = client.post("/p/baoshan/assessments/new/", {"year": "2008", "whom": "sections", "unit": bureau.pk})
    assert answer.status_code == 302, answer.context["form"].errors
    one = Assessment.objects.get(program=program, unit__short_name="示例规划科")
    page = client.post(f"/p/baoshan/assessments/{one.pk}/close/", {"on": "2008-11-30"})
    assert "还没有评议打分" in page.content.decode()
    view = AssessmentItem.objects.get(program=program, code="village_view")
    page = client.post(f"/p/baoshan/assessments/{one.pk}/check/", {f"score_{view.pk}": "21"})
    assert page.status_code == 200
    client.post(f"/p/baoshan/assessments/{one.pk}/check/", {f"score_{view.pk}": "17"})
    assert client.post(f"/p/baoshan/assessments/{one.pk}/close/", {"on": "2008-11-30"}).status_code == 302
    one.refresh_from_db()
    assert one.closed_on == dt.date(2008, 11, 30)
    assert client.get(f"/p/baoshan/assessments/{one.pk}/self/").status_code == 403


def test_nobody_is_scored_by_how_much_they_use_the_app(program: Program) -> None:
    rows = [line.rows() for line in sheet_of(program, "示例河道科").lines]
    assert {found.model.__name__ for found in rows if found is not None} == {"Project", "Visit", "Finding"}
