"""Suggestions and their answers."""

from __future__ import annotations

from django.utils import timezone

from programs.models import Program, Suggestion, User


def make_suggestion(*, text: str, page: str, program: Program | None, by: User | None, contact: str = "") -> Suggestion:
    """Keep what somebody wrote, with the page it is about; ``contact`` is what a stranger left of themselves."""
    return Suggestion.objects.create(text=text, page=page[:300], program=program, user=by, contact=contact[:100])


def answer_suggestion(*, suggestion: Suggestion, reply: str) -> Suggestion:
    """Keep the county office's answer and when it was given."""
    suggestion.reply = reply
    suggestion.replied_at = timezone.now() if reply else None
    suggestion.save(update_fields=["reply", "replied_at"])
    return suggestion


def suggestions_of(user: User) -> list[Suggestion]:
    """The suggestions somebody made, newest first."""
    return list(Suggestion.objects.filter(user=user).order_by("-at", "-pk")[:20])
