"""The form of one inspection: what it knows already, what it keeps, what it leaves out, and that nothing is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from inspections.models import ChecklistItem, Finding, Inspection
from inspections.rules import drawn
from programs.history import history_of
from tests import factories as make
from tests.cast import Cast

FOUND = "2015年6月16日"
KINDS = ChecklistItem.Kind


@pytest.fixture
def checklist(cast: Cast) -> dict[str, ChecklistItem]:
    """Questions of each kind; the number is asked for a yes only, the last of all for a number."""
    plan = make.RequirementFactory(
        program=cast.program,
        name="制定年度计划",
        subject="team",
        evidence="document",
        evidence_params={"kinds": ["year_plan"]},
        due_on=dt.date(2015, 5, 31),
    )
    came = make.ChecklistItemFactory(program=cast.program, text="领导到村", kind=KINDS.YES_NO, position=1)
    times = make.ChecklistItemFactory(
        program=cast.program, text="到村几次", kind=KINDS.NUMBER, only_if=came, only_if_answer="是", position=2
    )
    return {
        "came": came,
        "times": times,
        "why": make.ChecklistItemFactory(
            program=cast.program, text="为什么这么多", kind=KINDS.TEXT, only_if=times, only_if_answer="9", position=3
        ),
        "diary": make.ChecklistItemFactory(
            program=cast.program, text="日记", kind=KINDS.CHOICE, choices=["完整", "不详"], position=4
        ),
        "plan": make.ChecklistItemFactory(
            program=cast.program, text="有年度计划", kind=KINDS.YES_NO, requirement=plan, position=5
        ),
    }


class Sheet:
    """The form of the near inspection as somebody fills it."""

    def __init__(self, cast: Cast, client: Client, role: str = "inspector") -> None:
        self.cast, self.client = cast, client
        self.url = reverse("inspections:inspection-record", args=[cast.program.code, cast.near.inspection.pk])
        client.force_login(cast.user(role))

    def open(self) -> Any:
        """The form as it is first shown."""
        return self.client.get(self.url).context["form"]

    def send(self, rows: list[dict[str, Any]] | None = None, before: int = 0, **said: Any) -> Any:
        """Save with some answers (``item_5`` for ``item-5``) and rows of problems, the first ``before`` not new."""
        rows = rows or []
        data: dict[str, Any] = {"visited_on": FOUND, "notes": "", "follow_up_on": ""}
        data |= {"problems-TOTAL_FORMS": len(rows), "problems-INITIAL_FORMS": before}
        data |= {"praise-TOTAL_FORMS": 0, "praise-INITIAL_FORMS": 0}
        data |= {f"problems-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
        data |= {name.replace("_", "-") if name.startswith("item") else name: value for name, value in said.items()}
        return self.client.post(self.url, data, follow=True)

    def problem(self, **changes: Any) -> dict[str, Any]:
        """A row with a problem."""
        return {
            "finding": "",
            "category": self.cast.near.word("finding_category").pk,
            "text": "日记只有几个字。",
            "gravity": "minor",
            "due_on": "2015年7月10日",
            "responsible": "第一书记",
            "project": "",
        } | changes

    @property
    def answers(self) -> dict[str, str]:
        """What was kept, by question."""
        return dict(self.cast.near.inspection.answers.values_list("item__text", "value"))


@pytest.fixture
def sheet(cast: Cast, client: Client, checklist: dict[str, ChecklistItem]) -> Sheet:
    """The form of the near inspection in an inspector's hands."""
    return Sheet(cast, client)


def item(checklist: dict[str, ChecklistItem], code: str) -> str:
    return f"item_{checklist[code].pk}"


