"""The pages on which an office sets its program up: words, requirements, figures, basics."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from programs.models import FigurePart, Program, Requirement, Term
from tests import factories as make
from tests.cast import ROLES, Cast
from tests.pages import errors, filled, send
from tests.setting_up import fill, setup_url

KEEPERS = ("county", "administrator")
PAGES = (
    "basics/", "words/", "words/visit_kind/", "words/visit_kind/new/", "requirements/", "requirements/new/", "figures/",
    "figures/new/", "blocks/", "blocks/new/", "checklist/", "checklist/new/", "bulletins/", "bulletins/new/",
)  # fmt: skip


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    """A browser in which the county office is signed in."""
    client.force_login(cast.county)
    return client


def docked(cast: Cast, **changes: Any) -> Requirement:
    """A requirement that two of the cast's four teams have met."""
    values: dict[str, Any] = {"code": "docked", "name": "对接到位", "subject": "team"}
    values |= {"evidence": "milestone", "evidence_params": {"kinds": ["docked"]}}
    row: Requirement = make.RequirementFactory(program=cast.program, **values | changes)
    for side in (cast.near, cast.far):
        make.MilestoneFactory(team=side.team, kind=side.word("milestone", "docked"))
    return row


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_keep_the_program_set_it_up(client: Client, cast: Cast, role: str) -> None:
    """Every page of it, and none of it for anybody else."""
    client.force_login(cast.user(role))
    found = {page: client.get(setup_url(page)).status_code for page in PAGES}
    assert set(found.values()) == ({200} if role in KEEPERS else {403}), found


def test_another_countys_office_finds_nothing(client: Client, cast: Cast) -> None:
    """Neither the pages nor a row by its number in the own program."""
    row = docked(cast)
    client.force_login(cast.neighbour)
    assert {client.get(setup_url(page)).status_code for page in PAGES} == {404}
    assert client.get(setup_url(f"requirements/{row.pk}/", "neighbour")).status_code == 404
    assert client.post(setup_url(f"requirements/{row.pk}/keep/", "neighbour"), {"do": "delete"}).status_code == 404
    assert Requirement.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_codes_or_english(office: Client, cast: Cast, page: str) -> None:
    """Whatever apps register stands there in Chinese; nobody meets a code."""
    docked(cast, who={"places": ["370685104"]})
    text = re.sub(r"<(script|style|svg)[\s\S]*?</\1>|<[^>]+>", " ", office.get(setup_url(page)).content.decode())
    assert set(re.findall(r"[A-Za-z_]{3,}", text)) <= {"PDF", "Word"}


# Requirements


def test_a_requirement_is_made_by_choosing_and_read_as_a_sentence(office: Client, cast: Cast) -> None:
    """Each choice brings its own fields, without scripts too; the code is the system's."""
    response = fill(
        office,
        setup_url("requirements/new/"),
        {"subject": "team"},
        {"evidence": "document"},
        {"cadence": "month"},
        name="月度进展报告",
        who_places=[cast.near.town.pk],
        proof_kinds=["monthly_report"],
        due_day="28",
    )
    assert response.status_code == 302
    row = Requirement.objects.get()
    assert (row.code, row.who, row.evidence_params) == (
        "yue-du-jin-zhan-bao-gao",
        {"places": [cast.near.town.pk]},
        {"kinds": ["monthly_report"]},
    )
    assert (row.cadence, row.due_day, row.due_on) == ("month", 28, None)
    page = office.get(response.url).content.decode()
    assert "每个工作队（地点：示例东镇） 每月28日前 报送 月报 至少1份" in page


def test_a_changed_choice_forgets_what_does_not_belong_to_it(office: Client, cast: Cast) -> None:
    """Conditions of teams are none of cadres; what cannot count for towns is not offered to them."""
    row = docked(cast, who={"places": [cast.near.town.pk]})
    page = office.post(
        setup_url(f"requirements/{row.pk}/"), {"subject": "town", "evidence": "milestone", "_again": "1"}
    )
    form = page.context["form"]
    assert "milestone" not in dict(form.fields["evidence"].choices)
    assert "who_done" not in form.fields
    assert not form.errors
    row.refresh_from_db()
    assert row.subject == "team"


