"""The lists of the projects app, one module for each concept; importing them registers all."""

from projects.listings import funds, pages, projects

__all__ = ["funds", "pages", "projects"]
