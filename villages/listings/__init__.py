"""The lists of the villages app, one module for each concept; importing them registers all."""

from villages.listings import households, pages, people, sites, villages

__all__ = ["households", "pages", "people", "sites", "villages"]
