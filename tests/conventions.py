"""What tests that police the project share: which models, views and templates are ours."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from pghistory.models import Event

#: Our apps in the order in which they may import: each only those before it.
APPS = ("programs", "villages", "cadres", "projects", "inspections", "reports")
ROOT = Path(settings.BASE_DIR)


def our_models() -> list[type[models.Model]]:
    """The models that our apps define, without the tables of history that belong to them, and without the account."""
    found = [model for label in APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if not issubclass(model, Event) and model._meta.label != "programs.User"]
