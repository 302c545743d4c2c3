"""A program that nobody has described before, made only from a file: its words, its figures and its bulletin."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pymupdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cadres.actions.needs import close_need, raise_need
from cadres.actions.pairings import pair
from cadres.actions.records import receive_document
from cadres.actions.teams import add_team, join_team
from cadres.actions.visits import log_visit
from cadres.models import TeamMember
from programs.configuring.life import start_program
from programs.figures.context import Context
from programs.figures.parts import evaluate_block, evaluate_figures
from programs.models import Program, RoleGrant
from programs.refusals import NotRunning
from reports import actions
from reports.bulletins.paper import document_of
from reports.typesetting.pdf import render_pdf
from tests.cast import Cast, Side
from tests.pages import filled

FILE = Path(__file__).parent / "sixth_program.yaml"
#: A Monday on which a new fortnight begins: the one before has just fallen due, and the half year's ledger, too.
NOW = dt.datetime(2026, 7, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
SINCE = dt.date(2026, 1, 5)


def founded(client: Client) -> Program:
    """The file is uploaded, looked at and made into a draft; every other field stays empty."""
    address = "/programs/new/?from=file"
    upload = SimpleUploadedFile("program.yaml", FILE.read_bytes())
    page = client.post(address, filled(client.get(address)) | {"upload": upload})
    told = page.content.decode()
    assert not Program.objects.filter(code="lianxin").exists(), "a preview makes nothing"
    for words in ("LX-1 队伍、LX-2 进园", "2 项", "7 个词", "每两周进园、半年台账"):
        assert words in told, words
    made = client.post(address, filled(page) | {"_create": "1"})
    assert made.status_code == 302
    return Program.objects.get(code="lianxin")


def visit(program: Program, cast: Cast, side: Side, kind: str, day: int) -> None:
    """A helper goes to see the household in July."""
    log_visit(
        by=cast.administrator,
        program=program,
        division=side.place,
        kind=program.terms.get(code=kind),
        happened_at=dt.datetime(2026, 7, day, 8, tzinfo=NOW.tzinfo),
        participants=[side.helper],
        households=[side.household],
    )


def logged(program: Program, cast: Cast) -> None:
    """Three helpers, two teams: one helper went twice, one once, one twice but for a chat; one ledger came too late."""
    by, terms = cast.administrator, {term.code: term for term in program.terms.all()}
    for side in (cast.near, cast.sibling, cast.far):
        pair(by=by, program=program, helper=side.helper, helped=side.household, mode="cadre_household", since=SINCE)
    visits = [
        (cast.near, "orchard", 7), (cast.near, "orchard", 19), (cast.sibling, "orchard", 8),
        (cast.far, "chat", 9), (cast.far, "chat", 10), (cast.far, "orchard", 5), (cast.far, "orchard", 20),
    ]  # fmt: skip
    for side, kind, day in visits:
        visit(program, cast, side, kind, day)
    for side, received in ((cast.near, dt.date(2026, 6, 10)), (cast.far, dt.date(2026, 6, 11))):
        team = add_team(
            by=by, program=program, village=side.village, unit=side.unit, since=SINCE, name=f"驻{side.place}工作组"
        )
        head = TeamMember.Role.HEAD
        join_team(by=by, team=team, cadre=side.leader, unit=side.unit, since=SINCE, role=head)
        receive_document(
            by=by,
            program=program,
            kind=terms["ledger"],
            title="上半年台账",
            division=side.place,
            received_on=received,
            team=team,
            parts={"果园情况": "挂果正常。", "下步打算": "联系果商。"},
        )
    needs = [
        raise_need(by=by, program=program, division=side.place, category=terms[kind], text="盼解决。", raised_on=SINCE)
        for side, kind in ((cast.near, "sale"), (cast.far, "sale"), (cast.far, "sale"), (cast.far, "elder"))
    ]
    close_need(by=by, need=needs[0], on=dt.date(2026, 7, 1), reason="果商已签合同。")


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    """The county office at its browser."""
    client.force_login(cast.county)
    return client


@time_machine.travel(NOW, tick=False)
def test_a_sixth_program_is_made_from_a_file_alone(office: Client, cast: Cast) -> None:
    """Other rhythms, categories and names for its people, its own bulletin: right figures and a PDF, and no code."""
    program = founded(office)
    assert program.is_draft
    assert RoleGrant.objects.get(program=program).user == cast.county
    with pytest.raises(NotRunning, match="还在筹备"):
        visit(program, cast, cast.near, "orchard", 7)
    program = start_program(by=cast.county, program=program)
    logged(program, cast)

    found = {part.part.key: (part.text, part.of) for _, parts in evaluate_figures(Context(program)) for part in parts}
    assert found == {
        "工作组": ("2个", None),
        "两周进园": ("1名", 3),
        "进园次数": ("5次", None),
        "销路诉求": ("3件", None),
        "已办销路诉求": ("1件", None),
        "办结率": ("33.3%", 3),
        "交台账": ("1个", 2),
        "补助": ("12500.50元", None),
    }
    by_town = evaluate_block(program.blocks.get(code="by_town"), Context(program))
    assert [(bar.label, bar.value, bar.of) for bar in by_town.bars] == [("示例西街道", 0, 1), ("示例东镇", 1, 2)]

    template = program.bulletin_templates.get()
    bulletin = actions.draft_bulletin(by=cast.administrator, template=template)
    with pymupdf.open(stream=render_pdf(document_of(bulletin)), filetype="pdf") as paper:
        text = re.sub(r"\s", "", "".join(sheet.get_text() for sheet in paper))
    for words in (
        "联心富果行动通报",
        "全市2个工作组，进园指导5次。",
        f"应进园的3名联户党员中，1名进园两次以上；{cast.far.helper}、{cast.sibling.helper}没有做到",
        "果品销路诉求3件，办结1件，办结率33.3%。按时交台账的1个，补助12500.50元",
        "示例市联心富果专班办公室",
    ):
        assert words in text, words


@time_machine.travel(NOW, tick=False)
def test_its_pages_speak_its_words(office: Client, cast: Cast) -> None:
    """Its teams have a 组长 and no 第一书记; its households are tied to party members; its office has a name."""
    program = founded(office)
    logged(start_program(by=cast.county, program=program), cast)
    team = program.teams.first()
    pages = {
        "teams/": ["驻村工作组", "新建驻村工作组"],
        f"teams/{team.pk}/": ["组长"],
        f"teams/{team.pk}/members/new/": ["组长", "队员"],
        "pairings/": ["党员联户", "主联人"],
        "pairings/new/": ["党员联户"],
        "requirements/": ["联户党员", "驻村工作组"],
        "me/": ["联心专班"],
    }
    for page, words in pages.items():
        response = office.get(f"/p/lianxin/{page}")
        assert response.status_code == 200, page
        # Invented people, and the program beside this one, are called by what they are elsewhere.
        shown = re.sub(r"示例\w+第一书记|第一书记暨后进村帮扶", "", response.content.decode())
        assert [word for word in words if word not in shown] == [], page
        for lost in ("第一书记", "干部帮户", "支部帮"):
            assert lost not in shown, (page, lost)
