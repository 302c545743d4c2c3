"""The life of a program at the browser: begun, copied, changed by a file, started, ended, opened again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cadres.models import Pairing, TeamMember
from programs import clock
from programs.configuring.life import end_program
from programs.models import Export, Program, RoleGrant, User
from programs.templates import read, text_of
from tests import factories as make
from tests.cast import ROLES, Cast
from tests.pages import errors, filled

CHANGERS = {"county", "administrator"}
PAGES = ("setup/", "setup/file/", "setup/import/", "setup/names/", "setup/start/", "setup/end/", "setup/reopen/")


def at(page: str, program: str = "zhaoyuan") -> str:
    return f"/p/{program}/{page}"


def post(client: Client, address: str, button: str = "", **changes: Any) -> Any:
    """Send a form as it stands with some changes, by one of its buttons."""
    return client.post(address, filled(client.get(address)) | changes | ({button: "1"} if button else {}))


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    """The county office at its browser."""
    client.force_login(cast.county)
    return client


# Who may


@pytest.mark.parametrize("page", [*(at(page) for page in PAGES), "/programs/new/", "/programs/counties/"])
def test_a_program_is_set_up_by_its_office_and_administrators(cast: Cast, client: Client, page: str) -> None:
    """Everybody else is told that they may not; who is not signed in, to sign in."""
    assert client.get(page).status_code == 302
    for role in ROLES:
        client.force_login(cast.user(role))
        assert client.get(page).status_code == (200 if role in CHANGERS else 403), role
    client.force_login(cast.outsider)
    assert client.get(page).status_code == (404 if page.startswith("/p/") else 403)


def test_a_draft_is_shown_only_to_those_who_set_it_up(cast: Cast, client: Client) -> None:
    """For all others it is as if it were not there, and not in their list of programs."""
    Program.objects.filter(pk=cast.program.pk).update(state=Program.State.DRAFT)
    for role in ROLES:
        client.force_login(cast.user(role))
        assert client.get(at("me/")).status_code == (200 if role in CHANGERS else 404), role
        seen = Program.objects.visible_to(cast.user(role)).filter(pk=cast.program.pk).exists()
        assert seen is (role in CHANGERS), role


# States


@pytest.mark.parametrize("state", [Program.State.DRAFT, Program.State.ENDED])
def test_no_work_is_logged_before_the_start_and_after_the_end(office: Client, cast: Cast, state: str) -> None:
    """The page says why and what to do; teams and pairings are set up even in a draft; lists offer no button."""
    Program.objects.filter(pk=cast.program.pk).update(state=state)
    why = "启动以后才能登记" if state == Program.State.DRAFT else "已经结束"
    for page in ("visits/new/", "needs/new/", "documents/new/", "meetings/new/", "projects/new/"):
        response = office.get(at(page))
        assert response.status_code == 403, page
        assert why in response.content.decode(), page
    for page in ("teams/new/", "pairings/new/", "visits/", "needs/", "setup/"):
        assert office.get(at(page)).status_code == 200, page
    assert at("visits/new/") not in office.get(at("visits/")).content.decode()


def test_a_program_starts_ends_and_goes_on(office: Client, cast: Cast) -> None:
    """Each step once, in its order; an ended program stands still on its last day."""
    Program.objects.filter(pk=cast.program.pk).update(state=Program.State.DRAFT)
    assert "启动活动" in office.get(at("setup/")).content.decode()
    assert "不能结束" in errors(post(office, at("setup/end/")))[""]
    assert post(office, at("setup/start/")).status_code == 302
    assert "不用再启动" in errors(post(office, at("setup/start/")))[""]
    today = clock.today(cast.program)
    tomorrow = today + dt.timedelta(days=1)
    assert "不能晚于今天" in errors(post(office, at("setup/end/"), on=str(tomorrow)))["on"]
    assert "早于活动开始" in errors(post(office, at("setup/end/"), on="2001-01-01"))["on"]
    assert post(office, at("setup/end/"), on=str(today)).status_code == 302
    cast.program.refresh_from_db()
    assert (cast.program.state, cast.program.ends_on, cast.program.pinned_on) == ("ended", today, today)
    assert post(office, at("setup/reopen/"), ends_on="").status_code == 302
    cast.program.refresh_from_db()
    assert (cast.program.state, cast.program.ends_on, cast.program.pinned_on) == ("running", None, None)


# A new one


def test_a_template_is_looked_at_and_made_into_a_draft(office: Client, cast: Cast) -> None:
    """With the days of the new year, without the demonstration's own; whoever made it runs it."""
    address = "/programs/new/?from=zhaoyuan"
    values = {
        "name": "示例行动", "short_name": "示例行动", "code": "shili-2026", "office": "示例办公室",
        "starts_on": "2026-03-01", "jurisdiction": cast.program.jurisdiction_id,
    }  # fmt: skip
    looked = post(office, address, **values)
    told = looked.content.decode()
    assert "ZY-4 主要领导到村走访" in told
    assert "顺延 11 年" in told
    assert not Program.objects.filter(code="shili-2026").exists()
    made = office.post(address, filled(looked) | {"_create": "1"})
    assert made["Location"] == at("setup/", "shili-2026")
    program = Program.objects.get(code="shili-2026")
    assert (program.state, program.is_demonstration, program.pinned_on, program.notes) == ("draft", False, None, "")
    assert program.requirements.get(code="docked").due_on == dt.date(2026, 4, 30)
    assert RoleGrant.objects.get(program=program).user == cast.county
    assert office.get(made["Location"]).status_code == 200


