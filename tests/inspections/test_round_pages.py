"""Pages of rounds and inspections: who may open which, what they do, and that they cost the same however many rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspections.models import Finding, Inspection, InspectionGroup, Rectification, Round, Sanction
from tests import factories as make
from tests.cast import ROLES, STRANGERS, Cast, Side

FOUND = dt.date(2015, 6, 16)
OPEN, SHUT, NONE = 200, 403, 404


def problem(side: Side, **changes: Any) -> Finding:
    """A problem found at a side's inspection."""
    values = {
        "program": side.program,
        "inspection": side.inspection,
        "round": side.inspection.round,
        "team": side.team,
        "unit": side.unit,
        "category": side.word("finding_category"),
    }
    row: Finding = make.FindingFactory(**(values | changes))
    return row


def address(cast: Cast, name: str, row: Any = None) -> str:
    """The address of a page of the app."""
    args = [cast.program.code] if row is None else [cast.program.code, row.pk]
    return reverse(f"inspections:{name}", args=args)


def signed_in(client: Client, cast: Cast, role: str) -> Client:
    """The same client as somebody else."""
    client.force_login(cast.user(role))
    return client


#: page → the near row, the far row, who opens the near one, who opens the far one, who is shut out from both.
#: Whoever is named nowhere does not find it.
OFFICE = {"county", "administrator"}
ABOUT_ROUND = {"unit", "team", "cadre"}
PAGES: list[tuple[str, Callable[[Side], Any], set[str], set[str], set[str]]] = [
    ("round-change", lambda s: s.inspection.round, OFFICE, OFFICE, set(ROLES) - OFFICE),
    ("round-assign", lambda s: s.inspection.round, OFFICE, OFFICE, set(ROLES) - OFFICE),
    ("group-create", lambda s: s.inspection.round, OFFICE, OFFICE, set(ROLES) - OFFICE),
    ("group-change", lambda s: s.group, OFFICE, OFFICE, set(ROLES) - OFFICE),
    (
        "inspection-detail",
        lambda s: s.inspection,
        {*OFFICE, "leader", "inspector"},
        {*OFFICE, "leader"},
        ABOUT_ROUND,
    ),
    (
        "inspection-record",
        lambda s: s.inspection,
        {*OFFICE, "inspector"},
        OFFICE,
        {"town", "unit", "team", "cadre", "leader"},
    ),
    (
        "finding-rectify",
        problem,
        {*OFFICE, "town", "unit", "team"},
        OFFICE,
        {"cadre", "inspector", "leader"},
    ),
    ("finding-sanction", problem, OFFICE, OFFICE, set(ROLES) - OFFICE),
]


@pytest.mark.parametrize(("name", "row", "near", "far", "shut"), PAGES, ids=[page[0] for page in PAGES])
def test_who_opens_which_page(
    cast: Cast,
    client: Client,
    name: str,
    row: Callable[[Side], Any],
    near: set[str],
    far: set[str],
    shut: set[str],
) -> None:
    """An inspector of another group, like everybody out of reach, is told that there is no such page."""
    for side, opening in ((cast.near, near), (cast.far, far)):
        url = address(cast, name, row(side))
        found = {role: signed_in(client, cast, role).get(url).status_code for role in ROLES}
        wanted = {role: SHUT if role in shut else OPEN if role in opening else NONE for role in ROLES}
        assert found == wanted
    for role in STRANGERS:
        assert signed_in(client, cast, role).get(url).status_code in (SHUT, NONE)


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("round-list", {"county", "town", "inspector", "leader", "administrator"}),
        ("inspection-list", {"county", "town", "inspector", "leader", "administrator"}),
        ("round-create", OFFICE),
        ("tour-list", {"inspector"}),
        ("finding-create", {"county", "town", "inspector", "administrator"}),
    ],
)
def test_who_opens_which_list(cast: Cast, client: Client, name: str, opening: set[str]) -> None:
    found = {role for role in ROLES if signed_in(client, cast, role).get(address(cast, name)).status_code == OPEN}
    assert found == opening


