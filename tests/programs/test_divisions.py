"""Importing divisions: what is new, renamed, gone or back again, and what an import leaves alone."""

import csv
import datetime as dt
import gzip
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programs.divisions import DEMO_DIVISIONS, DivisionFileError, ImportResult, import_divisions
from programs.models import Division, DivisionName
from programs.pinyin import initials, pinyin_key
from programs.rules.places import short_division_name

DAY = dt.date(2015, 3, 1)
LIST = """\
37,山东省,1
3706,烟台市,2
370685,招远市,3
370685104,毕郭镇,4
370685104229,西沟子村民委员会,5
370685104230,河西村民委员会,5
370685105,示例镇,4
370685105201,示例村委会,5
"""


def source(rows: str) -> io.BytesIO:
    return io.BytesIO(("code,name,level\n" + rows).encode())


def load(rows: str = LIST, on: dt.date = DAY) -> ImportResult:
    return import_divisions(source(rows), on=on)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("西沟子村民委员会", "西沟子村"),
        ("毕郭一村村民委员会", "毕郭一村"),
        ("毕郭吴家村民委员会", "毕郭吴家村"),
        ("河西村民委员会", "河西村"),
        ("侯家村村民委员会", "侯家村"),
        ("牌楼村村委会", "牌楼村"),
        ("永跃村委会", "永跃村"),
        ("三间村委会", "三间村"),
        ("张村委会", "张村"),
        ("望虎屯村民委员会", "望虎屯村"),
        ("邰庄村民员委会", "邰庄村"),
        ("忽鸡沟村委", "忽鸡沟村"),
        ("杜尔门沁村村委员会", "杜尔门沁村"),
        ("黄草沟村牧民委员会", "黄草沟村"),
        ("新宝村", "新宝村"),
        ("王城社区村民委员会", "王城社区"),
        ("多福巷社区居委会", "多福巷社区"),
        ("岔河社区居民委员会", "岔河社区"),
        ("曹洼社区居民管理委员会", "曹洼社区"),
        ("红星社区委员会", "红星社区"),
        ("爱民社区", "爱民社区"),
        ("宝钢五村居委会", "宝钢五村居委会"),
        ("东街居民委员会", "东街居委会"),
        ("文景街道虚拟社区", "文景街道虚拟社区"),
        ("红旗农场虚拟生活区", "红旗农场虚拟生活区"),
        ("巴音敖包嘎查委员会", "巴音敖包嘎查"),
        ("乌兰哈达嘎查村民委员会", "乌兰哈达嘎查"),
        ("太平嘎查", "太平嘎查"),
        ("迎新村委会（合隆经济开发区）（省级）", "迎新村（合隆经济开发区）"),
        ("爱林社区（美人松）", "爱林社区（美人松）"),
        ("园艺场（特殊村委会）", "园艺场"),
        ("村民委员会", "村民委员会"),
    ],
)
def test_short_names_of_villages(name: str, short: str) -> None:
    assert short_division_name(name, 5) == short


@pytest.mark.parametrize(("name", "level"), [("毕郭镇", 4), ("温泉街道", 4), ("硗碛藏族乡", 4), ("招远市", 3)])
def test_towns_and_counties_keep_their_names(name: str, level: int) -> None:
    assert short_division_name(name, level) == name


@pytest.mark.django_db
def test_the_shipped_list_comes_in_whole() -> None:
    result = import_divisions(DEMO_DIVISIONS, on=DAY)
    assert (result.read, result.added, result.renamed, result.restored, result.retired) == (1492, 1492, 0, 0, 0)
    village = Division.objects.get(code="370685104229")
    assert (village.name, village.short_name, village.level) == ("西沟子村民委员会", "西沟子村", 5)
    assert (village.pinyin, village.initials) == ("XiGouZiCun", "xgzc")
    assert village.parent == Division.objects.get(name="毕郭镇")
    assert Division.objects.within("370685").filter(level=4).count() == 14
    with DEMO_DIVISIONS.open(encoding="utf-8") as file:
        assert Division.objects.count() == sum(1 for _ in csv.DictReader(file))


@pytest.mark.django_db
def test_copied_rows_carry_the_keys_that_a_save_would_give_them() -> None:
    import_divisions(DEMO_DIVISIONS, on=DAY)
    for short_name, pinyin, letters in Division.objects.values_list("short_name", "pinyin", "initials"):
        assert (pinyin, letters) == (pinyin_key(short_name), initials(short_name))


@pytest.mark.django_db
def test_the_same_list_again_changes_nothing() -> None:
    load()
    before = list(Division.objects.order_by("code").values())
    assert load(on=dt.date(2016, 1, 1)) == ImportResult(read=8, added=0, renamed=0, restored=0, retired=0)
    assert list(Division.objects.order_by("code").values()) == before
    assert not DivisionName.objects.exists()


@pytest.mark.django_db
def test_a_changed_name_goes_to_the_former_names() -> None:
    load()
    renamed = LIST.replace("河西村民委员会", "河东村民委员会")
    assert load(renamed, on=dt.date(2016, 5, 1)).renamed == 1
    assert load(renamed.replace("河东", "河北"), on=dt.date(2018, 6, 1)).renamed == 1
    place = Division.objects.get(code="370685104230")
    assert (place.short_name, place.pinyin, place.initials) == ("河北村", "HeBeiCun", "hbc")
    former = place.names.order_by("until").values_list("name", "short_name", "since", "until")
    assert list(former) == [
        ("河西村民委员会", "河西村", None, dt.date(2016, 4, 30)),
        ("河东村民委员会", "河东村", dt.date(2016, 5, 1), dt.date(2018, 5, 31)),
    ]


