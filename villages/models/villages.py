"""Villages: their profile, yearly values, tags, people and risks."""

from __future__ import annotations

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from programs.models import Division, Program
from programs.models.base import Dated, DatedQuerySet, term_key, until_not_before_since
from programs.pinyin import PinyinField
from programs.scoping import ScopedQuerySet


class VillageQuerySet(ScopedQuerySet):
    """Villages by place and by what they are tagged with."""

    reach_paths = {"division": "division_id"}

    def tagged(self, program: Program, day: dt.date, codes: list[str] | None = None) -> Self:
        """Villages that bear a tag of the program on ``day``; any of ``codes`` if given."""
        tags = VillageTag.objects.active_on(day).filter(tag__program=program)
        if codes is not None:
            tags = tags.filter(tag__code__in=codes)
        return self.filter(pk__in=tags.values("village_id"))


@pghistory.track()
class Village(models.Model):
    """村: the profile of a village-level division, as 村情民意一本通 wants it."""

    division = models.OneToOneField(
        Division, verbose_name="行政区划", primary_key=True, on_delete=models.PROTECT, related_name="village"
    )
    name = models.CharField("村名", max_length=100)
    pinyin = PinyinField(source="name", verbose_name="拼音", max_length=300)
    initials = PinyinField(source="name", mode="initials", verbose_name="拼音首字母", max_length=100)
    overview = models.TextField("概况", blank=True)
    resources = models.TextField("资源", blank=True)
    economy = models.TextField("经济发展状况", blank=True)
    is_fictional = models.BooleanField("示例村", default=False, help_text="演示用，并非真实的村。")

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "村"
        indexes = [models.Index(fields=["pinyin", "division"], name="village_pinyin")]

    def __str__(self) -> str:
        return self.name


class OfVillageQuerySet(ScopedQuerySet):
    """Rows that belong to a village."""

    reach_paths = {"division": "village_id"}


class DatedOfVillageQuerySet(DatedQuerySet):
    """Dated rows that belong to a village."""

    reach_paths = {"division": "village_id"}


@pghistory.track()
class VillageYear(models.Model):
    """村年度数据: population, members, income (yuan) and land (mu) of one year."""

    village = models.ForeignKey(Village, verbose_name="村", on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField("年份")
    households = models.PositiveIntegerField("户数", null=True, blank=True)
    population = models.PositiveIntegerField("人口", null=True, blank=True)
    party_members = models.PositiveIntegerField("党员数", null=True, blank=True)
    collective_income = models.DecimalField("村集体收入（元）", max_digits=14, decimal_places=2, null=True, blank=True)
    land_mu = models.DecimalField("耕地（亩）", max_digits=12, decimal_places=2, null=True, blank=True)

    objects = OfVillageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "村年度数据"
        constraints = [
            models.UniqueConstraint(
                fields=["village", "year"], name="village_year_unique", violation_error_message="该村已有这一年的数据。"
            )
        ]

    def __str__(self) -> str:
        return f"{self.village}{self.year}年"


@pghistory.track()
class VillageTag(Dated):
    """村标签: 后进村, 精品村 …, from a day to a day."""

    village = models.ForeignKey(Village, verbose_name="村", on_delete=models.CASCADE, related_name="tags")
    tag = term_key("标签", "village_tag")

    objects = DatedOfVillageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "村标签"
        constraints = [
            until_not_before_since("village_tag_dates"),
            models.UniqueConstraint(
                fields=["village", "tag"],
                condition=Q(until__isnull=True),
                name="village_tag_once",
                violation_error_message="该村已有这个标签。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village}：{self.tag}"


@pghistory.track(exclude=["phone"])
class VillagePerson(Dated):
    """村内人员: party members, members of the two committees, people of talent outside the village."""

    class Kind(models.TextChoices):
        """Which roster a person stands on."""

        PARTY_MEMBER = "party_member", "党员"
        COMMITTEE = "committee", "村两委"
        TALENT = "talent", "村外能人"

    village = models.ForeignKey(Village, verbose_name="村", on_delete=models.CASCADE, related_name="people")
    kind = models.CharField("名册", max_length=20, choices=Kind.choices)
    name = models.CharField("姓名", max_length=50)
    post = models.CharField("职务或去向", max_length=100, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    notes = models.CharField("备注", max_length=200, blank=True)

    objects = DatedOfVillageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "村内人员"
        constraints = [until_not_before_since("village_person_dates")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class VillageRisk(Dated):
    """信访矛盾隐患: a risk of petitions or disputes in a village, until it is resolved."""

    village = models.ForeignKey(Village, verbose_name="村", on_delete=models.CASCADE, related_name="risks")
    text = models.TextField("隐患情况")
    measures = models.TextField("化解措施", blank=True)

    objects = DatedOfVillageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "信访矛盾隐患"
        constraints = [until_not_before_since("village_risk_dates")]

    def __str__(self) -> str:
        return self.text[:20]
