"""What the reports app can count: its own bulletins."""

from __future__ import annotations

from django.db.models import Max

from programs.figures.context import Context
from programs.figures.registry import Measure, Params, register_measure
from programs.scoping import ScopedQuerySet
from reports.models import Bulletin, Layout


def latest_bulletin(context: Context, params: Params) -> ScopedQuerySet:
    """The program's latest bulletin issued, of those dated in the year of the day."""
    rows = Bulletin.objects.issued().filter(
        layout=Layout.BULLETIN, program=context.program, year=context.day.year, date__lte=context.day
    )
    return context.reach(Bulletin.objects.filter(pk__in=rows.order_by("-number").values("pk")[:1]))


register_measure(
    Measure(
        "bulletin_number",
        "简报期号",
        Bulletin,
        latest_bulletin,
        total=lambda context, params: Max("number"),
        order=("-year", "-number"),
    )
)
register_measure(
    Measure(
        "bulletin_copies",
        "简报印数",
        Bulletin,
        latest_bulletin,
        total=lambda context, params: Max("copies"),
        order=("-year", "-number"),
    )
)
