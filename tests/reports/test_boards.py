"""Dashboard, home, grid: every number opens exactly its rows, for everybody, at a fixed number of queries."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from cadres.models import RequirementMark
from programs.models import Requirement, User
from tests import factories as make
from tests.cast import Cast

DASHBOARD = "/p/zhaoyuan/dashboard/"
GRID = "/p/zhaoyuan/requirements/leader_visit/"


def opened(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def rows_on(page: str) -> int:
    """The number in the list's count line: 共 116 个 …"""
    found = re.search(r'class="count-line"[^>]*>\s*共\s*([\d,]+)', page)
    return int(found[1].replace(",", "")) if found else 0


def linked_numbers(page: str) -> set[tuple[str, int]]:
    """Links to rows whose words are, or end in, a bare number; the same link may stand there twice."""
    found = set()
    for address, words in re.findall(r'<a[^>]*href="([^"]*rows/[^"]*)"[^>]*>(.*?)</a>', page, flags=re.S):
        number = re.search(r"([\d,]+)(?:个|名|次|件|种)?$", strip_tags(words).strip())
        if number and "/" not in strip_tags(words):
            found.add((address.replace("&amp;", "&"), int(number[1].replace(",", ""))))
    return found


@pytest.mark.parametrize("username", ["xianban", "zhenban", "lingdao"])
def test_every_number_on_the_dashboard_opens_exactly_its_rows(
    demonstration: None, client: Client, username: str
) -> None:
    client.force_login(User.objects.get(username=username))
    numbers = linked_numbers(opened(client, DASHBOARD))
    assert len(numbers) > 40
    for address, number in numbers:
        if "blocks/days_in_stage" in address or "blocks/funds" in address:
            continue  # days and money: the list holds the rows behind, not as many as the number says
        assert rows_on(opened(client, address)) == number, unquote(address)


def test_the_dashboard_of_one_town_and_one_month_opens_its_rows_too(demonstration: None, client: Client) -> None:
    client.force_login(User.objects.get(username="xianban"))
    page = opened(client, f"{DASHBOARD}?period=custom&start=2015-05-01&end=2015年5月31日&town=370685104")
    assert "毕郭镇帮扶工作看板" in page
    for address, number in linked_numbers(page):
        if "days_in_stage" not in address and "funds" not in address:
            assert rows_on(opened(client, address)) == number, unquote(address)


def test_a_period_that_ends_before_it_begins_is_said_and_ignored(demonstration: None, client: Client) -> None:
    client.force_login(User.objects.get(username="xianban"))
    page = opened(client, f"{DASHBOARD}?period=custom&start=2015-06-01&end=2015-05-01")
    assert "不能早于开始日期" in page
    page = opened(client, f"{DASHBOARD}?period=custom&start=五月&end=2015-05-01&town=999")
    assert "没有这个镇街" in page


def test_numbers_above_a_grid_open_the_rows_of_its_period(demonstration: None, client: Client) -> None:
    """Of each month that the picker offers, not only of the one that is judged now."""
    client.force_login(User.objects.get(username="xianban"))
    reports = Requirement.objects.get(program__code="zhaoyuan", evidence="document", cadence="month")
    grid = f"/p/zhaoyuan/requirements/{reports.code}/"
    months = re.findall(r'<option value="(2015-[^"]*)"', opened(client, grid))
    assert len(months) > 3
    found = set()
    for month in months:
        for address, number in linked_numbers(opened(client, f"{grid}?period={month}")):
            assert rows_on(opened(client, address)) == number, address
            found.add(number)
    assert len(found) > 2


def _more(cast: Cast, number: int) -> None:
    for _ in range(number):
        for side in cast.sides:
            visit = make.VisitFactory(
                program=cast.program, division=side.place, kind=side.word("visit_kind"), recorded_by=cast.county
            )
            make.VisitParticipantFactory(visit=visit, cadre=side.leader, unit=side.unit, principal=True)
            make.ProjectFactory(program=cast.program, team=side.team, unit=side.unit)
            make.FundFactory(program=cast.program, division=side.place, source=side.word("fund_source"))
            make.NeedFactory(
                program=cast.program,
                division=side.place,
                category=side.word("need_category"),
                recorded_by=cast.county,
                due_on="2015-06-20",
            )


@pytest.fixture
def configured(cast: Cast) -> Cast:
    """The cast with a requirement, a headline and blocks."""
    requirement = make.RequirementFactory(
        program=cast.program,
        code="leader_visit",
        name="主要领导到村走访",
        subject="unit_leader",
        evidence="visit",
        evidence_params={"leadership": ["principal"]},
    )
    figure = make.FigureFactory(program=cast.program)
    make.FigurePartFactory(
        program=cast.program, figure=figure, key="到村", measure="", requirement=requirement, is_headline=True
    )
    make.FigurePartFactory(program=cast.program, figure=figure, key="走访", measure="visits", is_headline=True)
    make.BlockFactory(program=cast.program, code="by-town", measure="", requirement=requirement, group_by="town")
    make.BlockFactory(program=cast.program, code="visits-by-week", measure="visits", group_by="week", chart="line")
    make.BlockFactory(program=cast.program, code="stages", measure="projects", group_by="stage_age")
    make.BlockFactory(program=cast.program, code="funds", measure="fund", group_by="source", unit="元")
    make.BlockFactory(program=cast.program, code="needs", measure="needs", group_by="category", unit="件")
    return cast


