"""Who may read which bulletin, and which of the rows behind its figures."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q

from programs.models import Program, User
from programs.permissions import PERMISSIONS, may
from reports.bulletins.freezing import used_keys
from reports.listings import listing_of
from reports.models import Bulletin, BulletinQuerySet, FrozenRow, Layout

DRAFT = "bulletin.draft"


def readable(program: Program, user: User) -> BulletinQuerySet:
    """Issued bulletins for everybody in the program; those on their way only for those who may draft them."""
    reached = Bulletin.objects.visible_to(user, PERMISSIONS[DRAFT]).order_by()
    reports = Bulletin.objects.visible_to(user, PERMISSIONS["report.draft"]).filter(layout=Layout.REPORT).order_by()
    issued = Bulletin.objects.visible_to(user).issued().order_by()
    found: BulletinQuerySet = Bulletin.objects.filter(program=program).filter(
        Q(pk__in=reached.values("pk")) | Q(pk__in=reports.values("pk")) | Q(pk__in=issued.values("pk"))
    )
    return found


def openable(bulletin: Bulletin, user: User) -> set[str]:
    """The figures of an issued bulletin whose rows somebody may open.

    Everybody may open what the issue prints. What it does not print, lists of units in an issue that names none, and
    lists of personal data are for the office that drafts.
    """
    figures = {figure.key: figure for figure in bulletin.figures.order_by("pk")}
    own = Bulletin.objects.visible_to(user, PERMISSIONS["report.draft"]).filter(pk=bulletin.pk, layout=Layout.REPORT)
    if may(user, DRAFT, bulletin.program) or own.exists():
        return set(figures)
    if not bulletin.names_units:
        return set()
    rows = FrozenRow.objects.filter(figure__bulletin=bulletin).order_by()
    models = dict(rows.values_list("figure__key", "model").distinct())
    used = used_keys(bulletin) & set(figures)
    found = {key for key in used if key not in models or not listing_of(apps.get_model(models[key])).personal}
    # A share has no rows of its own: it leads to those of the figure it is a share of.
    return {key for key in found if set(figures[key].aspects.get("made_of", [])[:1]) <= found}
