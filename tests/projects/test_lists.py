"""Lists and pages of projects and funds: who sees which, and what they show."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.cast import Cast
from tests.reached import Find, check_reach
from tests.works import works_of


@pytest.mark.parametrize(
    ("noun", "find"), [("project", lambda works: works.project), ("fund", lambda works: works.fund)]
)
def test_reach(client: Client, cast: Cast, noun: str, find: Find) -> None:
    check_reach(client, cast, f"projects:{noun}", find)


def test_days_in_stage_are_shown_filtered_and_sorted(client: Client, cast: Cast) -> None:
    side = cast.near
    base = {"program": cast.program, "unit": side.unit, "stage": side.word("project_stage")}
    old = make.ProjectFactory(**base, name="久拖不决的事项", stage_since=make.TODAY - dt.timedelta(days=91))
    new = make.ProjectFactory(**base, name="刚刚提出的事项", stage_since=make.TODAY - dt.timedelta(days=30))
    make.ProjectFactory(
        **base | {"stage": side.word("project_stage", "done")}, name="完工的事项", stage_since=make.SINCE
    )
    client.force_login(cast.county)
    address = reverse("projects:project-list", args=[cast.program.code])

    def shown(**query: str) -> list[str]:
        return [row.object.name for row in client.get(address, query).context["selection"].shown]

    assert shown(stood="90") == [old.name]
    assert shown(stood="30") == [old.name]
    assert shown(sort="-stood")[:2] == ["完工的事项", old.name]
    assert shown(sort="stood")[0] == new.name
    text = client.get(address, {"stood": "90"}).content.decode()
    assert ">91<" in text


def test_due_words_are_kept_and_lateness_is_said(client: Client, cast: Cast) -> None:
    project = make.ProjectFactory(
        program=cast.program, unit=cast.near.unit, due_text="7月上旬", due_on=dt.date(2015, 7, 10)
    )
    late = make.ProjectFactory(
        program=cast.program, unit=cast.near.unit, due_on=dt.date(2015, 6, 30), name="逾期的事项"
    )
    client.force_login(cast.county)
    page = client.get(reverse("projects:project-list", args=[cast.program.code]))
    assert "7月上旬（还剩 7 天）" in page.content.decode()
    assert "2015年6月30日（逾期 3 天）" in page.content.decode()
    page = client.get(reverse("projects:project-list", args=[cast.program.code]), {"due": "late"})
    assert [row.object for row in page.context["selection"].shown] == [late]
    page = client.get(reverse("projects:project-detail", args=[cast.program.code, project.pk]))
    assert "7月上旬" in page.content.decode()


def test_project_lies_in_the_town_of_its_places_or_else_of_its_team(client: Client, cast: Cast) -> None:
    placed, of_team = works_of(cast.near).project, make.ProjectFactory(program=cast.program, team=cast.near.team)
    works_of(cast.far)
    client.force_login(cast.county)
    page = client.get(
        reverse("projects:project-list", args=[cast.program.code]), {"place": cast.near.town.code, "sort": "name"}
    )
    assert {row.object for row in page.context["selection"].shown} == {placed, of_team}


def test_a_range_of_money_is_worded(client: Client, cast: Cast) -> None:
    fund = make.FundFactory(
        program=cast.program, division=cast.near.place, source=cast.near.word("fund_source"), ranged=True
    )
    client.force_login(cast.county)
    for address in (
        reverse("projects:fund-list", args=[cast.program.code]),
        reverse("projects:fund-detail", args=[cast.program.code, fund.pk]),
    ):
        assert "5000万到1亿元" in client.get(address).content.decode()


def test_page_of_project_shows_stages_quantities_funds_and_progress(client: Client, cast: Cast) -> None:
    works = works_of(cast.near)
    make.ProgressFactory(project=works.project, text="路基已完成。")
    client.force_login(cast.county)
    page = client.get(reverse("projects:project-detail", args=[cast.program.code, works.project.pk]))
    totals = {panel.title: panel.total for panel in page.context["around"].panels}
    assert {title: total for title, total in totals.items() if total} == {
        "阶段经过": 1,
        "实物量": 1,
        "资金": 1,
        "进展": 1,
    }
    assert "路基已完成。" in page.content.decode()
