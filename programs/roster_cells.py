"""Cells of rosters: what stands in a cell of Excel made into a value, and a value into what a cell shows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from import_export import fields, widgets

from programs.models import Division, Role, Unit
from programs.rules.identity import parse_identity
from programs.rules.parsing import clean_name, parse_day, parse_money, parse_number
from programs.scoping import code_range

if TYPE_CHECKING:
    from programs.scoping import AnyUser


def plain(cell: Any) -> str:
    """What stands in a cell, as people see it: a telephone number is not 1.38E10."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


class Text(widgets.Widget):
    """Words; stray spaces and invisible characters go."""

    kind = "text"
    user: AnyUser

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The words of a cell."""
        return clean_name(plain(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The words for a cell."""
        return "" if value is None else value


class LongText(Text):
    """Several lines."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The text as it is."""
        return plain(value)


class Choice(Text):
    """One of a list, by its Chinese word."""

    def __init__(self, choices: type[models.TextChoices]) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The value behind the word."""
        word = clean_name(plain(value))
        for choice in self.choices:
            if word in (choice.label, choice.value):
                return choice.value
        raise ValueError(f"没有“{word}”这一项，可填：{'、'.join(str(label) for label in self.choices.labels)}。")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The word."""
        return str(self.choices(value).label) if value else ""


class Day(Text):
    """A day, as people write it or as Excel keeps it."""

    kind = "day"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> dt.date | None:
        """The day, or none."""
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        return parse_day(plain(value)) if plain(value) else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The day itself: the workbook formats it."""
        return value


class Flag(Text):
    """是 or 否; empty means 否."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        """Whether it says yes."""
        word = plain(value).upper()
        if word in ("是", "√", "Y", "YES", "TRUE", "1"):
            return True
        if word in ("", "否", "×", "N", "NO", "FALSE", "0"):
            return False
        raise ValueError(f"看不懂“{plain(value)}”，请填“是”或“否”。")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """是 or 否."""
        return "是" if value else "否"


class Number(Text):
    """A whole number, or none."""

    kind = "number"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The number."""
        typed = plain(value)
        if not typed:
            return None
        number = parse_number(typed, decimals=2)
        if number != int(number):
            raise ValueError(f"“{typed}”应是整数。")
        return int(number)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """The number itself."""
        return value


class Amount(Number):
    """Money in yuan, or an area: two decimals, or none."""

    kind = "money"

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        """The amount."""
        typed = plain(value)
        return parse_money(typed) if typed else None


class Personal(Text):
    """A personal number: handed out masked; what comes back masked or empty leaves the stored number as it is."""

    def __init__(self, mask: Any, *, is_identity: bool = False) -> None:
        super().__init__()
        self.mask, self.is_identity = mask, is_identity

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """The number as typed, an identity number checked."""
        typed = plain(value).upper() if self.is_identity else plain(value)
        return parse_identity(typed) if self.is_identity and typed and "*" not in typed else typed

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The number masked."""
        return str(self.mask(value)) if value else ""

    def kept(self, typed: str, stored: str) -> str:
        """What is stored after ``typed`` came in."""
        if not typed or typed == self.mask(stored):
            return stored
        if "*" in typed:
            raise ValueError(f"号码“{typed}”被遮盖了，请填完整，或留空不改。")
        return typed


class Place(Text):
    """A place in reach, by its code or its name; ``level`` says which, ``inside`` the column that narrows it."""

    def __init__(self, level: int | None = None, inside: fields.Field | None = None) -> None:
        super().__init__()
        self.level, self.inside = level, inside
        self.known: dict[tuple[str, str], Division | ValueError] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Division | None:
        """The one place that is meant."""
        typed = clean_name(plain(value))
        if not typed:
            return None
        outer = self.inside.clean(row) if self.inside is not None and row else None
        key = (typed, outer.code if outer else "")
        if key not in self.known:
            self.known[key] = self._find(typed, outer)
        found = self.known[key]
        if isinstance(found, ValueError):
            raise found
        return found

    def _find(self, typed: str, outer: Division | None) -> Division | ValueError:
        rows = Division.objects.visible_to(self.user, {Role.ADMINISTRATOR}).current().select_related("parent__parent")
        if self.level is not None:
            rows = rows.filter(level=self.level)
        if outer is not None:
            rows = rows.filter(code_range("code", outer.code))
        by_code = typed.isascii() and typed.isdigit()
        named = models.Q(code=typed) if by_code else models.Q(short_name=typed) | models.Q(name=typed)
        found = list(rows.filter(named).order_by("code")[:3])
        if len(found) == 1:
            return found[0]
        where = f"{outer}" if outer else "您管理的范围内"
        if not found:
            return ValueError(f"{where}没有“{typed}”，请核对名称，或改填区划代码。")
        return ValueError(f"{where}有几处都叫“{typed}”（{'、'.join(place.code for place in found)}），请改填区划代码。")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The name people say."""
        return str(value.short_name) if value else ""


class UnitName(Text):
    """A unit in reach, by its full or short name."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Unit | ValueError] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Unit | None:
        """The one unit that is meant."""
        typed = clean_name(plain(value))
        if not typed:
            return None
        if typed not in self.known:
            self.known[typed] = self._find(typed)
        found = self.known[typed]
        if isinstance(found, ValueError):
            raise found
        return found

    def _find(self, typed: str) -> Unit | ValueError:
        rows = Unit.objects.visible_to(self.user, {Role.ADMINISTRATOR}).current()
        found = list(rows.filter(name=typed).order_by("pk")[:2]) or list(
            rows.filter(short_name=typed).order_by("pk")[:2]
        )
        if len(found) == 1:
            return found[0]
        if not found:
            return ValueError(f"没有单位“{typed}”，请核对名称，或先导入单位。")
        return ValueError(f"有几个单位都叫“{typed}”，请改填全称。")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """The full name: it is looked up first."""
        return str(value.name) if value else ""