def test_an_unannounced_inspection_is_no_news_to_a_town_until_it_happened(cast: Cast, client: Client) -> None:
    """Else it would not be one."""
    url, row = address(cast, "round-detail", cast.round), cast.near.inspection
    assert signed_in(client, cast, "town").get(url).status_code == NONE
    assert client.get(address(cast, "inspection-detail", row)).status_code == NONE
    assert str(cast.near.team) not in client.get(address(cast, "inspection-list")).content.decode()

    Inspection.objects.filter(pk=row.pk).update(visited_on=FOUND)
    page = client.get(url).content.decode()
    assert str(cast.near.team) in page
    assert str(cast.sibling.team) not in page, "in the same town, and still to come"

    Round.objects.filter(pk=cast.round.pk).update(is_announced=True)
    assert str(cast.sibling.team) in client.get(url).content.decode()


def test_an_office_prepares_a_round(cast: Cast, client: Client) -> None:
    """The round, its groups, and all teams of a town in one go."""
    signed_in(client, cast, "county")
    said = {
        "name": " 第二轮督查 ",
        "starts_on": "2015.7.1",
        "ends_on": "2015年7月20日",
        "methods": [cast.near.word("method").pk],
        "sample": "all",
    }
    response = client.post(address(cast, "round-create"), said, follow=True)
    row = Round.objects.get(name="第二轮督查")
    assert response.redirect_chain[-1][0] == address(cast, "round-detail", row)
    assert (row.starts_on, row.ends_on, row.is_announced) == (dt.date(2015, 7, 1), dt.date(2015, 7, 20), False)
    assert "还没有督查组" in response.content.decode()

    for name, head in (("甲组", cast.near.leader), ("乙组", cast.far.leader)):
        client.post(
            address(cast, "group-create", row), {"name": name, "head": head.pk, "members": [cast.sibling.leader.pk]}
        )
    first, second = row.groups.order_by("position")
    assert [str(seat) for seat in first.members.filter(is_head=True)] == [str(cast.near.leader)]
    assert "4 个工作队没有分配" in client.get(address(cast, "round-detail", row)).content.decode()

    chosen = {
        f"town-{cast.near.town.code}": first.pk,
        f"team-{cast.near.team.pk}": "",
        f"team-{cast.sibling.team.pk}": second.pk,
        f"team-{cast.far.team.pk}": second.pk,
        f"team-{cast.farther.team.pk}": "",
    }
    page = client.post(address(cast, "round-assign", row), chosen, follow=True).content.decode()
    assigned = {seat.team: seat.group for seat in row.inspections.all()}
    assert assigned == {cast.near.team: first, cast.sibling.team: second, cast.far.team: second}
    assert "1 个工作队没有分配" in page


def test_teams_change_groups_until_they_are_inspected(cast: Cast, client: Client) -> None:
    """What was done stays with the group that did it; a group without teams can go."""
    signed_in(client, cast, "county")
    Inspection.objects.filter(pk=cast.far.inspection.pk).update(visited_on=FOUND)
    near = cast.near.group
    chosen = {
        f"team-{cast.near.team.pk}": "",
        f"team-{cast.sibling.team.pk}": near.pk,
        f"team-{cast.far.team.pk}": near.pk,
        f"team-{cast.farther.team.pk}": cast.far.group.pk,
    }
    client.post(address(cast, "round-assign", cast.round), chosen)
    assigned = {row.team: row.group for row in cast.round.inspections.all()}
    assert assigned == {cast.sibling.team: near, cast.far.team: cast.far.group, cast.farther.team: cast.far.group}

    response = client.post(address(cast, "group-remove", near), follow=True)
    assert "还分有1个工作队" in response.content.decode()
    empty = make.InspectionGroupFactory(round=cast.round, name="空组")
    client.post(address(cast, "group-remove", empty))
    assert not InspectionGroup.objects.filter(pk=empty.pk).exists()
    assert client.get(address(cast, "group-remove", near)).status_code == 405


