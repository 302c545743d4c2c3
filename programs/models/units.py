"""Units: the bodies that help, govern or are helped, with their sections."""

from __future__ import annotations

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from programs.models.base import Dated, DatedQuerySet, until_not_before_since
from programs.models.places import Division
from programs.pinyin import PinyinField
from programs.scoping import ScopedQuerySet


class UnitLevel(models.TextChoices):
    """单位级别."""

    PROVINCIAL = "provincial", "省直"
    CITY = "city", "市直"
    COUNTY = "county", "县直"
    STATIONED = "stationed", "驻地"
    TOWN = "town", "镇街"
    VILLAGE = "village", "村"
    ENTERPRISE = "enterprise", "企业"


class UnitQuerySet(ScopedQuerySet):
    """Units; those that stand for themselves and sections."""

    reach_paths = {"division": "division_id", "unit": ["pk", "parent_id"]}

    def current(self) -> Self:
        """Units that have not been closed or merged."""
        return self.filter(retired_on__isnull=True)


@pghistory.track()
class Unit(models.Model):
    """单位: a department, enterprise, town government or village committee; sections (科室) are its children."""

    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=50)
    pinyin = PinyinField(source="short_name", verbose_name="拼音", max_length=300)
    initials = PinyinField(source="short_name", mode="initials", verbose_name="拼音首字母", max_length=100)
    level = models.CharField("级别", max_length=20, choices=UnitLevel.choices, default=UnitLevel.COUNTY)
    parent = models.ForeignKey(
        "self", verbose_name="上级单位", null=True, blank=True, on_delete=models.PROTECT, related_name="sections"
    )
    division = models.ForeignKey(
        Division, verbose_name="所在地", on_delete=models.PROTECT, related_name="units", help_text="单位驻地。"
    )
    contact_name = models.CharField("联络员", max_length=50, blank=True)
    office_phone = models.CharField("办公电话", max_length=30, blank=True)
    retired_on = models.DateField("撤并日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="并入", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )
    is_fictional = models.BooleanField("示例单位", default=False, help_text="演示用，并非真实单位。")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"],
                condition=Q(parent__isnull=True),
                name="unit_unique_name",
                violation_error_message="该地已有同名单位。",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="unit_not_own_parent",
                violation_error_message="单位不能是自己的上级。",
            ),
        ]
        indexes = [models.Index(fields=["pinyin", "id"], name="unit_pinyin")]

    def __str__(self) -> str:
        return self.short_name


class UnitNameQuerySet(DatedQuerySet):
    """Former names of units."""

    reach_paths = {"division": "unit__division_id", "unit": "unit_id"}


class UnitName(Dated):
    """单位曾用名."""

    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.CASCADE, related_name="names")
    name = models.CharField("曾用名", max_length=100)

    objects = UnitNameQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位曾用名"
        constraints = [until_not_before_since("unit_name_dates")]

    def __str__(self) -> str:
        return self.name
