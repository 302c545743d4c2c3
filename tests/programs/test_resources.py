"""The roster of units: in with a preview and in words, out with a record, and what all rosters share."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Export, Role, Unit
from tests import factories as make
from tests.cast import Cast
from tests.rosters import Roster, problems, workbook

HEAD = ["全称", "简称", "级别", "上级单位", "所在地", "联络员", "办公电话", "撤并日期"]


@pytest.fixture
def units(cast: Cast, client: Client) -> Roster:
    client.force_login(cast.administrator)
    return Roster(client, "programs_unit")


def test_units_come_in(cast: Cast, units: Roster) -> None:
    """New ones with a section, a known one brought up to date; numbers of telephones stay whole, days are read."""
    page = units.bring_in(
        HEAD,
        ["示例县林业局", "林业局", "县直", None, "370685", "示例联络员", 8249284.0, None],
        ["办公室", None, "县直", "示例县林业局", "招远市", None, None, None],
        ["示例住建局", "示例住建局", "县直", None, "招远市", "新联络员", "8240000", "2015年6月30日"],
        [None] * 8,
    )
    assert "导入完成：新增 2 行，更新 1 行，未变 1 行。" in page
    forestry = Unit.objects.get(name="示例县林业局")
    assert (forestry.short_name, forestry.office_phone, forestry.initials) == ("林业局", "8249284", "lyj")
    assert Unit.objects.get(parent=forestry).name == "办公室"
    known = Unit.objects.get(pk=cast.near.unit.pk)
    assert (known.contact_name, known.retired_on) == ("新联络员", dt.date(2015, 6, 30))


def test_a_bad_line_stops_the_whole_sheet(cast: Cast, units: Roster) -> None:
    """Each bad line says where and why, in words; the good ones are not written either."""
    before = list(Unit.objects.order_by("pk").values())
    page = units.check(
        HEAD,
        ["示例好局", None, "县直", None, "招远市", None, None, None],
        ["示例坏局", None, "处级", None, "没有这个地方", None, None, "2015年2月30日"],
        [None, None, "县直", None, "招远市", None, None, None],
        ["办公室", None, "县直", "没有这个局", "招远市", None, None, None],
    )
    assert "一行也没有写入" in page
    assert "确认导入" not in page
    found = problems(page)
    assert [line.partition("：")[0] for line in found] == ["第 3 行", "第 4 行", "第 5 行"]
    assert "级别：没有“处级”这一项，可填：省直、市直、县直" in found[0]
    assert "所在地：您管理的范围内没有“没有这个地方”" in found[0]
    assert "撤并日期：2015年2月只有28天，没有30日。" in found[0]
    assert "全称：不能为空。" in found[1]
    assert "上级单位：没有单位“没有这个局”" in found[2]
    assert list(Unit.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (["全称", "级别"], "缺少列：所在地。"),
        ([*HEAD, "邮编"], "不认识的列：邮编。"),
        (["单位名称", "级别", "所在地"], "缺少列：全称。不认识的列：单位名称。"),
    ],
)
def test_a_wrong_head_is_refused_once(units: Roster, head: list[str], said: str) -> None:
    """Not with an error for each line."""
    found = problems(units.check(head, ["甲"] * len(head), ["乙"] * len(head)))
    assert len(found) == 1
    assert said in found[0]
    assert "第一行须是列名" in found[0]


def test_what_is_not_a_workbook_is_refused(units: Roster) -> None:
    """A text file that calls itself Excel."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    fake = SimpleUploadedFile("名册.xlsx", "全称,级别".encode())
    answer = units.client.post(
        reverse("admin:programs_unit_import"), {"import_file": fake, "format": "0", "resource": "0"}
    )
    assert "读不出这个文件" in answer.content.decode()