def test_a_groups_people_change(cast: Cast, client: Client) -> None:
    """Whoever leaves a group no longer reaches its teams."""
    mine = address(cast, "inspection-record", cast.near.inspection)
    assert signed_in(client, cast, "inspector").get(mine).status_code == OPEN
    signed_in(client, cast, "county").post(
        address(cast, "group-change", cast.near.group), {"name": "新一组", "head": cast.far.leader.pk, "members": []}
    )
    cast.near.group.refresh_from_db()
    assert cast.near.group.name == "新一组"
    assert [(seat.cadre, seat.is_head) for seat in cast.near.group.members.all()] == [(cast.far.leader, True)]
    assert signed_in(client, cast, "inspector").get(mine).status_code == NONE


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "请填写名称。"),
        ({"name": "第一轮督查"}, "该活动已有同名的督查。"),
        ({"starts_on": "七月三十二日"}, "日期"),
        ({"ends_on": "2015年6月1日"}, "结束日期不能早于开始日期。"),
        ({"sample": "drawn", "sample_per_town": ""}, "请填写每个镇街抽几个，至少1个。"),
        ({"sample": "drawn", "sample_per_town": "两三个"}, "两三个"),
    ],
)
def test_bad_input_is_answered_by_the_field_and_kept(
    cast: Cast, client: Client, changes: dict[str, str], message: str
) -> None:
    said = {"name": "第二轮督查", "starts_on": "2015年7月1日", "sample": "all", "sample_note": "只查新派的"} | changes
    said["methods"] = str(cast.near.word("method").pk)
    page = signed_in(client, cast, "county").post(address(cast, "round-create"), said).content.decode()
    field = "sample_per_town" if "sample" in changes else next(iter(changes))
    assert message in page.split(f'id="field-{field}"')[1].split('id="field-')[0]
    assert "只查新派的" in page
    assert Round.objects.filter(program=cast.program).count() == 1


def test_a_drawn_sample_says_its_seed_and_leaves_the_rest_out(cast: Cast, client: Client) -> None:
    """The page of the round says how it was drawn, and only those drawn are missing."""
    row = make.RoundFactory(program=cast.program, name="抽查", sample="drawn", sample_per_town=1, sample_seed=7)
    make.InspectionGroupFactory(round=row, name="抽查组")
    page = signed_in(client, cast, "county").get(address(cast, "round-detail", row)).content.decode()
    assert "种子 7" in page
    assert "2 个工作队没有分配" in page
    assert client.get(address(cast, "round-assign", row)).content.decode().count("不在样本中") == 2


def test_a_days_correction_keeps_what_has_happened_inside(cast: Cast, client: Client) -> None:
    Inspection.objects.filter(pk=cast.near.inspection.pk).update(visited_on=FOUND)
    said = {"name": cast.round.name, "starts_on": "2015年6月20日", "ends_on": "2015年6月26日", "sample": "all"}
    said["methods"] = str(cast.near.word("method").pk)
    response = signed_in(client, cast, "county").post(address(cast, "round-change", cast.round), said)
    assert "督查期间须包含这些日期" in response.content.decode()
    response = client.post(address(cast, "round-change", cast.round), said | {"starts_on": "2015年6月16日"})
    cast.round.refresh_from_db()
    assert cast.round.starts_on == FOUND


def test_the_round_shows_what_was_found_by_group_and_name(cast: Cast, client: Client) -> None:
    """Problems under their groups with the units named, praise, and what is to be looked at again."""
    Inspection.objects.filter(pk=cast.near.inspection.pk).update(visited_on=FOUND, follow_up_on=dt.date(2015, 7, 1))
    problem(cast.near)
    problem(cast.far, closed_on=dt.date(2015, 6, 30))
    praised = make.FindingFactory(
        praise=True,
        program=cast.program,
        round=cast.round,
        team=cast.sibling.team,
        category=cast.near.word("praise_category"),
    )
    page = signed_in(client, cast, "county").get(address(cast, "round-detail", cast.round)).content.decode()
    for words in ("2 个，1 个未销号", "重视不够", "日记不详", cast.near.unit.name, str(praised.category), "已过期"):
        assert words in page
    assert "行动缓慢" in page, "a group without findings stands there with none"


