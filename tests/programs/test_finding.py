"""Finding things by name in either script, by reading and initials, and in spite of stray spaces."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from programs.choices import search, source_named
from programs.models import Unit
from programs.rules.script import spellings, typed_words
from tests import factories as make
from tests.cast import Cast


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("第 一 书 记", ["第一书记"]),
        ("第　一　书　记", ["第一书记"]),
        ("西沟子 住建局", ["西沟子", "住建局"]),
        ("张 三 住建局", ["张三", "住建局"]),
        ("ＸＧＺ", ["XGZ"]),
        ("", []),
    ],
)
def test_characters_that_stand_apart_are_one_word(typed: str, words: list[str]) -> None:
    assert typed_words(typed) == words


def test_a_word_is_looked_for_in_both_scripts() -> None:
    assert set(spellings("綠園區")) == {"綠園區", "绿园区"}
    assert set(spellings("永跃村")) == {"永跃村", "永躍村"}
    assert spellings("xgz") == ("xgz",)


@pytest.fixture
def villages(cast: Cast) -> None:
    """A village written in each script, with a profile that puts it on the list."""
    for number, name in ((290, "永跃村"), (291, "裴家興村")):
        place = make.PlaceFactory(
            parent=cast.near.town, code=f"{cast.near.town.code}{number}", name=f"{name}民委员会", short_name=name
        )
        village = make.VillageFactory(division=place, name=name)
        make.VillageTagFactory(village=village, tag=cast.near.word("village_tag"))


def found(client: Client, cast: Cast, words: str) -> set[str]:
    """Everything the search page finds, by name."""
    groups = client.get(reverse("programs:search", args=[cast.program.code]), {"q": words}).context["groups"]
    return {str(row.object) for group in groups for row in group.selection.shown}


@pytest.mark.parametrize("words", ["永躍村", "永跃", "永 跃 村", "yongyue", "yyc", "YYC"])
def test_a_simplified_name(client: Client, cast: Cast, villages: None, words: str) -> None:
    client.force_login(cast.county)
    assert "永跃村" in found(client, cast, words)


@pytest.mark.parametrize("words", ["裴家兴村", "家興", "peijiaxing", "pjxc"])
def test_a_traditional_name(client: Client, cast: Cast, villages: None, words: str) -> None:
    client.force_login(cast.county)
    assert "裴家興村" in found(client, cast, words)


def test_towns_and_groups_are_found_and_villages_only_once(client: Client, cast: Cast) -> None:
    client.force_login(cast.county)
    make.GroupPlaceFactory(
        parent=cast.near.place, code=f"{cast.near.place.code}016", name="第十六组", short_name="第十六组"
    )
    groups = client.get(reverse("programs:search", args=[cast.program.code]), {"q": "示例东镇"}).context["groups"]
    assert [str(row.object) for group in groups for row in group.selection.shown if group.listing.title == "镇村"] == [
        "示例东镇"
    ]
    assert "第十六组" in found(client, cast, "第十六组")
    groups = client.get(reverse("programs:search", args=[cast.program.code]), {"q": cast.near.village.name}).context[
        "groups"
    ]
    assert [group.listing.title for group in groups].count("镇村") == 0
    listed = client.get(reverse("programs:division-list", args=[cast.program.code]), {"kind": "group"})
    assert "第十六组" in listed.content.decode()


def test_pick_fields_find_either_script(cast: Cast) -> None:
    source = source_named("unit")
    assert source is not None
    names = [str(unit) for unit in search(source, Unit.objects.all(), "示例 住 建 局")]
    assert names == ["示例住建局"]


def test_households_are_found_by_those_who_reach_them(client: Client, cast: Cast) -> None:
    head = cast.near.household.head
    client.force_login(cast.cadre)
    assert any(head in name for name in found(client, cast, head))
    client.force_login(cast.inspector)
    assert not any(head in name for name in found(client, cast, head)), "inspectors see no households"
