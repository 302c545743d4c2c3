"""Lists and pages of cadres, teams, pairings and their work: who sees which, and what they show."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.cast import Cast
from tests.reached import Find, check_reach
from tests.works import works_of


@pytest.mark.parametrize(
    ("noun", "find"),
    [
        ("team", lambda works: works.side.team),
        ("cadre", lambda works: works.side.secretary),
        ("pairing", lambda works: works.side.unit_pairing),
        ("visit", lambda works: works.visit),
        ("need", lambda works: works.need),
        ("document", lambda works: works.document),
        ("meeting", lambda works: works.meeting),
    ],
)
def test_reach(client: Client, cast: Cast, noun: str, find: Find) -> None:
    """A cadre outside the team sees nothing of it."""
    check_reach(client, cast, f"cadres:{noun}", find)


@pytest.mark.parametrize(
    ("noun", "find"),
    [
        ("member", lambda works: works.side.seat),
        ("gift", lambda works: works.gift),
        ("diary", lambda works: works.diary),
    ],
)
def test_reach_of_lists_without_pages(client: Client, cast: Cast, noun: str, find: Find) -> None:
    check_reach(client, cast, f"cadres:{noun}", find, by="")


def test_cadre_sees_their_own_pairing_and_work(client: Client, cast: Cast) -> None:
    side = cast.near
    visit = make.VisitFactory(program=cast.program, division=side.place, kind=side.word("visit_kind"))
    make.VisitParticipantFactory(visit=visit, cadre=side.helper)
    client.force_login(cast.cadre)
    for noun, rows in (("pairing", [side.household_pairing]), ("visit", [visit]), ("cadre", [side.helper])):
        page = client.get(reverse(f"cadres:{noun}-list", args=[cast.program.code]))
        assert [row.object for row in page.context["selection"].shown] == rows
        assert client.get(reverse(f"cadres:{noun}-detail", args=[cast.program.code, rows[0].pk])).status_code == 200


def test_replaced_and_voided_visits_are_not_listed_but_told_of(client: Client, cast: Cast) -> None:
    side = cast.near
    base = {"program": cast.program, "division": side.place, "kind": side.word("visit_kind")}
    first = make.VisitFactory(**base, is_current=False, said="先记错了。")
    second = make.VisitFactory(**base, replaces=first, correction_reason="时间有误")
    void = make.VisitFactory(**base, voiding=True)
    client.force_login(cast.county)
    page = client.get(reverse("cadres:visit-list", args=[cast.program.code]))
    assert [row.object for row in page.context["selection"].shown] == [second]
    page = client.get(reverse("cadres:visit-detail", args=[cast.program.code, second.pk]))
    assert page.context["versions"] == [second, first]
    assert "时间有误" in page.content.decode()
    page = client.get(reverse("cadres:visit-detail", args=[cast.program.code, first.pk]))
    assert "更正前的版本" in page.content.decode()
    page = client.get(reverse("cadres:visit-detail", args=[cast.program.code, void.pk]))
    assert "已作废" in page.content.decode()


def test_overdue_needs_say_by_how_many_days(client: Client, cast: Cast) -> None:
    works_of(cast.near)
    client.force_login(cast.county)
    page = client.get(reverse("cadres:need-list", args=[cast.program.code]), {"state": "late"})
    assert page.context["selection"].total == 1
    assert "逾期 3 天" in page.content.decode()


def test_phone_of_a_cadre_is_masked_everywhere(client: Client, cast: Cast) -> None:
    cast.near.secretary.phone = "13900001234"
    cast.near.secretary.save()
    client.force_login(cast.county)
    for address in (
        reverse("cadres:cadre-list", args=[cast.program.code]),
        reverse("cadres:cadre-detail", args=[cast.program.code, cast.near.secretary.pk]),
    ):
        text = client.get(address).content.decode()
        assert "139****1234" in text
        assert "13900001234" not in text


def test_document_says_which_parts_are_missing_and_hands_out_its_file(client: Client, cast: Cast) -> None:
    from django.core.files.base import ContentFile

    from programs.models import Export

    kind = cast.near.word("document_kind")
    kind.parts = ["目标任务", "主要措施"]
    kind.save()
    document = make.DocumentFactory(program=cast.program, division=cast.near.place, kind=kind)
    make.DocumentPartFactory(document=document, name="目标任务")
    document.file.save("plan.txt", ContentFile("计划".encode()))
    client.force_login(cast.county)
    page = client.get(reverse("cadres:document-detail", args=[cast.program.code, document.pk]))
    assert "还缺：主要措施。" in page.content.decode()
    file = client.get(reverse("cadres:document-file", args=[cast.program.code, document.pk]))
    assert b"".join(file.streaming_content).decode() == "计划"
    assert "attachment" in file.headers["Content-Disposition"]
    assert Export.objects.get().user == cast.county
    client.force_login(cast.cadre)
    assert client.get(reverse("cadres:document-file", args=[cast.program.code, document.pk])).status_code == 404


def test_history_tells_who_changed_what_from_what_into_what(client: Client, cast: Cast) -> None:
    import pghistory

    team = cast.near.team
    with pghistory.context(user=cast.county.pk):
        team.unit = cast.far.unit
        team.save()
    client.force_login(cast.county)
    page = client.get(reverse("cadres:team-detail", args=[cast.program.code, team.pk]))
    change = page.context["around"].history[0]
    assert (change.who, change.verb) == (str(cast.county), "修改")
    assert [(one.label, one.before, one.after) for one in change.fields] == [
        ("派出单位", cast.near.unit.short_name, cast.far.unit.short_name)
    ]
