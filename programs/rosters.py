"""Rosters in Excel: Chinese columns, names looked up within reach, and what is wrong said row by row in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models
from import_export import fields, resources, widgets
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import Result, RowResult

from programs.models import Division, Role, Unit
from programs.refusals import Refusal, refusal_for_database
from programs.rules.parsing import clean_name, parse_day, parse_money, parse_number
from programs.scoping import code_range

if TYPE_CHECKING:
    from programs.scoping import AnyUser

#: Columns that offices keep beside a roster and nobody reads.
IDLE_COLUMNS = {"", "序号", "备注"}
#: How the last line of a workbook that we handed out ends.
NOTE = "内部资料，注意保管。"
IDENTITY = re.compile(r"[0-9]{17}[0-9X]")


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
        """The number as typed, checked for its shape."""
        typed = plain(value).upper() if self.is_identity else plain(value)
        if typed and "*" not in typed and self.is_identity and not IDENTITY.fullmatch(typed):
            raise ValueError("身份证号应为 18 位，前 17 位是数字，末位是数字或 X。")
        return typed

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
        rows = Division.objects.visible_to(self.user, {Role.ADMINISTRATOR}).current()
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


class RosterField(fields.Field):
    """A column of a roster; ``needed`` ones must be in the sheet and filled in every row."""

    def __init__(self, attribute: str | None, column_name: str, widget: Text, *, needed: bool = False) -> None:
        super().__init__(attribute=attribute, column_name=column_name, widget=widget)
        self.needed = needed

    def clean(self, row: Any, **kwargs: Any) -> Any:
        """The cell's value; an empty one that is needed is refused."""
        cell = row.get(self.column_name)
        if self.needed and not plain(cell):
            raise ValueError("不能为空。")
        return self.widget.clean(cell, row=row)

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Put the value on the row; personal numbers may stay as they were."""
        value = self.clean(row)
        if isinstance(self.widget, Personal):
            value = self.widget.kept(value, getattr(instance, self.attribute) or "")
        setattr(instance, self.attribute, value)


class RosterResult(Result):
    """What would come of a sheet; the page shows the first lines only, all of them are checked."""

    PREVIEWED = 100

    @property
    def previewed_rows(self) -> list[Any]:
        """The first lines that would be written or stay as they are."""
        return [row for row in self.rows if getattr(row, "diff", None)][: self.PREVIEWED]


class RosterResource(resources.Resource):
    """A roster: which columns, how a line finds its row, and what it says when it cannot."""

    class Meta:
        instance_loader_class = BaseInstanceLoader
        use_transactions = True
        clean_model_instances = True
        report_skipped = True

    def __init__(self, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user
        for field in self.fields.values():
            self._lend_user(field)

    def _lend_user(self, field: Any) -> None:
        field.widget.user = self.user
        if getattr(field.widget, "inside", None) is not None:
            self._lend_user(field.widget.inside)

    @classmethod
    def get_display_name(cls) -> str:
        """The roster's own name."""
        return str(cls._meta.name)

    @classmethod
    def get_result_class(cls) -> type[RosterResult]:
        """A result that knows its preview."""
        return RosterResult

    # Reading

    def init_instance(self, row: Any = None) -> Any:
        """A new row."""
        return self._meta.model()

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse a sheet whose head is not this roster's."""
        heads = [plain(head) for head in dataset.headers or []]
        dataset.headers = heads
        columns = {field.column_name: field for field in self.fields.values()}
        missing = [name for name, field in columns.items() if field.needed and name not in heads]
        unknown = [head for head in heads if head not in columns and head not in IDLE_COLUMNS]
        problems = []
        if missing:
            problems.append(f"缺少列：{'、'.join(missing)}。")
        if unknown:
            problems.append(f"不认识的列：{'、'.join(unknown)}。")
        if problems:
            del dataset[0 : len(dataset)]
            raise ValueError(f"{''.join(problems)}第一行须是列名，可用的列：{'、'.join(columns)}。")

    def _check_import_id_fields(self, headers: Any) -> None:
        """The head has been checked; a line finds its row by ``find``."""

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """The row that a line is about; what is wrong with the line is said when its cells are read."""
        try:
            return self.find(row)
        except ValueError:
            return None

    def find(self, row: Any) -> Any:
        """The row that a line is about, or None for a new one."""
        raise NotImplementedError

    def cell(self, row: Any, name: str) -> Any:
        """The value in the column of a field, None when the sheet lacks the column."""
        field = self.fields[name]
        return field.clean(row) if field.column_name in row else None

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Any:
        """One line; what is wrong is said under the column's own name."""
        cells = [plain(cell) for cell in row.values()]
        if not any(cells) or (cells[0].endswith(NOTE) and not any(cells[1:])):
            idle = self.get_row_result_class()()
            idle.import_type = RowResult.IMPORT_TYPE_SKIP
            return idle
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error is not None:
            result.validation_error = self._in_words(result.validation_error)
        for problem in result.errors:
            if isinstance(problem.error, IntegrityError):
                refusal = refusal_for_database(problem.error)
                problem.error = refusal.message if refusal else problem.error
            elif isinstance(problem.error, Refusal):
                problem.error = problem.error.message
        return result

    def _in_words(self, error: ValidationError) -> ValidationError:
        columns = {field.attribute: field.column_name for field in self.fields.values() if field.attribute}
        words: dict[str, list[str]] = {}
        for name, messages in error.message_dict.items():
            # A field without a column of its own stays silent: the columns it follows from have said why.
            if said := [message for message in messages if message]:
                words.setdefault(columns.get(name, "" if name == NON_FIELD_ERRORS else name), []).extend(said)
        return ValidationError({name or NON_FIELD_ERRORS: messages for name, messages in words.items()})

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """The model's own checks, besides what could not be read."""
        errors = dict(import_validation_errors or {})
        try:
            instance.full_clean(exclude=set(errors), validate_unique=validate_unique)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    # Writing

    def kinds(self) -> list[tuple[str, str]]:
        """The columns with what they hold, for the workbook."""
        return [(field.column_name, field.widget.kind) for field in self.fields.values()]

    def lines(self, rows: models.QuerySet[Any]) -> Iterable[list[Any]]:
        """The lines of the workbook, personal numbers masked."""
        for row in self.spread(rows):
            yield self.export_resource(row)

    def spread(self, rows: models.QuerySet[Any]) -> Iterable[Any]:
        """The rows in order; a roster with several lines for one row repeats it."""
        return rows.iterator(chunk_size=500)
