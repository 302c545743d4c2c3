"""Forms of the cadres app through their pages: what is asked, what is refused by the field, what is never lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre, Diary, Document, Gift, Meeting, Milestone, Need, Pairing, Post, Team, TeamMember, Visit
from programs.models import Term
from tests import factories as make
from tests import rows
from tests.cast import ROLES, Cast
from tests.pages import errors, filled, send

COUNTY, OFFICE = {"county", "administrator"}, {"county", "town", "administrator"}
FIELD = {"unit", "team", "cadre"}


#: form → the row it is about, and the roles that may do it to the near side's row.
FORMS: dict[str, tuple[Any, set[str]]] = {
    "cadre-create": (None, OFFICE | {"unit"}),
    "cadre-change": (lambda side: side.secretary, OFFICE | {"unit"}),
    "post-create": (lambda side: side.secretary, OFFICE | {"unit"}),
    "post-change": (lambda side: side.secretary.posts.get(), OFFICE | {"unit"}),
    "post-end": (lambda side: side.secretary.posts.get(), OFFICE | {"unit"}),
    "team-create": (None, OFFICE),
    "team-change": (lambda side: side.team, OFFICE),
    "team-end": (lambda side: side.team, OFFICE),
    "member-join": (lambda side: side.team, OFFICE),
    "member-leave": (lambda side: side.seat, OFFICE),
    "first-secretary-change": (lambda side: side.team, OFFICE),
    "milestone-create": (lambda side: side.team, OFFICE),
    "pairing-create": (None, COUNTY),
    "pairing-end": (lambda side: side.unit_pairing, COUNTY),
    "pairing-hand-over": (lambda side: side.household_pairing, COUNTY),
    "pairing-agree": (lambda side: side.unit_pairing, COUNTY),
    "unit-retire": (lambda side: side.unit, COUNTY),
    "visit-create": (None, OFFICE | FIELD),
    "visit-correct": (rows.visit, OFFICE | FIELD),
    "visit-void": (rows.visit, OFFICE | FIELD),
    "need-create": (None, OFFICE | FIELD),
    "need-change": (rows.need, OFFICE | FIELD),
    "need-step": (rows.need, OFFICE | FIELD),
    "need-comment": (rows.need, OFFICE | {"leader"}),
    "need-close": (rows.need, OFFICE | FIELD),
    "need-reopen": (rows.need, OFFICE | FIELD),
    "need-assign": (rows.need, OFFICE | FIELD),
    "document-create": (None, OFFICE | FIELD),
    "document-change": (rows.document, OFFICE | FIELD),
    "meeting-create": (None, OFFICE | FIELD),
    "meeting-change": (rows.meeting, OFFICE | {"unit", "team"}),
    "diary-create": (None, {"team"}),
}
#: Who reaches the far side's rows, and so gets as far as being refused.
READS_FAR = {"county", "leader", "administrator"}


def address(cast: Cast, name: str, row: Any = None, **query: Any) -> str:
    return reverse(f"cadres:{name}", args=[cast.program.code, *([row.pk] if row else [])], query=query or None)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_opens_for_those_who_may_and_whose_row_it_is(cast: Cast, client: Client, name: str) -> None:
    """Without the right 403, a row out of reach 404, another program's row 404 (people and units have no program)."""
    pick, allowed = FORMS[name]
    near, far, abroad = (pick(side) for side in (cast.near, cast.far, cast.abroad)) if pick else (None, None, None)
    for role in ROLES:
        client.force_login(cast.user(role))
        assert (client.get(address(cast, name, near)).status_code == 200) == (role in allowed), role
        if pick is None:
            continue
        answer = client.get(address(cast, name, far)).status_code
        assert answer == 200 if role in allowed & READS_FAR else answer in (403, 404), role
        if role != "administrator" or hasattr(abroad, "program"):
            assert client.get(address(cast, name, abroad)).status_code in (403, 404), role
    client.force_login(cast.outsider)
    assert client.get(address(cast, name, near)).status_code == 404
    client.logout()
    assert client.get(address(cast, name, near)).status_code == 302


