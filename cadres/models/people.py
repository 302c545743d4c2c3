"""Cadres with their posts, work teams with their members, and named groups of cadres."""

from __future__ import annotations

from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from programs.models import Division, Program, Unit
from programs.models.base import Dated, DatedQuerySet, day_range, id_range, term_key, until_not_before_since
from programs.pinyin import PinyinField
from programs.scoping import ScopedQuerySet
from villages.models import Village


class CadreQuerySet(ScopedQuerySet):
    """Cadres by the units they serve, and by where they or their units help."""

    reach_paths = {
        "division": [
            "posts__unit__division_id",
            "posts__unit__pairings__place_id",
            "pairings__place_id",
            "memberships__team__village_id",
        ],
        "unit": ["posts__unit_id", "posts__unit__parent_id"],
        "team": "memberships__team_id",
        "cadre": "pk",
    }


@pghistory.track(exclude=["phone"])
class Cadre(models.Model):
    """干部: a person who helps. Where they serve is kept in dated posts; not everybody has an account."""

    name = models.CharField("姓名", max_length=50, help_text="演示数据中以岗位代替姓名。")
    pinyin = PinyinField(source="name", verbose_name="拼音", max_length=300)
    initials = PinyinField(source="name", mode="initials", verbose_name="拼音首字母", max_length=100)
    phone = models.CharField("手机", max_length=30, blank=True)
    is_party_member = models.BooleanField("党员", default=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="账号",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="cadre",
    )

    objects = CadreQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "干部"
        indexes = [models.Index(fields=["pinyin", "id"], name="cadre_pinyin")]

    def __str__(self) -> str:
        return self.name


class Leadership(models.TextChoices):
    """What a post counts as in its unit."""

    PRINCIPAL = "principal", "主要领导"
    DEPUTY = "deputy", "分管领导"
    MIDDLE = "middle", "中层干部"
    STAFF = "staff", "一般干部"


class PostQuerySet(DatedQuerySet):
    """Posts."""

    reach_paths = {
        "division": [
            "unit__division_id",
            "unit__pairings__place_id",
            "cadre__pairings__place_id",
            "cadre__memberships__team__village_id",
        ],
        "unit": ["unit_id", "unit__parent_id"],
        "team": "cadre__memberships__team_id",
        "cadre": "cadre_id",
    }


