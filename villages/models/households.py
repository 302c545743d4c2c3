"""Households with their members, what they are since when, and their honours."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from programs.models import Division, Program
from programs.models.base import Dated, DatedQuerySet, term_key, until_not_before_since
from programs.pinyin import PinyinField
from programs.scoping import ScopedQuerySet


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
    initials = PinyinField(source="name", mode="initials", verbose_name="拼音首字母", max_length=50)
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
