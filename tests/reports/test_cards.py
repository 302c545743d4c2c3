"""联系卡: what stands on a real card, what its code opens, and who never reads what is written there."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pymupdf
import pytest
import zxingcpp
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from programs.jobs.running import run_job
from programs.models import Export, Job, Suggestion
from reports.models import ContactCard, Paper
from reports.papers.batches import bundles_of
from reports.papers.cards import Card, CardText, Helper, address_text, cards_of, text_of, with_places
from reports.papers.kinds import CARD, Wording
from reports.papers.printing import card_printer, sheets_html
from reports.papers.remarks import LIMITS
from reports.typesetting.pdf import render_html
from tests import factories as make
from tests.cast import Cast, Side
from villages.models import Household

PHONE = "0535-8112345"


def content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def codes_on(content: bytes, page: int = 0) -> list[str]:
    """What a telephone reads from the codes on a printed page, from top left to bottom right."""
    picture = pymupdf.open(stream=content)[page].get_pixmap(dpi=200)
    found = zxingcpp.read_barcodes(Image.frombytes("RGB", (picture.width, picture.height), picture.samples))
    placed = sorted((code.position.top_left.y // 200, code.position.top_left.x, code.text) for code in found)
    return [text for _, _, text in placed]


@pytest.fixture
def side(cast: Cast) -> Side:
    """A village whose unit has an office telephone; household and cadre have numbers that are nobody's business."""
    cast.near.unit.office_phone = PHONE
    cast.near.unit.save()
    cast.near.helper.phone = "13800001234"
    cast.near.helper.save()
    household = cast.near.household
    household.phone, household.identity_number, household.number = "13900005678", "370685195001010017", "H-0042"
    household.save()
    return cast.near


@pytest.fixture
def card(side: Side) -> ContactCard:
    """The card of the near side's household."""
    cache.clear()
    return make.ContactCardFactory(program=side.program, household=side.household)


# The paper


def test_a_card_has_both_sides_the_tasks_and_a_code_that_opens_its_page(cast: Cast, side: Side, client: Client) -> None:
    """Read back from the PDF as a person and as a telephone would."""
    make.PaperFactory(program=side.program, texts={"tasks": "每周下沉一次。\n清理庭院。\n建立对子。\n解决愁事难事。"})
    client.force_login(cast.cadre)
    content = content_of(client.get(f"/p/{side.program.code}/cards/{side.household.pk}/"))
    text = pymupdf.open(stream=content)[0].get_text().replace("\u200b", "")
    for words in (
        *("包户联系卡", side.program.office, side.household.head, "示例东镇", side.village.name, "H-0042"),
        *(side.helper.name, side.unit.name, "科员", PHONE),
        *("1. 每周下沉一次。", "2. 清理庭院。", "3. 建立对子。", "4. 解决愁事难事。"),
    ):
        assert words in text
    for secret in ("13800001234", "13900005678", "370685195001010017"):
        assert secret not in text
    card = ContactCard.objects.get(household=side.household)
    (address,) = codes_on(content)
    assert address == f"http://localhost:8000/k/{card.token}/"
    assert Client().get(address.removeprefix("http://localhost:8000")).status_code == 200
    assert Export.objects.get().what == f"{side.household}联系卡"


def test_a_second_print_leads_to_the_same_page(cast: Cast, side: Side) -> None:
    """An old card on the wall stays good."""
    rows = with_places(Household.objects.filter(pk=side.household.pk))
    first, again = (cards_of(side.program, list(rows))[0] for _ in range(2))
    assert first.url == again.url
    assert len(re.search(r"/k/([\w-]+)/", first.url)[1]) >= 16  # type: ignore[index]


@pytest.mark.parametrize("role", ["inspector", "leader"])
def test_who_does_not_work_with_households_prints_no_cards(cast: Cast, side: Side, client: Client, role: str) -> None:
    """They have no right to, and a cadre no reach beyond their own."""
    client.force_login(cast.user(role))
    assert client.get(f"/p/{side.program.code}/cards/{side.household.pk}/").status_code == 403
    client.force_login(cast.cadre)
    assert client.get(f"/p/{side.program.code}/cards/{cast.far.household.pk}/").status_code == 404


def test_a_household_without_a_helper_gets_words_instead_of_a_card(cast: Cast, side: Side, desk: Client) -> None:
    """They say what to do."""
    alone = make.HouseholdFactory(division=side.place)
    response = desk.get(f"/p/{side.program.code}/cards/{alone.pk}/", follow=True)
    assert "请先登记结对" in response.content.decode()


