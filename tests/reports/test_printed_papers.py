"""Handbooks, boards and booklets: read back from real PDFs, who may print them, what nobody may read on them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pymupdf
import pytest
import zxingcpp
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from cadres.models import Need, NeedStep
from programs.models import Export, Job, Suggestion
from reports.models import NoticeBoard
from reports.papers.board import board_of
from reports.papers.board_sheet import print_board
from reports.papers.handbook import handbooks_of
from reports.papers.press import DeskPress
from tests import factories as make
from tests.cast import Cast, Side
from tests.factories.base import at
from villages.models import Village, VillagePerson

OFFICE, MOBILE = "0535-8112345", "13800001234"
#: Numbers that stand on no paper but where they are asked for.
SECRETS = ("13900005678", "370685195001010017")
A4, A3_ACROSS = (595, 842), (1191, 842)


def pdf(response: Any) -> pymupdf.Document:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return pymupdf.open(stream=b"".join(response.streaming_content))


def text_of(document: pymupdf.Document) -> str:
    """All that stands on it, as one line: where lines break does not matter."""
    return "".join("".join(page.get_text() for page in document).replace("\u200b", "").split())


def size_of(document: pymupdf.Document) -> tuple[int, int]:
    (size,) = {(round(page.rect.width), round(page.rect.height)) for page in document}
    return size


@pytest.fixture
def side(cast: Cast) -> Side:
    """A village with an office telephone, and with numbers that are nobody's business."""
    cast.near.unit.office_phone = OFFICE
    cast.near.unit.save()
    cast.near.helper.phone = MOBILE
    cast.near.helper.save()
    household = cast.near.household
    household.phone, household.identity_number = SECRETS
    household.save()
    make.HouseholdTagFactory(household=household, tag=cast.near.word("household_tag", "poor"))
    return cast.near


def need_of(side: Side, **values: Any) -> Need:
    values = {"program": side.program, "division": side.place, "category": side.word("need_category")} | values
    need: Need = make.NeedFactory(**values)
    return need


# Handbooks


@pytest.fixture
def worked(side: Side) -> Need:
    """Two visits of the helper, the later one with a gift, and a need of the first that was closed after the second."""
    visits = []
    for day, said, did in ((1, "屋顶漏雨。", "答应联系修缮。"), (8, "屋顶已经查看。", "送上慰问金。")):
        visit = make.VisitFactory(
            program=side.program,
            division=side.place,
            kind=side.word("visit_kind"),
            happened_at=at(dt.date(2015, 6, day)),
            said=said,
            did=did,
        )
        make.VisitParticipantFactory(visit=visit, cadre=side.helper, unit=side.unit)
        make.VisitHouseholdFactory(visit=visit, household=side.household)
        visits.append(visit)
    make.GiftFactory(program=side.program, division=side.place, visit=visits[1], household=side.household, amount=200)
    need = need_of(
        side,
        household=side.household,
        visit=visits[0],
        text="请求修屋顶。",
        raised_on=dt.date(2015, 6, 1),
        closed_on=dt.date(2015, 6, 20),
        close_reason="已修好。",
        solved=True,
    )
    make.NeedStepFactory(need=need, on=dt.date(2015, 6, 10), text="联系了施工队。")
    make.NeedStepFactory(need=need, kind=NeedStep.Kind.CLOSED, on=dt.date(2015, 6, 20), text="已修好。")
    return need


def handbook(side: Side) -> str:
    return f"/p/{side.program.code}/handbooks/{side.helper.pk}/"


