"""The roster of cadres with their posts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from cadres.models import Cadre, Leadership, Post
from programs.models import Export
from tests import factories as make
from tests.cast import Cast
from tests.rosters import Roster, problems

HEAD = ["姓名", "单位", "职务", "岗位", "职级", "任职日期", "手机", "党员"]


@pytest.fixture
def cadres(cast: Cast, client: Client) -> Roster:
    client.force_login(cast.administrator)
    return Roster(client, "cadres_cadre")


def test_cadres_come_in_with_their_posts(cast: Cast, cadres: Roster) -> None:
    """A new one, and one who was promoted."""
    cadres.bring_in(
        HEAD,
        ["示例新干部", "示例住建局", "科长", "中层干部", "正科级", "2015.4.1", 13800001111.0, "是"],
        [cast.near.helper.name, "示例住建局", "副局长", "分管领导", None, None, None, "否"],
    )
    new = Cadre.objects.get(name="示例新干部")
    post = Post.objects.get(cadre=new)
    assert (new.phone, new.is_party_member) == ("13800001111", True)
    assert (post.unit, post.title, post.leadership, post.rank, post.since) == (
        cast.near.unit,
        "科长",
        Leadership.MIDDLE,
        "正科级",
        dt.date(2015, 4, 1),
    )
    promoted = Post.objects.get(cadre=cast.near.helper)
    assert (promoted.title, promoted.leadership, promoted.since) == ("副局长", Leadership.DEPUTY, make.SINCE)


def test_what_is_wrong_is_said(cast: Cast, cadres: Roster) -> None:
    """An unknown unit, an unknown position, and two of one name in one unit."""
    for _ in range(2):
        make.PostFactory(cadre=make.CadreFactory(name="示例同名"), unit=cast.near.unit)
    found = problems(
        cadres.check(
            HEAD,
            ["示例甲", "没有的局", "科员", "一般干部", None, None, None, None],
            ["示例乙", "示例住建局", "科员", "大领导", None, None, None, "也许"],
            ["示例同名", "示例住建局", "科员", "一般干部", None, None, None, None],
            ["示例新人", "示例住建局", "科员", "一般干部", None, None, None, None],
        )
    )
    assert found[0] == "第 2 行：单位：没有单位“没有的局”，请核对名称，或先导入单位。"
    assert "岗位：没有“大领导”这一项" in found[1]
    assert "党员：看不懂“也许”，请填“是”或“否”。" in found[1]
    assert found[2:] == [
        "第 4 行：姓名：示例住建局有几位同名的干部，请在系统里直接修改。",
        "第 5 行：任职日期：新登记的职务须写明从哪天起。",
    ]


def test_cadres_go_out_masked_and_come_back(cast: Cast, cadres: Roster) -> None:
    """A line for each post held; the sheet goes in again and changes nothing."""
    Cadre.objects.filter(pk=cast.near.helper.pk).update(phone="13800001111")
    make.PostFactory(cadre=cast.near.helper, unit=cast.far.unit, title="挂职副科长")
    lines = cadres.take_out()
    mine = [line for line in lines if line[0] == cast.near.helper.name]
    assert [line[1] for line in mine] == ["示例住建局", "示例农商银行"]
    assert {line[6] for line in mine} == {"138****1111"}
    assert Export.objects.get().row_count == Post.objects.count()
    before = list(Cadre.objects.order_by("pk").values()), list(Post.objects.order_by("pk").values())
    cadres.bring_in(lines[0], *lines[1:])
    assert (list(Cadre.objects.order_by("pk").values()), list(Post.objects.order_by("pk").values())) == before
