"""Test databases are copies: a migrated one and loaded ones are made once for each state of the code, then cloned.

A test in a transaction stands on a ground, a database of its worker: the empty one, the one with the cast, or that of
a demonstration. The connection stays where it is until a test needs another ground, since opening one takes long.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.state import ModelState, ProjectState
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

APPS = ("programs", "villages", "cadres", "projects", "inspections", "reports")
BUILDING = 0x62616E67
#: What `demonstration` loads unless a test says ``@pytest.mark.demonstration_of(code)``.
DEMONSTRATION = "zhaoyuan"
#: The fixtures that bring a ground of their own; whatever else asks for ``db`` stands on the empty one.
GROUNDS = {"on_cast", "on_demonstration"}
EMPTY = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "demonstration_of(code): which demonstration `demonstration` and its like load")


def _digest(*patterns: str) -> str:
    root = Path(settings.BASE_DIR)
    found = hashlib.sha256((root / "requirements.txt").read_bytes())
    for app in APPS:
        for path in sorted({path for pattern in patterns for path in (root / app).glob(pattern)}):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:12]


def _execute(statement: str, *names: str) -> None:
    """Run a statement about databases from outside of any of them."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def _connected_to(name: str, **changes: Any) -> Iterator[None]:
    """Point this process's connection, and those its threads will open, at another database."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {"NAME": name, **changes}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= {key: before[key] for key in ("NAME", *changes)}


def _built(kind: str, digest: str, based_on: str | None, fill: Callable[[], object]) -> str:
    """The template database of this kind and state; whoever comes first builds it, the others wait."""
    family = f"bangfu_{kind}_"
    name = family + digest
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [BUILDING, kind])
        try:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [family])
            there = {row[0] for row in cursor.fetchall()}
            if name not in there:
                for old in there:
                    _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", old)
                draft = f"{family}draft"
                if based_on:
                    _execute("CREATE DATABASE {} TEMPLATE {}", draft, based_on)
                else:
                    _execute("CREATE DATABASE {}", draft)
                with _connected_to(draft):
                    fill()
                _execute("ALTER DATABASE {} RENAME TO {}", draft, name)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [BUILDING, kind])
    return name


def _add_model(state: ProjectState, model: ModelState) -> None:
    """Render a new model alone. Django renders all that are related to it anew: four fifths of what migrating takes."""
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in vars(state):
        state.apps.render_multiple([model])


def _migrate() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProjectState, "add_model", _add_model)
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def migrated() -> str:
    return _built("migrated", _digest("migrations/*.py", "models*", "models/*"), None, _migrate)


def loaded(code: str) -> str:
    """The template database of one demonstration, which is loaded when a test first asks for it."""
    return _built(f"loaded_{code}", _digest("**/*"), migrated(), lambda: call_command("load_demo", code, verbosity=0))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated()


@contextmanager
def copy(template: str, kind: str) -> Iterator[str]:
    """A copy of a template database for this worker, gone in the end."""
    name = f"test_{kind}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    try:
        yield name
    finally:
        _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


# Grounds: for tests in a transaction that is rolled back


def go_to(ground: str) -> None:
    """Have the connection on a ground, before the transaction of a test begins there."""
    if connection.settings_dict["NAME"] != ground:
        if connection.in_atomic_block:
            pytest.fail("`cast` and `demonstration` bring their own database: not together with django_db")
        connection.close()
        connection.settings_dict["NAME"] = ground


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave the ground of the test before, ahead of all that opens a transaction."""
    if EMPTY in item.config.stash and GROUNDS.isdisjoint(getattr(item, "fixturenames", ())):
        go_to(item.config.stash[EMPTY])


@pytest.fixture(scope="session")
def grounds(
    pytestconfig: pytest.Config, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[ExitStack]:
    """The copies that this worker keeps until it ends."""
    pytestconfig.stash[EMPTY] = connection.settings_dict["NAME"]
    with ExitStack() as copies:
        yield copies
        go_to(pytestconfig.stash[EMPTY])
        with django_db_blocker.unblock():
            copies.close()


@pytest.fixture(scope="session")
def _demonstrations(grounds: ExitStack) -> Callable[[str], str]:
    return cache(lambda code: grounds.enter_context(copy(loaded(code), f"demonstration_{code}")))


def _demonstration_of(request: pytest.FixtureRequest) -> str:
    marker = request.node.get_closest_marker("demonstration_of")
    return str(marker.args[0]) if marker else DEMONSTRATION


@pytest.fixture
def on_demonstration(
    request: pytest.FixtureRequest, _demonstrations: Callable[[str], str], django_db_blocker: DjangoDbBlocker
) -> None:
    """Have the connection on the ground of the demonstration that the test names."""
    with django_db_blocker.unblock():
        ground = _demonstrations(_demonstration_of(request))
    go_to(ground)


@pytest.fixture
def demonstration(on_demonstration: None, db: None) -> None:
    """The loaded demonstration, inside a transaction that is rolled back."""


@pytest.fixture(autouse=True)
def _as_app_role(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests in a transaction act under the role that serves, so that a right it lacks is noticed."""
    names = set(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    committed = names & {"transactional_db", "own_database", "own_demonstration"} or (
        marker and marker.kwargs.get("transaction")
    )
    if committed or not (marker or "db" in names):
        yield
        return
    for ground in [*(names & GROUNDS), "db"]:
        request.getfixturevalue(ground)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
    yield


# Databases of one test alone: what it writes is committed, and other threads see it


@contextmanager
def _own_copy(template: str) -> Iterator[None]:
    # A new connection acts under the role that serves, in this thread and in those of a server.
    options = connection.settings_dict["OPTIONS"]
    serving = options | {"options": f"{options.get('options', '')} -c role={settings.DATABASE_APP_ROLE}".strip()}
    with copy(template, "own") as name, _connected_to(name, OPTIONS=serving):
        yield


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An empty migrated database."""
    with django_db_blocker.unblock(), _own_copy(migrated()):
        yield


@pytest.fixture
def own_demonstration(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A database with the demonstration that the test names."""
    with django_db_blocker.unblock(), _own_copy(loaded(_demonstration_of(request))):
        yield
