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
from reports.models.papers import CardRemark, ContactCard, NoticeBoard, Paper

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
    "NoticeBoard",
    "Paper",
]
