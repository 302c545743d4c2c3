"""The list of inspections as it stands on the page of their round."""

from __future__ import annotations

from dataclasses import replace

from inspections.models import Inspection
from programs.listing import Column, Link, Listing, listing_for


def of_round() -> Listing:
    """The list of inspections without what all of a round's have in common; a row opens the inspection."""
    listing = listing_for(Inspection)
    first = Column(
        key="team", label="工作队", value=lambda row, _: Link(str(row.team), row), sort=("team__pinyin",), width=28
    )
    kept = [column for column in listing.columns if column.key not in ("team", "round")]
    return replace(listing, columns=(first, *kept))
