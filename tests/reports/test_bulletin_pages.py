"""Pages of bulletins: who may read what, forms that keep what was typed, files that leave by the one door."""

from __future__ import annotations

import datetime as dt
import io
import json
import re

import docx
import pymupdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from programs.models import Export
from reports import actions
from reports.models import Bulletin, BulletinStep
from reports.typesetting.pool import PdfPool
from tests import factories as make
from tests.cast import ROLES, STRANGERS, Cast
from tests.pages import errors, filled, send
from tests.reports.bulletin_samples import docked, drafted, issued, signing, told

LIST = "/p/zhaoyuan/bulletins/"
DRAFTERS = ("county", "administrator")
WRITERS = ("town", "unit", "team")


def url(bulletin: Bulletin, page: str = "") -> str:
    return f"{LIST}{bulletin.pk}/{page}"


def signed_in(client: Client, cast: Cast, role: str) -> Client:
    client.force_login(cast.user(role))
    return client


@pytest.mark.parametrize("role", ROLES)
def test_issued_bulletins_are_for_everybody_and_drafts_for_the_office(client: Client, cast: Cast, role: str) -> None:
    """A draft is as if it were not there; its page, files and rows as well."""
    told(cast)
    draft = make.BulletinFactory(program=cast.program, number=1, template=None)
    waiting = make.BulletinFactory(program=cast.program, number=2, state=Bulletin.State.SIGNING)
    done = issued_of(cast)
    signed_in(client, cast, role)
    listed = [row.object for row in client.get(LIST).context["selection"].shown]
    assert listed == ([done, waiting, draft] if role in DRAFTERS else [done])
    for page in ("", "paper/", "word/", "pdf/"):
        assert client.get(url(done, page)).status_code == 200, page
        assert client.get(url(draft, page)).status_code == (200 if role in DRAFTERS else 404), page
    for page in ("submit/", "pass/", "return/", "issue/"):
        assert client.get(url(draft, page)).status_code == (200 if role in DRAFTERS else 403), page
    # What plain papers have as well is open to those who write some, but never leads them to a draft of the office.
    hidden = 404 if role in WRITERS else 403
    for page in ("discard/", "figure/?name=工作队"):
        assert client.get(url(draft, page)).status_code == (200 if role in DRAFTERS else hidden), page
    assert client.get(f"{LIST}create/").status_code == (200 if role in {*DRAFTERS, *WRITERS} else 403)
    assert client.get(url(done, "withdraw/")).status_code == (200 if role in DRAFTERS else 403)
    assert client.post(url(draft, "change/"), {}).status_code == (400 if role in DRAFTERS else hidden)
    assert client.post(url(draft, "preview/"), {}).status_code == (200 if role in DRAFTERS else hidden)


def issued_of(cast: Cast) -> Bulletin:
    """An issue of the template that was told of."""
    bulletin = actions.draft_bulletin(by=cast.county, template=cast.program.bulletin_templates.get(), number=3)
    bulletin = actions.submit_bulletin(by=cast.county, bulletin=bulletin)
    return actions.issue_bulletin(by=cast.county, bulletin=actions.pass_bulletin(by=cast.county, bulletin=bulletin))


@pytest.mark.parametrize("stranger", STRANGERS)
def test_strangers_find_nothing(client: Client, cast: Cast, stranger: str) -> None:
    """Nobody of another program, and nobody without a role."""
    bulletin = issued(cast)
    assert client.get(url(bulletin)).status_code == 302
    signed_in(client, cast, stranger)
    for page in ("", "pdf/", "rows/对接到位/"):
        assert client.get(url(bulletin, page)).status_code == 404


def test_figures_of_an_issue_open_the_rows_frozen_with_it(client: Client, cast: Cast) -> None:
    """As many as the number says, whoever reads, whatever happened since."""
    bulletin = issued(cast)
    docked(cast, "sibling")
    page = signed_in(client, cast, "cadre").get(url(bulletin)).content.decode()
    links = re.findall(r'<a href="([^"]*rows/[^"]*)">(\d+)[个种]</a>', page)
    assert [number for _, number in links][:4] == ["4", "4", "2", "2"]
    for address, number in links:
        shown = client.get(address.replace("&amp;", "&"))
        assert shown.context["selection"].total == int(number), address
    lists = re.findall(r'<a href="([^"]*rows/[^"]*)">[^<]*、[^<]*</a>', page)
    assert [client.get(address.replace("&amp;", "&")).status_code for address in lists] == [200, 200]
    rows = client.get(url(bulletin, "rows/对接到位/?aspect=not_done"))
    assert [row.object.name for row in rows.context["selection"].shown] == [
        str(cast.farther.team),
        str(cast.sibling.team),
    ]
    assert "与镇、村对接到位的工作队。" in rows.content.decode()


