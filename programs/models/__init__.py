"""The models of the programs app, one module for each concept."""

from programs.models.config import Block, Figure, FigurePart, Requirement, Term
from programs.models.jobs import Job, JobFile
from programs.models.logs import Export, Suggestion
from programs.models.people import Role, RoleGrant, User
from programs.models.places import Division, DivisionLevel, DivisionName
from programs.models.program import Program
from programs.models.units import Unit, UnitLevel, UnitName

__all__ = [
    "Block",
    "Division",
    "DivisionLevel",
    "DivisionName",
    "Export",
    "Figure",
    "FigurePart",
    "Job",
    "JobFile",
    "Program",
    "Requirement",
    "Role",
    "RoleGrant",
    "Suggestion",
    "Term",
    "Unit",
    "UnitLevel",
    "UnitName",
    "User",
]
