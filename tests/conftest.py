"""What every test stands on: its database, the browser, the cast, templates that must define what they print."""

import inspect
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from hypothesis import HealthCheck
from hypothesis import settings as examples

pytest_plugins = ["tests.databases", "tests.browser", "tests.cast"]

# How long an example takes says something about the machine, not about the code.
examples.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("untimed")

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
