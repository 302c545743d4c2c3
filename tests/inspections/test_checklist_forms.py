"""The pages on which an office writes the checklist."""

from __future__ import annotations

import pytest
from django.test import Client

from inspections.models import ChecklistItem
from tests import factories as make
from tests.cast import Cast
from tests.pages import errors, filled, send
from tests.setting_up import fill, setup_url


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    """A browser in which the county office is signed in."""
    client.force_login(cast.county)
    return client


def test_a_question_with_choices_hangs_on_an_earlier_one(office: Client, cast: Cast) -> None:
    """Choices are asked for where there are some; the condition names an answer that can be given."""
    send(office, setup_url("checklist/new/"), text="工作队是否驻村")
    first = ChecklistItem.objects.get()
    wrong = fill(
        office,
        setup_url("checklist/new/"),
        {"kind": "choice"},
        text="驻村日记",
        choices="完整",
        only_if=str(first.pk),
        only_if_answer="有时",
    )
    assert errors(wrong)["choices"] == "至少写两个选项，一行一个。"
    data = filled(wrong) | {"choices": ["完整\n不详\n缺记"]}
    assert errors(office.post(setup_url("checklist/new/"), data))["only_if_answer"].endswith("是、否。请填其中一个。")
    office.post(setup_url("checklist/new/"), data | {"only_if_answer": ["是"]})
    second = ChecklistItem.objects.get(text="驻村日记")
    assert (second.choices, second.condition, second.position) == (["完整", "不详", "缺记"], (first.pk, "是"), 1)
    page = office.get(setup_url("checklist/")).content.decode()
    assert "答：完整、不详、缺记；“工作队是否驻村”答“是”时才问" in page
    later = send(office, setup_url(f"checklist/{first.pk}/"), only_if=str(second.pk), only_if_answer="完整")
    assert "先问的才能当条件" in errors(later)["only_if"]


def test_a_question_that_was_answered_ends_and_is_asked_no_more(office: Client, cast: Cast) -> None:
    """Answers that were given stay."""
    item = make.ChecklistItemFactory(program=cast.program, text="村干部怎么说", kind="text")
    make.AnswerFactory(inspection=cast.near.inspection, item=item)
    keep = setup_url(f"checklist/{item.pk}/keep/")
    assert "不能删除" in office.post(keep, {"do": "delete"}, follow=True).content.decode()
    office.post(keep, {"do": "end"}, follow=True)
    record = f"/p/zhaoyuan/inspections/{cast.sibling.inspection.pk}/record/"
    assert "村干部怎么说" not in office.get(record).content.decode()
    office.post(keep, {"do": "resume"})
    assert "村干部怎么说" in office.get(record).content.decode()