def test_the_register_and_the_place_say_nothing_twice(side: Side) -> None:
    """Registers write as much of the address as they please."""
    town, village = side.town.short_name, side.place.short_name
    for given in ("3号", f"{village}3号", f"{town}{village}3号"):
        assert address_text(side.place, given) == f"{town}{village}3号"


def made_up(count: int) -> tuple[CardText, list[Card]]:
    text = CardText("示例办公室", Wording(CARD, CARD.title), ("走访。", "帮办。"), "演示数据")
    cards = [
        Card(
            f"示例户主{n}",
            f"示例镇示例村{n}号",
            "",
            (Helper(f"示例干部{n}", "示例局", "科员", PHONE, n),),
            f"https://bangfu.example/k/{n:016}/",
        )
        for n in range(1, count + 1)
    ]
    return text, cards


def test_each_card_of_a_file_is_its_own_and_all_are_complete() -> None:
    """What is the same on every card is stamped; pixel for pixel it is as if each sheet were set as a whole."""
    text, cards = made_up(10)
    with card_printer() as printer:
        stamped = printer.pdf(text, cards)
    whole = render_html(sheets_html(text, cards), b"", is_tagged=False)
    one, other = pymupdf.open(stream=stamped), pymupdf.open(stream=whole)
    assert len(one) == len(other) == 3
    for page, same in zip(one, other, strict=True):
        assert page.get_pixmap(dpi=72).samples == same.get_pixmap(dpi=72).samples
        assert sorted(page.get_text().split()) == sorted(same.get_text().split())
    assert codes_on(stamped, 1) == [card.url for card in cards[4:8]]
    assert [f"示例户主{n}" in one[2].get_text() for n in (8, 9, 10)] == [False, True, True]


def test_much_text_grows_smaller_and_stays_in_its_place() -> None:
    """Three helpers of long names, a long address and six tasks all stand on the card."""
    text, (card,) = made_up(1)
    long = CardText(text.office, text.wording, tuple(f"任务{n}：{'帮' * 30}" for n in range(6)), "")
    helpers = tuple(Helper(f"示例干部{n}", f"示例区{'示例' * 8}局{n}", "副科级组织员", PHONE, n) for n in range(3))
    full = Card(card.head, f"示例镇示例村{'东大街三巷' * 6}", "H-0042", helpers, card.url)
    with card_printer(1) as printer:
        page = pymupdf.open(stream=printer.pdf(long, [full]))[0]
    assert page.get_text().count(PHONE) == 3
    blocks = [pymupdf.Rect(block[:4]) for block in page.get_text("blocks")]
    assert all(block.x1 <= 105 / 25.4 * 72 for block in blocks)
    assert max(block.y1 for block in blocks) <= 148.4 / 25.4 * 72


# The page behind the code


def public(card: ContactCard) -> str:
    return f"/k/{card.token}/"


def test_the_public_page_tells_of_the_office_and_of_nobodys_home(side: Side, card: ContactCard) -> None:
    """Name, unit, office telephone and tasks; nothing that says whose card it is."""
    response = Client().get(public(card))
    shown = response.content.decode()
    for words in (side.helper.name, side.unit.name, PHONE, "意见建议", text_of(side.program).tasks[0]):
        assert words in shown
    household = side.household
    secrets = (household.head, side.member.name, "13800001234", "13900005678", "370685195001010017", "H-0042")
    for secret in (*secrets, side.place.code, f"households/{household.pk}"):
        assert secret not in shown
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_a_wrong_address_opens_nothing(card: ContactCard) -> None:
    """Not even a longer one."""
    assert Client().get("/k/AAAAAAAAAAAAAAAA/").status_code == 404
    assert Client().get(f"/k/{card.token}x/").status_code == 404


def test_staff_who_reach_the_household_are_led_on(cast: Cast, side: Side, card: ContactCard, client: Client) -> None:
    """Others see what everybody sees."""
    link = f"/p/{side.program.code}/households/{side.household.pk}/"
    for user, led in ((cast.cadre, True), (cast.town, True), (cast.inspector, False), (cast.outsider, False)):
        client.force_login(user)
        assert (link in client.get(public(card)).content.decode()) is led


def test_an_ended_pairing_leads_to_the_successor_and_then_to_the_office(side: Side, card: ContactCard) -> None:
    """The card on the wall is not printed anew for every change."""
    side.household_pairing.until = side.household_pairing.since
    side.household_pairing.save()
    assert f"请联系{side.program.office}" in Client().get(public(card)).content.decode()
    make.PairingFactory(program=side.program, cadre_household=True, cadre=side.leader, household=side.household)
    assert side.leader.name in Client().get(public(card)).content.decode()


