"""What templates of every app use: words for values, links for things, bars."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

from programs.links import doors_of, url_of
from programs.listing.columns import show
from programs.models import Program
from programs.rules.masking import mask_identity, mask_phone
from programs.rules.wording import EMPTY, MONEY_UNIT, share, table_number, word_range

register = template.Library()


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """2015年7月3日; a moment with its time."""
    return show(value)


@register.filter
def shown(value: Any) -> str:
    """Any value in words: — for nothing, 是 and 否, days and numbers as tables print them."""
    return show(value)


@register.filter
def amount(value: Decimal | int | None) -> str:
    """A number with separators."""
    return EMPTY if value is None else table_number(value)


@register.filter
def yuan(value: Decimal | int | None) -> str:
    """Money in a table: 350,000; 1,083.40."""
    return EMPTY if value is None else table_number(value, MONEY_UNIT)


@register.simple_tag
def money(low: Decimal | None, high: Decimal | None = None) -> str:
    """Money in prose: 35万元, 5000万到1亿元."""
    return word_range(low, low if high is None else high, MONEY_UNIT)


@register.filter
def masked_phone(value: str | None) -> str:
    """138****1234."""
    return mask_phone(value or "") or EMPTY


@register.filter
def masked_identity(value: str | None) -> str:
    """370***********0011."""
    return mask_identity(value or "") or EMPTY


@register.filter
def days_since(value: dt.date | None, today: dt.date) -> str:
    """How many days lie between a day and today."""
    return EMPTY if value is None else f"{(today - value).days}天"


@register.simple_tag
def page_of(program: Program, thing: object) -> str:
    """The address of a thing's page; empty if it has none."""
    return url_of(program, thing)


@register.simple_tag(takes_context=True)
def named(context: template.Context, program: Program, thing: models.Model | None, text: str = "") -> SafeString | str:
    """A thing's name as a link to its page, for whoever may open it; — for nothing."""
    if thing is None:
        return EMPTY
    url = url_of(program, thing)
    if not url or not doors_of(context["request"], program).opens(thing, url):
        return str(text or thing)
    return format_html('<a href="{}">{}</a>', url, text or thing)


@register.inclusion_tag("components/progress.html")
def done_bar(done: Decimal | int | None, owed: Decimal | int | None, label: str = "") -> dict[str, Any]:
    """A thin bar of how much of what is owed is done, with the share in words; — where nothing is owed."""
    return {"done": done or 0, "owed": owed or 0, "label": label, "share": share(done, owed)}


@register.simple_tag(takes_context=True)
def say(context: template.Context, text: str) -> str:
    """A sentence in the default words, put into those of the page's program."""
    frame = context.get("frame")
    program = context.get("program") or (frame.program if frame else None)
    return program.say(text) if program else text


@register.filter
def called(label: str, program: Program) -> str:
    """A label in the program's own words."""
    return program.call(str(label))


@register.filter
def word(program: Program, key: str) -> str:
    """What a program calls something; empty if it does without."""
    return program.word(key)


@register.simple_tag(takes_context=True)
def lacks(context: template.Context, text: str) -> bool:
    """Whether the page's program does without what a text speaks of."""
    return bool(context["program"].lacks(text))


@register.inclusion_tag("components/mark.html")
def mark(text: str, tone: str = "quiet") -> dict[str, str]:
    """A word with a mark beside it: done, soon, late or quiet."""
    return {"text": text, "tone": tone}