def test_what_is_wrong_with_a_new_program_is_said_by_its_field(office: Client, cast: Cast) -> None:
    """And what was typed stays."""
    address = "/programs/new/?from=blank"
    response = post(
        office, address, "_create", name="示例", code="示例2026", starts_on="2026-03-01", ends_on="2026-02-01"
    )
    found = errors(response)
    assert "小写字母" in found["code"]
    assert "早于开始" in found["ends_on"]
    assert {"short_name", "office"} <= found.keys()
    assert filled(response)["code"] == ["示例2026"]
    values = {"name": "示例", "short_name": "示例", "office": "示例办公室", "starts_on": "2026-03-01"}
    taken = post(office, address, "_create", code="zhaoyuan", **values)
    assert "已被别的活动使用" in " ".join(errors(taken).values())
    assert office.get("/programs/new/?from=nothing").status_code == 404
    assert office.get("/programs/new/?from=copy-neighbour").status_code == 404


def test_a_county_office_sets_up_programs_for_its_own_county(office: Client, cast: Cast) -> None:
    """Another county is not offered, and not taken when it is sent."""
    other = cast.abroad.program.jurisdiction_id
    address = "/programs/new/?from=blank"
    values = {"name": "示例", "short_name": "示例", "office": "示例办公室", "starts_on": "2026-03-01", "code": "other"}
    assert "jurisdiction" in errors(post(office, address, "_create", jurisdiction=other, **values))
    assert not Program.objects.filter(code="other").exists()


def test_a_wrong_file_stays_in_the_text_area_with_its_lines_beside_it(office: Client, cast: Cast) -> None:
    """Line, reason, and the line itself; the upload is not lost."""
    text = text_of(cast.program).replace("vocabularies:", "vocabularys:")
    line = text.splitlines().index("vocabularys:") + 1
    address = "/programs/new/?from=file"
    upload = SimpleUploadedFile("program.yaml", text.encode("gb18030"))
    response = office.post(address, filled(office.get(address)) | {"upload": upload, "code": "again"})
    assert "不认识“vocabularys”" in errors(response)["text"]
    assert filled(response)["text"][0].strip() == text.strip()
    broken = text.replace("format: 1", "format: 1\n  - :")
    page = office.post(address, filled(response) | {"text": broken, "code": "again"}).content.decode()
    assert "文件里有误的行" in page
    assert line
    binary = SimpleUploadedFile("program.yaml", b"\x89PNG\xff\xff\xfe\x00\x81")
    assert "不是文本" in errors(office.post(address, {"upload": binary}))["text"]
    assert Program.objects.count() == 1