def test_it_begins_with_what_is_known(cast: Cast, sheet: Sheet, checklist: dict[str, ChecklistItem]) -> None:
    """The day, the round's methods, and what the records answer; a paper that came changes the answer."""
    method = cast.near.word("method", "site")
    cast.round.methods.add(method)
    form = sheet.open()
    assert form.initial["visited_on"] == cast.round.ends_on, "today is after the round's last day"
    assert form.initial["methods"] == [method]
    assert form.initial[f"item-{checklist['plan'].pk}"] == "否"
    assert "未完成（应于2015年5月31日前）" in sheet.client.get(sheet.url).content.decode()

    make.DocumentFactory(
        program=cast.program,
        team=cast.near.team,
        division=cast.near.place,
        kind=cast.near.word("document_kind", "year_plan"),
        received_on=dt.date(2015, 5, 20),
    )
    form = sheet.open()
    assert form.initial[f"item-{checklist['plan'].pk}"] == "是"
    assert "平台记录：已完成（2015年5月20日）" in sheet.client.get(sheet.url).content.decode()
    assert form.initial[f"item-{checklist['came'].pk}"] == ""


def test_it_is_saved_whole_and_opens_as_it_was_saved(
    cast: Cast, sheet: Sheet, checklist: dict[str, ChecklistItem]
) -> None:
    project = make.ProjectFactory(program=cast.program, team=cast.near.team, unit=cast.near.unit)
    method = cast.near.word("method", "papers")
    said: dict[str, Any] = {
        item(checklist, "came"): "是",
        item(checklist, "times"): "2",
        item(checklist, "diary"): "不详",
    }
    row = sheet.problem(project=project.pk, gravity="major")
    response = sheet.send([row], methods=[method.pk], notes="人在村。", follow_up_on="2015年7月1日", **said)

    assert "1个问题" in response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("inspections:tour-list", args=[cast.program.code])
    saved = Inspection.objects.get(pk=cast.near.inspection.pk)
    assert (saved.visited_on, saved.notes, saved.recorded_by) == (dt.date(2015, 6, 16), "人在村。", cast.inspector)
    assert sheet.answers == {"领导到村": "是", "到村几次": "2", "日记": "不详"}
    found = Finding.objects.get()
    assert (found.inspection, found.round, found.team, found.unit) == (
        saved, cast.round, cast.near.team, cast.near.unit,
    )  # fmt: skip
    assert (found.project, found.gravity, found.kind) == (project, "major", "problem")
    assert (found.found_on, found.due_on, found.responsible) == (saved.visited_on, dt.date(2015, 7, 10), "第一书记")

    form = sheet.open()
    assert form.initial["follow_up_on"] == dt.date(2015, 7, 1)
    assert form.initial[f"item-{checklist['plan'].pk}"] == "", "not asked there is not what the records say"
    assert form.initial["problems"][0]["text"] == found.text


def test_an_answer_that_does_not_apply_is_left_out_with_a_hint(
    sheet: Sheet, checklist: dict[str, ChecklistItem]
) -> None:
    """Without a script all questions stand there; what hangs on a left-out answer is left out with it."""
    said: dict[str, Any] = {
        item(checklist, "came"): "否",
        item(checklist, "times"): "9",
        item(checklist, "why"): "不知道",
    }
    page = sheet.send(**said).content.decode()
    assert sheet.answers == {"领导到村": "否"}
    assert "“到村几次”、“为什么这么多”不适用，没有保存。" in page

    sheet.send(**(said | {item(checklist, "came"): "是"}))
    assert sheet.answers == {"领导到村": "是", "到村几次": "9", "为什么这么多": "不知道"}


