"""What every list can do: search, filters, order, pages, its part alone, its workbook, its names."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from programs.listing import Listing, Selection, Setting, has_listing, listing_for, select
from programs.models import Export, Suggestion, Unit
from tests import factories as make
from tests.cast import Cast, Side
from villages.models import Village

HTMX = {"HX-Request": "true", "HX-Target": "listing"}


@pytest.fixture
def xigouzi(cast: Cast) -> Village:
    """A village with a name that can be read."""
    place = make.PlaceFactory(parent=cast.near.town, code=cast.near.town.code + "777", name="西沟子村村民委员会")
    village = make.VillageFactory(division=place, name="西沟子村")
    make.TeamFactory(program=cast.program, village=village, unit=cast.near.unit, name="驻西沟子村工作队")
    return village


def villages(client: Client, cast: Cast, **query: str) -> Selection:
    """The list of villages as the county office sees it."""
    client.force_login(cast.county)
    response = client.get(reverse("villages:village-list", args=[cast.program.code]), query)
    assert response.status_code == 200
    found: Selection = response.context["selection"]
    return found


def many_villages(side: Side, number: int) -> None:
    """More villages in the side's town, each with a tag of the program."""
    for index in range(number):
        place = make.PlaceFactory(parent=side.town, code=f"{side.town.code}{400 + index}")
        make.VillageTagFactory(village=make.VillageFactory(division=place), tag=side.word("village_tag"))


@pytest.mark.parametrize("words", ["西沟子", "沟子", "xigouzi", "XiGou", "xi gou zi", "xgz", "XGZ", " 西沟 "])
def test_finds_a_name_by_part_reading_and_initials(client: Client, cast: Cast, xigouzi: Village, words: str) -> None:
    found = villages(client, cast, q=words)
    assert [row.object for row in found.shown] == [xigouzi]
    assert found.count_line == "共 1 个村，显示 1–1"


def test_says_why_nothing_was_found_and_how_to_go_on(client: Client, cast: Cast) -> None:
    client.force_login(cast.county)
    page = client.get(reverse("villages:village-list", args=[cast.program.code]), {"q": "没有这个村"})
    assert "没有符合这些条件的村。" in page.content.decode()
    assert "清除搜索和筛选" in page.content.decode()


