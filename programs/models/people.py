"""Accounts and the roles they are given."""

from __future__ import annotations

import pghistory
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from programs.models.base import Dated, DatedQuerySet, until_not_before_since
from programs.models.places import Division
from programs.models.units import Unit


class Role(models.TextChoices):
    """What somebody is in a program; ``programs.permissions`` says what each may do."""

    COUNTY = "county", "县级办公室"
    TOWN = "town", "镇街办公室"
    UNIT = "unit", "单位联络员"
    TEAM = "team", "驻村工作队"
    CADRE = "cadre", "帮扶干部"
    INSPECTOR = "inspector", "督查组成员"
    LEADER = "leader", "领导（只读）"
    ADMINISTRATOR = "administrator", "系统管理员"


class User(AbstractUser):
    """An account. What it reaches comes from its role grants and from the cadre it belongs to."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField("姓名或岗位", max_length=50)

    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """The name people know the account by."""
        return str(self)

    def get_short_name(self) -> str:
        """The same: Chinese names are not shortened."""
        return str(self)


class RoleGrantQuerySet(DatedQuerySet):
    """Role grants, seen by administrators only (through ``everything``)."""

    reach_paths = {}


@pghistory.track()
class RoleGrant(Dated):
    """授权: a role given to an account in one program (or in all) for a place or a unit, from a day to a day.

    The roles of work teams, cadres and inspectors also follow from their membership; those need no grant.
    """

    user = models.ForeignKey(User, verbose_name="账号", on_delete=models.CASCADE, related_name="grants")
    program = models.ForeignKey(
        "programs.Program",
        verbose_name="活动",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="grants",
        help_text="留空表示全部活动。",
    )
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    division = models.ForeignKey(
        Division, verbose_name="地区", null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "授权"
        constraints = [
            until_not_before_since("role_grant_dates"),
            models.CheckConstraint(
                condition=~Q(role=Role.TOWN) | Q(division__isnull=False),
                name="role_grant_town_has_place",
                violation_error_message="镇街办公室的授权须指定地区。",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.UNIT) | Q(unit__isnull=False),
                name="role_grant_unit_has_unit",
                violation_error_message="单位联络员的授权须指定单位。",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=[Role.COUNTY, Role.LEADER]) | Q(program__isnull=False),
                name="role_grant_county_has_program",
                violation_error_message="县级办公室和领导的授权须指定活动。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.get_role_display()}"
