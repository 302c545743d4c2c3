"""绿园's 17,079 households, what some of them are, and who answers for which."""

from __future__ import annotations

from cadres.actions.pairings import pair_all
from cadres.models import Pairing
from reports.demo.base import dice
from reports.demo.lvyuan import names
from reports.demo.lvyuan.names import BEGAN, IN_POST
from reports.demo.lvyuan.world import Helper, Place, World, shares
from villages.actions import add_households, add_members, tag_households
from villages.models import Household, Member

#: Category → one household in how many is in it. Leaders choose theirs by the first two.
_ONE_IN = {"hardship": 24, "focus": 15, "party": 11, "low_income": 40}
_OF_LEADERS = ("hardship", "focus")
_FIXED = {
    names.RANK_DISTRICT: names.HOUSEHOLDS_OF_LEADER,
    names.RANK_TOWN: names.HOUSEHOLDS_OF_TOWN_CADRE,
    names.RANK_VILLAGE: names.HOUSEHOLDS_OF_VILLAGE_CADRE,
}


def make_households(world: World) -> None:
    """About as many in each village; those of the model villages lie in their 屯."""
    for place, size in zip(world.places, shares(names.HOUSEHOLDS, len(world.places)), strict=True):
        divisions = place.groups or [place.division]
        for position, (division, part) in enumerate(zip(divisions, shares(size, len(divisions)), strict=True)):
            for n in range(1, part + 1):
                number = position * 1000 + n
                place.households.append(
                    Household(
                        division=division,
                        number=f"{number:04d}",
                        head=f"示例户主{number:04d}",
                        address=f"{division}{n}号",
                        phone=f"000{number:08d}",
                        is_fictional=True,
                    )
                )
    add_households(by=world.office, households=[one for place in world.places for one in place.households])
    add_members(
        by=world.office,
        members=[
            Member(household=one, name=f"示例成员{one.number}", relation=relation)
            for place in world.model_places
            for one in place.households
            for relation in ("配偶", "子女")[: 1 + (int(one.number) % 3 == 0)]
        ],
    )


def tag(world: World) -> None:
    """Which households are in hardship, on low income, of party members, or need most to be put in order."""
    for code, one_in in _ONE_IN.items():
        chosen = []
        for place in world.places:
            chance = dice("tag", code, place.division.code)
            # The first of each village are those of the leaders, one of each kind in turn.
            chosen += [
                one
                for n, one in enumerate(place.households)
                if (code == _OF_LEADERS[n % 2] if n < 4 else chance.randrange(one_in) == 0)
            ]
        tag_households(
            by=world.office,
            program=world.program,
            households=chosen,
            tag=world.word("household_tag", code),
            since=IN_POST,
        )


def pair(world: World) -> None:
    """Every household with one responsible cadre; departments, leaders and towns with villages."""
    for place in world.places:
        _deal_out(place)
    mode = Pairing.Mode
    pairings = [
        Pairing(mode=mode.CADRE_HOUSEHOLD, cadre=helper.cadre, household=household, since=BEGAN)
        for helper in world.helpers
        for household in helper.households
    ]
    pairings += [
        Pairing(mode=mode.UNIT_VILLAGE, unit=one.unit, division=one.place.division, since=BEGAN)
        for one in world.departments
    ]
    leaders = [helper for helper in world.helpers if helper.rank == names.RANK_DISTRICT]
    pairings += [
        Pairing(mode=mode.LEADER_PLACE, cadre=leader.cadre, division=place.division, since=BEGAN)
        for leader, place in zip(leaders, world.places, strict=False)
    ]
    pairings += [
        Pairing(
            mode=mode.TERRITORIAL, unit=world.town_units[place.town.code], division=place.division, since=BEGAN, rank=2
        )
        for place in world.model_places
    ]
    pair_all(by=world.office, program=world.program, pairings=pairings)


def _deal_out(place: Place) -> None:
    """Leaders first, so that each has one household of each kind; then departments, the town and the village."""
    rest = iter(place.households)
    departments = [helper for helper in place.helpers if helper.rank == names.RANK_DEPARTMENT]
    others = [helper for helper in place.helpers if helper.rank in (names.RANK_TOWN, names.RANK_VILLAGE)]
    leaders = [helper for helper in place.helpers if helper.rank == names.RANK_DISTRICT]
    fixed = sum(_FIXED[helper.rank] for helper in [*leaders, *others])
    many = shares(len(place.households) - fixed, len(departments))
    sizes: list[tuple[Helper, int]] = [(helper, _FIXED[helper.rank]) for helper in leaders]
    sizes += zip(departments, many, strict=True)
    sizes += [(helper, _FIXED[helper.rank]) for helper in others]
    for helper, size in sizes:
        helper.households = [next(rest) for _ in range(size)]