@pghistory.track()
class Post(Dated):
    """职务: a cadre's post in a unit; several at once may hold. A secondment (挂职) names its place."""

    cadre = models.ForeignKey(Cadre, verbose_name="干部", on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=50)
    rank = models.CharField("职级", max_length=50, blank=True)
    leadership = models.CharField(
        "岗位", max_length=20, choices=Leadership.choices, default=Leadership.STAFF, help_text="主要领导、分管领导等。"
    )
    is_secondment = models.BooleanField("挂职", default=False)
    division = models.ForeignKey(
        Division, verbose_name="挂职地", null=True, blank=True, on_delete=models.PROTECT, related_name="secondments"
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "职务"
        constraints = [
            until_not_before_since("post_dates"),
            models.CheckConstraint(
                condition=Q(is_secondment=False) | Q(division__isnull=False),
                name="post_secondment_has_place",
                violation_error_message="挂职须填挂职地。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}{self.title}"


class TeamQuerySet(DatedQuerySet):
    """Work teams."""

    reach_paths = {
        "program": "program_id",
        "division": "village_id",
        "team": "pk",
        "unit": ["unit_id", "members__unit_id"],
    }

    def of_program(self, program: Program) -> Self:
        """The teams of one program."""
        return self.filter(program=program)


@pghistory.track()
class Team(Dated):
    """工作队: those who stay in one village for one program; ``unit`` is the unit that answers for it, if one does."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="teams")
    village = models.ForeignKey(Village, verbose_name="村", on_delete=models.PROTECT, related_name="teams")
    unit = models.ForeignKey(
        Unit, verbose_name="派出单位", null=True, blank=True, on_delete=models.PROTECT, related_name="teams"
    )
    name = models.CharField("名称", max_length=100)
    pinyin = PinyinField(source="name", verbose_name="拼音", max_length=300)
    initials = PinyinField(source="name", mode="initials", verbose_name="拼音首字母", max_length=100)
    promises = models.TextField("服务承诺", blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作队"
        constraints = [
            until_not_before_since("team_dates"),
            models.UniqueConstraint(
                fields=["program", "name"],
                name="team_unique_name",
                violation_error_message="该活动已有同名工作队。",
            ),
        ]
        indexes = [models.Index(fields=["program", "village"], name="team_program_village")]

    def __str__(self) -> str:
        return self.name


class TeamMemberQuerySet(DatedQuerySet):
    """Members of teams."""

    reach_paths = {
        "program": "team__program_id",
        "division": "team__village_id",
        "team": "team_id",
        "unit": ["unit_id", "team__unit_id"],
        "cadre": "cadre_id",
    }


@pghistory.track()
class TeamMember(Dated):
    """队员: a cadre in a team, from a day to a day, sent by a unit. At most one 第一书记 at a time."""

    class Role(models.TextChoices):
        """What the member is in the team."""

        FIRST_SECRETARY = "first_secretary", "第一书记"
        HEAD = "head", "队长"
        MEMBER = "member", "队员"

    team = models.ForeignKey(Team, verbose_name="工作队", on_delete=models.CASCADE, related_name="members")
    cadre = models.ForeignKey(Cadre, verbose_name="干部", on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, verbose_name="派出单位", on_delete=models.PROTECT, related_name="team_members")
    role = models.CharField("身份", max_length=20, choices=Role.choices, default=Role.MEMBER)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "队员"
        constraints = [
            until_not_before_since("team_member_dates"),
            ExclusionConstraint(
                name="team_one_first_secretary",
                expressions=[(id_range("team"), "&&"), (day_range(), "&&")],
                condition=Q(role="first_secretary"),
                violation_error_message="该工作队在这段时间已有第一书记。请先填写前任的结束日期。",
            ),
            ExclusionConstraint(
                name="team_member_once",
                expressions=[(id_range("team"), "&&"), (id_range("cadre"), "&&"), (day_range(), "&&")],
                violation_error_message="该干部在这段时间已是本队队员。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}{self.get_role_display()}"


class MilestoneQuerySet(ScopedQuerySet):
    """Milestones of teams."""

    reach_paths = {
        "program": "team__program_id",
        "division": "team__village_id",
        "team": "team_id",
        "unit": "team__unit_id",
    }


@pghistory.track()
class Milestone(models.Model):
    """节点: what a team or one of its members reached once: 对接到位, 组织关系转移 (with the paper that says so)."""

    team = models.ForeignKey(Team, verbose_name="工作队", on_delete=models.CASCADE, related_name="milestones")
    member = models.ForeignKey(
        TeamMember, verbose_name="队员", null=True, blank=True, on_delete=models.CASCADE, related_name="milestones"
    )
    kind = term_key("节点", "milestone")
    reached_on = models.DateField("完成日期")
    paper = models.CharField("文件", max_length=200, blank=True, help_text="如镇街党（工）委红头文件及文号。")

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作队节点"
        constraints = [
            models.UniqueConstraint(
                fields=["team", "member", "kind"],
                nulls_distinct=False,
                name="milestone_once",
                violation_error_message="该节点已登记。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.team}{self.kind}"


class CadreGroupQuerySet(ScopedQuerySet):
    """Named groups of cadres."""

    reach_paths = {
        "program": "program_id",
        "unit": ["unit_id", "seats__unit_id"],
        "cadre": "seats__cadre_id",
    }


@pghistory.track()
class CadreGroup(models.Model):
    """小组: a named group of cadres or units (领导小组, 联合督导组)."""

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.CASCADE, related_name="groups")
    name = models.CharField("名称", max_length=100)
    pinyin = PinyinField(source="name", verbose_name="拼音", max_length=300)
    initials = PinyinField(source="name", mode="initials", verbose_name="拼音首字母", max_length=100)
    unit = models.ForeignKey(
        Unit, verbose_name="所属单位", null=True, blank=True, on_delete=models.PROTECT, related_name="groups"
    )
    formed_on = models.DateField("成立日期", null=True, blank=True)
    tasks = models.TextField("职责", blank=True)

    objects = CadreGroupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "小组"

    def __str__(self) -> str:
        return self.name


class GroupSeatQuerySet(DatedQuerySet):
    """Seats in groups."""

    reach_paths = {
        "program": "group__program_id",
        "unit": ["unit_id", "group__unit_id"],
        "cadre": "cadre_id",
    }


@pghistory.track()
class GroupSeat(Dated):
    """小组成员: a cadre, or a unit as a whole, in a group."""

    group = models.ForeignKey(CadreGroup, verbose_name="小组", on_delete=models.CASCADE, related_name="seats")
    cadre = models.ForeignKey(
        Cadre, verbose_name="干部", null=True, blank=True, on_delete=models.PROTECT, related_name="group_seats"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="group_seats"
    )
    duty = models.CharField("职责", max_length=50, blank=True, help_text="如组长、副组长。")

    objects = GroupSeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "小组成员"
        constraints = [
            until_not_before_since("group_seat_dates"),
            models.CheckConstraint(
                condition=Q(cadre__isnull=False) | Q(unit__isnull=False),
                name="group_seat_somebody",
                violation_error_message="须填干部或单位。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}：{self.cadre or self.unit}"
