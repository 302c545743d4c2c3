"""House rules that no linter knows: guards, reach, one clock, one way out for data, Chinese for people."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from programs.permissions import PERMISSIONS
from programs.scoping import ScopedQuerySet, paths_of
from tests.conventions import APPS, ROOT, our_models

CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Views


def views() -> Iterator[tuple[str, Any]]:
    """Every address of ours with what answers it; the back office guards itself."""

    def walk(patterns: Any, prefix: str) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if pattern.app_name != "admin":
                    namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                    yield from walk(pattern.url_patterns, namespace)
            elif isinstance(pattern, URLPattern):
                yield f"{prefix}{pattern.name}", pattern.callback

    yield from walk(get_resolver().url_patterns, "")


VIEWS = dict(views())
#: Addresses for people who are not signed in, and why they may be.
PUBLIC = {
    "login": "the way in",
    "logout": "the way out asks for nothing",
    "board-public": "the page behind a board that hangs in the street; it holds counts only",
    "card-public": "whoever holds a card has no account; it tells no more than an office's door does",
}


def permission_of(view: Any) -> Any:
    """What a view says that it asks for."""
    return getattr(view, "permission", getattr(getattr(view, "view_class", None), "permission", "nothing said"))


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_view_has_a_guard_or_is_declared_public(name: str) -> None:
    """A view without a guard would show whatever it finds to whoever asks."""
    if name in PUBLIC:
        assert permission_of(VIEWS[name]) in (None, "nothing said")
    else:
        assert permission_of(VIEWS[name]) in PERMISSIONS


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_addresses_are_named_by_noun_and_verb(name: str) -> None:
    """``visit-create``, so that a name tells what a page is for; a few pages of the frame are one word."""
    assert re.fullmatch(r"([a-z]+:)?[a-z]+(-[a-z]+)*", name)


def test_every_permission_is_asked_for_somewhere() -> None:
    """A right that nothing checks is a promise that nothing keeps."""
    written = "\n".join(path.read_text() for path in our_files("*.py") if path.name != "permissions.py")
    written += "\n".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    asked = {permission_of(view) for view in VIEWS.values()}
    assert {name for name in PERMISSIONS if name not in asked and f'"{name}"' not in written} == set()


# Models


#: Models whose rows are not reached through a scope, and why.
WITHOUT_REACH = {"programs.RoleGrant": "for those who keep the system only; ``everything`` reaches it"}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_knows_how_its_rows_are_reached(model: Any) -> None:
    """Its manager can be asked for the rows of a user, and some path leads to them."""
    assert isinstance(model._default_manager.all(), ScopedQuerySet)
    assert bool(paths_of(model)) is (model._meta.label not in WITHOUT_REACH)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_speaks_chinese(model: Any) -> None:
    """Names of models and fields, choices and the words of constraints are what an office would say."""
    meta = model._meta
    names = [meta.verbose_name, meta.verbose_name_plural]
    for field in (*meta.fields, *meta.many_to_many):
        if field.name != "id" and field.editable:
            names.append(field.verbose_name)
        names += [label for _, label in getattr(field, "flatchoices", [])]
    silent = {"frozen_figure_once", "frozen_row_position"}  # written by the program itself, never by a person
    names += [item.violation_error_message for item in meta.constraints if item.name not in silent]
    assert [str(name) for name in names if not CHINESE.search(str(name))] == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_is_explained_and_not_sorted(model: Any) -> None:
    """A docstring of its own says what it means in the field; the order is said where rows are shown."""
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")
    assert not model._meta.ordering


def test_apps_have_chinese_names() -> None:
    """They head the back office."""
    for label in APPS:
        assert CHINESE.search(str(apps.get_app_config(label).verbose_name))


# Code


def our_files(pattern: str) -> list[Path]:
    """Source files of the apps, migrations apart."""
    found = [path for app in APPS for path in (ROOT / app).rglob(pattern)]
    return sorted(path for path in found if "migrations" not in path.parts and "__pycache__" not in path.parts)


def view_files() -> list[Path]:
    """The modules that answer requests."""
    return [path for path in our_files("*.py") if "views" in path.parts or path.stem == "views"]


def where(path: Path, node: ast.AST) -> str:
    """A place to look at."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


#: What narrows rows to those in reach, as a method or as a function that is handed the rows.
NARROWING = {"visible_to", "disclosed_to"}
NARROWING_FUNCTIONS = {"row_to_change", "Prefetch"}
#: Functions whose rows hang on one that is already in reach, or belong to nobody.
ALREADY_REACHED = {
    "programs/views/session.py:get_context_data": "which demonstration the sign-in page offers",
    "cadres/views/record_forms.py:diary_write": "the seats and the diary of whoever is signed in",
    "villages/views/village_forms.py:village_year": "the year of a village that has been reached",
    "reports/views/desk.py:desk_page": "a bulletin that has been reached, read again unchanged",
}


