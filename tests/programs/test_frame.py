"""The frame around every page: signing in, programs, rooms, search, suggestions, and what is shown when it breaks."""

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Suggestion
from programs.rooms import ROOMS, all_routes
from tests import factories as make
from tests.cast import ROLES, STRANGERS, Cast


def address(cast: Cast, route: str) -> str:
    return reverse(route, args=[cast.program.code])


def test_signing_in_leads_to_where_one_begins(client: Client, cast: Cast) -> None:
    cast.county.set_password(make.PASSWORD)
    cast.county.save()
    page = client.post(reverse("login"), {"username": "county", "password": "wrong"})
    assert "账号或密码不对" in page.content.decode()
    assert 'value="county"' in page.content.decode()
    page = client.post(reverse("login"), {"username": "county", "password": make.PASSWORD}, follow=True)
    assert page.request["PATH_INFO"] == address(cast, "reports:home")
    assert client.get(reverse("login")).status_code == 302
    client.post(reverse("logout"))
    assert client.get(address(cast, "reports:home")).status_code == 302


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_known_passwords_stand_on_the_sign_in_page_of_a_demonstration_only(
    client: Client, cast: Cast, is_demonstration: bool
) -> None:
    cast.program.settings = {"demo_accounts": [{"name": "示例办公室", "username": "example", "password": "known-2015"}]}
    cast.program.is_demonstration = is_demonstration
    cast.program.save()
    page = client.get(reverse("login")).content.decode()
    assert ("known-2015" in page) is is_demonstration


def test_the_choice_of_a_program_sticks(client: Client, cast: Cast) -> None:
    other = make.ProgramFactory(code="other", short_name="另一活动", starts_on="2014-01-01")
    make.RoleGrantFactory(user=cast.county, program=other)
    client.force_login(cast.county)
    assert client.get(reverse("home")).headers["Location"] == address(cast, "reports:home")
    page = client.get(address(cast, "villages:village-list")).content.decode()
    assert reverse("programs:enter", args=["other"]) in page
    client.get(reverse("programs:enter", args=["other"]))
    assert client.get(reverse("home")).headers["Location"] == reverse("reports:home", args=["other"])
    client.get(address(cast, "villages:village-list"))
    assert client.get(reverse("home")).headers["Location"] == address(cast, "reports:home")


@pytest.mark.parametrize("role", ROLES)
def test_every_door_in_rail_and_bar_opens(client: Client, cast: Cast, role: str) -> None:
    """What the rail offers may be entered, and what may be entered is offered."""
    client.force_login(cast.user(role))
    page = client.get(address(cast, "programs:me"))
    frame = page.context["frame"]
    assert [one.room.key for one in frame.rooms] == [
        room.key for room in ROOMS if room.key in {one.room.key for one in frame.rooms}
    ]
    doors = {door.url for one in frame.rooms for door in one.doors} | {tab.url for tab in frame.tabs}
    for door in doors:
        assert client.get(door).status_code == 200, door
    for route, _ in all_routes():
        if address(cast, route) not in doors:
            assert client.get(address(cast, route)).status_code == 403, route


def test_those_without_a_program_are_told_whom_to_ask(client: Client, cast: Cast) -> None:
    client.force_login(cast.outsider)
    page = client.get(reverse("home"))
    assert page.status_code == 200
    assert "还没有参加任何帮扶活动" in page.content.decode()


def test_a_pinned_program_says_so(client: Client, cast: Cast) -> None:
    client.force_login(cast.county)
    assert "此活动停在 2015年7月3日" in client.get(address(cast, "villages:village-list")).content.decode()
    cast.program.pinned_on = None
    cast.program.save()
    assert "此活动停在" not in client.get(address(cast, "villages:village-list")).content.decode()


def test_pages_may_load_nothing_from_elsewhere(client: Client, cast: Cast) -> None:
    client.force_login(cast.county)
    page = client.get(address(cast, "villages:village-list"))
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    text = page.content.decode()
    assert "//" not in text.replace("http://www.w3.org/2000/svg", "").replace("<!--", "")
    assert text.count("<script") == text.count("<script src=")


def test_search_finds_everything_that_has_a_name(client: Client, cast: Cast) -> None:
    make.ProjectFactory(program=cast.program, unit=cast.near.unit, name="示例住建局的项目")
    client.force_login(cast.county)
    groups = client.get(address(cast, "programs:search"), {"q": "住建"}).context["groups"]
    found = {group.listing.title: group.total for group in groups}
    assert found == {"帮扶单位": 1, "工作队": 1, "帮扶干部": 3, "项目": 1}
    for group in groups:
        assert client.get(group.url).context["selection"].total == group.total
    by_initials = client.get(address(cast, "programs:search"), {"q": "zjj"}).context["groups"]
    assert {"帮扶单位", "工作队"} <= {group.listing.title for group in by_initials}
    assert "没有找到" in client.get(address(cast, "programs:search"), {"q": "无此名"}).content.decode()


