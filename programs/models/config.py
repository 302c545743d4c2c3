"""A program's configuration: its words, what is owed, what is counted, how it is laid out."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from programs.models.program import Program
from programs.rules.wording import is_cut
from programs.scoping import ScopedQuerySet


def revises_program() -> pgtrigger.Trigger:
    """Give the program a new revision whenever a row of its configuration is written, by whatever path.

    Drawn anew and not counted up: a number that a rolled-back transaction used must not come back with other content.
    """
    return pgtrigger.Trigger(
        name="revise_program",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            UPDATE programs_program SET revision = gen_random_uuid()
            WHERE id = COALESCE(NEW.program_id, OLD.program_id);
            RETURN NULL;
        """,
    )


class OfProgramQuerySet(ScopedQuerySet):
    """Configuration rows of a program."""

    reach_paths = {"program": "program_id", "member": "program_id"}


@pghistory.track()
class Term(models.Model):
    """词条: a word of one of the program's vocabularies. A word in use is not deleted, it is ended."""

    class Vocabulary(models.TextChoices):
        """Which list of words a term belongs to."""

        VISIT_KIND = "visit_kind", "走访种类"
        NEED_CATEGORY = "need_category", "诉求类别"
        DOCUMENT_KIND = "document_kind", "材料种类"
        MEETING_KIND = "meeting_kind", "会议种类"
        MILESTONE = "milestone", "工作队节点"
        PROJECT_CATEGORY = "project_category", "项目类别"
        PROJECT_STAGE = "project_stage", "项目阶段"
        FUND_SOURCE = "fund_source", "资金来源"
        FUND_STATE = "fund_state", "资金状态"
        QUANTITY = "quantity", "实物量"
        METHOD = "method", "督查方式"
        FINDING_CATEGORY = "finding_category", "问题类别"
        PROBLEM_GROUP = "problem_group", "问题归类"
        PRAISE_CATEGORY = "praise_category", "表扬类别"
        SANCTION = "sanction", "处理方式"
        VILLAGE_TAG = "village_tag", "村标签"
        HOUSEHOLD_TAG = "household_tag", "农户类别"
        PERSON_TAG = "person_tag", "人员类别"
        HARDSHIP = "hardship", "致困原因"
        HONOUR = "honour", "荣誉"
        TASK = "task", "帮扶任务"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="terms")
    vocabulary = models.CharField("词表", max_length=30, choices=Vocabulary.choices)
    code = models.SlugField("代号", max_length=50)
    label = models.CharField("名称", max_length=100)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name="归属", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    parts = ArrayField(
        models.CharField(max_length=50), verbose_name="必备部分", default=list, blank=True, help_text="如四个明确。"
    )
    position = models.PositiveSmallIntegerField("次序", default=0)
    is_final = models.BooleanField("终点", default=False, help_text="到此即为完成，如“完工”。")
    ended_on = models.DateField("停用日期", null=True, blank=True)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "词条"
        triggers = [revises_program()]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "vocabulary", "code"],
                name="term_unique_code",
                violation_error_message="该词表已有这个代号。",
            ),
            models.UniqueConstraint(
                fields=["program", "vocabulary", "label"],
                name="term_unique_label",
                violation_error_message="该词表已有这个名称。",
            ),
        ]

    def __str__(self) -> str:
        return self.label


