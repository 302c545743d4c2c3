"""Lists and pages of villages and households: who sees which, and what they show."""

from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.cast import Cast
from tests.reached import NEAR, check_reach
from tests.works import works_of


def test_reach_of_villages(client: Client, cast: Cast) -> None:
    check_reach(client, cast, "villages:village", lambda works: works.side.village, cadre=NEAR)


def test_reach_of_households(client: Client, cast: Cast) -> None:
    """Inspectors have no business with households."""
    check_reach(client, cast, "villages:household", lambda works: works.side.household, cadre=NEAR, inspector=None)


def test_list_holds_only_villages_that_take_part(client: Client, cast: Cast) -> None:
    """A pairing, a team or a tag brings a village in; lying in the county does not."""
    idle = make.VillageFactory(division__parent=cast.near.town)
    tagged = make.VillageFactory(division__parent=cast.near.town)
    make.VillageTagFactory(village=tagged, tag=cast.near.word("village_tag"))
    client.force_login(cast.county)
    page = client.get(reverse("villages:village-list", args=[cast.program.code]))
    listed = {row.object for row in page.context["selection"].shown}
    assert listed == {side.village for side in cast.sides} | {tagged}
    assert idle not in listed
    # It can be opened all the same: somebody has to bring it in.
    assert client.get(reverse("villages:village-detail", args=[cast.program.code, idle.pk])).status_code == 200


def test_page_of_village_links_to_everything_around_it(client: Client, cast: Cast) -> None:
    side, works = cast.near, works_of(cast.near)
    works_of(cast.sibling)
    client.force_login(cast.county)
    page = client.get(reverse("villages:village-detail", args=[cast.program.code, side.village.pk]))
    for route, thing in (
        ("cadres:team-detail", side.team),
        ("programs:unit-detail", side.unit),
        ("cadres:cadre-detail", side.secretary),
        ("cadres:pairing-detail", side.unit_pairing),
        ("cadres:visit-detail", works.visit),
        ("cadres:need-detail", works.need),
        ("cadres:document-detail", works.document),
        ("cadres:meeting-detail", works.meeting),
        ("projects:project-detail", works.project),
        ("projects:fund-detail", works.fund),
        ("inspections:finding-detail", works.finding),
        ("villages:household-detail", side.household),
    ):
        assert reverse(route, args=[cast.program.code, thing.pk]) in page.content.decode()
    assert cast.sibling.team.name not in page.content.decode()


def test_page_of_village_leaves_out_other_programs(client: Client, cast: Cast) -> None:
    """Two programs may run over one village; each page tells of its own."""
    other = make.ProgramFactory(code="other", short_name="另一活动", jurisdiction=cast.program.jurisdiction)
    team = make.TeamFactory(program=other, village=cast.near.village, name="另一活动的工作队")
    make.VillageTagFactory(village=cast.near.village, program=other, tag__label="另一活动的标签")
    client.force_login(cast.county)
    page = client.get(reverse("villages:village-detail", args=[cast.program.code, cast.near.village.pk]))
    assert team.name not in page.content.decode()
    assert "另一活动的标签" not in page.content.decode()


def test_page_of_household_masks_personal_numbers(client: Client, cast: Cast) -> None:
    client.force_login(cast.county)
    page = client.get(reverse("villages:household-detail", args=[cast.program.code, cast.near.household.pk]))
    text = page.content.decode()
    assert "138****0000" in text
    assert "13800000000" not in text
    assert "370***********0011" in text
    assert "370685197001010011" not in text
