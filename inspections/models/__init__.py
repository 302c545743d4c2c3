"""The models of the inspections app, one module for each concept."""

from inspections.models.findings import Finding, Rectification, Sanction
from inspections.models.rounds import Answer, ChecklistItem, Inspection, InspectionGroup, InspectionGroupMember, Round
from inspections.models.scores import Assessment, AssessmentItem, AssessmentPoint, Rating

__all__ = [
    "Answer",
    "Assessment",
    "AssessmentItem",
    "AssessmentPoint",
    "ChecklistItem",
    "Finding",
    "Inspection",
    "InspectionGroup",
    "InspectionGroupMember",
    "Rating",
    "Rectification",
    "Round",
    "Sanction",
]