def test_a_handbook_has_both_sides_the_tasks_and_all_that_was_done_in_order(
    cast: Cast, side: Side, worked: Need, client: Client
) -> None:
    """By the cadre's own hand; the household's numbers stay where they are."""
    make.PaperFactory(program=side.program, texts={"tasks": "每周下沉一次。\n解决愁事难事。"})
    client.force_login(cast.cadre)
    document = pdf(client.get(handbook(side)))
    text = text_of(document)
    assert size_of(document) == A4
    for words in (
        *(side.helper.name, side.unit.name, "科员", OFFICE, MOBILE),
        *(side.household.head, f"{side.town}{side.place}", "贫困户", "走访2次，慰问1次，诉求1件、销号1件"),
        *("1.每周下沉一次。", "2.解决愁事难事。", "二、帮扶任务（1）", f"第1页共{len(document)}页"),
    ):
        assert words in text, words
    record = text[text.rindex("三、帮扶记录5条") :]
    order = ["屋顶漏雨。答应联系修缮。", "请求修屋顶。", "慰问金200元", "联系了施工队。", "销号已修好。"]
    assert sorted(order, key=record.index) == order
    assert "见面" in record
    for secret in SECRETS:
        assert secret not in text
    taken = Export.objects.get()
    assert (taken.what, taken.user) == (f"{side.helper}工作手册", cast.cadre)


def test_a_handbook_without_work_says_so(cast: Cast, side: Side, client: Client) -> None:
    """In a line under each heading."""
    client.force_login(cast.cadre)
    text = text_of(pdf(client.get(handbook(side))))
    assert "还没有登记走访、诉求和慰问。" in text
    assert "没有经手的诉求。" in text


@pytest.mark.parametrize(
    ("role", "near", "far"),
    [
        *(("county", 200, 200), ("town", 200, 404), ("unit", 200, 404), ("cadre", 200, 404)),
        *(("team", 403, 403), ("inspector", 403, 403), ("leader", 403, 403), ("outsider", 404, 404)),
    ],
)
def test_who_may_print_a_handbook(cast: Cast, side: Side, client: Client, role: str, near: int, far: int) -> None:
    """The offices, the unit, and the cadre's own."""
    client.force_login(cast.user(role))
    assert client.get(handbook(side)).status_code == near
    assert client.get(handbook(cast.far)).status_code == far


def test_a_handbook_tells_a_town_of_its_own_households_only(cast: Cast, side: Side, client: Client) -> None:
    """A cadre may help in two towns; each town's office sees its part."""
    make.PairingFactory(program=side.program, cadre_household=True, cadre=side.helper, household=cast.far.household)
    shown = {}
    for role in ("county", "town", "cadre"):
        client.force_login(cast.user(role))
        shown[role] = cast.far.household.head in text_of(pdf(client.get(handbook(side))))
    assert shown == {"county": True, "town": False, "cadre": True}


# Boards


def board(side: Side) -> str:
    return f"/p/{side.program.code}/boards/{side.place.code}/"


@pytest.fixture
def asked(side: Side) -> None:
    """A problem of the whole village with a comment, one of a household, one closed, and one that is left out."""
    side.team.promises = "一、随叫随到。\n二、件件有回音。"
    side.team.save()
    road = need_of(side, text="村里的桥危险，联系人13900005678。")
    make.NeedStepFactory(need=road, kind=NeedStep.Kind.COMMENT, text="抓紧修桥。")
    private = need_of(side, household=side.household, text="患病无钱医治。")
    make.NeedStepFactory(need=private, kind=NeedStep.Kind.COMMENT, text="帮他把病看好。")
    need_of(side, text="水管漏水。", category=side.word("need_category", "water"), closed=True)
    need_of(side, text="为山界争吵。", category=side.word("need_category", "dispute"))


