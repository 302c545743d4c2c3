"""The models of the reports app, one module for each concept."""

from reports.models.bulletins import (
    Bulletin,
    BulletinQuerySet,
    BulletinStep,
    BulletinTemplate,
    Coverage,
    FrozenFigure,
    FrozenRow,
    Layout,
)
from reports.models.papers import CardRemark, ContactCard, Paper

__all__ = [
    "Bulletin",
    "BulletinQuerySet",
    "BulletinStep",
    "BulletinTemplate",
    "CardRemark",
    "ContactCard",
    "Coverage",
    "FrozenFigure",
    "FrozenRow",
    "Layout",
    "Paper",
]
