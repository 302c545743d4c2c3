"""Lists of rows that only stand behind figures, and the list of any model that has none of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models

from inspections.models import InspectionGroup
from programs.listing.columns import Column
from programs.listing.registry import Listing, has_listing, listing_for, register_listing
from programs.models import Term

for listing in (
    Listing(
        model=Term,
        title="词条",
        noun="词条",
        permission="figure.view",
        columns=(
            Column(key="label", label="名称", value="label", sort=("position",)),
            Column(key="vocabulary", label="词表", value="get_vocabulary_display"),
        ),
        search=("label",),
        order=("position", "pk"),
    ),
    Listing(
        model=InspectionGroup,
        title="督查组",
        noun="督查组",
        permission="figure.view",
        columns=(
            Column(key="name", label="督查组", value="self", sort=("position",)),
            Column(key="round", label="督查轮次", value="round"),
        ),
        order=("position", "pk"),
        prepare=lambda rows, setting: rows.select_related("round"),
    ),
):
    register_listing(listing)


def listing_of(model: type[models.Model]) -> Listing:
    """The list of a model for rows that are given, so without a button for a new one; or a plain one of names."""
    if has_listing(model):
        return replace(listing_for(model), create=None)
    name: Any = model._meta.verbose_name
    columns = (Column(key="name", label=str(name), value=str_of),)
    return Listing(
        model=model, title=str(name), noun=str(name), permission="figure.view", columns=columns, order=("pk",)
    )


def str_of(row: models.Model, setting: object) -> str:
    """A row's name."""
    return str(row)