def manager_uses(function: ast.AST) -> Iterator[ast.Attribute]:
    """Each ``Model.objects`` in a function."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
            yield node


def is_narrowed(use: ast.Attribute, function: ast.AST) -> bool:
    """Whether the rows are narrowed in the same expression, or by what the name they get is handed to."""
    names: set[str] = set()
    for statement in ast.walk(function):
        if not isinstance(statement, ast.stmt) or not any(node is use for node in ast.walk(statement)):
            continue
        if isinstance(statement, ast.FunctionDef | ast.If | ast.For | ast.With | ast.Try):
            continue
        if _narrows(statement, lambda inside: any(node is use for node in ast.walk(inside))):
            return True
        if isinstance(statement, ast.Assign):
            names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return any(
        _narrows(
            function, lambda inside, name=name: any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(inside))
        )
        for name in names
    )


def _narrows(tree: ast.AST, holds: Any) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in NARROWING and holds(node.value):
            return True
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in NARROWING_FUNCTIONS and any(holds(argument) for argument in (*node.args, *node.keywords)):
                return True
    return False


def test_views_read_rows_in_reach_only() -> None:
    """No bare ``Model.objects`` in what answers a request."""
    bare, excused = [], set()
    for path in view_files():
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef):
                continue
            name = f"{path.relative_to(ROOT)}:{function.name}"
            for use in manager_uses(function):
                if is_narrowed(use, function):
                    continue
                if name in ALREADY_REACHED:
                    excused.add(name)
                else:
                    bare.append(f"{name} line {use.lineno}")
    assert bare == []
    assert excused == set(ALREADY_REACHED), "an excuse that nobody needs any more"


def test_views_do_not_count() -> None:
    """Figures have one definition each; a view that adds up on its own would soon disagree with them."""
    counting = {"aggregate", "annotate", "Count", "Sum", "Avg", "Max", "Min"}
    found = []
    for path in view_files():
        for node in ast.walk(ast.parse(path.read_text())):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if name in counting:
                found.append(f"{where(path, node)} {name}")
    assert found == []


#: Who may ask the wall clock, and for what.
CLOCKS = {
    "programs/clock.py": "is the clock",
    "programs/reach.py": "a role held in all programs has no program whose day counts",
    "programs/suggesting.py": "when an answer was written",
    "programs/exports.py": "when a file left",
    "programs/forms/files.py": "how long an upload is kept",
    "programs/management/commands/import_divisions.py": "from when the list of divisions holds",
    "cadres/actions/marks.py": "when a mark was taken back",
    "cadres/models/visits.py": "when the server heard of a visit",
    "reports/papers/booklet.py": "when a booklet was printed",
    "reports/demo/loading.py": "from when the list of divisions holds",
}


def asks_the_wall_clock(node: ast.AST, calls: dict[ast.AST, ast.Call]) -> bool:
    """``timezone.now`` and its like; with an argument they only bring a moment that is known into our zone."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
        return False
    asking = node.attr in {"today", "now", "utcnow", "localdate", "localtime"}
    call = calls.get(node)
    return asking and node.value.id in {"timezone", "date", "datetime", "dt"} and not (call and call.args)


def test_nothing_else_asks_for_today() -> None:
    """A pinned program stands still on its day: whoever asks the wall clock would run away from it."""
    found = set()
    for path in our_files("*.py"):
        tree = ast.parse(path.read_text())
        calls: dict[ast.AST, ast.Call] = {node.func: node for node in ast.walk(tree) if isinstance(node, ast.Call)}
        if any(asks_the_wall_clock(node, calls) for node in ast.walk(tree)):
            found.add(str(path.relative_to(ROOT)))
    assert found == set(CLOCKS)


def test_data_leave_by_one_door() -> None:
    """Only ``programs.exports`` hands out files, for it writes down who took what."""
    doors = {"FileResponse", "StreamingHttpResponse", "Content-Disposition"}
    for path in our_files("*.py"):
        if path.relative_to(ROOT) == Path("programs/exports.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                assert called not in doors, where(path, node)
            if isinstance(node, ast.Constant):
                assert node.value not in doors, where(path, node)


def test_domain_logic_does_not_hang_on_signals() -> None:
    """What follows from a change is written where the change is."""
    found = {
        str(path.relative_to(ROOT))
        for path in our_files("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Name) and node.id == "receiver"
    }
    assert found == {"programs/db_roles.py"}


def test_every_module_says_what_it_is_responsible_for() -> None:
    """One line at the top, in English, unlike what people read."""
    for path in our_files("*.py"):
        tree = ast.parse(path.read_text())
        if tree.body:
            assert ast.get_docstring(tree), path


# Templates

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix == ".html")
#: Latin words that offices use themselves.
LATIN_WORDS = {"Excel", "Word", "PDF", "xlsx", "docx", "JavaScript", "Cookie", "Ctrl", "Enter"}
#: What may be typed to find 西沟子.
LATIN_WORDS |= {"xgz", "xigouzi"}


class Page(HTMLParser):
    """A template without its tags: words for people, scripts and addresses."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.skipping = 0
        plain = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", source, flags=re.DOTALL)
        # A tag's own words stay: a label given to an included component is seen by people.
        self.words += [
            text
            for tag in re.findall(r"\{%\s*include.*?%\}", plain, re.DOTALL)
            for text in re.findall(r'=\s*"([^"{]*)"', tag)
            if CHINESE.search(text)
        ]
        self.feed(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", plain, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.scripts.append(self.get_starttag_text() or "")
        self.skipping += tag in ("script", "style", "code", "svg")
        self.addresses += [given[name] or "" for name in ("src", "href", "action") if name in given]
        self.handlers += [name for name in given if name.startswith(("on", "hx-on"))]
        self.words += [given[name] or "" for name in ("title", "placeholder", "aria-label", "alt") if name in given]

    def handle_endtag(self, tag: str) -> None:
        self.skipping -= tag in ("script", "style", "code", "svg")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.words.append(data)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_speak_chinese(path: Path) -> None:
    """No English sentence slips in from a library's example."""
    latin = {word for text in Page(path.read_text()).words for word in re.findall(r"[A-Za-z]{2,}", text)}
    assert latin - LATIN_WORDS == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_bring_no_scripts_of_their_own(path: Path) -> None:
    """The content policy forbids inline scripts and handlers, and everything comes from here."""
    page = Page(path.read_text())
    assert page.scripts == []
    assert page.handlers == []
    assert [address for address in page.addresses if re.match(r"(https?:)?//|javascript:", address)] == []
