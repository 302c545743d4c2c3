"""Who helps whom: pairings, whose history is never overwritten."""

from __future__ import annotations

from typing import Any

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from cadres.models.people import Cadre, Team
from programs.models import Division, Program, Unit
from programs.models.base import Dated, DatedQuerySet, day_range, exactly_one, id_range, until_not_before_since
from villages.models import Household, Member


def _pair_hash() -> Func:
    """One number for program, helper and helped together, so that GiST can compare it without extensions."""

    def text(field: str) -> Coalesce:
        return Coalesce(Cast(F(field), TextField()), Value("-", output_field=TextField()))

    parts: list[Any] = [text("program")]
    for field in ("cadre", "unit", "team", "division", "household", "member"):
        parts += [Value("/", output_field=TextField()), text(field)]
    whole = Concat(*parts, output_field=TextField())
    return Func(whole, Value(0), function="hashtextextended", output_field=models.BigIntegerField())


class PairingQuerySet(DatedQuerySet):
    """Pairings, reached from either side."""

    reach_paths = {
        "program": "program_id",
        "division": "place_id",
        "unit": ["unit_id", "cadre__posts__unit_id", "team__unit_id"],
        "team": "team_id",
        "cadre": "cadre_id",
    }


@pghistory.track()
class Pairing(Dated):
    """结对: a helper (cadre, unit or team) and whom it helps (a division, a household or a person), for a time.

    ``place`` is the division that the helped lies in (itself, for a division), so that reach and "within" need one
    column. A change of cadre ends one pairing and starts another.
    """

    class Mode(models.TextChoices):
        """How the two are paired."""

        LEADER_PLACE = "leader_place", "领导挂点"
        UNIT_VILLAGE = "unit_village", "部门包村"
        CADRE_HOUSEHOLD = "cadre_household", "干部帮户"
        ONE_TO_ONE = "one_to_one", "一帮一"
        SEVERAL_TO_ONE = "several_to_one", "几帮一"
        BRANCH = "branch", "支部帮"
        TERRITORIAL = "territorial", "属地包联"

    program = models.ForeignKey(Program, verbose_name="活动", on_delete=models.PROTECT, related_name="pairings")
    mode = models.CharField("方式", max_length=20, choices=Mode.choices)
    cadre = models.ForeignKey(
        Cadre, verbose_name="帮扶干部", null=True, blank=True, on_delete=models.PROTECT, related_name="pairings"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="帮扶单位", null=True, blank=True, on_delete=models.PROTECT, related_name="pairings"
    )
    team = models.ForeignKey(
        Team, verbose_name="工作队", null=True, blank=True, on_delete=models.PROTECT, related_name="pairings"
    )
    division = models.ForeignKey(
        Division, verbose_name="帮扶镇村", null=True, blank=True, on_delete=models.PROTECT, related_name="pairings"
    )
    household = models.ForeignKey(
        Household, verbose_name="帮扶户", null=True, blank=True, on_delete=models.PROTECT, related_name="pairings"
    )
    member = models.ForeignKey(
        Member, verbose_name="帮扶对象", null=True, blank=True, on_delete=models.PROTECT, related_name="pairings"
    )
    place = models.ForeignKey(
        Division, verbose_name="所在地", on_delete=models.PROTECT, related_name="+", editable=False
    )
    rank = models.PositiveSmallIntegerField("责任次序", default=1, help_text="1 为第一责任人。")
    agreed_on = models.DateField("协议签订日期", null=True, blank=True)
    end_reason = models.CharField("结束原因", max_length=200, blank=True)
    replaces = models.ForeignKey(
        "self", verbose_name="接替", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "结对"
        constraints = [
            until_not_before_since("pairing_dates"),
            exactly_one("cadre", "unit", "team", name="pairing_one_helper", message="帮扶方须且只能填一个。"),
            exactly_one(
                "division", "household", "member", name="pairing_one_helped", message="帮扶对象须且只能填一个。"
            ),
            ExclusionConstraint(
                name="pairing_once_at_a_time",
                expressions=[(id_range(_pair_hash()), "&&"), (day_range(), "&&")],
                violation_error_message="双方在这段时间已经结对。",
            ),
            models.CheckConstraint(
                condition=Q(rank__in=[1, 2, 3]), name="pairing_rank", violation_error_message="责任次序为 1 至 3。"
            ),
        ]
        indexes = [
            models.Index(fields=["program", "place"], name="pairing_program_place"),
            models.Index(fields=["program", "unit"], name="pairing_program_unit"),
            models.Index(fields=["program", "cadre"], name="pairing_program_cadre"),
            models.Index(fields=["household", "program"], name="pairing_household"),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()}（{self.since}起）"

    @property
    def helper(self) -> Cadre | Unit | Team:
        """Whoever helps. Callers select the related rows."""
        found = self.cadre or self.unit or self.team
        assert found is not None  # the database holds exactly one
        return found

    @property
    def helped(self) -> Division | Household | Member:
        """Whoever is helped. Callers select the related rows."""
        found = self.division or self.household or self.member
        assert found is not None  # the database holds exactly one
        return found