def test_a_board_has_all_that_is_to_be_shown(cast: Cast, side: Side, asked: None, client: Client) -> None:
    """Who helps with posts and telephones, how many are helped, promises, problems, comments, what was closed."""
    make.PaperFactory(program=side.program, kind="board", title="帮扶公示牌", texts={"left_out": "纠纷"})
    client.force_login(cast.team)
    document = pdf(client.get(board(side)))
    text = text_of(document)
    assert (size_of(document), len(document)) == (A3_ACROSS, 1)
    for words in (
        *("帮扶公示牌", f"{side.town}{side.place}", side.team.name, side.unit.name, OFFICE),
        *(side.secretary.name, "第一书记", side.helper.name, "共1户", "1.随叫随到。", "2.件件有回音。"),
        *("待解决2件", "道路2件", "村里的桥危险", "抓紧修桥。", "已销号1件", "水管漏水", "已硬化"),
        "另有1条点评涉及农户",
    ):
        assert words in text, words
    for secret in (*SECRETS, MOBILE, side.household.head, side.member.name, "患病", "把病看好", "纠纷", "山界"):
        assert secret not in text, secret


def test_names_stand_on_a_board_only_where_the_program_prints_them(cast: Cast, side: Side, desk: Client) -> None:
    """Heads of households, and nothing else of them."""
    make.PaperFactory(program=side.program, kind="board", names_in_print=True)
    text = text_of(pdf(desk.get(board(side))))
    assert side.household.head in text
    for secret in (*SECRETS, side.member.name, "贫困户"):
        assert secret not in text


def test_a_telephone_opens_the_boards_page_and_reads_counts_only(
    cast: Cast, side: Side, asked: None, desk: Client
) -> None:
    """Also where the board itself names people."""
    make.PaperFactory(program=side.program, kind="board", names_in_print=True)
    page = pdf(desk.get(board(side)))[0]
    picture = page.get_pixmap(dpi=150)
    (code,) = zxingcpp.read_barcodes(Image.frombytes("RGB", (picture.width, picture.height), picture.samples))
    path = f"/b/{NoticeBoard.objects.get(village=side.village).token}/"
    assert code.text == f"http://localhost:8000{path}"
    response = Client().get(path)
    shown = re.sub(r"<[^>]+>|\s", "", response.content.decode())
    for words in (
        f"{side.town}{side.place}",
        "帮扶农户1户",
        "领导点评2条",
        "道路待解决2件，已销号0件",
        "待解决3件，已销号1件",
    ):
        assert words in shown, words
    people = (side.household.head, side.helper.name, side.secretary.name, side.leader.name)
    for secret in (*SECRETS, MOBILE, OFFICE, *people, "危险", "患病", "抓紧", "漏水"):
        assert secret not in shown, secret
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert Client().get("/b/AAAAAAAAAAAAAAAA/").status_code == 404


def test_what_is_written_on_a_boards_page_reaches_the_office_and_not_those_on_the_board(
    cast: Cast, side: Side, client: Client
) -> None:
    """The same handling as what comes through a card."""
    cache.clear()
    path = f"/b/{make.NoticeBoardFactory(program=side.program, village=side.village).token}/"
    assert Client().post(path, {"text": ""}).status_code == 400
    answer = Client().post(path, {"text": "工作队很久没来了。"}, follow=True)
    assert "已收到" in answer.content.decode()
    written = Suggestion.objects.get()
    assert written.page == f"公示牌：{side.town}{side.place}"
    make.RoleGrantFactory(user=cast.team, program=side.program, role="county")
    assert Suggestion.objects.visible_to(cast.county).count() == 1
    assert not Suggestion.objects.visible_to(cast.team).exists()


@pytest.mark.parametrize(("count", "sheets"), [(0, 1), (1, 1), (40, 1), (100, 2)])
def test_a_board_holds_few_and_many_and_long_names(cast: Cast, side: Side, count: int, sheets: int) -> None:
    """Every name stands there whole, inside the sheet, in type that is read from two metres."""
    make.PaperFactory(program=side.program, kind="board", names_in_print=True)
    place = make.PlaceFactory(parent=side.town, level=5, short_name="示例长长长长长长长长名村")
    village = make.VillageFactory(division=place, name="示例长长长长长长长长名村")
    heads = [f"示例户主甲乙丙丁{n:03}" if n % 7 == 0 else f"示例户{n:03}" for n in range(count)]
    for head in heads:
        home = make.HouseholdFactory(division=place, head=head)
        make.PairingFactory(program=side.program, cadre_household=True, cadre=side.helper, household=home)
    document = pymupdf.open(stream=print_board(DeskPress(), board_of(side.program, village)))
    assert len(document) == sheets
    printed = {line.strip() for page in document for line in re.split(r"[\s\u3000]+", page.get_text())}
    assert set(heads) <= printed
    for page in document:
        spans = [
            span
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if span["text"].strip()
        ]
        assert all(page.rect.contains(pymupdf.Rect(span["bbox"])) for span in spans)
        assert min(span["size"] for span in spans if span["bbox"][1] > 140) > 19.9


