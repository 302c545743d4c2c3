"""Villages with their profile, households with their members, honours, and places of interest."""

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


class RouteQuerySet(ScopedQuerySet):
    """Routes of a program."""

    reach_paths = {"program": "program_id", "division": "sites__division_id"}


class Route(models.Model):
    """线: a model route that strings sites together."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="routes")
    name = models.CharField("名称", max_length=100)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "线路"

    def __str__(self) -> str:
        return self.name


class SiteQuerySet(ScopedQuerySet):
    """Sites by place."""

    reach_paths = {"program": "program_id", "division": "division_id"}


class Site(models.Model):
    """节点: a place of interest in or below a village, perhaps on a route."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="sites")
    route = models.ForeignKey(
        Route, verbose_name="线路", null=True, blank=True, on_delete=models.SET_NULL, related_name="sites"
    )
    division = models.ForeignKey(Division, verbose_name="所在地", on_delete=models.PROTECT, related_name="sites")
    name = models.CharField("名称", max_length=100)
    position = models.PositiveSmallIntegerField("次序", default=0)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "节点"

    def __str__(self) -> str:
        return self.name


class HouseholdQuerySet(ScopedQuerySet):
    """Households by place."""

    reach_paths = {"division": "division_id"}


@pghistory.track(exclude=["identity_number", "phone"])
class Household(models.Model):
    """农户: a household by its head, in a village or one of its groups. Members and categories are kept apart."""

    division = models.ForeignKey(Division, verbose_name="村或组", on_delete=models.PROTECT, related_name="households")
    number = models.CharField("户编号", max_length=30, blank=True)
    head = models.CharField("户主", max_length=50)
    pinyin = PinyinField(source="head", verbose_name="拼音", max_length=200)
    initials = PinyinField(source="head", mode="initials", verbose_name="拼音首字母", max_length=50)
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    identity_number = models.CharField("户主身份证号", max_length=18, blank=True)
    moved_out_on = models.DateField("迁出日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="并入", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )
    is_fictional = models.BooleanField("示例农户", default=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "农户"
        constraints = [
            models.UniqueConstraint(
                fields=["division", "number"],
                condition=~Q(number=""),
                name="household_unique_number",
                violation_error_message="该村组已有这个户编号。",
            )
        ]
        indexes = [models.Index(fields=["division", "pinyin"], name="household_place_pinyin")]

    def __str__(self) -> str:
        return f"{self.head}户"


class MemberQuerySet(ScopedQuerySet):
    """People, on a household register or not."""

    reach_paths = {"division": ["household__division_id", "division_id"]}


@pghistory.track(exclude=["identity_number", "phone"])
class Member(models.Model):
    """人员: a member of a household, or a person helped who is on no household register (then with a place)."""

    household = models.ForeignKey(
        Household, verbose_name="农户", null=True, blank=True, on_delete=models.CASCADE, related_name="members"
    )
    division = models.ForeignKey(
        Division, verbose_name="所在地", null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    name = models.CharField("姓名", max_length=50)
    pinyin = PinyinField(source="name", verbose_name="拼音", max_length=200)
    relation = models.CharField("与户主关系", max_length=20, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    identity_number = models.CharField("身份证号", max_length=18, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        constraints = [
            models.CheckConstraint(
                condition=Q(household__isnull=False) | Q(division__isnull=False),
                name="member_has_place",
                violation_error_message="须填所属农户或所在地。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class HouseholdTagQuerySet(DatedQuerySet):
    """Categories of households."""

    reach_paths = {"division": "household__division_id"}


@pghistory.track()
class HouseholdTag(Dated):
    """农户类别: 脱贫户, 低保 … A category ends, it is not overwritten."""

    household = models.ForeignKey(Household, verbose_name="农户", on_delete=models.CASCADE, related_name="tags")
    tag = term_key("类别", "household_tag")

    objects = HouseholdTagQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "农户类别"
        constraints = [
            until_not_before_since("household_tag_dates"),
            models.UniqueConstraint(
                fields=["household", "tag"],
                condition=Q(until__isnull=True),
                name="household_tag_once",
                violation_error_message="该户已在这一类别中。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household}：{self.tag}"


class MemberTagQuerySet(DatedQuerySet):
    """Categories of people."""

    reach_paths = {"division": ["member__household__division_id", "member__division_id"]}


@pghistory.track()
class MemberTag(Dated):
    """人员类别: 困难党员, 入党积极分子, a student helped …"""

    member = models.ForeignKey(Member, verbose_name="人员", on_delete=models.CASCADE, related_name="tags")
    tag = term_key("类别", "person_tag")

    objects = MemberTagQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人员类别"
        constraints = [until_not_before_since("member_tag_dates")]

    def __str__(self) -> str:
        return f"{self.member}：{self.tag}"


@pghistory.track()
class Hardship(Dated):
    """致困原因: why a household is in hardship, from a day to a day."""

    household = models.ForeignKey(Household, verbose_name="农户", on_delete=models.CASCADE, related_name="hardships")
    cause = term_key("原因", "hardship")

    objects = HouseholdTagQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "致困原因"
        constraints = [until_not_before_since("hardship_dates")]

    def __str__(self) -> str:
        return f"{self.household}：{self.cause}"


class HonourQuerySet(ScopedQuerySet):
    """Honours of households."""

    reach_paths = {"program": "program_id", "division": "household__division_id"}


@pghistory.track()
class Honour(models.Model):
    """荣誉: an honour given to a household (最美家庭, 星级户)."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="honours")
    household = models.ForeignKey(Household, verbose_name="农户", on_delete=models.CASCADE, related_name="honours")
    kind = term_key("荣誉", "honour")
    given_on = models.DateField("授予日期")
    given_by = models.CharField("授予单位", max_length=100, blank=True)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "荣誉"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "household", "kind", "given_on"],
                name="honour_unique",
                violation_error_message="该户已登记这项荣誉。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.household}：{self.kind}"