@pytest.mark.django_db
def test_a_name_that_did_not_last_a_day_leaves_no_trace() -> None:
    load()
    load(LIST.replace("河西", "河东"), on=dt.date(2016, 5, 1))
    load(LIST.replace("河西", "河北"), on=dt.date(2016, 5, 1))
    assert list(DivisionName.objects.values_list("short_name", flat=True)) == ["河西村"]


@pytest.mark.django_db
def test_what_the_office_calls_a_place_survives_an_import_that_does_not_rename_it() -> None:
    load()
    Division.objects.filter(code="370685104230").update(short_name="大河西村")
    load()
    assert Division.objects.get(code="370685104230").short_name == "大河西村"


@pytest.mark.django_db
def test_what_the_list_no_longer_has_is_retired_and_comes_back_when_it_does() -> None:
    load()
    without_town = "".join(line for line in LIST.splitlines(keepends=True) if not line.startswith("370685105"))
    assert load(without_town, on=dt.date(2016, 5, 1)).retired == 2
    gone = Division.objects.filter(retired_on=dt.date(2016, 5, 1)).order_by("code")
    assert [place.short_name for place in gone] == ["示例镇", "示例村"]
    assert load(on=dt.date(2017, 1, 1)).restored == 2
    assert Division.objects.current().count() == 8


@pytest.mark.django_db
def test_a_list_of_one_town_retires_nothing_outside_it() -> None:
    load()
    town = "370685104,毕郭镇,4\n370685104229,西沟子村民委员会,5\n"
    assert load(town, on=dt.date(2016, 5, 1)) == ImportResult(read=2, added=0, renamed=0, restored=0, retired=1)
    assert Division.objects.get(retired_on__isnull=False).short_name == "河西村"


@pytest.mark.django_db
def test_merged_places_and_places_with_local_numbers_stay_as_they_are() -> None:
    load()
    town = Division.objects.get(code="370685104")
    target = Division.objects.get(code="370685104229")
    Division.objects.create(code="370685104901", name="示例新村", short_name="示例新村", level=5, parent=town)
    Division.objects.create(code="37068510422901", name="一组", short_name="一组", level=6, parent=target)
    merged = Division.objects.get(code="370685104230")
    merged.retired_on, merged.merged_into = dt.date(2015, 12, 31), target
    merged.save()
    assert load(on=dt.date(2016, 5, 1)) == ImportResult(read=8, added=0, renamed=0, restored=0, retired=0)
    merged.refresh_from_db()
    assert merged.retired_on == dt.date(2015, 12, 31)
    assert Division.objects.current().filter(code__in=["370685104901", "37068510422901"]).count() == 2


@pytest.mark.django_db
def test_a_gzipped_file_with_a_mark_at_its_head_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + source(LIST).getvalue()))
    assert import_divisions(path, on=DAY).added == 8


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "第1行应是表头"),
        ("代码,名称,级别\n".encode(), "第1行应是表头"),
        (b"code,name,level\n", "文件里没有区划"),
        (source("37,山东省\n").getvalue(), "第2行应有3列，实有2列"),
        (source("37,山东省,1\n370,某市,2\n").getvalue(), "第3行的代码“370”不对"),
        (source("3x,山东省,1\n").getvalue(), "第2行的代码“3x”不对"),
        (source("37,山东省,2\n").getvalue(), "2位代码的级别应是1，写的是“2”"),
        (source("37, ,1\n").getvalue(), "第2行（37）的名称是空的"),
        (source('37,"山东\n省",1\n').getvalue(), "名称是空的、太长或含有换行"),
        (source(f"37,{'长' * 101},1\n").getvalue(), "太长"),
        (source("37,山东省,1\n37,山东,1\n").getvalue(), "同一个代码出现了两次：37"),
        (source("3706,烟台市,2\n").getvalue(), "缺少上级区划：3706"),
        ("code,name,level\n37,山东省,1\n".encode("gb18030"), "不是 UTF-8 编码"),
        (gzip.compress(source(LIST).getvalue())[:-12], "压缩文件不完整"),
    ],
)
def test_a_list_that_cannot_be_taken_over_changes_nothing(content: bytes, message: str) -> None:
    load("51,四川省,1\n")
    with pytest.raises(DivisionFileError, match=message):
        import_divisions(io.BytesIO(content), on=DAY)
    assert list(Division.objects.values_list("code", "name")) == [("51", "四川省")]


@pytest.mark.django_db
def test_the_command_loads_the_shipped_list_and_says_what_it_did() -> None:
    out = io.StringIO()
    call_command("import_divisions", "--on", "2015年3月1日", stdout=out)
    assert "导入divisions-demo.csv，从2015年3月1日起" in out.getvalue()
    assert "完成：共1,492条，新增1,492条，改名0条，恢复0条，停用0条" in out.getvalue()


@pytest.mark.django_db
def test_the_command_refuses_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="找不到文件"):
        call_command("import_divisions", tmp_path / "none.csv")
    with pytest.raises(CommandError, match="没有13月"):
        call_command("import_divisions", "--on", "2015-13-01")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("code;name;level\n")
    with pytest.raises(CommandError, match="没有导入：第1行应是表头"):
        call_command("import_divisions", wrong)
