"""What the projects app can count of donations: their sum, and how many gave."""

from __future__ import annotations

from django.db.models import Sum

from cadres.measures import PLACES
from programs.figures.context import Context, within
from programs.figures.parts import path_group, term_labels
from programs.figures.registry import Measure, Param, Params, register_measure
from programs.scoping import ScopedQuerySet
from projects.models import Donation
from villages.measures import by_town

_PARAMS = (Param("sources", "来源", "terms", "fund_source"), PLACES)
_GROUPS = {
    "town": by_town("fund__division_id"),
    "source": path_group("来源", "fund__source_id", term_labels("fund_source")),
}


def donations(context: Context, params: Params) -> ScopedQuerySet:
    """Donations made in the span, by the fund's source and place."""
    rows = Donation.objects.filter(fund__program=context.program)
    if "sources" in params:
        rows = rows.filter(fund__source__in=context.term_ids("fund_source", params["sources"]))
    if params.get("places"):
        rows = within(rows, params["places"], "fund__division_id")
    return context.reach(context.during(rows, "on"), "fund__division_id")


for measure in (
    Measure(
        "donations",
        "捐款金额",
        Donation,
        donations,
        _PARAMS,
        total=lambda context, params: Sum("amount"),
        groups=_GROUPS,
        order=("-on", "pk"),
    ),
    Measure(
        "donors",
        "捐款人数",
        Donation,
        donations,
        _PARAMS,
        total=lambda context, params: Sum("donors"),
        groups=_GROUPS,
        order=("-on", "pk"),
    ),
):
    register_measure(measure)