@pytest.mark.parametrize("url", [DASHBOARD, "/p/zhaoyuan/", "/p/zhaoyuan/requirements/", GRID])
@pytest.mark.parametrize("role", ["county", "town"])
def test_two_rows_and_twenty_cost_the_same_queries(configured: Cast, client: Client, url: str, role: str) -> None:
    _more(configured, 2)
    client.force_login(configured.user(role))
    opened(client, url)
    with CaptureQueriesContext(connection) as few:
        opened(client, url)
    _more(configured, 18)
    with CaptureQueriesContext(connection) as many:
        opened(client, url)
    assert len(many) == len(few)


def _mark(client: Client, **data: Any) -> Any:
    return client.post(f"{GRID}mark/", {"period": "2015-03-01", **data})


def test_the_office_ticks_what_it_knows_from_the_telephone(configured: Cast, client: Client) -> None:
    client.force_login(configured.county)
    chosen = [configured.near.unit.pk, configured.far.unit.pk]
    response = _mark(client, do="tick", subject=chosen, on="2015年6月1日", source="phone", note="电话核实")
    assert response.status_code == 302
    page = opened(client, GRID)
    assert page.count("电话核实（县级办公室登记）") == 2
    assert RequirementMark.objects.filter(requirement__code="leader_visit", verdict="done").count() == 2


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(configured: Cast, client: Client) -> None:
    client.force_login(configured.county)
    response = _mark(client, do="tick", subject=[configured.near.unit.pk], on="六月的某天", source="phone", note="听说")
    page = response.content.decode()
    assert response.status_code == 400
    assert "六月的某天" in page
    assert "听说" in page
    assert re.search(rf'value="{configured.near.unit.pk}"\s+checked', page)
    response = _mark(client, do="excuse", subject=[configured.near.unit.pk], reason="防汛", approver="")
    assert response.status_code == 400
    assert "防汛" in response.content.decode()
    assert _mark(client, do="tick", on="2015-06-01", source="phone").status_code == 400
    assert not RequirementMark.objects.exists()


def test_an_excuse_takes_somebody_off_the_list_until_it_is_taken_back(configured: Cast, client: Client) -> None:
    client.force_login(configured.county)
    _mark(client, do="excuse", subject=[configured.near.unit.pk], reason="防汛", approver="办公室主任")
    requirement = Requirement.objects.get(code="leader_visit")
    names = opened(client, f"/p/zhaoyuan/requirements/{requirement.code}/rows/?aspect=not_done")
    assert "示例住建局" not in names
    mark = RequirementMark.objects.get()
    assert client.post(f"{GRID}withdraw/{mark.pk}/", {"period": "2015-03-01"}).status_code == 302
    names = opened(client, f"/p/zhaoyuan/requirements/{requirement.code}/rows/?aspect=not_done")
    assert "示例住建局" in names


@pytest.mark.parametrize(
    ("role", "sees", "marks"),
    [
        ("county", 4, 302),
        ("town", 2, 302),
        ("unit", 1, 403),
        ("leader", 4, 403),
        ("administrator", 4, 302),
    ],
)
def test_who_sees_and_marks_whom(configured: Cast, client: Client, role: str, sees: int, marks: int) -> None:
    client.force_login(configured.user(role))
    page = opened(client, GRID)
    assert page.count('data-label="镇街"') == sees
    own = _mark(client, do="tick", subject=[configured.near.unit.pk], on="2015-06-01", source="paper")
    assert own.status_code == marks
    if role == "town":
        foreign = _mark(client, do="tick", subject=[configured.far.unit.pk], on="2015-06-01", source="paper")
        assert foreign.status_code == 400, "a unit of another town is no subject of theirs"


@pytest.mark.parametrize("url", [DASHBOARD, "/p/zhaoyuan/", GRID, "/p/zhaoyuan/figures/到村/rows/"])
def test_strangers_find_nothing(configured: Cast, client: Client, url: str) -> None:
    assert client.get(url).status_code == 302, "who is signed out goes to the sign-in page"
    for role in ("outsider", "neighbour"):
        client.force_login(configured.user(role))
        assert client.get(url).status_code == 404


def test_home_says_first_what_is_owed_and_what_is_late(demonstration: None, client: Client) -> None:
    client.force_login(User.objects.get(username="xianban"))
    page = strip_tags(opened(client, "/p/zhaoyuan/"))
    assert "主要领导到村走访：还有20个单位主要领导未完成" in page
    assert page.index("现在要做的") < page.index("已经逾期的") < page.index("新情况")
