"""Plain papers: a summary about one village, drafted and finished by its own team, with that village's figures only."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from cadres.models import Cadre
from programs.refusals import Refusal
from reports import actions
from reports.bulletins.freezing import is_intact
from reports.bulletins.paper import document_of
from reports.bulletins.reading import readable
from reports.models import Bulletin, BulletinTemplate, Coverage, Layout
from reports.typesetting.docx import render_docx
from reports.typesetting.pdf import render_pdf
from tests import factories as make
from tests.cast import Cast

BODY = "一、做了什么\n〔地名〕一年来走访{走访}。\n二、体会\n要常去。"


@pytest.fixture
def summary(cast: Cast) -> BulletinTemplate:
    make.FigurePartFactory(program=cast.program, measure="visits", key="走访", label="走访", unit="次")
    return make.BulletinTemplateFactory(
        program=cast.program,
        layout=Layout.REPORT,
        coverage=Coverage.VILLAGE,
        masthead="",
        office="驻〔地名〕工作队",
        title="〔地名〕〔年〕年工作总结",
        body=BODY,
        report_to="",
        send_to="",
        distribute_to="",
        copies=0,
        annex="",
    )


@pytest.fixture
def paper(cast: Cast, summary: BulletinTemplate) -> Bulletin:
    """A draft about the near village, in which two visits were made, and one in another."""
    for place in (cast.near.place, cast.near.place, cast.far.place):
        make.VisitFactory(
            program=cast.program,
            division=place,
            kind=cast.near.word("visit_kind"),
            happened_at=dt.datetime(2015, 5, 12, 1, tzinfo=dt.UTC),
            recorded_by=cast.county,
        )
    return actions.draft_bulletin(by=cast.team, template=summary, place=cast.near.place)


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def test_it_has_no_number_and_counts_its_place_alone(cast: Cast, paper: Bulletin) -> None:
    village = cast.near.place.short_name
    assert paper.number is None
    assert str(paper) == f"{village}2015年工作总结"
    text = text_of(render_pdf(document_of(paper)))
    assert f"{village}一年来走访2次。" in text
    assert text.index("要常去。") < text.index(f"驻{village}工作队2015年7月3日"), "signed under the text"
    assert "第" not in text.split("一、")[0]
    word = docx.Document(io.BytesIO(render_docx(document_of(paper))))
    lines = [paragraph.text for paragraph in word.paragraphs if paragraph.text]
    assert lines[0] == f"{village}2015年工作总结"
    assert lines[-2:] == [f"驻{village}工作队", "2015年7月3日"]


def test_a_place_of_the_right_level_is_needed(cast: Cast, summary: BulletinTemplate) -> None:
    for place in (None, cast.near.town):
        with pytest.raises(Refusal, match="请选一个村") as refusal:
            actions.draft_bulletin(by=cast.team, template=summary, place=place)
        assert refusal.value.field == "place"


def test_its_team_writes_and_finishes_it(cast: Cast, summary: BulletinTemplate, client: Client) -> None:
    client.force_login(cast.team)
    address = reverse("reports:bulletin-create", args=[cast.program.code])
    page = client.get(address).content.decode()
    assert 'name="number"' not in page, "a plain paper has none"
    posted = client.post(
        address, {"template": summary.pk, "place": cast.near.place.pk, "date": "2015-07-03", "names_units": "on"}
    )
    paper = Bulletin.objects.get()
    assert posted.status_code == 302
    assert posted["Location"] == reverse("reports:bulletin-detail", args=[cast.program.code, paper.pk])
    desk = client.get(posted["Location"])
    assert "定稿" in desk.content.decode()
    version = actions.version_of(paper)
    changed = {
        "version": version,
        "body": "一年来走访{走访}。",
        "title": "总结",
        "office": "工作队",
        "date": "2015-07-02",
        "as_of": "2015-07-02",
    }
    assert (
        client.post(reverse("reports:bulletin-change", args=[cast.program.code, paper.pk]), changed).status_code == 302
    )
    finish = reverse("reports:report-finish", args=[cast.program.code, paper.pk])
    assert client.post(finish).status_code == 302
    paper.refresh_from_db()
    assert (paper.state, paper.state_label, paper.frozen_text) == ("issued", "已定稿", "一年来走访0次。")
    assert "总结" in client.get(posted["Location"]).content.decode()
    pdf = client.get(reverse("reports:bulletin-pdf", args=[cast.program.code, paper.pk]))
    assert "一年来走访0次。" in text_of(b"".join(pdf.streaming_content))


def test_only_those_of_the_place_read_it(cast: Cast, paper: Bulletin) -> None:
    for user in (cast.team, cast.town, cast.county):
        assert paper in readable(cast.program, user)
    elsewhere = make.UserFactory(username="elsewhere")
    Cadre.objects.filter(pk=cast.far.secretary.pk).update(user=elsewhere)
    for user in (elsewhere, cast.outsider):
        assert paper not in readable(cast.program, user)
    actions.finish_report(by=cast.team, bulletin=paper)
    assert paper in readable(cast.program, cast.town)
    assert paper not in readable(cast.program, elsewhere)


def test_a_bulletin_is_signed_and_a_paper_is_not(cast: Cast, paper: Bulletin) -> None:
    with pytest.raises(Refusal, match="改好后直接定稿"):
        actions.submit_bulletin(by=cast.county, bulletin=paper)
    bulletin = make.BulletinFactory(program=cast.program)
    with pytest.raises(Refusal, match="不能直接定稿"):
        actions.finish_report(by=cast.county, bulletin=bulletin)


def test_a_finished_paper_stays(cast: Cast, paper: Bulletin) -> None:
    done = actions.finish_report(by=cast.team, bulletin=paper)
    assert is_intact(done)
    with pytest.raises(Refusal, match="已定稿"):
        actions.change_bulletin(by=cast.team, bulletin=done, version=actions.version_of(done), body="别的")


def test_a_figure_over_periods_opens_for_the_papers_own_place_and_day(
    cast: Cast, summary: BulletinTemplate, client: Client
) -> None:
    """Four teams owe a report each month; the paper of one village shows its own team's alone, up to its own day."""
    monthly = make.RequirementFactory(
        program=cast.program,
        code="monthly",
        subject="team",
        evidence="document",
        evidence_params={"kinds": ["monthly_report"]},
        cadence="month",
        starts_on=dt.date(2015, 4, 1),
    )
    make.FigurePartFactory(program=cast.program, requirement=monthly, measure="", key="月报", over=True, unit="次")
    paper = actions.draft_bulletin(by=cast.team, template=summary, place=cast.near.place)
    Bulletin.objects.filter(pk=paper.pk).update(as_of=dt.date(2015, 6, 3))
    client.force_login(cast.team)
    page = client.get(reverse("reports:bulletin-rows", args=[cast.program.code, paper.pk, "月报"]))
    assert [(period.label, counts["owed"]) for period, counts in page.context["counted"]] == [
        ("2015年5月", 1),
        ("2015年4月", 1),
    ]
    assert "数据截至2015年6月3日" in page.content.decode()