def test_what_is_written_is_read_by_the_office_and_never_by_who_it_is_about(
    cast: Cast, side: Side, card: ContactCard, client: Client
) -> None:
    """Not even where the one it is about belongs to the office, or is its administrator."""
    stranger = Client(enforce_csrf_checks=False)
    response = stranger.post(public(card), {"text": "好几周没来了。", "contact": ""}, follow=True)
    assert "已收到" in response.content.decode()
    written = Suggestion.objects.get()
    assert (written.user, written.contact, written.program) == (None, "", side.program)
    assert side.household.head not in written.page
    page, detail = f"/p/{side.program.code}/suggestions/", f"/p/{side.program.code}/suggestions/{written.pk}/"
    client.force_login(cast.county)
    assert "好几周没来了" in client.get(page).content.decode()
    shown = client.get(detail).content.decode()
    assert f"联系卡：{side.helper.name}" in shown
    assert "匿名" in shown
    make.RoleGrantFactory(user=cast.cadre, program=side.program, role="county")
    client.force_login(cast.cadre)
    assert client.get(page).status_code == 200
    assert "好几周没来了" not in client.get(page).content.decode()
    assert client.get(detail).status_code == 404
    cast.cadre.is_superuser = cast.cadre.is_staff = True
    cast.cadre.save()
    for model in ("suggestion", "cardremark"):
        app = "programs" if model == "suggestion" else "reports"
        assert "好几周" not in client.get(f"/admin/{app}/{model}/").content.decode()
    assert client.get(f"/admin/programs/suggestion/{written.pk}/change/").status_code == 302
    client.force_login(cast.administrator)
    assert "好几周" in client.get("/admin/programs/suggestion/").content.decode()


def test_an_account_that_comes_later_does_not_find_it_either(cast: Cast, side: Side, card: ContactCard) -> None:
    """The remark is about the cadre, not about an account of that day."""
    Client().post(public(card), {"text": "好几周没来了。"})
    assert Suggestion.objects.visible_to(cast.county).count() == 1
    make.RoleGrantFactory(user=cast.cadre, program=side.program, role="county")
    assert not Suggestion.objects.visible_to(cast.cadre).exists()


def test_an_empty_or_endless_remark_is_refused_beside_its_field(card: ContactCard) -> None:
    """What was typed stays."""
    empty = Client().post(public(card), {"text": " ", "contact": "示例户主的邻居"})
    assert empty.status_code == 400
    assert "请写下您的意见或建议。" in empty.content.decode()
    assert "示例户主的邻居" in empty.content.decode()
    assert Client().post(public(card), {"text": "长" * 1001}).status_code == 400
    assert not Suggestion.objects.exists()


