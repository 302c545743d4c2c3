"""Forms for model routes and their sites."""

from __future__ import annotations

from programs.forms.base import ScopedModelForm
from programs.forms.fields import NumberField
from programs.forms.picking import PickField
from villages.choices import PLACES, ROUTES
from villages.models import Route, Site


class RouteForm(ScopedModelForm):
    """The name of a route."""

    model = Route
    names = ("name",)


class SiteForm(ScopedModelForm):
    """A place of interest, on a route or not."""

    model = Site
    names = ("name", "division", "route", "position", "notes")

    division = PickField(PLACES, label="所在地")
    route = PickField(ROUTES, label="线路", required=False, help_text="不在线路上就不填。")
    position = NumberField(
        label="次序", decimals=0, most=999, required=False, help_text="在线路上排第几；不填就排在最后。"
    )

    def clean_position(self) -> int:
        """Nothing typed means the end."""
        return self.cleaned_data.get("position") or 0