def test_a_program_is_copied_to_the_next_year_with_its_teams_and_pairings(office: Client, cast: Cast) -> None:
    """As new rows that begin with the new program; the old ones stay as they are."""
    make.RequirementFactory(program=cast.program, code="due", name="按期", due_on=dt.date(2016, 2, 29))
    before = Pairing.objects.filter(program=cast.program).count(), TeamMember.objects.count()
    address = "/programs/new/?from=copy-zhaoyuan"
    page = office.get(address)
    assert "工作队和队员（4）" in page.content.decode()
    starts = cast.program.starts_on.replace(year=cast.program.starts_on.year + 1)
    looked = post(office, address, carry=["teams", "pairings"])
    made = office.post(address, filled(looked) | {"_create": "1", "carry": ["teams", "pairings"]})
    assert made.status_code == 302, errors(made)
    copy = Program.objects.get(code=f"zhaoyuan-{starts.year}")
    assert (copy.starts_on, copy.short_name[-4:]) == (starts, str(starts.year))
    assert copy.requirements.get(code="due").due_on == dt.date(2017, 2, 28)
    pairings = Pairing.objects.filter(program=copy)
    assert (pairings.count(), copy.teams.count()) == (before[0], 4)
    assert {row.since for row in (*pairings, *copy.teams.all(), *TeamMember.objects.filter(team__program=copy))} == {
        starts
    }
    assert Pairing.objects.filter(program=cast.program).count() == before[0]
    alone = office.post(address, filled(office.get(address)) | {"_create": "1"})
    assert alone.status_code == 302
    assert not Program.objects.get(code=f"zhaoyuan-{starts.year}-2").teams.exists()


# Its file


def test_the_file_is_taken_out_by_the_one_door(office: Client, cast: Cast) -> None:
    """What leaves can be read again, and is written down."""
    response = office.get(at("setup/file/"))
    text = b"".join(response.streaming_content).decode()
    assert read(text)["program"]["code"] == "zhaoyuan"
    assert Export.objects.get().user == cast.county


def test_an_import_shows_the_difference_before_it_is_done(office: Client, cast: Cast) -> None:
    """Field by field; and when somebody else changed the program meanwhile, it is shown again first."""
    text = text_of(cast.program).replace("label: 入户走访", "label: 进村入户")
    looked = post(office, at("setup/import/"), text=text)
    told = looked.content.decode()
    assert "<del>入户走访</del> → <ins>进村入户</ins>" in told
    assert not cast.program.terms.filter(label="进村入户").exists()
    stale = filled(looked) | {"_apply": "1"}
    make.TermFactory(program=cast.program, vocabulary="honour", code="new", label="新词")
    assert "看过差别以后" in errors(office.post(at("setup/import/"), stale))["text"]
    again = office.post(at("setup/import/"), filled(looked))
    assert "新词" in again.content.decode()
    assert office.post(at("setup/import/"), filled(again) | {"_apply": "1"}).status_code == 302
    assert cast.program.terms.filter(label="进村入户").exists()
    assert cast.program.terms.get(label="新词").ended_on is not None


def test_names_are_changed_and_taken_back(office: Client, cast: Cast) -> None:
    """An empty field is the usual word; a hidden one is gone from lists and buttons."""
    team = cast.near.team
    assert "更换第一书记" in office.get(at(f"teams/{team.pk}/")).content.decode()
    post(office, at("setup/names/"), __team="驻村组", __first_secretary__hidden="on")
    cast.program.refresh_from_db()
    assert cast.program.names == {"team": "驻村组", "first_secretary": False}
    page = office.get(at(f"teams/{team.pk}/")).content.decode()
    assert "更换第一书记" not in page
    assert "撤回驻村组" in page
    assert cast.program.say("“驻村工作队”的驻村工作队、工作队") == "“驻村工作队”的驻村组、驻村组"
    post(office, at("setup/names/"), __team="")
    assert "first_secretary" in Program.objects.get(pk=cast.program.pk).names


def test_ending_is_for_the_whole_program(cast: Cast) -> None:
    """Its grants still hold on the day it stands still on."""
    end_program(by=cast.county, program=cast.program, on=cast.program.starts_on)
    county = User.objects.get(pk=cast.county.pk)
    assert Program.objects.visible_to(county).filter(pk=cast.program.pk).exists()