def test_filters_narrow_and_stand_above_the_rows(client: Client, cast: Cast) -> None:
    found = villages(client, cast, place=cast.near.town.code)
    assert {row.object for row in found.shown} == {cast.near.village, cast.sibling.village}
    assert [(chip.label, chip.words) for chip in found.chips] == [("镇街", cast.near.town.short_name)]
    assert found.chip_links[0][1] == "?"
    make.VillageTagFactory(village=cast.near.village, tag=cast.near.word("village_tag", "model"))
    found = villages(client, cast, place=cast.near.town.code, tag="model")
    assert [row.object for row in found.shown] == [cast.near.village]
    assert {chip.label: link for chip, link in found.chip_links}["标签"] == f"?place={cast.near.town.code}"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"kind": "没有"}, "没有“没有”这个选项"),
        ({"on_from": "2015-02-30"}, "2015年2月只有28天"),
        ({"on_from": "昨天"}, "看不懂日期"),
        ({"on_from": "2015-07-03", "on_to": "2015-07-01"}, "结束日期早于开始日期"),
        ({"village": "999999999999"}, "没有找到要筛选的村"),
        ({"unit": "abc"}, "没有找到要筛选的单位"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out(
    client: Client, cast: Cast, query: dict[str, str], words: str
) -> None:
    make.VisitFactory(program=cast.program, division=cast.near.place, kind=cast.near.word("visit_kind"))
    client.force_login(cast.county)
    page = client.get(reverse("cadres:visit-list", args=[cast.program.code]), query)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert page.context["selection"].total == 1


def test_days_take_what_people_write_and_include_both_ends(client: Client, cast: Cast) -> None:
    for day in (1, 2, 3, 4):
        make.VisitFactory(
            program=cast.program,
            division=cast.near.place,
            kind=cast.near.word("visit_kind"),
            happened_at=make.at(dt.date(2015, 6, day), 23, 30),
        )
    client.force_login(cast.county)
    address = reverse("cadres:visit-list", args=[cast.program.code])
    found = client.get(address, {"on_from": "2015年6月2日", "on_to": "2015.6.3"}).context["selection"]
    assert found.total == 2
    assert [chip.words for chip in found.chips] == ["2015年6月2日起至2015年6月3日"]


def test_an_object_filter_is_scoped(client: Client, cast: Cast) -> None:
    """A link to another county's village does not tell that it exists."""
    client.force_login(cast.town)
    page = client.get(reverse("cadres:visit-list", args=[cast.program.code]), {"village": cast.far.village.pk})
    assert page.context["selection"].errors == ["没有找到要筛选的村，或者您无权查看，已不按它筛选。"]
    assert cast.far.village.name not in page.content.decode()


def test_sorts_by_column_both_ways_and_says_so(client: Client, cast: Cast) -> None:
    names = [row.object.pinyin for row in villages(client, cast, sort="name").shown]
    assert names == sorted(names)
    downwards = [row.object.pinyin for row in villages(client, cast, sort="-name").shown]
    assert downwards == names[::-1]
    client.force_login(cast.county)
    page = client.get(reverse("villages:village-list", args=[cast.program.code]), {"sort": "-name"}).content.decode()
    assert page.count('aria-sort="descending"') == 1
    assert "?sort=name" in page
    # An unknown column, or one that is not sorted, leaves the list's own order.
    for asked in ("nonsense", "tags", "-"):
        assert [row.object.pk for row in villages(client, cast, sort=asked).shown] == sorted(
            side.village.pk for side in cast.sides
        )


def test_pages_hold_every_row_once(client: Client, cast: Cast) -> None:
    many_villages(cast.near, 103)
    pages = [villages(client, cast, page=str(number), sort="tags") for number in (1, 2, 3)]
    assert [page.count_line for page in pages] == [
        "共 107 个村，显示 1–50",
        "共 107 个村，显示 51–100",
        "共 107 个村，显示 101–107",
    ]
    seen = [row.object.pk for page in pages for row in page.shown]
    assert len(seen) == len(set(seen)) == 107
    assert villages(client, cast, page="99").page.number == 3
    assert villages(client, cast, page="x").page.number == 1


def test_htmx_gets_the_part_alone_and_history_the_whole_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.county)
    address = reverse("villages:village-list", args=[cast.program.code])
    part = client.get(address, {"place": cast.near.town.code}, headers=HTMX)
    assert part.content.decode().lstrip().startswith('<div id="listing"')
    assert "<html" not in part.content.decode()
    assert part.context["selection"].total == 2
    assert {"HX-Request", "HX-Target"} <= {one.strip() for one in part.headers["Vary"].split(",")}
    whole = client.get(address, headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert "<html" in whole.content.decode()
    assert "<html" in client.get(address).content.decode()


def test_the_address_keeps_what_is_not_the_lists_own(client: Client, cast: Cast) -> None:
    """A figure's period and a link's village stay when somebody searches."""
    client.force_login(cast.county)
    page = client.get(
        reverse("cadres:visit-list", args=[cast.program.code]),
        {"period": "month", "village": cast.near.village.pk, "q": "a", "kind": "household", "page": "1"},
    )
    assert page.context["selection"].kept == [("period", "month"), ("village", cast.near.village.pk)]


def test_shows_any_rows_of_its_model(cast: Cast) -> None:
    """Distinct, combined and grouped rows, as figures have them, can be searched and sorted like any others."""
    listing, setting = listing_for(Unit), Setting(cast.program, cast.county)
    wanted = {cast.near.unit, cast.far.unit}
    keys = [unit.pk for unit in wanted]
    paired = Unit.objects.filter(pairings__program=cast.program, pk__in=keys).distinct()
    united = Unit.objects.filter(pk=cast.near.unit.pk).union(Unit.objects.filter(pk=cast.far.unit.pk))
    sliced = Unit.objects.filter(pk__in=keys).order_by("pk")[:2]
    for rows in (paired, united, sliced, Unit.objects.filter(Q(pk__in=keys))):
        assert {row.object for row in select(listing, rows, setting, {}).shown} == wanted
        found = select(listing, rows, setting, {"q": cast.far.unit.short_name, "sort": "-name"})
        assert [row.object for row in found.shown] == [cast.far.unit]


def excel(response: Any) -> Any:
    """The sheet of a workbook that was handed out."""
    return load_workbook(BytesIO(b"".join(response.streaming_content))).active


def test_workbook_holds_exactly_what_is_selected(client: Client, cast: Cast) -> None:
    make.VillageYearFactory(village=cast.near.village, year=2015, households=375)
    visit = make.VisitFactory(program=cast.program, division=cast.near.place, kind=cast.near.word("visit_kind"))
    client.force_login(cast.county)
    address = reverse("villages:village-list", args=[cast.program.code]) + f"?place={cast.near.town.code}"
    response = client.post(address, {"take": "excel", "reason": "向领导小组汇报"})
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%9D%91.xlsx")
    sheet = excel(response)
    rows = list(sheet.iter_rows(values_only=True))
    head = rows[0]
    assert head[:3] == ("村", "区划代码", "镇街")
    assert [row[0] for row in rows[1:3]] == [cast.near.village.name, cast.sibling.village.name]
    assert rows[1][head.index("户数")] == 375
    cell = sheet.cell(2, head.index("最近走访") + 1)
    assert cell.value == dt.datetime.combine(visit.happened_at.date(), dt.time())
    assert cell.number_format == 'yyyy"年"m"月"d"日"'
    assert sheet.freeze_panes == "A2"
    assert rows[3][0] is None
    assert rows[4][0].startswith(f"{cast.program.short_name}；{cast.county} 于 ")
    assert "共 2 行；筛选：镇街：示例东镇；用途：向领导小组汇报。" in rows[4][0]
    export = Export.objects.get()
    assert (export.user, export.program, export.what) == (cast.county, cast.program, "村")
    assert (export.row_count, export.query, export.reason) == (2, "镇街：示例东镇", "向领导小组汇报")


def test_workbook_has_the_rows_of_all_pages(client: Client, cast: Cast) -> None:
    many_villages(cast.near, 60)
    client.force_login(cast.county)
    response = client.post(
        reverse("villages:village-list", args=[cast.program.code]) + "?page=2&sort=-name", {"take": "excel"}
    )
    names = [row[0] for row in excel(response).iter_rows(min_row=2, max_row=65, values_only=True)]
    assert len(set(names)) == 64
    assert Export.objects.get().row_count == 64


@pytest.mark.parametrize("name", ["=1+1", "+86", "-村", "@村", '=HYPERLINK("x")'])
def test_workbook_never_holds_a_formula(client: Client, cast: Cast, name: str) -> None:
    Unit.objects.filter(pk=cast.near.unit.pk).update(short_name=name, name=name)
    client.force_login(cast.county)
    response = client.post(reverse("programs:unit-list", args=[cast.program.code]), {"take": "excel"})
    sheet = excel(response)
    cell = next(row[0] for row in sheet.iter_rows(min_row=2) if row[0].value == name)
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("county", True),
        ("town", True),
        ("unit", True),
        ("leader", True),
        ("administrator", True),
        ("team", False),
        ("cadre", False),
        ("inspector", False),
    ],
)
def test_exporting_is_a_right_of_its_own(client: Client, cast: Cast, role: str, may: bool) -> None:
    client.force_login(cast.user(role))
    address = reverse("villages:village-list", args=[cast.program.code])
    assert ("导出 Excel" in client.get(address).content.decode()) is may
    response = client.post(address, {"take": "excel"})
    assert response.status_code == (200 if may else 403)
    assert Export.objects.exists() is may