def test_remarks_are_limited_by_card_and_by_sender(side: Side, card: ContactCard) -> None:
    """A prank does not flood the office; another card is not shut by it until its sender is."""
    for number in range(LIMITS["card"]):
        assert Client().post(public(card), {"text": f"第 {number} 条"}).status_code == 302
    refused = Client().post(public(card), {"text": "再来一条"})
    assert refused.status_code == 429
    assert "再来一条" in refused.content.decode()
    assert "过一小时再写" in refused.content.decode()
    assert Suggestion.objects.count() == LIMITS["card"]
    others = [make.ContactCardFactory(program=side.program) for _ in range(LIMITS["address"] // LIMITS["card"] + 1)]
    answers = [
        Client().post(public(other), {"text": "好"}).status_code for other in others for _ in range(LIMITS["card"])
    ]
    assert 429 in answers
    assert Client().post(public(others[-1]), {"text": "好"}, REMOTE_ADDR="192.0.2.7").status_code == 302


# Batches


def files_of(job: Job) -> dict[str, bytes]:
    return {row.name: row.file.open("rb").read() for row in job.files.order_by("pk")}


def test_a_batch_makes_a_file_for_each_village_and_all_in_one(cast: Cast, side: Side, desk: Client) -> None:
    """Asked for on the page, made in the background, downloaded from its page."""
    page = f"/p/{side.program.code}/cards/"
    shown = desk.get(page).content.decode()
    assert "共 4 张" in shown
    assert f"?place={side.town.code}" in shown
    response = desk.post(page, follow=True)
    job = Job.objects.get()
    assert (job.state, job.progress, job.total) == (Job.State.DONE, 4, 4)
    names = sorted(files_of(job))
    assert len(names) == 5
    assert f"{side.town}{side.place}联系卡.pdf" in names
    assert names[-1].endswith("（全部）.zip") or names[0].endswith("（全部）.zip")
    assert "联系卡.pdf" in response.content.decode()
    archive = next(content for name, content in files_of(job).items() if name.endswith(".zip"))
    assert len(zipfile.ZipFile(io.BytesIO(archive)).namelist()) == 4


def test_a_batch_holds_what_its_owner_reaches_and_no_more(cast: Cast, side: Side, client: Client) -> None:
    """A town's office gets its town, a cadre the own households, whatever the address asks for."""
    for user, query, heads in (
        (cast.town, "", {cast.near.household.head, cast.sibling.household.head}),
        (cast.town, f"?place={cast.far.town.code}", set()),
        (cast.cadre, "", {side.household.head}),
        (cast.county, f"?cadre={cast.far.helper.pk}", {cast.far.household.head}),
        (cast.county, f"?place={cast.far.place.code}", {cast.far.household.head}),
    ):
        Job.objects.all().delete()
        client.force_login(user)
        client.post(f"/p/{side.program.code}/cards/{query}")
        job = Job.objects.first()
        text = "".join(
            page.get_text()
            for name, content in (files_of(job) if job else {}).items()
            if name.endswith(".pdf")
            for page in pymupdf.open(stream=content)
        )
        every = {one.household.head for one in cast.sides}
        assert {head for head in every if head in text} == heads


def test_a_batch_that_was_interrupted_goes_on_with_what_it_has(cast: Cast, side: Side) -> None:
    """Villages that are done are not printed again."""
    params = {"place": side.town.code, "cadre": None}
    job = make.JobFactory(kind="cards", title="示例", program=side.program, owner=cast.county, params=params)
    name = f"{side.town}{side.place}联系卡.pdf"
    make.JobFileFactory(job=job, name=name)
    run_job.enqueue(job.pk)
    job.refresh_from_db()
    assert (job.state, job.total) == (Job.State.DONE, 2)
    made = files_of(job)
    assert len(made) == 3
    assert made[name] == b"done"


def test_a_village_of_many_cards_is_split_evenly(cast: Cast, side: Side) -> None:
    """Nobody sorts a stack of 500 and one of 3."""
    for _ in range(4):
        household = make.HouseholdFactory(division=side.place)
        make.PairingFactory(program=side.program, cadre_household=True, cadre=side.helper, household=household)
    bundles = list(bundles_of(side.program, cast.county, place=side.place.code, most=4))
    assert [(one.name, len(one.households)) for one in bundles] == [
        (f"{side.town}{side.place}联系卡（1）.pdf", 3),
        (f"{side.town}{side.place}联系卡（2）.pdf", 2),
    ]
    assert len({pk for one in bundles for pk in one.households}) == 5


def test_pages_of_batches_cost_the_same_for_many(
    cast: Cast, side: Side, desk: Client, django_assert_num_queries: Any
) -> None:
    """Counting is one query, whatever it counts."""
    page = f"/p/{side.program.code}/cards/"
    desk.get(page)
    with CaptureQueriesContext(connection) as few:
        desk.get(page)
    for _ in range(20):
        household = make.HouseholdFactory(division=cast.far.place)
        make.PairingFactory(program=side.program, cadre_household=True, cadre=side.helper, household=household)
    with django_assert_num_queries(len(few)):
        desk.get(page)


def test_a_place_elsewhere_is_not_found(cast: Cast, side: Side, desk: Client) -> None:
    """Nor one that is none."""
    for code in (cast.abroad.place.code, "999", "370685104999"):
        assert desk.get(f"/p/{side.program.code}/cards/?place={code}").status_code == 404
    assert desk.get(f"/p/{side.program.code}/cards/?cadre=0").status_code == 404


def test_a_program_words_its_cards(cast: Cast, side: Side, desk: Client) -> None:
    """Its own tasks go before its vocabulary's, and those before the usual ones."""
    assert list(text_of(side.program).tasks) == [side.word("task").label]
    Paper.objects.create(program=side.program, kind="card", texts={"tasks": "走访。\n帮办。"})
    assert text_of(side.program).tasks == ("走访。", "帮办。")
    side.program.terms.filter(vocabulary="task").delete()
    Paper.objects.all().delete()
    assert text_of(side.program).tasks[0] == CARD.part("tasks").default.splitlines()[0]
