"""The forms of suggestions and their answers."""

from __future__ import annotations

from django import forms

from programs.models import Suggestion

_LONGEST = 2000


class SuggestionForm(forms.ModelForm[Suggestion]):
    """What somebody wants to tell the county office."""

    text = forms.CharField(
        label="您的意见",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "class": "form-control"}),
        error_messages={"required": "请写下您的意见。"},
    )

    class Meta:
        model = Suggestion
        fields = ["text"]


class AnswerForm(forms.ModelForm[Suggestion]):
    """What the county office answers."""

    reply = forms.CharField(
        label="答复",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": "请写下答复。"},
    )

    class Meta:
        model = Suggestion
        fields = ["reply"]
