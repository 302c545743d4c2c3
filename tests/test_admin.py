"""The back office as a whole: every model's pages open with rows in them, for administrators only, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, models, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.models import Role, User
from tests import factories as make
from tests.cast import Cast
from tests.conventions import our_models
from tests.rows import ROWS

PAGES = sorted(admin.site._registry, key=lambda model: model._meta.label)
#: Words of people's own, of codes and of file formats, that may stand on a page in Latin letters.
LATIN = re.compile(r"[A-Za-z]{3,}")
KNOWN = {"Excel", "xlsx", "JSON", "PDF", "UUID", "URL", "SQL", "LDAP"}
#: What Django gives its pictures of yes and no for those who cannot see them.
KNOWN |= {"True", "False"}
#: How a frozen row keeps yes, no and nothing.
KNOWN |= {"true", "false", "null"}


def row_of(model: type[models.Model], cast: Cast, side: str = "near") -> models.Model:
    """A row of a registered model on a side of the cast."""
    if model is User:
        return cast.county
    row: models.Model = ROWS[model](getattr(cast, side))
    return row


def address(model: type[models.Model], page: str, *args: Any) -> str:
    """The address of a model's page in the back office."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


class VisibleText(HTMLParser):
    """The words that a page shows, without addresses, scripts and what people typed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.skipping = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipping += tag in ("script", "style", "textarea", "code", "svg", "title")
        given = dict(attrs)
        self.words += [given[name] or "" for name in ("title", "placeholder", "aria-label", "alt") if name in given]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.words.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.skipping -= tag in ("script", "style", "textarea", "code", "svg", "title")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.words.append(data)


def english_in(html: str, allowed: Iterable[str] = ()) -> set[str]:
    """Latin words on a page that are neither known nor data of the test."""
    found = {word for text in VisibleText(html).words for word in LATIN.findall(text)}
    return found - KNOWN - set(allowed)


def words_of(cast: Cast) -> set[str]:
    """Codes and user names that the cast itself wrote in Latin letters."""
    return set(
        LATIN.findall(" ".join([cast.program.code, "neighbour", *User.objects.values_list("username", flat=True)]))
    )


def data_in(row: models.Model) -> set[str]:
    """What the row itself, and the rows of its kind, hold in Latin letters."""
    rows = type(row)._base_manager.all()
    return {word for one in rows for value in vars(one).values() for word in LATIN.findall(str(value))}


def test_every_model_has_a_page_or_stands_on_one() -> None:
    """Whoever adds a model says where an administrator finds it."""
    inlines = {inline.model for page in admin.site._registry.values() for inline in page.inlines}
    assert set(our_models()) - set(PAGES) - inlines == set()


def test_nothing_else_is_in_the_back_office() -> None:
    """No tables of packages that would mislead."""
    assert {model._meta.app_label for model in PAGES} == {
        *("programs", "villages", "cadres", "projects", "inspections", "reports")
    }


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_pages_open_with_rows_in_chinese(cast: Cast, desk: Client, model: type[models.Model]) -> None:
    """List, page of a row, its history, and the empty form."""
    row = row_of(model, cast)
    texts = {
        "list": desk.get(address(model, "changelist")),
        "row": desk.get(address(model, "change", row.pk)),
        "history": desk.get(address(model, "history", row.pk)),
    }
    assert address(model, "change", row.pk) in texts["list"].content.decode()
    request = RequestFactory().get("/")
    request.user = cast.administrator
    if admin.site._registry[model].has_add_permission(request):
        texts["add"] = desk.get(address(model, "add"))
    assert {name: answer.status_code for name, answer in texts.items()} == dict.fromkeys(texts, 200)
    allowed = words_of(cast) | data_in(row)
    english = {name: found for name, answer in texts.items() if (found := english_in(answer.content.decode(), allowed))}
    assert english == {}


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_rows_are_found(cast: Cast, desk: Client, model: type[models.Model]) -> None:
    """Search by Chinese and by initials, a choice of every filter, and more rows for the same number of queries."""
    page, path = admin.site._registry[model], address(model, "changelist")
    row_of(model, cast)
    html = desk.get(path).content.decode()
    with CaptureQueriesContext(connection) as few:
        desk.get(path)
    for side in ("sibling", "far", "farther", "abroad"):
        row_of(model, cast, side)
    with CaptureQueriesContext(connection) as many:
        desk.get(path)
    assert len(many) == len(few), "\n".join(query["sql"] for query in many.captured_queries)
    choices = {choice.partition("=")[0]: choice for choice in re.findall(r'<a href="(\?[^"]+=[^"]+)"', html)}
    assert choices or not page.list_filter
    filters = "&".join(choice.replace("&amp;", "&").lstrip("?") for choice in choices.values())
    searches = ["q=示例", "q=sl"] if page.search_fields else []
    for query in [filters, *searches]:
        assert desk.get(f"{path}?{query}").status_code == 200, query


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_relations_are_chosen_by_typing(cast: Cast, desk: Client, model: type[models.Model]) -> None:
    """Every long list answers and offers a row."""
    for name in admin.site._registry[model].get_autocomplete_fields(RequestFactory().get("/")):
        related: Any = model._meta.get_field(name).related_model
        point = transaction.savepoint()
        row_of(related, cast)
        of: dict[str, Any] = {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": name,
        }
        answer = desk.get(reverse("admin:autocomplete"), of | {"term": ""})
        assert answer.status_code == 200, name
        assert answer.json()["results"], name
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("role", ["county", "outsider"])
def test_nobody_else_works_here(cast: Cast, client: Client, role: str) -> None:
    """Django's own flag does not help an account without the role, and the door is the one that everybody uses."""
    door = client.get(reverse("admin:index"), follow=True).redirect_chain[-1][0]
    assert door.startswith(reverse("login"))
    user = cast.user(role)
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403
    for model in PAGES:
        assert client.get(address(model, "changelist"), follow=True).status_code == 403


def test_an_administrator_of_one_program_stays_in_it(cast: Cast, client: Client) -> None:
    """Lists, pages and choices hold that program's rows only; accounts are out of reach."""
    user = make.UserFactory()
    make.RoleGrantFactory(user=user, program=cast.abroad.program, role=Role.ADMINISTRATOR)
    client.force_login(user)
    team = type(cast.near.team)
    listed = client.get(address(team, "changelist")).content.decode()
    assert cast.abroad.team.name in listed
    assert cast.near.team.name not in listed
    assert client.get(address(team, "change", cast.near.team.pk)).status_code == 302
    choices = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "cadres", "model_name": "team", "field_name": "village", "term": ""},
    ).json()["results"]
    assert {choice["text"] for choice in choices} == {cast.abroad.village.name}
    assert client.get(address(User, "changelist")).status_code == 403


def test_the_front_page_names_everything_in_chinese(cast: Cast, desk: Client) -> None:
    """Apps and models under the names that offices use."""
    html = desk.get(reverse("admin:index")).content.decode()
    for name in ("结对帮扶工作平台", "活动与权限", "村与农户", "干部与工作", "项目与资金", "督查与考核", "简报与报表"):
        assert name in html
    assert english_in(html, words_of(cast)) == set()
