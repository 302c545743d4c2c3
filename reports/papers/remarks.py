"""意见建议 written on a card's public page: kept for the office, limited in number, never shown to whom it is about."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from programs.models import Program, Suggestion
from programs.models.logs import register_subject
from programs.refusals import Refusal
from programs.suggesting import make_suggestion
from reports.models import CardRemark
from reports.papers.cards import Helper

register_subject("card_remarks__cadre__user")

HOUR = 3600
#: How many remarks one address, one card and one program may send within an hour; who is refused counts no further.
LIMITS = {"address": 30, "card": 5, "program": 300}


class TooMany(Refusal):
    """Somebody writes more than people do."""


def within_limits(program: Program, token: str, address: str) -> None:
    """Count a remark, or refuse it. The sender's address is kept for an hour, and only as a fingerprint."""
    for name, value in (("address", address), ("card", token), ("program", program.code)):
        key = f"remark:{name}:{salted_hmac('card-remarks', value).hexdigest()[:32]}"
        cache.add(key, 0, HOUR)
        try:
            count = cache.incr(key)
        except ValueError:
            # It ran out between the two.
            count = 1
        if count > LIMITS[name]:
            raise TooMany(f"提交得太频繁了，请过一小时再写，或直接联系{program.office}。")


@transaction.atomic
def remark(*, program: Program, helpers: Iterable[Helper], text: str, contact: str, page: str = "") -> Suggestion:
    """Keep what somebody wrote about these helpers, for the office only; ``page`` names a paper other than a card."""
    helpers = list(helpers)
    named = "、".join(f"{one.name}（{one.unit}）" if one.unit else one.name for one in helpers)
    page = page or f"联系卡：{named or '没有结对干部'}"
    suggestion = make_suggestion(text=text, page=page, program=program, by=None, contact=contact)
    about = {one.cadre_id for one in helpers if one.cadre_id is not None}
    CardRemark.objects.bulk_create(CardRemark(suggestion=suggestion, cadre_id=pk) for pk in sorted(about))
    return suggestion


def sender_of(request: HttpRequest) -> str:
    """The address a remark came from: behind the proxy that ends TLS, what that proxy wrote last."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
