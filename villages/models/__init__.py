"""The models of the villages app, one module for each concept."""

from villages.models.households import Hardship, Honour, Household, HouseholdTag, Member, MemberTag
from villages.models.sites import Route, Site
from villages.models.villages import Village, VillagePerson, VillageRisk, VillageTag, VillageYear

__all__ = [
    "Hardship",
    "Honour",
    "Household",
    "HouseholdTag",
    "Member",
    "MemberTag",
    "Route",
    "Site",
    "Village",
    "VillagePerson",
    "VillageRisk",
    "VillageTag",
    "VillageYear",
]