def test_rows_that_the_issue_does_not_print_are_for_the_office(client: Client, cast: Cast) -> None:
    """Figures that the text does not name, and lists of units in an issue that names none."""
    make.VisitFactory(program=cast.program, division=cast.near.place, kind=cast.near.word("visit_kind"))
    bulletin = issued(cast)
    for role, status in (("county", 200), ("unit", 403), ("leader", 403)):
        assert signed_in(client, cast, role).get(url(bulletin, "rows/走访/")).status_code == status
        assert client.get(url(bulletin, "rows/对接到位/")).status_code == 200


def test_an_issue_that_names_nobody_opens_no_names(client: Client, cast: Cast) -> None:
    """Not by the back door either."""
    template = told(cast)
    bulletin = actions.draft_bulletin(by=cast.county, template=template, names_units=False)
    bulletin = actions.pass_bulletin(
        by=cast.county, bulletin=actions.submit_bulletin(by=cast.county, bulletin=bulletin)
    )
    bulletin = actions.issue_bulletin(by=cast.county, bulletin=bulletin)
    page = signed_in(client, cast, "unit").get(url(bulletin)).content.decode()
    assert "有2个工作队没有对接：2个工作队。" in page
    assert "示例水务局" not in page
    assert client.get(url(bulletin, "rows/对接到位/")).status_code == 403
    assert signed_in(client, cast, "county").get(url(bulletin, "rows/对接到位/")).status_code == 200


def test_a_draft_is_begun_written_and_sent_on_without_scripts(client: Client, cast: Cast) -> None:
    """Create, save, submit, pass, issue with a scan: by forms alone."""
    told(cast)
    signed_in(client, cast, "county")
    begun = send(client, f"{LIST}create/", number="2")
    bulletin = Bulletin.objects.get(program=cast.program)
    assert (begun.url, bulletin.number) == (url(bulletin), 2)
    data = filled(client.get(url(bulletin)))
    saved = client.post(url(bulletin, "change/"), data | {"title": "新的标题", "copies": "80"})
    assert (saved.status_code, saved.url) == (302, url(bulletin))
    for step in ("submit/", "pass/"):
        assert client.post(url(bulletin, step), {"comment": "可。"}).status_code == 302
    scan = SimpleUploadedFile("签批.pdf", b"%PDF-1.7 signed")
    sent = {"signer": "办公室主任", "signed_on": "2015年7月3日", "scan": scan}
    assert client.post(url(bulletin, "issue/"), sent).status_code == 302
    bulletin.refresh_from_db()
    assert (bulletin.state, bulletin.title, bulletin.copies) == ("issued", "新的标题", 80)
    step = BulletinStep.objects.get(bulletin=bulletin, kind="issued")
    download = client.get(url(bulletin, f"scan/{step.pk}/"))
    assert b"".join(download) == b"%PDF-1.7 signed"
    assert signed_in(client, cast, "unit").get(url(bulletin, f"scan/{step.pk}/")).status_code == 403


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("签批.docx", b"PK\x03\x04", "不是扫描件"),
        ("签批.pdf", b"hello", "内容与扩展名 .pdf 不符"),
        ("签批.jpg", b"", "是空文件"),
    ],
)
def test_only_scans_are_taken_for_a_signature(
    client: Client, cast: Cast, name: str, content: bytes, words: str
) -> None:
    """By what the file is, not by what it is called."""
    bulletin = signing(cast)
    signed_in(client, cast, "county")
    sent = {"signer": "办公室主任", "signed_on": "2015-07-03", "scan": SimpleUploadedFile(name, content)}
    response = client.post(url(bulletin, "issue/"), sent)
    assert words in errors(response)["scan"]
    bulletin.refresh_from_db()
    assert bulletin.state == "signing"


