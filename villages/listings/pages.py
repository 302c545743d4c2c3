"""Where things of this app have their pages, what stands on whose page, and their places in the rail."""

from __future__ import annotations

from typing import Any

from programs.links import register_page
from programs.membership import register_members
from programs.models import Program
from programs.objectpage import Panel, register_panel
from programs.rooms import enter, enter_tab
from programs.searching import offer_to_search
from villages.models import Honour, Household, Member, Route, Site, Village, VillagePerson, VillageTag


def _tagged(program: Program) -> Any:
    return VillageTag.objects.filter(tag__program=program).values("village_id")


register_members(Village, _tagged)

for model, noun in (
    (Village, "village"),
    (Household, "household"),
    (Member, "member"),
    (Honour, "honour"),
    (Route, "route"),
    (Site, "site"),
):
    register_page(model, f"villages:{noun}-detail")

for panel in (
    Panel(
        on=Village,
        of=Household,
        by="village",
        columns=("head", "number", "group", "tags", "phone"),
        order=70,
        says_when_empty=True,
    ),
    Panel(
        on=Village,
        of=Member,
        by="village",
        title="家庭成员与受助人",
        columns=("name", "relation", "household", "tags", "phone"),
        order=71,
        limit=5,
    ),
    Panel(on=Village, of=Honour, by="village", columns=("kind", "household", "on", "by"), order=72),
    Panel(on=Village, of=Site, by="village", columns=("name", "route", "position", "place", "notes"), order=75),
    Panel(on=Village, of=VillagePerson, by="village", columns=("name", "kind", "post", "phone", "until"), order=90),
    Panel(
        on=Household,
        of=Member,
        by="household",
        title="家庭成员",
        columns=("name", "relation", "tags", "phone"),
        order=10,
        limit=20,
        says_when_empty=True,
    ),
    Panel(on=Household, of=Honour, by="household", columns=("kind", "on", "by"), order=15),
    Panel(on=Route, of=Site, by="route", columns=("position", "name", "place", "notes"), order=10, limit=50),
):
    register_panel(panel)

enter("pairing", "村", "villages:village-list", "village.view", order=10)
enter("pairing", "农户", "villages:household-list", "household.view", order=60)
enter("pairing", "家庭成员", "villages:member-list", "household.view", order=61)
enter("pairing", "荣誉", "villages:honour-list", "household.view", order=62)
enter("pairing", "线路与节点", "villages:route-list", "village.view", order=70)
enter("pairing", "节点", "villages:site-list", "village.view", order=71)
enter_tab("村", "house", "villages:village-list", "village.view", order=20)
offer_to_search(Village, order=10)
offer_to_search(Household, order=35)