def test_who_reads_by_one_role_and_writes_by_another_changes_only_the_second_ones_rows(
    cast: Cast, client: Client
) -> None:
    """The contact of one unit who also inspects another village reads its visits and corrects none of them."""
    seat = make.InspectionGroupMemberFactory(group=cast.far.group)
    seat.cadre.user = cast.unit
    seat.cadre.save()
    client.force_login(cast.unit)
    seen = rows.visit(cast.far)
    assert client.get(reverse("cadres:visit-detail", args=[cast.program.code, seen.pk])).status_code == 200
    assert client.get(address(cast, "visit-correct", seen)).status_code == 403


# Visits


def test_a_team_logs_a_visit_without_saying_what_is_known(cast: Cast, client: Client) -> None:
    """The village, the day, the kind and the first secretary are there already."""
    client.force_login(cast.team)
    page = client.get(address(cast, "visit-create"))
    assert "division" not in filled(page)
    assert cast.near.village.name in page.content.decode()
    response = send(client, address(cast, "visit-create"), households=[cast.near.household.pk], did="帮助联系农技员")
    logged = Visit.objects.get()
    assert response.url == reverse("cadres:visit-detail", args=[cast.program.code, logged.pk])
    assert (logged.division, logged.recorded_by, logged.did) == (cast.near.place, cast.team, "帮助联系农技员")
    assert timezone.localtime(logged.happened_at) == make.at(make.TODAY, 12)
    assert logged.kind == cast.near.word("visit_kind")
    [went] = logged.participants.all()
    assert (went.cadre, went.team, went.unit) == (cast.near.secretary, cast.near.team, cast.near.unit)
    assert [one.household for one in logged.households.all()] == [cast.near.household]


def test_sending_a_visit_twice_logs_it_once(cast: Cast, client: Client) -> None:
    """A second press of the button, or a phone that tries again."""
    client.force_login(cast.team)
    data = filled(client.get(address(cast, "visit-create")))
    first, second = (client.post(address(cast, "visit-create"), data) for _ in range(2))
    assert first.url == second.url
    assert Visit.objects.count() == 1


def test_a_units_contact_records_a_leaders_visit(cast: Cast, client: Client) -> None:
    """Who recorded it shows; who went is the leader."""
    client.force_login(cast.unit)
    send(client, address(cast, "visit-create"), participants=[cast.near.leader.pk])
    [went] = Visit.objects.get().participants.all()
    assert (went.cadre, went.leadership) == (cast.near.leader, "principal")
    assert Visit.objects.get().recorded_by == cast.unit


def test_a_cadre_chooses_among_own_households_only(cast: Cast, client: Client) -> None:
    """The household helped is offered, the neighbour's is refused."""
    client.force_login(cast.cadre)
    response = send(client, address(cast, "visit-create"), households=[cast.sibling.household.pk])
    assert errors(response)["households"].startswith(("选择一个有效的选项", "所选已不在可选范围内"))
    assert not Visit.objects.exists()
    send(client, address(cast, "visit-create"), households=[cast.near.household.pk])
    assert Visit.objects.get().households.get().household == cast.near.household


