"""Fields that read days, moments, money, numbers and names as people write them, and refuse in words."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from programs.models import Term
from programs.rules.parsing import clean_name, parse_day, parse_money, parse_money_range, parse_number
from programs.rules.wording import MONEY_UNIT, day_text, table_number

if TYPE_CHECKING:
    from programs.forms.base import ScopedForm


_CLOCK = re.compile(
    r"(上午|早上|中午|下午|晚上)?([0-9]{1,2})(?:[:.点时]([0-9]{1,2}|半)?分?)(?:[:.][0-9]{2})?",
)


class DayInput(forms.TextInput):
    """A day in words; the browser's calendar is offered beside it where there is one."""

    template_name = "components/widgets/day.html"

    def format_value(self, value: Any) -> str | None:
        """2015年7月3日; what could not be read stays as typed."""
        return day_text(value) if isinstance(value, dt.date) else value


class DayField(forms.Field):
    """A day written 2015年7月3日, 2015.7.3, 2015-07-03 and the like. ``past``: not after the program's today."""

    widget = DayInput
    default_error_messages = {"required": "请填写日期，如 2015年7月3日。"}

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        self.past = past
        self.latest: dt.date | None = None
        super().__init__(**kwargs)

    def scope(self, form: ScopedForm, name: str) -> None:
        """Learn the program's today."""
        if self.past:
            self.latest = form.today

    def to_python(self, value: Any) -> dt.date | None:
        """Read the day."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        return _read(parse_day, value)

    def validate(self, value: Any) -> None:
        """Refuse what has not come yet."""
        super().validate(value)
        if value and self.latest and value > self.latest:
            raise ValidationError(f"日期不能晚于今天（{day_text(self.latest)}）。", code="future")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare days, not spellings."""
        return _differs(self, initial, data)


class TimeField(forms.Field):
    """An hour of the day: 14:30, 1430, 14点30分, 下午2点半."""

    widget = forms.TimeInput(format="%H:%M")
    default_error_messages = {"required": "请填写时间，如 14:30。"}

    def to_python(self, value: Any) -> dt.time | None:
        """Read the hour."""
        if value in self.empty_values or isinstance(value, dt.time):
            return value or None
        typed = "".join(unicodedata.normalize("NFKC", str(value)).split())
        found = _CLOCK.fullmatch(re.sub(r"^([0-9]{1,2})([0-9]{2})$", r"\1:\2", typed))
        if found:
            hour, minute = int(found[2]), 30 if found[3] == "半" else int(found[3] or 0)
            if found[1] in ("下午", "晚上") and hour < 12:
                hour += 12
            if hour < 24 and minute < 60:
                return dt.time(hour, minute)
        raise ValidationError(f"看不懂时间“{value}”。请写成 14:30。", code="invalid")


class MomentInput(forms.MultiWidget):
    """A day and an hour side by side."""

    template_name = "components/widgets/moment.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                "day": DayInput(attrs={"aria-label": "日期"}),
                "time": forms.TimeInput(format="%H:%M", attrs={"aria-label": "几点几分"}),
            },
            attrs,
        )

    def decompress(self, value: Any) -> list[Any]:
        """Local day and hour of a moment."""
        if not isinstance(value, dt.datetime):
            return [None, None]
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return [local.date(), local.time().replace(second=0, microsecond=0)]


class MomentField(forms.MultiValueField):
    """A day and an hour, read in the office's time zone. ``past``: the day is not after the program's today."""

    widget = MomentInput

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        super().__init__(fields=(DayField(past=past), TimeField()), **kwargs)

    def scope(self, form: ScopedForm, name: str) -> None:
        """Learn the program's today."""
        day = self.fields[0]
        assert isinstance(day, DayField)
        day.scope(form, name)

    def compress(self, data_list: list[Any]) -> dt.datetime | None:
        """Put the two together."""
        if not data_list:
            return None
        day, hour = data_list
        if hour is None:
            raise ValidationError("请填写时间，如 14:30。", code="required")
        return timezone.make_aware(dt.datetime.combine(day, hour))


class MoneyInput(forms.TextInput):
    """An amount in 元 with thousands separators."""

    def format_value(self, value: Any) -> str | None:
        """350,000 or 1,083.40; what could not be read stays as typed."""
        return table_number(value, MONEY_UNIT) if isinstance(value, Decimal) else value