def test_an_unknown_figure_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    """The message by the field with line and suggestion; 仍保存草稿 saves all the same."""
    bulletin = drafted(cast)
    signed_in(client, cast, "county")
    data = filled(client.get(url(bulletin))) | {"body": "开头\n共{对接到}单位。"}
    response = client.post(url(bulletin, "change/"), data)
    assert response.status_code == 400
    assert (
        errors(response)["body"] == "第 2 行：没有名为“对接到”的数字，是不是 对接到位、对接到位：数、对接到位：名单？"
    )
    page = response.content.decode()
    assert "共{对接到}单位。" in page
    assert "仍保存草稿" in page
    bulletin.refresh_from_db()
    assert "{工作队}" in bulletin.body
    assert client.post(url(bulletin, "change/"), filled(response) | {"anyway": "1"}).status_code == 302
    bulletin.refresh_from_db()
    assert bulletin.body == "开头\n共{对接到}单位。"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("date", "七月三", "日期"),
        ("number", "0", "期号从 1 开始"),
        ("number", "第二", "数"),
        ("copies", "许多", "数"),
        ("as_of", "2015-07-04", "不能晚于今天"),
        ("title", "", ""),
        ("number", "1", "该年已有这一期"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(client: Client, cast: Cast, field: str, typed: str, words: str) -> None:
    """And the text stays as it was typed."""
    make.BulletinFactory(program=cast.program, number=1)
    bulletin = drafted(cast)
    signed_in(client, cast, "county")
    data = filled(client.get(url(bulletin))) | {"body": "新的正文。", field: typed}
    response = client.post(url(bulletin, "change/"), data)
    assert response.status_code == 400
    assert words in errors(response)[field]
    assert "新的正文。" in response.content.decode()


def test_two_at_the_desk_lose_nothing(client: Client, cast: Cast) -> None:
    """The later one sees both texts, and saves knowingly."""
    bulletin = drafted(cast)
    signed_in(client, cast, "county")
    mine = filled(client.get(url(bulletin))) | {"body": "我写的。"}
    other = filled(client.get(url(bulletin))) | {"body": "同事写的。"}
    client.post(url(bulletin, "change/"), other)
    response = client.post(url(bulletin, "change/"), mine)
    page = response.content.decode()
    assert response.status_code == 400
    assert "没有保存" in errors(response)["body"]
    assert "我写的。" in page
    assert "同事写的。" in page
    assert client.post(url(bulletin, "change/"), filled(response) | {"body": "合并的。"}).status_code == 302
    bulletin.refresh_from_db()
    assert bulletin.body == "合并的。"


def test_the_preview_shows_what_is_typed_and_saves_nothing(client: Client, cast: Cast) -> None:
    """As a page for a frame, or with chips and problems for the script."""
    bulletin = drafted(cast)
    signed_in(client, cast, "county")
    data = filled(client.get(url(bulletin))) | {"body": "已对接{对接到位}。{没有的}", "title": "试一试"}
    page = client.post(url(bulletin, "preview/"), data)
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<span class="figure" data-figure="对接到位">2个</span>' in page.content.decode()
    assert "试一试" in page.content.decode()
    found = json.loads(client.post(url(bulletin, "preview/"), data, headers={"accept": "application/json"}).content)
    assert found["problems"] == ["第 1 行：没有名为“没有的”的数字。"]
    assert "对接到位 <b>2个</b>" in re.sub(r"\s+", " ", found["chips"])
    bulletin.refresh_from_db()
    assert bulletin.title == "帮扶工作督查情况通报"


def test_a_figure_of_the_text_is_explained(client: Client, cast: Cast) -> None:
    """Definition, as-of, and the rows of every side; the rows of a draft are those of its own day."""
    bulletin = drafted(cast)
    docked(cast, "sibling")[0].delete()
    page = signed_in(client, cast, "county").get(url(bulletin, "figure/?name=对接到位：未完成")).content.decode()
    assert "与镇、村对接到位的工作队。" in page
    assert "2015年7月3日" in page
    for words in ("应完成 4个", "已完成 2个", "未完成 2个", "已免除 0个"):
        assert words in page
    Bulletin.objects.filter(pk=bulletin.pk).update(as_of=dt.date(2015, 4, 1))
    rows = client.get(url(bulletin, "rows/对接到位/?aspect=not_done"))
    assert rows.context["selection"].total == 4
    assert client.get(url(bulletin, "figure/?name=没有的")).status_code == 404
    assert client.get(url(bulletin, "rows/没有的/")).status_code == 404
    assert client.get(url(bulletin, "rows/对接到位/?aspect=all")).status_code == 404


def test_what_moved_since_the_signature_has_to_be_confirmed(client: Client, cast: Cast) -> None:
    """The page lists it; without the tick nothing is issued."""
    bulletin = signing(cast)
    docked(cast, "sibling")
    signed_in(client, cast, "county")
    assert "对接到位：2个 → 3个" in client.get(url(bulletin, "issue/")).content.decode()
    refused = client.post(url(bulletin, "issue/"), {"comment": ""})
    assert "送签以后有" in errors(refused)["accepts_changes"]
    assert client.post(url(bulletin, "issue/"), {"accepts_changes": "on"}).status_code == 302


def test_a_returned_draft_says_what_to_change(client: Client, cast: Cast) -> None:
    """On top of the desk."""
    bulletin = signing(cast)
    signed_in(client, cast, "county")
    assert errors(client.post(url(bulletin, "return/"), {"comment": " "}))["comment"] == "退回须写明意见。"
    client.post(url(bulletin, "return/"), {"comment": "第二部分再具体些。"})
    assert "退回修改：第二部分再具体些。" in client.get(url(bulletin)).content.decode()


def test_a_step_out_of_turn_is_refused_on_its_page(client: Client, cast: Cast) -> None:
    """Two windows, one bulletin: the second is told where it stands."""
    bulletin = signing(cast)
    response = signed_in(client, cast, "county").post(url(bulletin, "submit/"), {"comment": ""})
    assert "现在是“送签”，“拟稿”时才能提交核稿" in errors(response)[""]


def test_a_withdrawn_issue_says_so_everywhere(client: Client, cast: Cast) -> None:
    """On its page, in the list, in the PDF and in Word."""
    bulletin = issued(cast)
    signed_in(client, cast, "county").post(url(bulletin, "withdraw/"), {"reason": "附表有误。"})
    signed_in(client, cast, "unit")
    page = client.get(url(bulletin)).content.decode()
    assert "本期简报已撤回，不得再引用。" in page
    assert "附表有误。" in page
    assert "已撤回" in client.get(LIST).content.decode()
    pdf = pymupdf.open(stream=b"".join(client.get(url(bulletin, "pdf/"))))
    text = re.sub(r"\s", "", "".join(sheet.get_text() for sheet in pdf))
    assert "本期简报已于2015年7月3日撤回，不得再引用。原因：附表有误。" in text
    word = docx.Document(io.BytesIO(b"".join(client.get(url(bulletin, "word/")))))
    assert any("不得再引用" in paragraph.text for paragraph in word.paragraphs)
    assert "已撤回" in "".join(paragraph.text for paragraph in word.sections[0].header.paragraphs)


def test_files_leave_with_a_record(client: Client, cast: Cast) -> None:
    """Who took which issue."""
    bulletin = issued(cast)
    signed_in(client, cast, "unit")
    response = client.get(url(bulletin, "pdf/"))
    assert b"".join(response).startswith(b"%PDF")
    client.get(url(bulletin, "word/"))
    records = Export.objects.filter(user=cast.unit).order_by("pk")
    assert [record.what for record in records] == ["2015年第1期简报pdf", "2015年第1期简报docx"]


def test_a_pdf_that_takes_too_long_is_given_up_in_words(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page comes back and says that nothing is lost."""
    bulletin = issued(cast)
    pool = PdfPool(timeout=0.01)
    monkeypatch.setattr("reports.views.bulletins.shared_pool", lambda: pool)
    response = signed_in(client, cast, "unit").get(url(bulletin, "pdf/"), follow=True)
    pool.close()
    assert response.redirect_chain == [(url(bulletin), 302)]
    assert "排版没有在 0.01 秒内完成，已停止。内容没有丢失，请稍后再试。" in response.content.decode()
    assert not Export.objects.exists()


def test_a_changed_issue_is_not_passed_off_as_intact(client: Client, cast: Cast) -> None:
    """The page says so to whoever reads."""
    bulletin = issued(cast)
    signed_in(client, cast, "unit")
    assert "内容与签发时一致" in client.get(url(bulletin)).content.decode()
    make.BulletinFactory(program=cast.program, number=8, issued=True)
    forged = Bulletin.objects.get(number=8)
    assert "与签发时的校验值不符" in client.get(url(forged)).content.decode()