def test_gifts_quantities_needs_and_a_word_for_one_household_are_logged_together(cast: Cast, client: Client) -> None:
    """All that happened on the trip is said on one page; without scripts each row is asked for with its button."""
    client.force_login(cast.team)
    where = address(cast, "visit-create")
    data: dict[str, Any] = filled(client.get(where)) | {"did": "送去慰问"}
    for part in ("money", "goods", "quantities", "needs", "notes"):
        page = client.post(where, data | {"_more": part})
        assert errors(page) == {}
        data = filled(page)
        assert data["did"] == ["送去慰问"]
        assert f"{part}-0-id" not in data
    data |= {
        "money-0-amount": "1,083.40元",
        "goods-0-goods": "大米",
        "goods-0-quantity": "2",
        "goods-0-unit_name": "袋",
        "quantities-0-item": cast.near.word("quantity", "sapling").pk,
        "quantities-0-amount": "3亩",
        "needs-0-text": "希望修路",
        "notes-0-household": cast.near.household.pk,
        "notes-0-outcome": "absent",
        "notes-0-note": "赶集去了",
    }
    response = client.post(where, data)
    assert errors(response) == {"quantities-0-amount": errors(response)["quantities-0-amount"]}
    client.post(where, data | {"quantities-0-amount": "3"})
    logged = Visit.objects.get()
    money, goods = Gift.objects.order_by("-kind")
    assert (str(money.amount), goods.goods, goods.quantity) == ("1083.40", "大米", 2)
    assert logged.quantities.get().amount == 3
    assert (Need.objects.get().visit, Need.objects.get().responsible_team) == (logged, cast.near.team)
    assert (logged.households.get().outcome, logged.households.get().note) == ("absent", "赶集去了")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"happened_at_day": "2015年13月3日"}, "happened_at", "没有13月"),
        ({"happened_at_day": "2015-02-30"}, "happened_at", "只有28天"),
        ({"happened_at_day": "下周"}, "happened_at", "看不懂日期“下周”"),
        ({"happened_at_day": "2015年7月4日"}, "happened_at", "不能晚于今天（2015年7月3日）"),
        ({"happened_at_time": "25:00"}, "happened_at", "看不懂时间“25:00”"),
        ({"participants": None}, "participants", "请选择"),
    ],
)
def test_bad_input_is_refused_by_its_field_and_what_was_typed_stays(
    cast: Cast, client: Client, changes: dict[str, Any], field: str, words: str
) -> None:
    """Clear words beside the field, a summary that leads there, and nothing lost."""
    client.force_login(cast.team)
    response = send(client, address(cast, "visit-create"), said="老人独自居住", did="帮助收麦", **changes)
    assert words in errors(response)[field]
    html = response.content.decode()
    assert f'href="#field-{field}"' in html
    assert f'id="field-{field}"' in html
    kept = filled(response)
    assert (kept["said"], kept["did"]) == (["老人独自居住"], ["帮助收麦"])
    for name, value in changes.items():
        assert kept.get(name) == ([value] if value else None)
    assert not Visit.objects.exists()


@pytest.mark.parametrize("typed", ["2015.7.2", "2015-07-02", "2015年7月2日", "15/7/2", "二〇一五年七月二日"])
def test_a_day_is_read_as_people_write_it(cast: Cast, client: Client, typed: str) -> None:
    """However it is written, it is the second of July, and the hour too."""
    client.force_login(cast.team)
    send(client, address(cast, "visit-create"), happened_at_day=typed, happened_at_time="下午2点半")
    assert timezone.localtime(Visit.objects.get().happened_at) == make.at(dt.date(2015, 7, 2), 14, 30)


def test_an_amount_with_letters_is_refused_in_its_row(cast: Cast, client: Client) -> None:
    """The summary says in which part and row."""
    client.force_login(cast.team)
    where = address(cast, "visit-create")
    data = filled(client.post(where, filled(client.get(where)) | {"_more": "money"}))
    response = client.post(where, data | {"money-0-amount": "五百abc"})
    assert "金额只能写数字" in errors(response)["money-0-amount"]
    assert "慰问金第1行 金额（元）" in response.content.decode()
    assert filled(response)["money-0-amount"] == ["五百abc"]


def test_a_correction_keeps_what_was_not_touched_and_names_the_version_before(cast: Cast, client: Client) -> None:
    """Only what differs is corrected; the participants' positions of that day stay."""
    before = rows.visit(cast.near, said="原来的话")
    Post.objects.filter(cadre=cast.near.helper).update(leadership="principal")
    client.force_login(cast.county)
    response = send(client, address(cast, "visit-correct", before), did="补记做了什么", reason="漏记")
    after = Visit.objects.get(replaces=before)
    assert response.url.endswith(f"/{after.pk}/")
    assert (after.said, after.did, after.correction_reason) == ("原来的话", "补记做了什么", "漏记")
    [old], [new] = before.participants.all(), after.participants.all()
    assert (new.cadre, new.leadership, new.unit, new.team) == (old.cadre, old.leadership, old.unit, old.team)


def test_a_correction_that_changes_nothing_is_refused(cast: Cast, client: Client) -> None:
    """The page's own rounding and order are no change."""
    before = rows.visit(cast.near)
    client.force_login(cast.county)
    response = send(client, address(cast, "visit-correct", before), reason="手误")
    assert "没有要更正的内容" in errors(response)[""]
    assert Visit.objects.count() == 1