def test_the_way_of_a_problem_to_its_close(cast: Cast, client: Client) -> None:
    """The team says what it did; somebody else sends it back, then accepts and closes it."""
    row = problem(cast.near)
    page = address(cast, "finding-detail", row)
    rectify, check = (address(cast, name, row) for name in ("finding-rectify", "finding-check"))

    signed_in(client, cast, "inspector")
    assert "没有待复查的整改" in client.get(check, follow=True).content.decode()
    signed_in(client, cast, "team")
    assert "请填写整改情况" in client.post(rectify, {"on": "2015年6月30日", "text": ""}).content.decode()
    assert "2015年7月4日" in client.post(rectify, {"on": "2015年7月4日", "text": "已补记"}).content.decode()
    assert client.post(rectify, {"on": "2015年6月30日", "text": "已补记"}).headers["Location"] == page

    signed_in(client, cast, "inspector")
    returned = client.post(check, {"verdict": "returned", "comment": "", "on": "2015年7月1日"}).content.decode()
    assert "请写明退回的意见" in returned
    client.post(check, {"verdict": "returned", "comment": "太简单", "on": "2015年7月1日"})
    assert row.rectifications.get().verdict == Rectification.Verdict.RETURNED

    signed_in(client, cast, "town").post(rectify, {"on": "2015年7月2日", "text": "重新补记"})
    signed_in(client, cast, "county").post(check, {"verdict": "accepted", "comment": "", "on": "2015年7月3日"})
    row.refresh_from_db()
    assert row.closed_on == dt.date(2015, 7, 3)
    assert rectify not in client.get(page).content.decode()


def test_nobody_checks_their_own_rectification(cast: Cast, client: Client) -> None:
    row = problem(cast.near)
    check = address(cast, "finding-check", row)
    signed_in(client, cast, "county").post(
        address(cast, "finding-rectify", row), {"on": "2015年6月30日", "text": "已补记"}
    )
    assert "请由他人复查" in client.get(check, follow=True).content.decode()
    response = client.post(check, {"verdict": "accepted", "comment": "", "on": "2015年7月1日"}, follow=True)
    assert "请由他人复查" in response.content.decode()
    row.refresh_from_db()
    assert row.closed_on is None


@pytest.mark.parametrize(
    ("role", "subject", "message"),
    [
        ("county", {"unit": "far"}, ""),
        ("county", {}, "请填写工作队或单位。"),
        ("town", {"team": "near"}, ""),
        ("town", {"team": "far"}, "所选已不在可选范围内"),
        ("town", {"unit": "near"}, "请选择。"),
        ("inspector", {"team": "near"}, ""),
        ("inspector", {"team": "far"}, "所选已不在可选范围内"),
    ],
)
def test_a_finding_outside_of_a_round(
    cast: Cast, client: Client, role: str, subject: dict[str, str], message: str
) -> None:
    """About what one reaches: a county office speaks of units as well, others of teams."""
    said: dict[str, Any] = {name: getattr(getattr(cast, side), name).pk for name, side in subject.items()}
    said |= {"category": cast.near.word("praise_category").pk, "text": "主动作为。", "gravity": "minor"}
    said |= {"found_on": "2015年7月1日", "due_on": "", "responsible": ""}
    response = signed_in(client, cast, role).post(address(cast, "finding-create"), said, follow=True)
    assert response.status_code == OPEN
    if message:
        assert message in response.content.decode()
        assert "主动作为。" in response.content.decode()
        assert not Finding.objects.exists()
        return
    found = Finding.objects.get()
    assert (found.kind, found.recorded_by) == (Finding.Kind.PRAISE, cast.user(role))
    assert response.redirect_chain[-1][0] == address(cast, "finding-detail", found)


def test_a_finding_begins_with_the_team_it_is_about(cast: Cast, client: Client) -> None:
    """As the page of a team or project leads there."""
    project = make.ProjectFactory(program=cast.program, team=cast.near.team)
    signed_in(client, cast, "county")
    for query in (f"team={cast.near.team.pk}", f"project={project.pk}"):
        form = client.get(f"{address(cast, 'finding-create')}?{query}").context["form"]
        assert form.initial["team"] == cast.near.team
    assert client.get(f"{address(cast, 'finding-create')}?team=nonsense").status_code == OPEN


