"""Fields for words of a vocabulary: several at once, and categories under the groups they belong to."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from programs.models import Program, Term

if TYPE_CHECKING:
    import datetime as dt

    from programs.forms.base import ScopedForm

Options = list[tuple[str, Any]]
NO_GROUP = "未归类"
PRAISE = "表扬"


class WordsField(forms.ModelMultipleChoiceField):
    """Any number of words of a vocabulary, as tick boxes."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"required": "请至少选一项。", "invalid_choice": "所选已不在词表中，请重新选择。"}

    def __init__(self, vocabulary: str, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(Term.objects.none(), **kwargs)

    def scope(self, form: ScopedForm, name: str) -> None:
        """Offer the words in use, and those already chosen."""
        chosen = [getattr(one, "pk", one) for one in form.initial_of(name) or ()]
        in_use = Q(ended_on__isnull=True) | Q(ended_on__gt=form.today) | Q(pk__in=chosen)
        words = Term.objects.filter(in_use, program=form.program, vocabulary=self.vocabulary)
        self.queryset = words.order_by("position", "pk")


def words_in_use(program: Program, today: dt.date, *vocabularies: str) -> list[Term]:
    """The program's words that may be chosen today, with the groups they belong to."""
    in_use = Q(ended_on__isnull=True) | Q(ended_on__gt=today)
    rows = Term.objects.filter(in_use, program=program, vocabulary__in=vocabularies).select_related("parent")
    return list(rows.order_by("parent__position", "position", "pk"))


def grouped(words: Collection[Term]) -> Options:
    """Words as the choices of a select, under the groups they belong to; without groups as a plain list."""
    groups: dict[str, Options] = {}
    for word in words:
        groups.setdefault(_group_of(word), []).append((str(word.pk), word.label))
    choices: Options = [("", "（请选择）")]
    if len(groups) == 1 and not any(word.parent for word in words):
        return choices + next(iter(groups.values()))
    return choices + list(groups.items())


def _group_of(word: Term) -> str:
    if word.parent is not None:
        return word.parent.label
    return PRAISE if word.vocabulary == Term.Vocabulary.PRAISE_CATEGORY else NO_GROUP