def test_a_correction_of_gifts_and_households_leaves_the_version_before_as_it_was(cast: Cast, client: Client) -> None:
    """A row that was there can be changed or struck out."""
    before = rows.visit(cast.near)
    make.VisitHouseholdFactory(visit=before, household=cast.near.household, note="原话")
    for amount in (500, 200):
        make.GiftFactory(visit=before, program=before.program, division=before.division, amount=amount)
    client.force_login(cast.town)
    where = address(cast, "visit-correct", before)
    assert "没有要更正的内容" in errors(send(client, where, reason="手误"))[""]
    send(client, where, reason="少记了", money__0__amount="600", money__1__DELETE="on", notes__0__note="补充")
    after = Visit.objects.get(replaces=before)
    assert [gift.amount for gift in after.gifts.all()] == [600]
    assert after.households.get().note == "补充"
    assert before.gifts.count() == 2
    assert before.households.get().note == "原话"


def test_whoever_corrects_does_not_lose_participants_they_could_not_choose(cast: Cast, client: Client) -> None:
    """A stranger who went along stays on the visit when the team corrects a word."""
    before = rows.visit(cast.near)
    make.VisitParticipantFactory(visit=before, cadre=cast.far.leader, unit=cast.far.unit)
    client.force_login(cast.team)
    send(client, address(cast, "visit-correct", before), said="改一个字", reason="错字")
    after = Visit.objects.get(replaces=before)
    assert {one.cadre for one in after.participants.all()} == {cast.near.helper, cast.far.leader}


def test_a_voided_visit_no_longer_counts_and_is_not_corrected_again(cast: Cast, client: Client) -> None:
    """Its pages lead to what it is now."""
    before = rows.visit(cast.near)
    client.force_login(cast.county)
    send(client, address(cast, "visit-void", before), reason="记到别村去了")
    assert not Visit.objects.counted().exists()
    assert client.get(address(cast, "visit-correct", before)).status_code == 302


# Needs


def test_a_need_goes_its_way_from_a_visit_to_its_closing_and_back(cast: Cast, client: Client) -> None:
    """Raised, handed over, worked on, commented, closed with a reason, reopened."""
    trip = rows.visit(cast.near)
    client.force_login(cast.town)
    send(client, address(cast, "need-create", visit=trip.pk), text="村东桥面破损", due_on="2015年7月31日")
    need = Need.objects.get()
    assert (need.visit, need.division, need.raised_on) == (trip, trip.division, timezone.localdate(trip.happened_at))
    send(client, address(cast, "need-assign", need), unit=cast.near.unit.pk)
    send(client, address(cast, "need-step", need), text="已联系交通局")
    send(client, address(cast, "need-comment", need), text="抓紧办理")
    send(client, address(cast, "need-close", need), reason="桥面已修好", solved="1")
    need.refresh_from_db()
    assert (need.responsible_unit, need.closed_on, need.solved) == (cast.near.unit, make.TODAY, True)
    response = send(client, address(cast, "need-step", need), text="再看看")
    assert "已于2015年7月3日销号" in errors(response)[""]
    send(client, address(cast, "need-reopen", need), reason="雨后又坏")
    need.refresh_from_db()
    assert need.closed_on is None
    assert [step.kind for step in need.steps.order_by("pk")] == ["action", "action", "comment", "closed", "reopened"]


def test_a_need_is_closed_only_with_a_reason_and_not_before_it_was_raised(cast: Cast, client: Client) -> None:
    """Both by their fields."""
    need = rows.need(cast.near)
    client.force_login(cast.team)
    response = send(client, address(cast, "need-close", need), reason="")
    assert errors(response)["reason"]
    early = need.raised_on - dt.timedelta(days=1)
    response = send(client, address(cast, "need-close", need), reason="已办", on=early.isoformat())
    assert "早于诉求提出之日" in errors(response)["on"]
    need.refresh_from_db()
    assert need.closed_on is None


def test_a_program_may_ask_for_evidence_before_a_need_is_closed(cast: Cast, client: Client) -> None:
    """Then the field is no longer optional, and says why."""
    cast.program.settings["need_close_needs_evidence"] = True
    cast.program.save()
    need = rows.need(cast.near)
    client.force_login(cast.team)
    response = send(client, address(cast, "need-close", need), reason="已办")
    assert "须附群众确认或佐证" in errors(response)["evidence"]


