"""What strangers write on a card's public page."""

from __future__ import annotations

from django import forms


class RemarkForm(forms.Form):
    """A remark, with or without a name."""

    text = forms.CharField(
        label="您的意见或建议",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "form-control"}),
        error_messages={"required": "请写下您的意见或建议。", "max_length": "请不要超过 1000 个字。"},
    )
    contact = forms.CharField(
        label="您的称呼和联系方式",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={"max_length": "请不要超过 100 个字。"},
    )