def test_bad_input_is_refused_by_its_field_and_stays(office: Client, cast: Cast) -> None:
    """Words that say how to mend it."""
    docked(cast)
    response = fill(
        office,
        setup_url("requirements/new/"),
        {"subject": "team"},
        {"cadence": "month"},
        name="",
        at_least="0",
        due_day="32",
        starts_on="2014年1月1日",
        rule="每月一次",
    )
    found = errors(response)
    assert found["at_least"] == "次数至少为 1。"
    assert "最大为 31" in found["due_day"]
    assert found["starts_on"] == "不能早于活动的开始日期。"
    assert "name" in found
    kept = filled(response)
    assert (kept["due_day"], kept["rule"]) == (["32"], ["每月一次"])
    assert Requirement.objects.count() == 1


def test_the_preview_says_what_saving_would_yield_and_saves_nothing(office: Client, cast: Cast) -> None:
    """Owed, done and the first names, while it is typed; the names lead on to everybody."""
    row = docked(cast)
    data = filled(office.get(setup_url("requirements/new/")))
    data |= {"subject": ["team"], "evidence": ["milestone"], "proof_kinds": ["docked"], "name": [""]}
    page = re.sub(r"<[^>]+>|\s+", "", office.post(setup_url("requirements/preview/"), data).content.decode())
    assert "照此设置，现在应由4个工作队完成，已完成2个，未完成2个。" in page
    assert "示例水务局" in page
    assert Requirement.objects.get() == row
    narrowed = office.post(setup_url("requirements/preview/"), data | {"who_places": [cast.near.town.pk]})
    counts = narrowed.context["preview"]["counts"]
    assert (counts["owed"], counts["done"], counts["not_done"]) == (2, 1, 1)
    names = office.get(narrowed.context["preview"]["urls"]["not_done"])
    assert [str(name) for name, _ in names.context["names"]] == [str(cast.sibling.team)]


def test_the_preview_asks_for_what_is_missing(office: Client, cast: Cast) -> None:
    """In words, and by the field."""
    data = filled(office.get(setup_url("requirements/new/"))) | {"at_least": ["几次"]}
    page = office.post(setup_url("requirements/preview/"), data).content.decode()
    assert "至少几次：" in page


def test_marks_of_a_saved_requirement_count_in_its_preview(office: Client, cast: Cast) -> None:
    """What the office ticked belongs to the row; a new one has none."""
    row = docked(cast)
    make.RequirementMarkFactory(requirement=row, team=cast.sibling.team, period_start=cast.program.starts_on)
    preview = office.get(setup_url(f"requirements/{row.pk}/")).context["preview"]
    assert preview["counts"]["done"] == 3


def test_two_requirements_do_not_wait_for_each_other(office: Client, cast: Cast) -> None:
    """Nobody could ever do either; asking would never end."""
    first = docked(cast)
    second = make.RequirementFactory(
        program=cast.program, code="second", name="第二项", subject="team", who={"done": "docked"}
    )
    response = send(office, setup_url(f"requirements/{first.pk}/"), who_done="second")
    assert "谁也完不成" in errors(response)["who_done"]
    assert "second" not in dict(
        office.get(setup_url(f"requirements/{second.pk}/")).context["form"].fields["who_done"].choices
    )


def test_rows_are_put_in_order_ended_and_resumed(office: Client, cast: Cast) -> None:
    """By plain buttons; what ended asks for nothing from today on."""
    rows = [make.RequirementFactory(program=cast.program, code=f"r{n}", name=f"要求{n}", position=n) for n in range(3)]
    office.post(setup_url(f"requirements/{rows[2].pk}/keep/"), {"do": "up"})
    office.post(setup_url(f"requirements/{rows[0].pk}/keep/"), {"do": "up"})
    order = Requirement.objects.order_by("position").values_list("name", flat=True)
    assert list(order) == ["要求0", "要求2", "要求1"]
    office.post(setup_url(f"requirements/{rows[1].pk}/keep/"), {"do": "end"})
    page = office.get(setup_url("requirements/")).context["page"]
    assert "要求1" not in office.get("/p/zhaoyuan/requirements/").content.decode()
    assert [line.title for line in page.ended] == ["要求1"]
    office.post(setup_url(f"requirements/{rows[1].pk}/keep/"), {"do": "resume"})
    assert Requirement.objects.filter(ended_on=None).count() == 3