def test_a_need_has_one_who_answers_for_it_and_no_due_day_before_it(cast: Cast, client: Client) -> None:
    """Both mistakes are shown at once."""
    client.force_login(cast.county)
    response = send(
        client,
        address(cast, "need-create", village=cast.near.village.pk),
        text="修路",
        responsible_unit=cast.near.unit.pk,
        responsible_team=cast.near.team.pk,
    )
    assert "只能填一个" in errors(response)["responsible_team"]
    response = send(
        client, address(cast, "need-create", village=cast.near.village.pk), text="修路", due_on="2015-01-01"
    )
    assert "早于提出日期" in errors(response)["due_on"]
    need = rows.need(cast.near)
    response = send(client, address(cast, "need-change", need), due_on="2000-01-01")
    assert "不能早于提出日期" in errors(response)["due_on"]


# Pairings


def test_the_county_pairs_hands_over_signs_and_ends(cast: Cast, client: Client) -> None:
    """Nothing is overwritten: the one before ends the day before, with its list of open needs."""
    client.force_login(cast.county)
    send(
        client,
        address(cast, "pairing-create", unit=cast.far.unit.pk, village=cast.near.village.pk),
        since="2015.5.1",
    )
    begun = Pairing.objects.get(unit=cast.far.unit, division=cast.near.place)
    assert begun.since == dt.date(2015, 5, 1)
    send(client, address(cast, "pairing-agree", begun), on="2015年5月4日")
    need = rows.need(cast.near)
    Need.objects.filter(pk=need.pk).update(
        responsible_unit=cast.far.unit, responsible_team=None, responsible_cadre=None
    )
    page = client.get(address(cast, "pairing-hand-over", begun))
    assert "1 件未销号的诉求" in page.content.decode()
    send(client, address(cast, "pairing-hand-over", begun), to=cast.sibling.unit.pk, on="2015-07-01", reason="轮换")
    begun.refresh_from_db()
    after = Pairing.objects.get(replaces=begun)
    assert (begun.until, begun.agreed_on) == (dt.date(2015, 6, 30), dt.date(2015, 5, 4))
    assert (after.unit, after.since) == (cast.sibling.unit, dt.date(2015, 7, 1))
    need.refresh_from_db()
    assert need.responsible_unit == cast.sibling.unit
    response = send(client, address(cast, "pairing-end", after), on="2015-06-01", reason="调整")
    assert "结束日期不能早于开始日期" in errors(response)["on"]
    send(client, address(cast, "pairing-end", after), reason="任务完成")
    after.refresh_from_db()
    assert (after.until, after.end_reason) == (make.TODAY, "任务完成")


def test_a_pairing_that_ends_before_it_begins_or_stands_already_is_refused(cast: Cast, client: Client) -> None:
    """By the field, and what was typed stays."""
    client.force_login(cast.county)
    where = address(cast, "pairing-create", unit=cast.far.unit.pk, village=cast.near.village.pk)
    response = send(client, where, since="2015-07-01", until="2015-06-30")
    assert "结束日期不能早于开始日期" in errors(response)["until"]
    assert filled(response)["until"] == ["2015-06-30"]
    there = address(cast, "pairing-create", unit=cast.near.unit.pk, village=cast.near.village.pk)
    response = send(client, there, since="2015-07-01")
    assert "已经结对" in " ".join(errors(response).values())


def test_a_pairing_has_one_helper_and_one_helped(cast: Cast, client: Client) -> None:
    """None and two are both refused where they are."""
    client.force_login(cast.county)
    response = send(client, address(cast, "pairing-create"))
    assert "请填写帮扶方" in errors(response)["unit"]
    assert "请填写帮扶对象" in errors(response)["division"]
    response = send(
        client,
        address(cast, "pairing-create", unit=cast.near.unit.pk, village=cast.far.village.pk),
        household=cast.far.household.pk,
        cadre=cast.near.helper.pk,
    )
    assert "只能填一个" in errors(response)["cadre"]
    assert "只能填一个" in errors(response)["household"]


def test_a_unit_is_merged_with_its_pairings_and_posts(cast: Cast, client: Client) -> None:
    """Asked to be sure; the other unit goes on with what the first had."""
    client.force_login(cast.county)
    where = address(cast, "unit-retire", cast.near.unit)
    response = send(client, where, into=cast.sibling.unit.pk)
    assert "请核对后打勾" in errors(response)["sure"]
    send(client, where, into=cast.sibling.unit.pk, sure="on")
    cast.near.unit.refresh_from_db()
    assert cast.near.unit.merged_into == cast.sibling.unit
    assert Pairing.objects.filter(unit=cast.sibling.unit, division=cast.near.place, until=None).exists()


# Cadres and teams