@pytest.mark.parametrize(
    ("said", "field", "message"),
    [
        ({"visited_on": "六月三十一日"}, "visited_on", "日期"),
        ({"visited_on": "2015年7月4日"}, "visited_on", "日期不能晚于今天"),
        ({"visited_on": "2015年6月1日"}, "visited_on", "不在本轮督查期间"),
        ({"follow_up_on": "2015年6月1日"}, "follow_up_on", "回访日期不能早于督查日期"),
        ({"times": "两三次吧"}, "item-{times}", "两三次吧"),
    ],
)
def test_bad_input_is_answered_by_the_field_and_nothing_is_lost(
    sheet: Sheet, checklist: dict[str, ChecklistItem], said: dict[str, Any], field: str, message: str
) -> None:
    times = said.pop("times", None)
    answers: dict[str, Any] = {item(checklist, "came"): "是"} | ({item(checklist, "times"): times} if times else {})
    page = sheet.send([sheet.problem()], notes="不能丢的话", **said, **answers).content.decode()
    anchor = field.format(times=checklist["times"].pk)
    assert message in page.split(f'id="field-{anchor}"')[1].split('id="field-')[0]
    assert "不能丢的话" in page
    assert "日记只有几个字。" in page
    assert not Finding.objects.exists()
    assert sheet.answers == {}


@pytest.mark.parametrize(
    ("changes", "name", "message"),
    [
        ({"category": ""}, "category", "请选择类别。"),
        ({"text": " "}, "text", "请填写情况。"),
        ({"due_on": "2015年6月1日"}, "due_on", "整改期限不能早于督查日期"),
        ({"due_on": "月底"}, "due_on", "月底"),
    ],
)
def test_a_bad_row_says_so_itself(sheet: Sheet, changes: dict[str, Any], name: str, message: str) -> None:
    page = sheet.send([sheet.problem(**changes)]).content.decode()
    assert message in page.split(f'id="field-problems-0-{name}"')[1].split('id="field-')[0]
    assert not Finding.objects.exists()


def test_one_more_row_is_given_without_a_script(sheet: Sheet) -> None:
    """And what was typed so far stays, unchecked."""
    page = sheet.send([sheet.problem(text="先写一半")], _more="problems").content.decode()
    assert 'name="problems-1-text"' in page
    assert "先写一半" in page
    assert not Finding.objects.exists()


def test_it_can_be_corrected_and_history_shows_what_was_changed(
    cast: Cast, sheet: Sheet, checklist: dict[str, ChecklistItem]
) -> None:
    """A changed answer, a reworded problem, one struck out, one more; what stays is not written again."""
    said: dict[str, Any] = {item(checklist, "came"): "是", item(checklist, "diary"): "不详"}
    sheet.send([sheet.problem(), sheet.problem(text="没有人在村。")], **said)
    first, second = Finding.objects.order_by("pk")
    rows = [
        sheet.problem(finding=first.pk, text="日记缺记。"),
        sheet.problem(finding=second.pk, text=second.text, DELETE="on"),
        sheet.problem(text="计划没有上墙。"),
    ]
    sheet.send(rows, before=2, **(said | {item(checklist, "diary"): "完整"}))

    assert list(Finding.objects.order_by("pk").values_list("text", flat=True)) == ["日记缺记。", "计划没有上墙。"]
    came, diary = cast.near.inspection.answers.order_by("item__position")
    assert [change.verb for change in history_of(came)] == ["登记"]
    assert [(change.verb, change.who) for change in history_of(diary)] == [
        ("修改", str(cast.inspector)), ("登记", str(cast.inspector)),
    ]  # fmt: skip
    url = reverse("inspections:inspection-detail", args=[cast.program.code, cast.near.inspection.pk])
    page = sheet.client.get(url).content.decode()
    assert "答案更正" in page
    assert '<span class="before">不详</span> → 完整' in page


def test_the_days_of_findings_follow_the_inspections(sheet: Sheet) -> None:
    sheet.send([sheet.problem()])
    found = Finding.objects.get()
    sheet.send([sheet.problem(finding=found.pk)], before=1, visited_on="2015年6月18日")
    found.refresh_from_db()
    assert found.found_on == dt.date(2015, 6, 18)


