"""Which teams a round covers: all of them, those its seed draws, or those chosen by hand."""

from __future__ import annotations

from cadres.models import Team
from inspections.actions.rounds import lots
from inspections.models import Round
from inspections.rules import drawn


def candidates(in_round: Round) -> list[Team]:
    """The teams in the field on the round's first day, by town and village."""
    rows = Team.objects.filter(program=in_round.program).active_on(in_round.starts_on)
    return list(rows.select_related("village__division__parent", "unit").order_by("village_id", "pinyin", "pk"))


def sampled(in_round: Round, teams: list[Team]) -> list[Team]:
    """Those of the teams that are to be inspected; by hand it is whoever is assigned, so nobody is missing."""
    if in_round.sample == Round.Sample.DRAWN:
        assert in_round.sample_seed is not None
        assert in_round.sample_per_town is not None
        return drawn(lots(teams), seed=in_round.sample_seed, per_town=in_round.sample_per_town)
    if in_round.sample == Round.Sample.HAND:
        return []
    return teams