def test_a_cadre_is_entered_with_a_post_and_found_again_by_the_units_contact(cast: Cast, client: Client) -> None:
    """A contact enters people of the own unit; a telephone number with letters is refused."""
    client.force_login(cast.unit)
    where = address(cast, "cadre-create", unit=cast.near.unit.pk)
    response = send(client, where, name="示例 新干部", title="科员", phone="1390000abcd")
    assert "电话只能写数字" in errors(response)["phone"]
    assert filled(response)["name"] == ["示例 新干部"]
    response = send(client, where, name="示例 新干部", title="科员", phone="13900000000")
    person = Cadre.objects.get(name="示例新干部")
    assert client.get(response.url).status_code == 200
    assert (person.posts.get().unit, person.posts.get().title) == (cast.near.unit, "科员")
    send(client, address(cast, "post-create", person), unit=cast.near.unit.pk, title="副科长", leadership="middle")
    send(client, address(cast, "post-end", person.posts.get(title="科员")), on="2015-07-03")
    assert person.posts.get(title="科员").until == make.TODAY
    send(client, address(cast, "post-change", person.posts.get(title="副科长")), title="副主任")
    assert person.posts.filter(title="副主任").exists()
    send(client, address(cast, "cadre-change", person), is_party_member=None)
    person.refresh_from_db()
    assert not person.is_party_member


def test_a_contact_cannot_appoint_into_another_unit(cast: Cast, client: Client) -> None:
    """The other unit is not among the choices."""
    client.force_login(cast.unit)
    response = send(client, address(cast, "cadre-create"), name="示例甲", title="科员", unit=cast.far.unit.pk)
    assert "所选已不在可选范围内" in errors(response)["unit"]
    assert not Cadre.objects.filter(name="示例甲").exists()


def test_a_team_is_set_up_named_after_its_unit_and_village(cast: Cast, client: Client) -> None:
    """An office need not type what follows from the rest."""
    client.force_login(cast.county)
    send(client, address(cast, "team-create", village=cast.near.village.pk, unit=cast.far.unit.pk))
    team = Team.objects.get(unit=cast.far.unit, village=cast.near.village)
    assert team.name == f"{cast.far.unit}驻{cast.near.village}工作队"
    send(client, address(cast, "team-change", team), name="示例新名工作队", promises="每周走访")
    send(client, address(cast, "team-end", team), on="2015-07-03")
    team.refresh_from_db()
    assert (team.name, team.promises, team.until) == ("示例新名工作队", "每周走访", make.TODAY)


def test_a_second_first_secretary_at_once_is_refused_and_a_change_keeps_both(cast: Cast, client: Client) -> None:
    """The refusal says what to do; the change form does it."""
    client.force_login(cast.county)
    where = address(cast, "member-join", cast.near.team)
    response = send(client, where, cadre=cast.near.leader.pk, role="first_secretary")
    assert "已有第一书记" in " ".join(errors(response).values())
    assert filled(response)["role"] == ["first_secretary"]
    send(client, where, cadre=cast.near.leader.pk, role="member", since="2015-06-01")
    joined = TeamMember.objects.get(team=cast.near.team, cadre=cast.near.leader)
    assert (joined.unit, joined.since) == (cast.near.unit, dt.date(2015, 6, 1))
    send(client, address(cast, "member-leave", joined), on="2015-06-20")
    send(client, address(cast, "first-secretary-change", cast.near.team), to=cast.near.helper.pk, on="2015-07-01")
    cast.near.seat.refresh_from_db()
    assert cast.near.seat.until == dt.date(2015, 6, 30)
    now = TeamMember.objects.active_on(make.TODAY).get(team=cast.near.team, role="first_secretary")
    assert now.cadre == cast.near.helper


def test_a_milestone_is_entered_once_and_not_ahead_of_time(cast: Cast, client: Client) -> None:
    """Tomorrow is refused, twice is refused."""
    client.force_login(cast.town)
    where = address(cast, "milestone-create", cast.near.team)
    assert "不能晚于今天" in errors(send(client, where, reached_on="2015-07-04"))["reached_on"]
    send(client, where, reached_on="2015-07-02", paper="示例发〔2015〕1号")
    assert Milestone.objects.get(team=cast.near.team).paper == "示例发〔2015〕1号"
    assert "该节点已登记" in " ".join(errors(send(client, where)).values())


# Papers, meetings, diaries

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