class MoneyField(forms.Field):
    """An amount in 元 to the 分, written 35万, 1,083.40元 and the like; letters and vague words are refused."""

    widget = MoneyInput
    default_error_messages = {"required": "请填写金额，如 350000 或 35万。"}

    def to_python(self, value: Any) -> Decimal | None:
        """Read the amount."""
        if value in self.empty_values or isinstance(value, Decimal):
            return value if isinstance(value, Decimal) else None
        return _read(parse_money, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare amounts, not spellings."""
        return _differs(self, initial, data)


class MoneyRangeInput(forms.TextInput):
    """An amount that may be a range."""

    def format_value(self, value: Any) -> str | None:
        """350,000, or 50,000,000-100,000,000."""
        if not isinstance(value, tuple):
            return value
        low, high = value
        return (
            table_number(low, MONEY_UNIT)
            if low == high
            else f"{table_number(low, MONEY_UNIT)}-{table_number(high, MONEY_UNIT)}"
        )


class MoneyRangeField(forms.Field):
    """An amount in 元 that may be a range, such as 5000万-1亿; cleans to the low and the high end."""

    widget = MoneyRangeInput
    default_error_messages = MoneyField.default_error_messages

    def to_python(self, value: Any) -> tuple[Decimal, Decimal] | None:
        """Read both ends."""
        if value in self.empty_values or isinstance(value, tuple):
            return value or None
        return _read(parse_money_range, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare amounts, not spellings."""
        return _differs(self, initial, data)


class NumberInput(forms.TextInput):
    """A number as people write it, with the keyboard of digits on a phone."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        """Without idle zeros."""
        return table_number(value) if isinstance(value, Decimal) else super().format_value(value)


class NumberField(forms.Field):
    """A quantity: 2,180, 1.2万, 3.5米. With ``decimals=0`` it cleans to an ``int``."""

    widget = NumberInput
    default_error_messages = {"required": "请填写数字。"}

    def __init__(self, *, decimals: int = 2, unit: str = "", most: int | None = None, **kwargs: Any) -> None:
        self.decimals, self.unit, self.most = decimals, unit, most
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | int | None:
        """Read the number."""
        if value in self.empty_values:
            return None
        if isinstance(value, (int, Decimal)):
            return value
        number = _read(lambda text: parse_number(text, self.unit, decimals=self.decimals), value)
        if self.most is not None and number > self.most:
            raise ValidationError(f"最大为 {self.most:,}，请核对有没有多写了零。", code="too_large")
        return number if self.decimals else int(number)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare numbers, not spellings."""
        return _differs(self, initial, data)


class NameField(forms.CharField):
    """A name, without the stray spaces that copying from Excel brings."""

    def to_python(self, value: Any) -> str:
        """Tidy the name."""
        return clean_name(super().to_python(value) or "")


class PhoneField(forms.CharField):
    """A telephone number: digits, with dashes and an extension."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        """Read the number."""
        typed = "".join(unicodedata.normalize("NFKC", super().to_python(value) or "").split())
        if typed and not re.fullmatch(r"\+?[0-9][0-9\-()]{4,18}(转[0-9]{1,6})?", typed):
            raise ValidationError("电话只能写数字和短横，如 0535-8211111 或 11 位手机号。", code="invalid")
        return typed


class TermField(forms.Field):
    """A word of one of the program's vocabularies. ``first`` proposes the vocabulary's first word."""

    widget = forms.Select
    default_error_messages = {"required": "请选择一项。", "gone": "所选已不在词表中，请重新选择。"}

    def __init__(self, vocabulary: str, *, first: bool = False, **kwargs: Any) -> None:
        self.vocabulary, self.first = vocabulary, first
        self.words: dict[str, Term] = {}
        super().__init__(**kwargs)

    def scope(self, form: ScopedForm, name: str) -> None:
        """Offer the words in use, and the one already chosen. A form and its rows read the vocabulary once."""
        known = form.shortlists.get(("term", self.vocabulary))
        if known is None:
            words = Term.objects.filter(program=form.program, vocabulary=self.vocabulary)
            known = form.shortlists["term", self.vocabulary] = list(words.order_by("position", "pk"))
        initial = form.initial_of(name)
        kept = str(getattr(initial, "pk", initial))
        self.words = {
            str(word.pk): word
            for word in known
            if word.ended_on is None or word.ended_on > form.today or str(word.pk) == kept
        }
        if not self.words:
            what = Term.Vocabulary(self.vocabulary).label
            self.help_text = f"“{what}”词表里还没有词，请县级办公室先添加。"
        if self.first and initial is None:
            self.initial = next(iter(self.words), None)
        choices = [(key, str(word)) for key, word in self.words.items()]
        if not self.required:
            choices.insert(0, ("", "（不填）"))
        elif form.initial_of(name) is None:
            choices.insert(0, ("", "（请选择）"))
        box: Any = self.widget  # a Select; the stubs know only its class
        box.choices = choices

    def prepare_value(self, value: Any) -> Any:
        """The word's key."""
        return getattr(value, "pk", value)

    def to_python(self, value: Any) -> Term | None:
        """The word."""
        if value in self.empty_values:
            return None
        word = self.words.get(str(getattr(value, "pk", value)))
        if word is None:
            raise ValidationError(self.error_messages["gone"], code="gone")
        return word

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare keys."""
        return str(self.prepare_value(initial) or "") != str(data or "")


def _read(parse: Callable[[str], Any], value: Any) -> Any:
    try:
        return parse(str(value))
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from error


def _differs(field: forms.Field, initial: Any, data: Any) -> bool:
    if field.disabled:
        return False
    try:
        before = field.to_python(initial() if callable(initial) else initial)
        return bool(before != field.to_python(data))
    except ValidationError:
        return True
