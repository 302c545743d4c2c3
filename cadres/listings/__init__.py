"""The lists of the cadres app, one module for each concept; importing them registers all."""

from cadres.listings import duty, groups, households, pages, pairings, people, places, records, visits

__all__ = ["duty", "groups", "households", "pages", "pairings", "people", "places", "records", "visits"]