@pghistory.track()
class Requirement(models.Model):
    """要求: who owes what evidence, how often and by when.

    ``who`` narrows the subjects and ``evidence_params`` the evidence; both are checked against what the registered
    subject and evidence declare.
    """

    class Subject(models.TextChoices):
        """Who can owe something."""

        UNIT = "unit", "帮扶单位"
        UNIT_LEADER = "unit_leader", "单位主要领导"
        TEAM = "team", "工作队"
        FIRST_SECRETARY = "first_secretary", "第一书记"
        CADRE = "cadre", "帮扶干部"
        TOWN = "town", "镇街"
        VILLAGE = "village", "村"
        PAIRING = "pairing", "结对"
        COUNTY = "county", "县区（主管办公室）"

    class Cadence(models.TextChoices):
        """How often it is owed."""

        ONCE = "once", "一次"
        WEEK = "week", "每周"
        FORTNIGHT = "fortnight", "每两周"
        MONTH = "month", "每月"
        QUARTER = "quarter", "每季度"
        HALF_YEAR = "half_year", "每半年"
        YEAR = "year", "每年"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="requirements")
    code = models.SlugField("代号", max_length=50)
    name = models.CharField("名称", max_length=100)
    rule = models.CharField("出处与说明", max_length=300, blank=True)
    subject = models.CharField("由谁完成", max_length=20, choices=Subject.choices)
    who = models.JSONField("范围", default=dict, blank=True)
    evidence = models.CharField("凭什么算完成", max_length=40)
    evidence_params = models.JSONField("凭据条件", default=dict, blank=True)
    at_least = models.PositiveSmallIntegerField("至少几次", default=1)
    cadence = models.CharField("频次", max_length=20, choices=Cadence.choices, default=Cadence.ONCE)
    due_on = models.DateField("截止日期", null=True, blank=True)
    due_day = models.PositiveSmallIntegerField("每期第几日截止", null=True, blank=True, help_text="含当日。")
    starts_on = models.DateField("起始日期", null=True, blank=True)
    takes_marks = models.BooleanField("可由办公室核实登记", default=True)
    problem_group = models.ForeignKey(
        Term,
        verbose_name="未完成归入",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requirements",
        limit_choices_to={"vocabulary": "problem_group"},
    )
    position = models.PositiveSmallIntegerField("次序", default=0)
    ended_on = models.DateField("停用日期", null=True, blank=True)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "要求"
        triggers = [revises_program()]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "code"],
                name="requirement_unique_code",
                violation_error_message="该活动已有这个代号的要求。",
            ),
            models.CheckConstraint(
                condition=Q(at_least__gte=1),
                name="requirement_at_least_one",
                violation_error_message="次数至少为 1。",
            ),
            models.CheckConstraint(
                condition=Q(due_day__isnull=True) | Q(due_day__range=(1, 31)),
                name="requirement_due_day",
                violation_error_message="截止日须在 1 到 31 之间。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Figure(models.Model):
    """数据: one figure of a program, such as ZY-4, made of one or several parts."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="figures")
    code = models.CharField("代号", max_length=30)
    title = models.CharField("名称", max_length=100)
    definition = models.TextField("口径", blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    ended_on = models.DateField("停用日期", null=True, blank=True)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "数据"
        triggers = [revises_program()]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "code"],
                name="figure_unique_code",
                violation_error_message="该活动已有这个代号的数据。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class FigurePartQuerySet(ScopedQuerySet):
    """Parts of figures."""

    reach_paths = {"program": "figure__program_id", "member": "figure__program_id"}


@pghistory.track()
class FigurePart(models.Model):
    """数据项: a label with a value that a measure, a requirement or other parts yield, and how it is worded.

    ``key`` names it inside the program, so that a text can hold it as ``{key}``.
    """

    class Wording(models.TextChoices):
        """How an office writes the number."""

        EXACT = "exact", "精确"
        OVER = "over", "余"
        MORE = "more", "多"
        ABOUT = "about", "约"
        NEARLY = "nearly", "近"
        RANGE = "range", "区间"
        PERCENT = "percent", "百分比"
        ORDINAL = "ordinal", "第几"

    class Operation(models.TextChoices):
        """How a derived part is made of two others, or of one and a rate."""

        SHARE = "share", "占比"
        DIFFERENCE = "difference", "相差"
        GROWTH = "growth", "增长率"
        PRODUCT = "product", "按标准计"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="+")
    figure = models.ForeignKey(Figure, verbose_name="数据", on_delete=models.CASCADE, related_name="parts")
    key = models.CharField("引用名", max_length=60)
    label = models.CharField("名称", max_length=60)
    requirement = models.ForeignKey(
        Requirement, verbose_name="要求", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    over = models.BooleanField(
        "累计各期",
        default=False,
        help_text="每一期分别判断，已到期的各期合在一起计：应完成和已完成都按“谁、哪一期”计。",
    )
    measure = models.CharField("统计什么", max_length=40, blank=True)
    params = models.JSONField("条件", default=dict, blank=True)
    operation = models.CharField("推算方法", max_length=20, choices=Operation.choices, blank=True)
    left = models.ForeignKey(
        "self", verbose_name="甲项", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    right = models.ForeignKey(
        "self", verbose_name="乙项", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rate = models.DecimalField("标准", max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField("单位", max_length=20)
    wording = models.CharField("写法", max_length=20, choices=Wording.choices, default=Wording.EXACT)
    cut = models.DecimalField("取整到", max_digits=14, decimal_places=2, null=True, blank=True)
    is_headline = models.BooleanField("首页数据", default=False)
    position = models.PositiveSmallIntegerField("次序", default=0)

    objects = FigurePartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "数据项"
        triggers = [revises_program()]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "key"],
                name="figure_part_unique_key",
                violation_error_message="该活动已有这个引用名。",
            ),
            models.CheckConstraint(
                condition=(
                    Q(requirement__isnull=False, measure="", operation="")
                    | Q(requirement__isnull=True, operation="") & ~Q(measure="")
                    | Q(requirement__isnull=True, measure="", left__isnull=False) & ~Q(operation="")
                ),
                name="figure_part_one_source",
                violation_error_message="数据项须且只能来自一项要求、一种统计或其他数据项。",
            ),
            models.CheckConstraint(
                condition=Q(over=False) | Q(requirement__isnull=False),
                name="figure_part_over_requirement",
                violation_error_message="只有来自要求的数据项才能累计各期。",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        """What could not be evaluated or worded later is refused now."""
        two_sided = (self.Operation.SHARE, self.Operation.DIFFERENCE)
        if self.operation in two_sided and self.right is None:
            raise ValidationError({"right": "占比和相差要写明和哪一项比。"})
        if self.operation == self.Operation.PRODUCT and self.rate is None:
            raise ValidationError({"rate": "按标准计要写明标准。"})
        if isinstance(self.cut, int | Decimal) and not is_cut(self.cut):
            raise ValidationError({"cut": "只能取整到 1、10、100、1000、10000……"})


@pghistory.track()
class Block(models.Model):
    """数据块: a figure laid out by group (town, unit, category, week …), ranked, cut to some, or past a threshold."""

    class Chart(models.TextChoices):
        """How a block is drawn."""

        BARS = "bars", "条形图"
        LINE = "line", "折线图"
        TABLE = "table", "表格"

    class Order(models.TextChoices):
        """How its groups are ranked."""

        NATURAL = "natural", "原有次序"
        DESCENDING = "descending", "从多到少"
        ASCENDING = "ascending", "从少到多"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="blocks")
    code = models.SlugField("代号", max_length=50)
    title = models.CharField("名称", max_length=100)
    requirement = models.ForeignKey(
        Requirement, verbose_name="要求", null=True, blank=True, on_delete=models.PROTECT, related_name="blocks"
    )
    measure = models.CharField("统计什么", max_length=40, blank=True)
    params = models.JSONField("条件", default=dict, blank=True)
    group_by = models.CharField("按什么分组", max_length=30)
    unit = models.CharField("单位", max_length=20)
    order = models.CharField("排序", max_length=20, choices=Order.choices, default=Order.NATURAL)
    limit = models.PositiveSmallIntegerField("只列前几项", null=True, blank=True)
    at_least = models.DecimalField("不少于", max_digits=14, decimal_places=2, null=True, blank=True)
    at_most = models.DecimalField("不多于", max_digits=14, decimal_places=2, null=True, blank=True)
    chart = models.CharField("图形", max_length=20, choices=Chart.choices, default=Chart.BARS)
    on_dashboard = models.BooleanField("在看板上", default=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    ended_on = models.DateField("停用日期", null=True, blank=True)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "数据块"
        triggers = [revises_program()]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "code"],
                name="block_unique_code",
                violation_error_message="该活动已有这个代号的数据块。",
            ),
            models.CheckConstraint(
                condition=Q(requirement__isnull=False, measure="") | Q(requirement__isnull=True) & ~Q(measure=""),
                name="block_one_source",
                violation_error_message="数据块须且只能来自一项要求或一种统计。",
            ),
        ]

    def __str__(self) -> str:
        return self.title