def test_search_stays_within_ones_reach(client: Client, cast: Cast) -> None:
    client.force_login(cast.team)
    assert client.get(address(cast, "programs:search"), {"q": cast.near.village.name}).context["groups"]
    assert not client.get(address(cast, "programs:search"), {"q": cast.far.village.name}).context["groups"]


@pytest.mark.parametrize("role", ROLES)
def test_everybody_can_suggest_and_reads_the_answer(client: Client, cast: Cast, role: str) -> None:
    client.force_login(cast.user(role))
    page = address(cast, "villages:village-list") + "?q=a"
    asked = client.get(page).content.decode()
    assert reverse("suggestions") in asked
    assert client.post(reverse("suggestions"), {"text": " ", "page": page}).status_code == 400
    sent = client.post(reverse("suggestions"), {"text": "字可以大一些。", "page": page})
    assert sent.headers["Location"] == page
    suggestion = Suggestion.objects.get()
    assert (suggestion.program, suggestion.user, suggestion.page) == (cast.program, cast.user(role), page)
    client.force_login(cast.county)
    assert "字可以大一些。" in client.get(address(cast, "programs:suggestion-list")).content.decode()
    answer = reverse("programs:suggestion-detail", args=[cast.program.code, suggestion.pk])
    assert client.post(answer, {"reply": "已改大。"}).status_code == 302
    client.force_login(cast.user(role))
    assert "已改大。" in client.get(reverse("suggestions")).content.decode()


def test_a_suggestion_never_leads_to_another_site(client: Client, cast: Cast) -> None:
    client.force_login(cast.county)
    sent = client.post(reverse("suggestions"), {"text": "好。", "page": "//elsewhere.example/x"})
    assert sent.headers["Location"] == reverse("suggestions")


def test_suggestions_and_exports_are_the_county_offices_to_read(client: Client, cast: Cast) -> None:
    suggestion = make.SuggestionFactory(program=cast.program)
    make.ExportFactory(program=cast.program, user=cast.town)
    addresses = [
        address(cast, "programs:suggestion-list"),
        address(cast, "programs:export-list"),
        reverse("programs:suggestion-detail", args=[cast.program.code, suggestion.pk]),
    ]
    for role in (*ROLES, *STRANGERS):
        client.force_login(cast.user(role))
        expected = 200 if role in ("county", "administrator") else 404 if role in STRANGERS else 403
        assert [client.get(one).status_code for one in addresses] == [expected] * 3, role


def test_own_password_is_changed(client: Client, cast: Cast) -> None:
    cast.team.set_password(make.PASSWORD)
    cast.team.save()
    client.login(username="team", password=make.PASSWORD)
    new = "another-2015-Zhaoyuan"
    wrong = client.post(reverse("password-change"), {"old_password": "x", "new_password1": new, "new_password2": new})
    assert "密码" in wrong.content.decode()
    assert wrong.status_code == 200
    client.post(reverse("password-change"), {"old_password": make.PASSWORD, "new_password1": new, "new_password2": new})
    assert Client().login(username="team", password=new)


def test_what_is_not_there_and_what_is_not_allowed_is_said_in_chinese(client: Client, cast: Cast) -> None:
    client.force_login(cast.inspector)
    missing = client.get("/no/such/page/")
    assert missing.status_code == 404
    assert "没有找到这个页面" in missing.content.decode()
    refused = client.get(address(cast, "villages:household-list"))
    assert refused.status_code == 403
    assert "您的角色不能做这件事" in refused.content.decode()
    assert cast.program.office in refused.content.decode()
    stale = Client(enforce_csrf_checks=True).post(reverse("login"), {"username": "a"})
    assert stale.status_code == 403
    assert "页面放得太久" in stale.content.decode()
    bad = client.get(reverse("login"), headers={"host": "elsewhere.example"})
    assert bad.status_code == 400
    assert "这个请求看不懂" in bad.content.decode()


def test_a_broken_page_says_that_nothing_was_lost(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page for the worst case needs neither database nor session."""
    from programs.listing import listing_for
    from programs.views import errors
    from villages.models import Village

    client.force_login(cast.county)
    client.raise_request_exception = False
    monkeypatch.delitem(listing_for.__globals__["_listings"], Village)
    page = client.get(address(cast, "villages:village-list"))
    assert page.status_code == 500
    assert "系统出错了，这一步没有完成" in page.content.decode()
    assert "Traceback" not in page.content.decode()
    assert errors.broken.permission is None
