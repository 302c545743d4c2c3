"""Places of interest in and below villages, and the routes that string them together."""

from __future__ import annotations

import pghistory
from django.db import models

from programs.models import Division, Program
from programs.pinyin import PinyinField
from programs.scoping import ScopedQuerySet


class RouteQuerySet(ScopedQuerySet):
    """Routes of a program."""

    reach_paths = {"program": "program_id", "division": "sites__division_id"}


@pghistory.track()
class Route(models.Model):
    """线: a model route that strings sites together."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="routes")
    name = models.CharField("名称", max_length=100)
    pinyin = PinyinField(source="name", verbose_name="拼音", max_length=300)
    initials = PinyinField(source="name", mode="initials", verbose_name="拼音首字母", max_length=100)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "线路"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="route_unique_name",
                violation_error_message="该活动已有同名线路。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SiteQuerySet(ScopedQuerySet):
    """Sites by place."""

    reach_paths = {"program": "program_id", "division": "division_id"}


@pghistory.track()
class Site(models.Model):
    """节点: a place of interest in or below a village, perhaps on a route."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="sites")
    route = models.ForeignKey(
        Route, verbose_name="线路", null=True, blank=True, on_delete=models.SET_NULL, related_name="sites"
    )
    division = models.ForeignKey(Division, verbose_name="所在地", on_delete=models.PROTECT, related_name="sites")
    name = models.CharField("名称", max_length=100)
    pinyin = PinyinField(source="name", verbose_name="拼音", max_length=300)
    initials = PinyinField(source="name", mode="initials", verbose_name="拼音首字母", max_length=100)
    position = models.PositiveSmallIntegerField("次序", default=0, help_text="在线路上排第几，从 1 起。")
    notes = models.TextField("简介", blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "节点"

    def __str__(self) -> str:
        return self.name