def test_names_are_ready_to_paste_with_and_without_a_script(client: Client, cast: Cast) -> None:
    client.force_login(cast.county)
    address = reverse("villages:village-list", args=[cast.program.code]) + f"?place={cast.near.town.code}"
    expected = f"村（2个，截至2015年7月3日）：\n{cast.near.village.name}、{cast.sibling.village.name}"
    plain = client.post(address, {"take": "names"}, headers={"Accept": "text/plain"})
    assert plain.content.decode() == expected
    page = client.post(address, {"take": "names"})
    assert expected in page.content.decode()
    assert [(one.what, one.row_count) for one in Export.objects.all()] == [("村（名单）", 2), ("村（名单）", 2)]


def test_personal_lists_leave_only_with_a_reason_and_the_right(client: Client, cast: Cast) -> None:
    address = reverse("villages:household-list", args=[cast.program.code])
    client.force_login(cast.county)
    refused = client.post(address, {"take": "excel", "reason": " "})
    assert refused.status_code == 400
    assert "导出前请填写用途" in refused.content.decode()
    assert not Export.objects.exists()
    sheet = excel(client.post(address, {"take": "excel", "reason": "核对名册"}))
    text = " ".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row)
    assert "138****0000" in text
    assert "13800000000" not in text
    client.force_login(cast.team)
    assert "复制名单" not in client.get(address).content.decode()
    assert client.post(address, {"take": "names", "reason": "看看"}).status_code == 403


