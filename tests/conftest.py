"""What every test stands on: the database, the role that serves, templates that must define what they print."""

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.template import engines

pytest_plugins = ["tests.databases", "tests.browser", "tests.cast"]

OUR_TEMPLATES = Path(settings.BASE_DIR) / "templates"


class UndefinedVariable(str):
    """Stands for an undefined variable: an error in our own templates, nothing in those of packages."""

    __slots__ = ()

    def __mod__(self, variable: object) -> str:
        for frame in inspect.stack()[1:]:
            node = frame.frame.f_locals.get("self")
            origin = getattr(node, "origin", None)
            if frame.function == "render" and origin is not None:
                if Path(origin.name).is_relative_to(OUR_TEMPLATES):
                    raise AssertionError(f"{origin.template_name} prints {variable}, which is not defined")
                break
        return ""


@pytest.fixture(autouse=True, scope="session")
def _templates_define_what_they_print() -> None:
    engines["django"].engine.string_if_invalid = UndefinedVariable("%s")


@pytest.fixture(autouse=True)
def _as_app_role(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests in a transaction act under the role that serves, so that a right it lacks is noticed."""
    names = set(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    committed = names & {"transactional_db", "own_database", "own_demonstration"} or (
        marker and marker.kwargs.get("transaction")
    )
    if committed or not (marker or names & {"db", "demonstration"}):
        yield
        return
    request.getfixturevalue("demonstration" if "demonstration" in names else "db")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
    yield
