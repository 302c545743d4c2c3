"""Bulletins, their templates, the way to their signature, and what is frozen when they are issued."""

from __future__ import annotations

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models import Round
from programs.models import Division, Program
from programs.scoping import ScopedQuerySet
from reports import triggers


class Layout(models.TextChoices):
    """How a paper looks: with a red masthead and a number, or as a plain text with title and signature."""

    BULLETIN = "bulletin", "简报（红头、编期号）"
    REPORT = "report", "普通文稿（总结、报告）"


class Coverage(models.TextChoices):
    """What the figures of a paper are about."""

    PROGRAM = "program", "整个活动"
    TOWN = "town", "一个镇街"
    VILLAGE = "village", "一个村"


class OfProgramQuerySet(ScopedQuerySet):
    """Templates of a program."""

    reach_paths = {"program": "program_id"}


@pghistory.track()
class BulletinTemplate(models.Model):
    """简报模板: masthead, lists and the text that a new draft starts from; ``{引用名}`` in it are live figures."""

    program = models.ForeignKey(
        Program, verbose_name="活动", on_delete=models.CASCADE, related_name="bulletin_templates"
    )
    code = models.SlugField("代号", max_length=50)
    name = models.CharField("名称", max_length=100)
    layout = models.CharField("样式", max_length=20, choices=Layout.choices, default=Layout.BULLETIN)
    coverage = models.CharField(
        "写哪里",
        max_length=20,
        choices=Coverage.choices,
        default=Coverage.PROGRAM,
        help_text="正文里的数字只算这个范围。",
    )
    masthead = models.CharField("报头", max_length=100, blank=True)
    office = models.CharField("编发单位", max_length=100)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文")
    report_to = models.CharField("报", max_length=500, blank=True)
    send_to = models.CharField("送", max_length=500, blank=True)
    distribute_to = models.CharField("发", max_length=500, blank=True)
    copies = models.PositiveIntegerField("印数", default=0)
    annex = models.CharField("附表", max_length=100, blank=True, help_text="附表标题；留空则不附。")
    ended_on = models.DateField("停用日期", null=True, blank=True)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "简报模板"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "code"],
                name="bulletin_template_unique_code",
                violation_error_message="该活动已有这个代号的模板。",
            ),
            models.CheckConstraint(
                condition=Q(layout="report") | ~Q(masthead="") & Q(coverage="program"),
                name="bulletin_template_layout",
                violation_error_message="简报须有报头，并写整个活动；只写一个镇街或一个村的，用普通文稿。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BulletinQuerySet(ScopedQuerySet):
    """Bulletins; only issued ones are for everybody in the program, those of a place also for whom it is theirs."""

    reach_paths = {"program": "program_id", "member": "issued_program_id", "division": "place_id"}

    def issued(self) -> Self:
        """Bulletins that have been issued, withdrawn ones included."""
        return self.filter(state__in=[Bulletin.State.ISSUED, Bulletin.State.WITHDRAWN])


@pghistory.track()
class Bulletin(models.Model):
    """简报: one issue. Until it is issued its figures are live; then text, figures, names and rows are frozen for ever.

    ``issued_program_id`` repeats the program once issued: it is the reach path of those who may read issued
    bulletins only. A text about one place stays with those who reach the place.
    """

    class State(models.TextChoices):
        """拟稿 → 核稿 → 送签 → 签发; 退回 leads back to the draft."""

        DRAFT = "draft", "拟稿"
        REVIEW = "review", "核稿"
        SIGNING = "signing", "送签"
        ISSUED = "issued", "已签发"
        WITHDRAWN = "withdrawn", "已撤回"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="bulletins")
    template = models.ForeignKey(
        BulletinTemplate, verbose_name="模板", null=True, blank=True, on_delete=models.PROTECT, related_name="bulletins"
    )
    round = models.ForeignKey(
        Round, verbose_name="督查轮次", null=True, blank=True, on_delete=models.PROTECT, related_name="bulletins"
    )
    layout = models.CharField("样式", max_length=20, choices=Layout.choices, default=Layout.BULLETIN)
    place = models.ForeignKey(
        Division, verbose_name="写哪里", null=True, blank=True, on_delete=models.PROTECT, related_name="bulletins"
    )
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveSmallIntegerField("期号", null=True, blank=True)
    date = models.DateField("日期")
    as_of = models.DateField("数据截至")
    masthead = models.CharField("报头", max_length=100, blank=True)
    office = models.CharField("编发单位", max_length=100)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文")
    report_to = models.CharField("报", max_length=500, blank=True)
    send_to = models.CharField("送", max_length=500, blank=True)
    distribute_to = models.CharField("发", max_length=500, blank=True)
    copies = models.PositiveIntegerField("印数", default=0)
    annex = models.CharField("附表", max_length=100, blank=True)
    names_units = models.BooleanField("点名", default=True, help_text="正文和附表是否写出单位名称。")
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.DRAFT)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="拟稿人", on_delete=models.PROTECT, related_name="drafted_bulletins"
    )
    issued_at = models.DateTimeField("签发时间", null=True, blank=True)
    issued_program_id = models.BigIntegerField(null=True, blank=True, editable=False, db_index=True)
    frozen_text = models.TextField("签发正文", blank=True, editable=False)
    frozen_annex = models.JSONField("签发附表", null=True, blank=True, editable=False)
    frozen_charts = models.JSONField("签发图表", null=True, blank=True, editable=False)
    digest = models.CharField("校验值", max_length=64, blank=True, editable=False)
    withdrawn_reason = models.CharField("撤回原因", max_length=300, blank=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "简报"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "year", "number"],
                name="bulletin_unique_number",
                violation_error_message="该年已有这一期。",
            ),
            models.CheckConstraint(
                condition=Q(layout="bulletin", number__isnull=False, place__isnull=True) & ~Q(masthead="")
                | Q(layout="report", number__isnull=True),
                name="bulletin_layout",
                violation_error_message="简报须有报头和期号；普通文稿不编期号。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "withdrawn"])
                | Q(issued_at__isnull=False)
                & ~Q(digest="")
                & Q(Q(issued_program_id__isnull=False) | Q(place__isnull=False)),
                name="bulletin_issued_is_frozen",
                violation_error_message="签发的简报须已冻结。",
            ),
        ]
        triggers = triggers.ISSUED_STAYS

    def __str__(self) -> str:
        return self.plain_title if self.is_report else f"{self.year}年第{self.number}期"

    @property
    def is_report(self) -> bool:
        """Whether it is a plain text, which its drafter finishes, and not an issue that is signed."""
        return self.layout == Layout.REPORT

    @property
    def plain_title(self) -> str:
        """The title on one line."""
        return self.title.replace("\n", "")

    @property
    def noun(self) -> str:
        """What people call it."""
        return "文稿" if self.is_report else "简报"

    @property
    def called(self) -> str:
        """How a sentence names it: 第2期, or the title in brackets."""
        return f"《{self.plain_title}》" if self.is_report else f"第{self.number}期"

    @property
    def state_label(self) -> str:
        """Its state in words; a plain text is not signed but finished."""
        return "已定稿" if self.is_report and self.state == self.State.ISSUED else self.get_state_display()

    @property
    def is_issued(self) -> bool:
        """Whether it has been issued, even if it was withdrawn since."""
        return self.state in (self.State.ISSUED, self.State.WITHDRAWN)

    @property
    def is_open(self) -> bool:
        """Whether its text may still be changed: while it is drafted and reviewed."""
        return self.state in (self.State.DRAFT, self.State.REVIEW)