def test_a_save_over_somebody_elses_is_refused_once_and_told(office: Client, cast: Cast, client: Client) -> None:
    """Who changed what stands there, and what was typed; a second save is meant."""
    row = docked(cast)
    address = setup_url(f"requirements/{row.pk}/")
    mine = filled(office.get(address)) | {"rule": ["我写的说明"]}
    other = Client()
    other.force_login(cast.administrator)
    send(other, address, name="对接镇村")
    refused = office.post(address, mine)
    told = refused.content.decode()
    assert "系统管理员" in told
    assert "名称由“对接到位”改为“对接镇村”" in told
    assert filled(refused)["rule"] == ["我写的说明"]
    row.refresh_from_db()
    assert (row.name, row.rule) == ("对接镇村", row.rule)
    assert office.post(address, filled(refused)).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.rule) == ("对接到位", "我写的说明")


def test_history_tells_conditions_in_words(office: Client, cast: Cast) -> None:
    """From what to what, without a code."""
    row = docked(cast)
    send(office, setup_url(f"requirements/{row.pk}/"), proof_kinds=["membership"])
    [change] = [one for one in office.get(setup_url(f"requirements/{row.pk}/")).context["changes"] if one.fields]
    [field] = change.fields
    assert (change.who, field.before, field.after) == ("县级办公室", "节点：对接到位", "节点：组织关系转移")


# Words


def test_a_word_is_added_renamed_and_its_code_stays(office: Client, cast: Cast) -> None:
    """Nobody types a code; texts and files go on calling it by the one it got."""
    send(office, setup_url("words/quantity/new/"), label="路灯", unit="盏")
    word = Term.objects.get(label="路灯")
    assert (word.code, word.unit, word.position) == ("lu-deng", "盏", 2)
    send(office, setup_url(f"words/{word.pk}/"), label="太阳能路灯")
    word.refresh_from_db()
    assert (word.code, word.label) == ("lu-deng", "太阳能路灯")
    assert (
        "已有“太阳能路灯”"
        in errors(send(office, setup_url("words/quantity/new/"), label="太阳能路灯", unit="盏"))["label"]
    )


def test_a_vocabulary_asks_only_for_what_it_knows(office: Client, cast: Cast) -> None:
    """Units for quantities, parts for papers, groups for problems, an end for stages."""
    asked = {
        name: set(filled(office.get(setup_url(f"words/{name}/new/")))) - {"csrfmiddlewaretoken", "version"}
        for name in ("visit_kind", "quantity", "document_kind", "finding_category", "project_stage")
    }
    assert asked["visit_kind"] == {"label"}
    assert asked["quantity"] == {"label", "unit"}
    assert asked["document_kind"] == {"label", "parts"}
    assert asked["finding_category"] == {"label", "parent"}
    send(office, setup_url("words/document_kind/new/"), label="帮扶规划", parts="目标任务\n\n工作措施\n目标任务")
    assert Term.objects.get(label="帮扶规划").parts == ["目标任务", "工作措施"]


def test_a_word_in_use_ends_and_an_unused_one_may_go(office: Client, cast: Cast) -> None:
    """What was logged with it stays; a condition that names it is a use, too."""
    docked(cast)
    used, unused = cast.near.word("milestone", "docked"), cast.near.word("meeting_kind", "talk")
    page = office.get(setup_url("words/milestone/")).content.decode()
    assert "已用于 3 条记录" in page
    refused = office.post(setup_url(f"words/{used.pk}/keep/"), {"do": "delete"}, follow=True)
    assert "不能删除。可以停用" in refused.content.decode()
    office.post(setup_url(f"words/{used.pk}/keep/"), {"do": "end"})
    used.refresh_from_db()
    assert used.ended_on == make.TODAY
    office.post(setup_url(f"words/{unused.pk}/keep/"), {"do": "delete"})
    assert not Term.objects.filter(pk=unused.pk).exists()
    assert "停用着" in errors(send(office, setup_url("words/milestone/new/"), label="对接到位"))["label"]