@pytest.mark.parametrize(
    ("paper", "role", "near", "far"),
    [
        *(("boards", "town", 200, 404), ("boards", "unit", 200, 404), ("boards", "cadre", 200, 404)),
        *(("boards", "team", 200, 404), ("boards", "inspector", 403, 403), ("boards", "leader", 403, 403)),
        *(("booklets", "county", 200, 200), ("booklets", "town", 200, 404), ("booklets", "team", 200, 404)),
        *(("booklets", "leader", 200, 200), ("booklets", "unit", 403, 403), ("booklets", "cadre", 403, 403)),
        *(("booklets", "inspector", 403, 403), ("booklets", "neighbour", 404, 404)),
    ],
)
def test_who_may_print_what_of_a_village(
    cast: Cast, client: Client, paper: str, role: str, near: int, far: int
) -> None:
    """Boards whoever works there; booklets only who reaches the village and its households by right."""
    client.force_login(cast.user(role))
    for side, status in ((cast.near, near), (cast.far, far)):
        assert client.get(f"/p/{cast.program.code}/{paper}/{side.place.code}/").status_code == status


# Booklets


def test_a_booklet_holds_what_is_known_of_a_village(cast: Cast, side: Side, client: Client) -> None:
    """Part by part, marked with who printed it; numbers of persons stay out, but for the committee's telephones."""
    side.village.overview = "丘陵地貌，八个小组。"
    side.village.save()
    make.VillageYearFactory(village=side.village, year=2013, collective_income=50_000)
    make.VillageYearFactory(village=side.village, year=2014, collective_income=58_000)
    for kind, name, phone in (
        (VillagePerson.Kind.COMMITTEE, "示例支部书记", "0535-8000001"),
        (VillagePerson.Kind.PARTY_MEMBER, "示例党员01", "13900000001"),
        (VillagePerson.Kind.TALENT, "示例能人01", "13900000002"),
    ):
        make.VillagePersonFactory(village=side.village, kind=kind, name=name, phone=phone)
    make.VillageRiskFactory(village=side.village, text="界址不清。")
    need_of(side, text="请求修路。")
    client.force_login(cast.team)
    document = pdf(client.get(f"/p/{side.program.code}/booklets/{side.place.code}/"))
    text = text_of(document)
    assert size_of(document) == A4
    for words in (
        *("村情民意一本通", f"{side.town}{side.place}", "丘陵地貌，八个小组。", "58,000增长16.0%", "界址不清。"),
        *("示例支部书记", "0535-8000001", "示例党员01", "示例能人01", "登记农户1户，其中贫困户1户"),
        *(side.household.head, side.helper.name, side.secretary.name, "请求修路。", "没有登记项目和资金。"),
        *(str(cast.team), "打印内部资料，注意保管"),
    ):
        assert words in text, words
    for secret in (*SECRETS, MOBILE, "13900000001", "13900000002"):
        assert secret not in text, secret
    assert Export.objects.get().reason == "供驻村人员掌握村情"


def test_an_empty_booklet_says_in_a_line_what_is_not_there(cast: Cast, desk: Client) -> None:
    """No headings over nothing."""
    side = cast.sibling
    text = text_of(pdf(desk.get(f"/p/{side.program.code}/booklets/{side.place.code}/")))
    for words in (
        "没有登记历年数据。",
        "没有登记党员。",
        "没有登记村外能人。",
        "没有登记信访矛盾隐患。",
        "没有登记诉求。",
    ):
        assert words in text


