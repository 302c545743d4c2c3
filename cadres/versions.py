"""The versions of a visit: what each correction replaced."""

from __future__ import annotations

from cadres.models import Visit


def versions_of(visit: Visit) -> list[Visit]:
    """All versions of a visit, the newest first; empty for one that was never corrected."""
    found = [visit]
    # Corrections are few: each step is one look-up by a unique key.
    while (before := found[-1]).replaces_id is not None:
        found.append(Visit.objects.select_related("recorded_by").get(pk=before.replaces_id))
    while later := Visit.objects.select_related("recorded_by").filter(replaces=found[0]).first():
        found.insert(0, later)
    return found if len(found) > 1 else []