def test_an_empty_list_says_why_and_offers_the_next_step(client: Client, cast: Cast) -> None:
    client.force_login(cast.county)
    page = client.get(reverse("cadres:visit-list", args=[cast.program.code])).content.decode()
    assert "还没有走访。" in page
    assert reverse("cadres:visit-create", args=[cast.program.code]) in page
    client.force_login(cast.leader)
    page = client.get(reverse("cadres:visit-list", args=[cast.program.code])).content.decode()
    assert reverse("cadres:visit-create", args=[cast.program.code]) not in page


def _all_listings() -> list[Listing]:
    from tests.conventions import our_models

    return [listing_for(model) for model in our_models() if has_listing(model)]


@pytest.mark.parametrize("listing", _all_listings(), ids=lambda listing: listing.model.__name__)
def test_every_list_answers_to_all_it_declares(cast: Cast, listing: Listing) -> None:
    """Each sort, search, filter and column of each list is something the database understands."""
    setting = Setting(cast.program, cast.county)
    rows = listing.model._default_manager.all()
    assert len({column.key for column in listing.columns}) == len(listing.columns)
    keys = [key for one in listing.filters for key in one.keys]
    assert len(set(keys)) == len(keys)
    assert not {"q", "page", "sort", "key", "aspect", "period", "start", "end", "town"} & set(keys)
    queries = [{"q": "abc"}, {"q": "西沟子"}]
    queries += [{"sort": f"{sign}{column.key}"} for column in listing.columns if column.sort for sign in ("", "-")]
    for one in listing.filters:
        if len(one.keys) == 2:
            queries.append(dict.fromkeys(one.keys, "2015-06-01"))
        elif one.template:
            queries += [{one.key: value} for value, _ in one.choices(setting)]
    for query in queries:
        selection = select(listing, rows, setting, query)
        assert not selection.errors, query
        assert selection.total == len(list(selection.rows))
    for one in listing.filters:
        if not one.template:
            build: Any = one
            listing.model._base_manager.filter(build.build("370685104229" if build.model is Village else 1)).first()


def test_describes_its_filters_for_the_log(cast: Cast) -> None:
    make.SuggestionFactory(program=cast.program)
    setting = Setting(cast.program, cast.county)
    found = select(listing_for(Suggestion), Suggestion.objects.all(), setting, {"q": "大", "state": "open"})
    assert found.described() == "搜索“大”；答复：待答复"
