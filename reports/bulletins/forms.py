"""What an office types on the pages of bulletins."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File

from programs.forms.base import ScopedForm, Section
from programs.forms.fields import DayField, NumberField
from programs.forms.files import UploadField
from programs.forms.picking import PickField
from programs.permissions import may
from programs.refusals import Refusal
from reports.actions import next_number
from reports.models import Bulletin, BulletinTemplate, Coverage, Layout
from villages.choices import PLACES

SCANS = (".pdf", ".jpg", ".jpeg", ".png")


class TemplateChoice(forms.ModelChoiceField):
    """A bulletin template of the program that is in use."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(BulletinTemplate.objects.none(), empty_label=None, **kwargs)


class DraftForm(ScopedForm):
    """The start of a new issue or text: from which template, about which place, of which day."""

    template = TemplateChoice(label="模板")
    place = PickField(
        PLACES, label="写哪里", required=False, help_text="只写一个镇街或一个村的文稿要选；写整个活动的不填。"
    )
    date = DayField(label="日期")
    number = NumberField(
        label="期号", decimals=0, most=9999, required=False, help_text="简报用；不填则接着本年上一期。"
    )
    names_units = forms.BooleanField(
        label="点名（正文和附表写出单位名称）",
        required=False,
        initial=True,
        help_text="不点名时，名单只写数量，附表按镇街汇总。",
    )

    def prepare(self) -> None:
        """Today, and the first template; what only offices write is offered to them alone."""
        rows = BulletinTemplate.objects.filter(program=self.program, ended_on__isnull=True)
        if not may(self.user, "bulletin.draft", self.program):
            rows = rows.filter(layout=Layout.REPORT).exclude(coverage=Coverage.PROGRAM)
        choice = self.fields["template"]
        assert isinstance(choice, TemplateChoice)
        choice.queryset = rows.select_related("program__jurisdiction").order_by("pk")
        self.propose(date=self.today, template=choice.queryset.first())
        if rows.filter(layout=Layout.BULLETIN).exists():
            self.propose(number=next_number(self.program, self.today.year))
        else:
            del self.fields["number"]
        if not rows.exclude(coverage=Coverage.PROGRAM).exists():
            del self.fields["place"]


class DeskForm(ScopedForm):
    """The text of a bulletin, and what stands around it on the paper."""

    sections = (
        Section("报头和版记", (
            "masthead", "office", "title", "number", "date", "as_of", "report_to", "send_to", "distribute_to", "copies",
            "annex", "names_units",
        )),
    )  # fmt: skip

    body = forms.CharField(label="正文", strip=False, widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "false"}))
    masthead = forms.CharField(
        label="报头", max_length=100, widget=forms.Textarea(attrs={"rows": 2}), help_text="可分两行。"
    )
    office = forms.CharField(label="编发单位", max_length=100)
    title = forms.CharField(
        label="标题",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="太长会自动分行，也可自己分行。",
    )
    number = NumberField(label="期号", decimals=0, most=9999)
    date = DayField(label="日期")
    as_of = DayField(label="数据截至", past=True, help_text="正文、图表和附表里的数字都按这一天算。")
    report_to = forms.CharField(label="报", max_length=500, required=False)
    send_to = forms.CharField(label="送", max_length=500, required=False)
    distribute_to = forms.CharField(label="发", max_length=500, required=False)
    copies = NumberField(label="印数（份）", decimals=0, most=99999, required=False)
    annex = forms.CharField(
        label="附表标题", max_length=100, required=False, help_text="各工作队情况一览表；留空则不附。"
    )
    names_units = forms.BooleanField(
        label="点名（正文和附表写出单位名称）", required=False, help_text="不点名时，名单只写数量，附表按镇街汇总。"
    )

    def refuse(self, refusal: Refusal) -> None:
        """Each problem of the text on a line of its own."""
        for line in refusal.message.split("\n"):
            super().refuse(Refusal(line, refusal.field))

    def clean_copies(self) -> int:
        """Nothing typed means that it is not printed."""
        return self.cleaned_data["copies"] or 0

    def clean_number(self) -> int:
        """Issues are counted from one."""
        number: int = self.cleaned_data["number"]
        if number < 1:
            raise ValidationError("期号从 1 开始。")
        return number

    def draft(self, bulletin: Bulletin) -> Bulletin:
        """The bulletin with whatever of the typed text is in order, not saved: for the preview."""
        self.is_valid()
        for name, value in self.cleaned_data.items():
            setattr(bulletin, name, value.replace("\r\n", "\n") if isinstance(value, str) else value)
        bulletin.body = self.data.get("body", "").replace("\r\n", "\n")
        return bulletin


class ReportDeskForm(DeskForm):
    """The text of a plain paper, with title, signature and day."""

    sections = (Section("标题和落款", ("title", "office", "date", "as_of", "names_units")),)

    def prepare(self) -> None:
        """No masthead, no number, no lists."""
        for name in ("masthead", "number", "report_to", "send_to", "distribute_to", "copies", "annex"):
            del self.fields[name]


class CommentForm(ScopedForm):
    """A word on the way."""

    comment = forms.CharField(label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReturnForm(ScopedForm):
    """Why a text goes back to its drafter."""

    comment = forms.CharField(
        label="退回意见",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明要改什么，拟稿人会看到。",
        error_messages={"required": "退回须写明意见。"},
    )


class ScanField(UploadField):
    """The scan of a signed paper."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text="PDF 或 JPG、PNG 图片，不超过 20 MB。", **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Offer what a scanner makes."""
        return super().widget_attrs(widget) | {"accept": ",".join(SCANS)}

    def _checked(self, upload: Any) -> File[Any]:
        name = PurePath(upload.name or "").name
        if PurePath(name).suffix.lower() not in SCANS:
            raise ValidationError(f"“{name}”不是扫描件，请上传 PDF 或 JPG、PNG 图片。", code="kind")
        return super()._checked(upload)


class IssueForm(ScopedForm):
    """The issue; a signature that was given on paper is registered with it."""

    sections = (
        Section("纸质签发（在纸上签的才填）", ("signer", "signed_on", "scan")),
        Section("说明", ("comment",)),
    )

    accepts_changes = forms.BooleanField(label="已核对以上变化，按现在的数字签发", required=False)
    signer = forms.CharField(label="签发人", max_length=50, required=False, help_text="如：市委副书记。")
    signed_on = DayField(label="签发日期", required=False, past=True)
    scan = ScanField(label="签批扫描件", required=False)
    comment = forms.CharField(label="备注", max_length=500, required=False)

    def __init__(self, *args: Any, changes: list[tuple[str, str, str]], **kwargs: Any) -> None:
        self.changes = changes
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Ask about changed figures only where there are some."""
        if not self.changes:
            del self.fields["accepts_changes"]


class WithdrawForm(ScopedForm):
    """Why an issued bulletin no longer holds."""

    reason = forms.CharField(
        label="撤回原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会印在撤回后的每一份 PDF 和 Word 上。",
        error_messages={"required": "请填写撤回原因。"},
    )