def test_a_sanction_on_a_unit_or_a_person(cast: Cast, client: Client) -> None:
    row = problem(cast.near)
    url = address(cast, "finding-sanction", row)
    said = {
        "kind": cast.near.word("sanction").pk,
        "decided_by": "示例办公室",
        "decided_on": "2015年7月1日",
        "note": "",
    }
    signed_in(client, cast, "county")
    assert "请选择处理对象" in client.post(url, said | {"subject": ""}).content.decode()
    assert client.post(url, said | {"subject": f"unit-{cast.far.unit.pk}"}).status_code == OPEN, "not concerned"
    client.post(url, said | {"subject": f"unit-{cast.near.unit.pk}"})
    client.post(url, said | {"subject": f"cadre-{cast.near.secretary.pk}"})
    client.post(url, said | {"subject": f"cadre-{cast.near.leader.pk}"})
    found = Sanction.objects.order_by("pk")
    assert [one.unit or one.cadre for one in found] == [cast.near.unit, cast.near.secretary, cast.near.leader]
    assert {one.finding for one in found} == {row}


def test_a_tour_shows_what_is_not_done_first_and_only_ones_own(cast: Cast, client: Client) -> None:
    url = address(cast, "tour-list")
    page = signed_in(client, cast, "inspector").get(url).content.decode()
    assert "已督查 0 / 1" in page
    assert address(cast, "inspection-record", cast.near.inspection) in page
    assert str(cast.far.village) not in page

    Inspection.objects.filter(pk=cast.near.inspection.pk).update(visited_on=FOUND)
    page = client.get(url).content.decode()
    assert "已督查 1 / 1" in page
    assert address(cast, "inspection-detail", cast.near.inspection) in page


def grow(cast: Cast, count: int) -> None:
    """So many more villages of the near side's group, each with a problem, praise and a project."""
    there = cast.round.inspections.count()
    for number in range(count):
        place = make.PlaceFactory(parent=cast.near.town, code=f"{cast.near.town.code}{300 + there + number}")
        village = make.VillageFactory(division=place)
        team = make.TeamFactory(program=cast.program, village=village, unit=make.UnitFactory())
        make.TeamMemberFactory(team=team, unit=team.unit, first_secretary=True)
        row = make.InspectionFactory(round=cast.round, group=cast.near.group, team=team, carried_out=number % 2 == 0)
        again = {"follow_up_on": dt.date(2015, 7, 10)} if row.visited_on else {}
        Inspection.objects.filter(pk=row.pk).update(**again, team=team)
        values = {"program": cast.program, "inspection": row, "round": cast.round, "team": team, "unit": team.unit}
        make.FindingFactory(**values, category=cast.near.word("finding_category"))
        make.FindingFactory(**values, category=cast.near.word("praise_category"), praise=True)


@pytest.mark.parametrize(
    ("role", "name", "row"),
    [
        ("county", "round-list", None),
        ("county", "round-detail", lambda c: c.round),
        ("county", "round-assign", lambda c: c.round),
        ("county", "inspection-list", None),
        ("inspector", "tour-list", None),
        ("inspector", "round-detail", lambda c: c.round),
    ],
)
def test_2_rows_and_20_cost_the_same(cast: Cast, client: Client, role: str, name: str, row: Any) -> None:
    signed_in(client, cast, role)
    url = address(cast, name, row(cast) if row else None)
    counts = []
    for count in (2, 18):
        grow(cast, count)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == OPEN
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_inspection_with_2_findings_and_20_costs_the_same(cast: Cast, client: Client) -> None:
    """Its form, whose rows offer categories and projects, and its page."""
    signed_in(client, cast, "inspector")
    Inspection.objects.filter(pk=cast.near.inspection.pk).update(visited_on=FOUND)
    for name in ("inspection-record", "inspection-detail"):
        url, counts = address(cast, name, cast.near.inspection), []
        for count in (2, 18):
            for number in range(count):
                problem(cast.near, text=f"问题{number}")
                make.ProjectFactory(program=cast.program, team=cast.near.team, unit=cast.near.unit)
                make.ChecklistItemFactory(program=cast.program)
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == OPEN
            counts.append(len(queries))
        assert counts[0] == counts[1]
