"""The models of the cadres app, one module for each concept."""

from cadres.models.days import Diary, Duty, Leave
from cadres.models.pairings import Pairing
from cadres.models.people import Cadre, CadreGroup, GroupSeat, Leadership, Milestone, Post, Team, TeamMember
from cadres.models.records import Document, DocumentPart, Meeting, MeetingItem, RequirementMark
from cadres.models.visits import Gift, Need, NeedStep, Visit, VisitHousehold, VisitParticipant, VisitQuantity

__all__ = [
    "Cadre",
    "CadreGroup",
    "Diary",
    "Document",
    "DocumentPart",
    "Duty",
    "Gift",
    "GroupSeat",
    "Leadership",
    "Leave",
    "Meeting",
    "MeetingItem",
    "Milestone",
    "Need",
    "NeedStep",
    "Pairing",
    "Post",
    "RequirementMark",
    "Team",
    "TeamMember",
    "Visit",
    "VisitHousehold",
    "VisitParticipant",
    "VisitQuantity",
]