class OfBulletinQuerySet(ScopedQuerySet):
    """Rows that belong to a bulletin."""

    reach_paths = {"program": "bulletin__program_id", "member": "bulletin__issued_program_id"}


@pghistory.track()
class BulletinStep(models.Model):
    """签批经过: who drafted, reviewed, returned with what comment, signed. A signature on paper names its signer.

    ``figures`` keeps the words of all figures in the text as they stood at this step, so that whoever signs is told
    what moved since the text was put before them.
    """

    class Kind(models.TextChoices):
        """What happened."""

        SUBMITTED = "submitted", "提交核稿"
        REVIEWED = "reviewed", "核稿通过，送签"
        RETURNED = "returned", "退回修改"
        ISSUED = "issued", "签发"
        FINISHED = "finished", "定稿"
        WITHDRAWN = "withdrawn", "撤回"

    bulletin = models.ForeignKey(Bulletin, verbose_name="简报", on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField("经过", max_length=20, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="经办人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    comment = models.CharField("意见", max_length=500, blank=True)
    signer = models.CharField("纸质签发人", max_length=50, blank=True)
    signed_on = models.DateField("纸质签发日期", null=True, blank=True)
    scan = models.FileField("签批扫描件", upload_to="signatures/%Y/%m", blank=True)
    figures = models.JSONField("当时数据", default=dict, blank=True, editable=False)

    objects = OfBulletinQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "签批经过"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="returned") | ~Q(comment=""),
                name="bulletin_return_has_comment",
                violation_error_message="退回须写明意见。",
            )
        ]
        triggers = triggers.STEPS_STAY

    def __str__(self) -> str:
        return self.get_kind_display()


class FrozenFigure(models.Model):
    """冻结数据: one figure as it stood when the bulletin was issued: its value, words, names and definition.

    ``aspects`` has under ``used`` the words of each of its tokens in the text, and under ``groups`` what stands behind
    it: done, not done and excused of a requirement, or all rows of a measure, each with number, names and columns.
    """

    bulletin = models.ForeignKey(Bulletin, verbose_name="简报", on_delete=models.CASCADE, related_name="figures")
    key = models.CharField("引用名", max_length=60)
    label = models.CharField("名称", max_length=60)
    definition = models.TextField("口径", blank=True)
    value = models.DecimalField("数值", max_digits=20, decimal_places=4, null=True)
    of = models.DecimalField("总数", max_digits=20, decimal_places=4, null=True)
    unit = models.CharField("单位", max_length=20)
    text = models.CharField("文字", max_length=100)
    as_of = models.DateField("截至")
    aspects = models.JSONField("各项", default=dict)

    objects = OfBulletinQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "冻结数据"
        constraints = [models.UniqueConstraint(fields=["bulletin", "key"], name="frozen_figure_once")]
        triggers = triggers.FIGURES_STAY

    def __str__(self) -> str:
        return f"{self.label}：{self.text}"


class FrozenRowQuerySet(ScopedQuerySet):
    """Rows behind frozen figures."""

    reach_paths = {"program": "figure__bulletin__program_id", "member": "figure__bulletin__issued_program_id"}


class FrozenRow(models.Model):
    """冻结明细: one row behind a frozen figure: what it was called and its columns, as they stood."""

    figure = models.ForeignKey(FrozenFigure, verbose_name="冻结数据", on_delete=models.CASCADE, related_name="rows")
    aspect = models.CharField("哪一项", max_length=20)
    position = models.PositiveIntegerField("次序")
    model = models.CharField("对象", max_length=60)
    object_id = models.CharField("编号", max_length=40)
    name = models.CharField("名称", max_length=200)
    cells = models.JSONField("各栏", default=list)

    objects = FrozenRowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "冻结明细"
        constraints = [models.UniqueConstraint(fields=["figure", "aspect", "position"], name="frozen_row_position")]
        triggers = triggers.ROWS_STAY

    def __str__(self) -> str:
        return self.name