def test_something_changed_between_preview_and_confirmation(cast: Cast, units: Roster) -> None:
    """A line that was good a minute ago stops the whole import, in words, and nothing is half written."""
    import html
    import re

    preview = units.check(
        HEAD,
        ["示例甲局", None, "县直", None, "招远市", None, None, None],
        ["办公室", None, "县直", "示例水务局", "招远市", None, None, None],
    )
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview))
    Unit.objects.filter(name="示例水务局").update(name="改名了", short_name="改名了")
    page = units.client.post(
        reverse("admin:programs_unit_process_import"), {name: html.unescape(value) for name, value in hidden.items()}
    ).content.decode()
    assert problems(page) == ["第 3 行：上级单位：没有单位“示例水务局”，请核对名称，或先导入单位。"]
    assert not Unit.objects.filter(name="示例甲局").exists()


def test_an_export_is_recorded_and_can_be_read_back(cast: Cast, units: Roster) -> None:
    """Exactly the filtered list, with who, what, filter and reason; the same sheet goes in again as it is."""
    make.SectionFactory(parent=cast.near.unit, name="村镇科", short_name="村镇科")
    lines = units.take_out("?q=示例", reason="换届核对")
    assert lines[0] == [*HEAD, "示例单位"]
    names = [line[0] for line in lines[1:] if line[0] and not str(line[0]).endswith("注意保管。")]
    assert sorted(names) == sorted(side.unit.name for side in cast.sides)
    record = Export.objects.get()
    assert (record.user, record.what, record.row_count, record.reason, record.query) == (
        cast.administrator,
        "单位名册",
        4,
        "换届核对",
        "q=示例",
    )
    before = list(Unit.objects.order_by("pk").values())
    whole = units.take_out()
    units.bring_in(whole[0], *whole[1:])
    assert list(Unit.objects.order_by("pk").values()) == before


def test_an_export_needs_a_reason(units: Roster) -> None:
    """Without one nothing leaves and nothing is recorded."""
    answer = units.client.post(reverse("admin:programs_unit_export"), {"format": "0", "resource": "0"})
    assert answer["Content-Type"].startswith("text/html")
    assert not Export.objects.exists()


def test_the_blank_sheet_has_the_head_only(units: Roster) -> None:
    """What offices fill in is what the import reads."""
    lines = units.blank()
    assert lines[0] == [*HEAD, "示例单位"]
    assert not any(line[1] for line in lines[1:])
    assert Export.objects.get().row_count == 0


@pytest.mark.parametrize("role", ["county", "outsider"])
def test_rosters_are_for_administrators(cast: Cast, client: Client, role: str) -> None:
    """Neither in nor out, nor the blank sheet."""
    user = cast.user(role)
    user.is_staff = True
    user.save()
    client.force_login(user)
    for page in ("import", "export", "blank"):
        assert client.get(reverse(f"admin:programs_unit_{page}"), follow=True).status_code == 403, page


def test_an_administrator_of_one_program_stays_in_it(cast: Cast, client: Client) -> None:
    """Places are looked up, and lines taken out, within reach only."""
    user = make.UserFactory()
    make.RoleGrantFactory(user=user, program=cast.abroad.program, role=Role.ADMINISTRATOR)
    client.force_login(user)
    units = Roster(client, "programs_unit")
    found = problems(units.check(HEAD, ["示例局", None, "县直", None, "招远市", None, None, None]))
    assert found == ["第 2 行：所在地：您管理的范围内没有“招远市”，请核对名称，或改填区划代码。"]
    assert [line[0] for line in units.take_out()[1:2]] == [cast.abroad.unit.name]


def test_two_places_of_one_name_ask_for_the_code(cast: Cast, units: Roster) -> None:
    """Never a guess."""
    make.PlaceFactory(parent=cast.near.town, code="370685104240", name="王家村村民委员会")
    make.PlaceFactory(parent=cast.far.town, code="370685101240", name="王家村村民委员会")
    line = ["示例王家村委会", None, "村", None, "王家村", None, None, None]
    assert problems(units.check(HEAD, line)) == [
        "第 2 行：所在地：您管理的范围内有几处都叫“王家村”（370685101240、370685104240），请改填区划代码。"
    ]
    line[4] = "370685101240"
    units.bring_in(HEAD, line)
    assert Unit.objects.get(name="示例王家村委会").division_id == "370685101240"


def test_the_workbook_helper_makes_real_files() -> None:
    """What these tests upload is what Excel would."""
    assert workbook(["甲"]).read(2) == b"PK"