def test_what_has_been_put_right_is_not_struck_out(sheet: Sheet) -> None:
    sheet.send([sheet.problem()])
    found = Finding.objects.get()
    make.RectificationFactory(finding=found)
    page = sheet.send([sheet.problem(finding=found.pk, DELETE="on")], before=1, notes="不能丢的话").content.decode()
    assert "已有整改或处理记录，不能删除" in page
    assert "不能丢的话" in page
    assert Finding.objects.get() == found


def test_sent_twice_is_found_once(sheet: Sheet) -> None:
    """A phone that lost its signal sends again."""
    sheet.send([sheet.problem()])
    sheet.send([sheet.problem()])
    assert Finding.objects.count() == 1


def test_a_colleagues_entry_is_not_overwritten_unawares(
    cast: Cast, client: Client, checklist: dict[str, ChecklistItem]
) -> None:
    """Two of a group at the same village: the second is told, keeps what they typed, and decides."""
    office = Sheet(cast, client, "county")
    seen = office.open().seen
    Sheet(cast, client).send([office.problem(text="同组的人写的")], notes="同组的人写的")

    client.force_login(cast.county)
    response = office.send(notes="办公室写的", seen=seen)
    assert f"{cast.inspector}登记或修改过这次督查" in response.content.decode()
    assert "办公室写的" in response.content.decode()
    assert Inspection.objects.get(pk=cast.near.inspection.pk).notes == "同组的人写的"

    office.send(notes="办公室写的", seen=response.context["form"].seen)
    assert Inspection.objects.get(pk=cast.near.inspection.pk).notes == "办公室写的"
    assert Finding.objects.get().text == "同组的人写的", "rows that this form never showed stay"


def test_rows_of_others_cannot_be_slipped_in(cast: Cast, sheet: Sheet) -> None:
    """A category of another program, a project of another team, a finding of another inspection."""
    foreign = make.FindingFactory(
        program=cast.program,
        team=cast.far.team,
        inspection=cast.far.inspection,
        category=cast.far.word("finding_category"),
        text="别的村的",
    )
    other = make.ProjectFactory(program=cast.program, team=cast.far.team)
    for changes in ({"category": cast.abroad.word("finding_category").pk}, {"project": other.pk}):
        sheet.send([sheet.problem(**changes)])
        assert Finding.objects.get() == foreign
    sheet.send([sheet.problem(finding=foreign.pk, text="改掉")], before=1)
    sheet.send([sheet.problem(finding=foreign.pk, DELETE="on")], before=1)
    foreign.refresh_from_db()
    assert foreign.text == "别的村的"


def test_what_was_ended_is_offered_only_where_it_was_answered(
    sheet: Sheet, checklist: dict[str, ChecklistItem]
) -> None:
    said: dict[str, Any] = {item(checklist, "came"): "是", item(checklist, "diary"): "完整"}
    sheet.send(**said)
    ChecklistItem.objects.filter(pk__in=[checklist["diary"].pk, checklist["plan"].pk]).update(
        ended_on=dt.date(2015, 7, 1)
    )
    asked = [str(one) for one in sheet.open().items]
    assert "日记" in asked
    assert "有年度计划" not in asked


@given(
    towns=st.dictionaries(st.text("0123456789", min_size=9, max_size=9), st.sets(st.integers(0, 500)), max_size=5),
    seed=st.integers(0, 2**62),
    per_town=st.integers(1, 6),
)
def test_a_draw_is_of_each_town_and_repeatable(towns: dict[str, set[int]], seed: int, per_town: int) -> None:
    """As many as asked of each town or all there are, whatever the order; a town's draw is its own affair."""
    lots = [(town, f"{town}{key}", (town, key)) for town, keys in towns.items() for key in keys]
    found = drawn(lots, seed=seed, per_town=per_town)
    assert found == drawn(lots[::-1], seed=seed, per_town=per_town)
    for town, keys in towns.items():
        mine = [pair for pair in found if pair[0] == town]
        assert len(mine) == len(set(mine)) == min(per_town, len(keys))
        assert mine == drawn([lot for lot in lots if lot[0] == town], seed=seed, per_town=per_town)
