"""What a program says on its papers: on a settings page and in its file, checked against the paper's room."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from django.test import Client

from programs.templates import BadTemplate, catalogue, content_of, make_program, read, text_of
from reports.models import Paper
from reports.papers.kinds import CARD, wording_of
from tests import factories as make
from tests.cast import Cast
from tests.pages import errors, filled, send


@pytest.fixture
def page(cast: Cast) -> str:
    """Where the words of cards are changed."""
    return f"/p/{cast.program.code}/setup/papers/card/"


def test_a_program_that_says_nothing_has_the_usual_words(cast: Cast) -> None:
    """No row is needed."""
    wording = wording_of(cast.program, "card")
    assert wording.title == CARD.title
    assert wording.text("helper") == "帮扶干部"
    assert len(wording.lines("tasks")) == 4


def test_an_office_words_its_cards(cast: Cast, desk: Client, page: str) -> None:
    """What is left as usual stays usual when the usual words change later."""
    before = cast.program.revision
    response = send(
        desk, page, title="包户联系卡", text_tasks="每周下沉一次。\r\n\r\n  清理庭院。 ", text_helper="包户干部"
    )
    assert response.status_code == 302
    row = Paper.objects.get()
    assert row.title == "包户联系卡"
    assert row.texts == {"tasks": "每周下沉一次。\n清理庭院。", "helper": "包户干部"}
    cast.program.refresh_from_db()
    assert cast.program.revision != before
    shown = desk.get(f"/p/{cast.program.code}/setup/papers/").content.decode()
    assert "包户联系卡" in shown
    assert "印刷品" in desk.get(f"/p/{cast.program.code}/setup/").content.decode()


def test_what_does_not_fit_on_the_card_is_refused_beside_its_field(desk: Client, page: str) -> None:
    """With what is too much of it."""
    response = send(desk, page, text_tasks="\n".join("一二三四五六七"), text_helper="帮" * 11)
    found = errors(response)
    assert "最多 6 行，现在有 7 行" in found["text_tasks"]
    assert "每行不超过 10 个字" in found["text_helper"]
    assert not Paper.objects.exists()


def test_two_who_change_the_same_words_are_told(cast: Cast, desk: Client, page: str) -> None:
    """The second does not overwrite the first unseen."""
    make.PaperFactory(program=cast.program)
    typed: dict[str, Any] = filled(desk.get(page))
    send(desk, page, title="先改的")
    second = desk.post(page, typed | {"title": "后改的"})
    assert "您打开之后" in second.content.decode()
    assert Paper.objects.get().title == "先改的"


def test_only_the_office_words_papers(cast: Cast, client: Client, page: str) -> None:
    """And unknown kinds are no pages."""
    client.force_login(cast.town)
    assert client.get(page).status_code == 403
    client.force_login(cast.county)
    assert client.get(page).status_code == 200
    assert client.get(f"/p/{cast.program.code}/setup/papers/stamp/").status_code == 404


def small(papers: Any) -> str:
    """A program's file with papers."""
    content = yaml.safe_load(catalogue()["zhaoyuan"].read_text())
    frame = {"format": 1, "program": content["program"] | {"code": "sixth"}, "papers": papers}
    return yaml.safe_dump(frame, allow_unicode=True, sort_keys=False)


def test_papers_go_through_a_file_and_come_back_the_same(db: None) -> None:
    """Written, read and written again."""
    make.DivisionFactory(code="370685")
    given = [{"kind": "card", "title": "包户联系卡", "texts": {"tasks": "每周下沉一次。\n清理庭院。"}}]
    program = make_program(read(small(given)), {})
    assert content_of(program)["papers"] == given
    assert read(text_of(program))["papers"][0]["texts"]["tasks"] == "每周下沉一次。\n清理庭院。"


@pytest.mark.parametrize(
    ("papers", "said"),
    [
        ([{"kind": "stamp"}], "没有“stamp”这种印刷品"),
        ([{"kind": "card", "text": {}}], "不认识“text”"),
        ([{"kind": "card", "texts": {"task": "走访"}}], "不认识“task”，可用：helped"),
        ([{"kind": "card", "texts": {"tasks": "帮" * 41}}], "每行不超过 40 个字"),
        ([{"kind": "card", "names_in_print": "ja"}], "只能是 true 或 false"),
        ([{"kind": "card"}, {"kind": "card"}], "该活动已有这种印刷品"),
    ],
)
def test_a_wrong_file_is_refused_with_the_line(db: None, papers: Any, said: str) -> None:
    """And nothing is made."""
    make.DivisionFactory(code="370685")
    text = small(papers)
    with pytest.raises(BadTemplate) as refused:
        make_program(read(text), {})
    first = text[: text.index("papers:")].count("\n") + 1
    line = next(line for line in refused.value.lines if said in line)
    assert int(line.removeprefix("第 ").partition(" ")[0]) > first
    assert not Paper.objects.exists()
