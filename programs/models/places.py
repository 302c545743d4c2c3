"""Administrative divisions: the national code list, with groups below the village."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from programs.pinyin import PinyinField
from programs.rules.wording import day_text
from programs.scoping import ScopedQuerySet, code_range


class DivisionLevel(models.IntegerChoices):
    """Levels of the national code list, and the group below the village."""

    PROVINCE = 1, "省级"
    CITY = 2, "地级"
    COUNTY = 3, "县级"
    TOWN = 4, "乡镇级"
    VILLAGE = 5, "村级"
    GROUP = 6, "村民小组"


class DivisionQuerySet(ScopedQuerySet):
    """Divisions; within is a code range."""

    reach_paths = {"division": "code"}

    def within(self, code: str) -> Self:
        """Divisions at or below ``code``."""
        return self.filter(code_range("code", code))

    def current(self) -> Self:
        """Divisions that have not been retired."""
        return self.filter(retired_on__isnull=True)

    def standing_on(self, day: dt.date) -> Self:
        """Divisions that had not been retired on ``day``: a program of 2010 works with the villages of 2010."""
        return self.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=day))


class Division(models.Model):
    """行政区划: a place with its national code (2, 4, 6, 9 or 12 digits by level; a group adds a suffix).

    Changes of name are kept in ``DivisionName``; a merged or retired division stays, with its history.
    """

    code = models.CharField("代码", primary_key=True, max_length=20, db_collation="C")
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("通称", max_length=100, help_text="打印与显示用，如“西沟子村”。")
    pinyin = PinyinField(source="short_name", verbose_name="拼音", max_length=300)
    initials = PinyinField(source="short_name", mode="initials", verbose_name="拼音首字母", max_length=100)
    level = models.PositiveSmallIntegerField("级别", choices=DivisionLevel.choices)
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    valid_from = models.DateField("启用日期", null=True, blank=True)
    retired_on = models.DateField("停用日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="并入", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(retired_on__isnull=False),
                name="division_merged_is_retired",
                violation_error_message="并入其他区划的，须填停用日期。",
            )
        ]
        indexes = [models.Index(fields=["level", "code"], name="division_level_code")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def fate(self) -> str:
        """What became of a place that is no more, in words; empty while it stands. Callers select ``merged_into``."""
        if self.retired_on is None:
            return ""
        if self.merged_into is not None:
            return f"已撤并，{day_text(self.retired_on)}并入{self.merged_into}"
        return "已撤并，名称和历史保留"

    @property
    def town_code(self) -> str:
        """The code of the town this place lies in; empty above the town."""
        return self.code[:9] if len(self.code) >= 9 else ""


class DivisionNameQuerySet(ScopedQuerySet):
    """Former names, reached as their divisions are."""

    reach_paths = {"division": "division_id"}


class DivisionName(models.Model):
    """曾用名: a name a division bore, and until when."""

    division = models.ForeignKey(Division, verbose_name="行政区划", on_delete=models.CASCADE, related_name="names")
    name = models.CharField("曾用名", max_length=100)
    short_name = models.CharField("曾用通称", max_length=100)
    since = models.DateField("开始日期", null=True, blank=True)
    until = models.DateField("结束日期", null=True, blank=True)

    objects = DivisionNameQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "区划曾用名"
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="division_name_dates",
                violation_error_message="结束日期不能早于开始日期。",
            )
        ]

    def __str__(self) -> str:
        return self.short_name
