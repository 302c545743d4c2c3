"""Pinyin keys: how names are read, sorted and found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.models import Division, Unit
from programs.pinyin import PinyinField, initials, pinyin_key


@pytest.mark.parametrize(
    ("text", "key", "letters"),
    [
        ("西沟子村", "XiGouZiCun", "xgzc"),
        ("绿园区", "LvYuanQu", "lyq"),
        ("綠園區", "LvYuanQu", "lyq"),
        ("重庆", "ChongQing", "cq"),
        ("长春", "ChangChun", "cc"),
        ("村长", "CunZhang", "cz"),
        ("解家村", "XieJiaCun", "xjc"),
        ("解放村", "JieFangCun", "jfc"),
        ("单县", "ShanXian", "sx"),
        ("单位", "DanWei", "dw"),
        ("吴家咀村", "WuJiaZuiCun", "wjzc"),
        ("成都", "ChengDu", "cd"),
        ("八十七弄", "BaShiQiLong", "bsql"),
        ("IT 家园１号", "itJiaYuan1Hao", "itjy1h"),
        ("爱林社区（美人松）", "AiLinSheQuMeiRenSong", "alsqmrs"),
        ("", "", ""),
    ],
)
def test_readings(text: str, key: str, letters: str) -> None:
    assert pinyin_key(text) == key
    assert initials(text) == letters


def test_surnames_are_read_as_surnames_at_the_start_of_a_persons_name_only() -> None:
    assert pinyin_key("解示例", surname=True) == "XieShiLi"
    assert pinyin_key("尉迟示例", surname=True) == "YuChiShiLi"
    assert initials("区示例", surname=True) == "osl"
    assert pinyin_key("示解例", surname=True) == "ShiJieLi"
    assert pinyin_key("区示例") == "QuShiLi"


def test_a_character_without_a_reading_stands_for_itself() -> None:
    assert pinyin_key("\ue08b村") == "\ue08bCun"


def test_keys_sort_by_syllables() -> None:
    # Written together "xiangou" would come before "xianggou"; by syllables Xian… follows all of Xi….
    names = ["先锋村", "西安村", "香沟村", "县沟村", "西沟子村"]
    assert sorted(names, key=pinyin_key) == ["西安村", "西沟子村", "先锋村", "县沟村", "香沟村"]


@given(st.text(alphabet="西沟子村毕郭镇第一二三重长乐解单aB1 （）", max_size=20))
def test_every_name_has_a_key_and_its_letters_begin_its_syllables(text: str) -> None:
    key, letters = pinyin_key(text), initials(text)
    assert key.isascii()
    assert len(letters) <= len(key)
    assert letters == letters.lower()
    assert key[:1].lower() == letters[:1]


def test_a_field_knows_two_modes_only() -> None:
    with pytest.raises(ValueError, match="'key' or 'initials'"):
        PinyinField(source="name", mode="tones")


@pytest.mark.django_db
def test_every_way_of_writing_fills_the_key() -> None:
    place = Division.objects.create(code="99", name="示例省", short_name="示例省", level=1)
    assert (place.pinyin, place.initials) == ("ShiLiSheng", "sls")
    place.short_name = "西沟子"
    place.save()
    Division.objects.bulk_create([Division(code="9901", name="毕郭", short_name="毕郭", level=2, parent=place)])
    assert list(Division.objects.order_by("pinyin").values_list("pinyin", "initials")) == [
        ("BiGuo", "bg"),
        ("XiGouZi", "xgz"),
    ]
    assert Division.objects.get(pinyin__istartswith="xigou") == place
    assert Division.objects.get(initials__startswith="xg") == place


def test_a_key_is_cut_to_its_column() -> None:
    field = Unit._meta.get_field("pinyin")
    assert len(field.key_of("庄" * 200)) == field.max_length


def test_migrations_know_what_a_field_is_made_from() -> None:
    field = PinyinField(source="head", mode="initials", surname=True, max_length=50)
    _, _, args, kwargs = field.deconstruct()
    again = PinyinField(*args, **kwargs)
    assert (again.source, again.mode, again.surname, again.db_collation) == ("head", "initials", True, "C")