# Sets


def files_of(job: Job) -> dict[str, pymupdf.Document]:
    found = job.files.order_by("pk")
    return {row.name: pymupdf.open(stream=row.file.read()) for row in found if row.name.endswith(".pdf")}


def test_handbooks_by_the_set_begin_each_on_a_sheet_of_its_own(cast: Cast, side: Side, desk: Client) -> None:
    """A file for each unit; whoever is helped by nobody has none."""
    page = f"/p/{side.program.code}/handbooks/"
    assert "共 8 本" in desk.get(page).content.decode()
    desk.post(page)
    job = Job.objects.get()
    assert (job.state, job.progress, job.total) == (Job.State.DONE, 8, 8)
    files = files_of(job)
    assert set(files) == {f"{one.unit}工作手册.pdf" for one in cast.sides}
    document = files[f"{side.unit}工作手册.pdf"]
    firsts = [number for number, sheet in enumerate(document) if "第 1 页" in sheet.get_text()]
    assert len(firsts) == 2
    assert all(number % 2 == 0 for number in firsts)
    assert job.files.filter(name__endswith=".zip").count() == 1


def test_a_set_holds_what_its_owner_reaches_and_no_more(cast: Cast, side: Side, client: Client) -> None:
    """Whatever the address asks for."""
    for role, paper, query, whose in (
        ("unit", "handbooks", "", {f"{side.unit}工作手册.pdf"}),
        ("county", "handbooks", f"?unit={cast.far.unit.pk}", {f"{cast.far.unit}工作手册.pdf"}),
        ("town", "boards", "", {f"{side.town}公示牌.pdf"}),
        ("county", "boards", f"?place={cast.far.town.code}", {f"{cast.far.town}公示牌.pdf"}),
        ("town", "booklets", f"?place={cast.far.town.code}", set()),
    ):
        Job.objects.all().delete()
        client.force_login(cast.user(role))
        client.post(f"/p/{side.program.code}/{paper}/{query}")
        job = Job.objects.first()
        assert (set(files_of(job)) if job else set()) == whose
    client.force_login(cast.unit)
    assert client.get(f"/p/{side.program.code}/handbooks/?unit={cast.far.unit.pk}").status_code == 404


def test_the_pages_of_things_lead_to_their_papers(cast: Cast, side: Side, client: Client) -> None:
    """For those who may print them."""
    base = f"/p/{side.program.code}"
    links = {
        f"{base}/villages/{side.place.code}/": (board(side), f"{base}/booklets/{side.place.code}/"),
        f"{base}/cadres/{side.helper.pk}/": (handbook(side),),
        f"{base}/units/{side.unit.pk}/": (f"{base}/handbooks/?unit={side.unit.pk}",),
    }
    for role, led in (("county", True), ("inspector", False)):
        client.force_login(cast.user(role))
        for page, papers in links.items():
            shown = client.get(page).content.decode()
            assert [paper in shown for paper in papers] == [led] * len(papers)


def test_reading_many_handbooks_asks_no_more_than_reading_one(cast: Cast, side: Side) -> None:
    """Sets of 1,455 must not ask for each cadre."""

    def asked(cadres: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(handbooks_of(side.program, cast.county, cadres)) == len(cadres)
        return len(queries)

    asked([side.helper.pk])
    assert asked([one.helper.pk for one in cast.sides]) == asked([side.helper.pk])


def test_a_retired_village_has_no_board_while_the_program_runs(cast: Cast, side: Side, desk: Client) -> None:
    """Nobody hangs up a board where there is no village."""
    place = Village.objects.get(pk=side.place.pk).division
    place.retired_on = dt.date(2015, 6, 1)
    place.save()
    assert "共 3 块" in desk.get(f"/p/{side.program.code}/boards/").content.decode()
