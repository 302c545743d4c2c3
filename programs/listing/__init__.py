"""Lists: declared once for a model, they serve its own page, the rows behind figures, and parts of object pages."""

from programs.listing.columns import Column, Link, Mark, show
from programs.listing.filters import (
    CaseFilter,
    ChoiceFilter,
    DaysFilter,
    Filter,
    ObjectFilter,
    TermFilter,
    TownFilter,
    yes_no,
)
from programs.listing.page import listing_page
from programs.listing.registry import Create, Listing, extend_listing, has_listing, listing_for, register_listing
from programs.listing.selection import Selection, select
from programs.listing.setting import Setting

__all__ = [
    "CaseFilter",
    "ChoiceFilter",
    "Column",
    "Create",
    "DaysFilter",
    "Filter",
    "Link",
    "Listing",
    "Mark",
    "ObjectFilter",
    "Selection",
    "Setting",
    "TermFilter",
    "TownFilter",
    "extend_listing",
    "has_listing",
    "listing_for",
    "listing_page",
    "register_listing",
    "select",
    "show",
    "yes_no",
]
