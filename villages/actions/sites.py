"""Changes to model routes and their sites."""

from __future__ import annotations

from programs.changes import action, check_place, required, saved
from programs.models import Division, Program, User
from villages.models import (
    Route,
    Site,
)


@action
def add_site(
    *,
    by: User,
    program: Program,
    division: Division,
    name: str,
    route: Route | None = None,
    position: int | None = None,
    notes: str = "",
) -> Site:
    """Register a place of interest; on a route without a place in its order it comes last."""
    site = Site(program=program, division=division, name=name, route=route, position=position or 0, notes=notes)
    return _placed(site)


@action
def change_site(*, by: User, site: Site, **values: object) -> Site:
    """Correct a site, or bring it onto another route."""
    for name, value in values.items():
        setattr(site, name, value)
    return _placed(site)


def _placed(site: Site) -> Site:
    check_place(site.division, site.program)
    site.name = required(site.name, "名称", "name")
    if site.route is None:
        site.position = 0
    elif not site.position:
        last = site.route.sites.exclude(pk=site.pk).order_by("-position").values_list("position", flat=True).first()
        site.position = (last or 0) + 1
    return saved(site)


@action
def add_route(*, by: User, program: Program, name: str) -> Route:
    """Name a model route; its sites are registered one by one."""
    return saved(Route(program=program, name=required(name, "名称", "name")))
