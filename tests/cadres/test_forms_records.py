"""Papers, meetings and diaries through their pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cadres.models import Diary, Document, Meeting
from programs.models import Term
from tests.cast import Cast
from tests.pages import errors, filled, send


def address(cast: Cast, name: str, row: Any = None, **query: Any) -> str:
    return reverse(f"cadres:{name}", args=[cast.program.code, *([row.pk] if row else [])], query=query or None)


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"


def test_a_document_asks_for_the_parts_of_its_kind(cast: Cast, client: Client) -> None:
    """First the kind, then exactly its parts."""
    kind = cast.near.word("document_kind", "three_year_plan")
    Term.objects.filter(pk=kind.pk).update(parts=["目标", "措施"])
    client.force_login(cast.team)
    assert f"kind={kind.pk}" in client.get(address(cast, "document-create")).content.decode()
    where = address(cast, "document-create", kind=kind.pk)
    response = send(client, where, part_0="三年脱贫", period_start="2015-01-01", period_end="2014-12-31")
    assert errors(response)["part_1"]
    assert "不能早于所属期起" in errors(response)["period_end"]
    send(client, where, part_0="三年脱贫", part_1="修路引水", period_start="2015-01-01", period_end="2017-12-31")
    paper = Document.objects.get()
    assert (paper.team, paper.unit, paper.division) == (cast.near.team, cast.near.unit, cast.near.place)
    assert {part.name: part.text for part in paper.parts.all()} == {"目标": "三年脱贫", "措施": "修路引水"}
    send(client, address(cast, "document-change", paper), title="改过的规划", part_0="两年脱贫")
    paper.refresh_from_db()
    assert (paper.title, paper.parts.get(name="目标").text) == ("改过的规划", "两年脱贫")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("计划.exe", b"MZ", "不是可以上传的文件"),
        ("计划.pdf", b"MZ\x90\x00 not a pdf", "内容与扩展名 .pdf 不符"),
        ("计划.pdf", b"", "空"),
        ("计划.pdf", PDF + b"0" * (20 * 1024 * 1024), "请压缩后再传"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(
    cast: Cast, client: Client, name: str, content: bytes, words: str
) -> None:
    """Kind, content, emptiness and size each in their own words."""
    client.force_login(cast.team)
    where = address(cast, "document-create", kind=cast.near.word("document_kind").pk)
    response = send(client, where, title="年度计划", file=SimpleUploadedFile(name, content))
    assert words in errors(response)["file"]
    assert filled(response)["title"] == ["年度计划"]
    assert not Document.objects.exists()


def test_a_good_file_need_not_be_chosen_again_after_another_mistake(cast: Cast, client: Client) -> None:
    """It is kept for whoever sent it, and only for them."""
    client.force_login(cast.team)
    where = address(cast, "document-create", kind=cast.near.word("document_kind").pk)
    response = send(client, where, received_on="明天", file=SimpleUploadedFile("计划.pdf", PDF))
    assert "已收到“计划.pdf”" in response.content.decode()
    data = filled(response) | {"received_on": "2015-07-01"}
    client.force_login(cast.unit)
    stranger = client.post(where, data)
    assert "请重新选择" in errors(stranger)["file"]
    client.force_login(cast.team)
    client.post(where, data)
    paper = Document.objects.get()
    assert paper.file.read() == PDF
    assert paper.file.name.endswith(".pdf")


def test_an_empty_document_says_nothing(cast: Cast, client: Client) -> None:
    """A file or a text is needed."""
    client.force_login(cast.team)
    response = send(client, address(cast, "document-create", kind=cast.near.word("document_kind").pk))
    assert "请上传文件" in errors(response)["file"]


def test_a_meeting_is_entered_with_its_items_and_corrected(cast: Cast, client: Client) -> None:
    """Items that were there can be changed, struck out and added to."""
    client.force_login(cast.unit)
    where = address(cast, "meeting-create")
    data = filled(client.post(where, filled(client.get(where)) | {"_more": "items"}))
    data |= {"title": "双向沟通会", "items-0-side": "helper", "items-0-text": "资金", "items-1-text": "修路"}
    response = client.post(where, data)
    held = Meeting.objects.get()
    assert response.url.endswith(f"/{held.pk}/")
    assert (held.unit, held.division) == (cast.near.unit, cast.near.place)
    send(
        client,
        address(cast, "meeting-change", held),
        title="改过的议题",
        items__0__DELETE="on",
        items__1__text="先修桥",
        items__2__text="下月再议",
    )
    held.refresh_from_db()
    assert held.title == "改过的议题"
    assert [item.text for item in held.items.order_by("pk")] == ["先修桥", "下月再议"]


def test_a_diary_shows_the_days_visits_and_is_not_written_over_by_chance(cast: Cast, client: Client) -> None:
    """The day that is open is changed; another day that is written is opened first."""
    client.force_login(cast.team)
    send(client, address(cast, "visit-create"), did="看望老党员")
    page = client.get(address(cast, "diary-create"))
    assert "看望老党员" in page.content.decode()
    send(client, address(cast, "diary-create"), text="今天的事")
    send(client, address(cast, "diary-create"), text="今天的事，补一句")
    assert Diary.objects.get().text == "今天的事，补一句"
    response = send(client, address(cast, "diary-create", on="2015-07-02"), text="昨天", on="2015-07-03")
    assert "已经写过" in errors(response)["on"]
    assert Diary.objects.get().text == "今天的事，补一句"
