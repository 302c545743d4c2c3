"""Test databases are copies: a migrated one and a loaded one are made once for each state of the code, then cloned."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

APPS = ("programs", "villages", "cadres", "projects", "inspections", "reports")
BUILDING = 0x62616E67


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
        cursor.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
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
            cursor.execute("SELECT pg_advisory_unlock(%s)", [BUILDING])
    return name


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def migrated() -> str:
    return _built("migrated", _digest("migrations/*.py", "models*", "models/*"), None, _migrate)


def _loaded() -> str:
    return _built("loaded", _digest("**/*"), migrated(), lambda: call_command("load_demo", verbosity=0))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated()


def _copy_name(kind: str) -> str:
    return f"test_{kind}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@contextmanager
def _copy(template: str, kind: str) -> Iterator[str]:
    name = _copy_name(kind)
    _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _execute("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield name
    finally:
        _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def _demonstration_copy(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock(), _copy(_loaded(), "demonstration") as name:
        yield name


@pytest.fixture
def _on_demonstration(_demonstration_copy: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    if connection.in_atomic_block:
        pytest.fail("`demonstration` brings its own database: not together with django_db or what uses db")
    with django_db_blocker.unblock(), _connected_to(_demonstration_copy):
        yield


@pytest.fixture
def demonstration(_on_demonstration: None, db: None) -> None:
    """The loaded demonstration, inside a transaction that is rolled back."""


@contextmanager
def _own_copy(template: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    # A new connection acts under the role that serves, in this thread and in those of a server.
    options = connection.settings_dict["OPTIONS"]
    serving = options | {"options": f"{options.get('options', '')} -c role={settings.DATABASE_APP_ROLE}".strip()}
    with blocker.unblock(), _copy(template, "own") as name, _connected_to(name, OPTIONS=serving):
        yield


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An empty migrated database for one test alone: what it writes is committed, other threads see it."""
    with django_db_blocker.unblock():
        template = migrated()
    with _own_copy(template, django_db_blocker):
        yield


@pytest.fixture
def own_demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The same with the demonstration loaded."""
    with django_db_blocker.unblock():
        template = _loaded()
    with _own_copy(template, django_db_blocker):
        yield