def test_uses_cost_the_same_however_many_words(
    office: Client, cast: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    """A vocabulary of two and one of twenty ask equally often."""
    office.get(setup_url("words/visit_kind/"))
    with django_assert_max_num_queries(40) as few:
        office.get(setup_url("words/visit_kind/"))
    for number in range(18):
        make.TermFactory(program=cast.program, vocabulary="visit_kind", code=f"k{number}", label=f"种类{number}")
    with django_assert_num_queries(len(few)):
        office.get(setup_url("words/visit_kind/"))


# Figures


def test_a_figure_is_worded_as_it_will_print(office: Client, cast: Cast) -> None:
    """303000 is 30余万元 in print and exact beside it."""
    make.FundFactory(program=cast.program, low=Decimal(303000), high=Decimal(303000))
    address = setup_url("figures/new/")
    choices = ({"source": "measure"}, {"measure": "fund"}, {"wording": "over"})
    values = {"label": "帮扶资金", "unit": "元", "cut": "100000", "definition": "到账的钱。", "is_headline": "on"}
    data = filled(office.post(address, filled(office.get(address)) | {"measure": "fund", "_again": "1"}))
    typed = data | values | {"wording": "over"}
    preview = office.post(setup_url("figures/preview/"), typed).content.decode()
    assert "30余万元" in preview
    assert "准确数 303000" in preview
    assert fill(office, address, *choices, **values).status_code == 302
    part = FigurePart.objects.get()
    assert (part.key, part.measure, part.cut, part.figure.definition) == ("帮扶资金", "fund", 100000, "到账的钱。")
    board = office.get("/p/zhaoyuan/dashboard/").context["board"]
    assert [headline.result.text for headline in board.headlines] == ["30余万元"]


def test_figures_are_derived_from_figures_and_never_from_themselves(office: Client, cast: Cast) -> None:
    """A share of two others; neither can then be deleted, nor rest on the share."""
    requirement = docked(cast)
    fill(office, setup_url("figures/new/"), {"source": "measure"}, {"measure": "teams"}, label="工作队")
    fill(
        office,
        setup_url("figures/new/"),
        {"source": "requirement"},
        {"requirement": str(requirement.pk)},
        label="已对接",
    )
    share = fill(
        office,
        setup_url("figures/new/"),
        {"source": "derived"},
        {"operation": "share"},
        label="对接率",
        left="已对接",
        right="工作队",
    )
    assert share.status_code == 302
    rate = FigurePart.objects.get(key="对接率")
    assert office.get(setup_url(f"figures/{rate.pk}/")).context["preview"]["result"].text == "50.0%"
    teams = FigurePart.objects.get(key="工作队")
    kept = office.post(setup_url(f"figures/{teams.pk}/keep/"), {"do": "delete"}, follow=True)
    assert "不能删除" in kept.content.decode()
    address = setup_url(f"figures/{teams.pk}/")
    response = fill(office, address, {"source": "derived"}, {"operation": "difference"}, left="对接率", right="已对接")
    assert "不能由它自己推算" in errors(response)["left"]


def test_a_figure_that_a_template_names_stays(office: Client, cast: Cast) -> None:
    """Ended or deleted it would leave a hole in the next issue."""
    part = make.FigurePartFactory(
        program=cast.program, figure__program=cast.program, key="工作队", label="工作队", measure="teams"
    )
    make.BulletinTemplateFactory(program=cast.program, body="共{工作队：数}。")
    page = office.get(setup_url("figures/")).content.decode()
    assert "简报模板 1" in page
    for deed in ("end", "delete"):
        answer = office.post(setup_url(f"figures/groups/{part.figure_id}/keep/"), {"do": deed}, follow=True)
        assert "简报模板 1" in answer.content.decode()
    part.refresh_from_db()
    assert part.figure.ended_on is None


def test_names_of_figures_are_unique_for_texts_call_them_by_name(office: Client, cast: Cast) -> None:
    """The second is refused by its field."""
    for _ in range(2):
        response = fill(office, setup_url("figures/new/"), {"source": "measure"}, {"measure": "visits"}, label="走访")
    assert "不能重名" in errors(response)["label"]


# Basics


def test_basics_are_changed_with_history_and_days_in_their_order(office: Client, cast: Cast) -> None:
    """What was wrong changes nothing."""
    refused = send(office, setup_url("basics/"), ends_on="2014年1月1日")
    assert errors(refused)["ends_on"] == "结束日期不能早于开始日期。"
    send(office, setup_url("basics/"), office="示例市帮扶办", asks_photos="on")
    program = Program.objects.get(pk=cast.program.pk)
    assert (program.office, program.asks_photos, program.code) == ("示例市帮扶办", True, "zhaoyuan")
    [change] = [one for one in office.get(setup_url("basics/")).context["changes"] if one.who == "县级办公室"]
    assert {field.label for field in change.fields} == {"主管办公室", "可附照片"}
