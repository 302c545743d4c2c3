"""Pinyin keys by which Chinese names are sorted and found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db import models


def _pairs(text: str) -> dict[str, str]:
    """Word and reading in turn; a capital begins each syllable."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# The dictionary gives the commonest reading of a character in prose; these are the readings in names of places and
# people, for the characters of the national division list whose first reading is another.
_IN_NAMES = _pairs("""
    都 Du 长 Chang 長 Chang 单 Shan 單 Shan 什 Shi 卜 Bu 咀 Zui 藏 Zang 泊 Bo 牟 Mu 仇 Qiu 翟 Zhai 厦 Xia 阚 Kan 缪 Miao
    郇 Xun 莘 Shen 覃 Qin 湫 Qiu 畜 Xu 曾 Zeng 薄 Bo 塞 Sai 晟 Sheng 逄 Pang 隗 Kui 谌 Chen 峒 Dong 地 Di 圳 Zhen
    巷 Xiang
""")
# Words in which a character is read otherwise: places, house numbers, surnames before 家, the words of offices.
_WORDS = _pairs("""
    重庆 ChongQing 重阳 ChongYang 重兴 ChongXing 乐清 YueQing 乐亭 LaoTing 六安 LuAn 六合区 LuHeQu 东阿 DongE
    铅山 YanShan 番禺 PanYu 蚌埠 BengBu 洪洞 HongTong 黄陂 HuangPi 荥经 YingJing 犍为 QianWei 筠连 JunLian
    枞阳 ZongYang 繁峙 FanShi 浚县 XunXian 蔚县 YuXian 尉犁 YuLi 大埔 DaBu 栎阳 YueYang 宕昌 TanChang
    大城县 DaiChengXian 莘庄 XinZhuang 长子 ZhangZi 浒墅 XuShu 浒浦 XuPu 太行 TaiHang 闵行 MinHang
    银行 YinHang 支行 ZhiHang 分行 FenHang 农商行 NongShangHang 行业 HangYe 单位 DanWei 清单 QingDan
    会计 KuaiJi 会稽 KuaiJi 参差 CenCi 调度 DiaoDu 调研 DiaoYan 调查 DiaoCha 抽调 ChouDiao 库藏 KuCang
    家长 JiaZhang 成长 ChengZhang 增长 ZengZhang 村长 CunZhang 镇长 ZhenZhang 乡长 XiangZhang 县长 XianZhang
    区长 QuZhang 市长 ShiZhang 局长 JuZhang 部长 BuZhang 组长 ZuZhang 队长 DuiZhang 院长 YuanZhang 校长 XiaoZhang
    厂长 ChangZhang 科长 KeZhang 处长 ChuZhang 所长 SuoZhang 站长 ZhanZhang 省长 ShengZhang 州长 ZhouZhang
    零弄 LingLong 一弄 YiLong 二弄 ErLong 三弄 SanLong 四弄 SiLong 五弄 WuLong 六弄 LiuLong 七弄 QiLong 八弄 BaLong
    九弄 JiuLong 十弄 ShiLong 百弄 BaiLong
    解家 XieJia 解庄 XieZhuang 解各 XieGe 解楼 XieLou 解营 XieYing 查家 ZhaJia 查庄 ZhaZhuang 查各 ZhaGe 查楼 ZhaLou
    盖家 GeJia 盖庄 GeZhuang 盖各 GeGe 乐家 YueJia 乐庄 YueZhuang
""")
# Surnames whose reading is not that of the character elsewhere; they count at the start of a person's name only.
_SURNAMES = _pairs("""
    尉迟 YuChi 万俟 MoQi 长孙 ZhangSun 令狐 LingHu 单于 ChanYu 解 Xie 查 Zha 盖 Ge 区 Ou 朴 Piao 乐 Yue 种 Chong 洗 Xian
    折 She 员 Yun 秘 Bi 祭 Zhai 召 Shao 句 Gou 黑 He 繁 Po
""")
_WORD = re.compile("|".join(map(re.escape, sorted(_WORDS, key=len, reverse=True))))
_SURNAME = re.compile("|".join(map(re.escape, sorted(_SURNAMES, key=len, reverse=True))))


def pinyin_key(text: str, *, surname: bool = False) -> str:
    """The tone-less reading of a name, each syllable capitalised: ``XiGouZiCun`` for 西沟子村.

    The capitals keep the order by syllables under collation "C" (西安 XiAn before 先 Xian) while ``icontains`` and
    ``istartswith`` find what people type, "xigouzi". ``surname`` reads the first character as a surname. Latin letters
    and digits stay, spaces and punctuation go, a character without a reading stands for itself.
    """
    return _read(text, _keys(), surname)


def initials(text: str, *, surname: bool = False) -> str:
    """The first letters of the syllables: ``xgzc`` for 西沟子村."""
    return _read(text, _letters(), surname)


class PinyinField(models.CharField):
    """The stored pinyin key of another field (with ``mode="initials"`` its first letters), filled as a row is written.

    ``save`` and ``bulk_create`` fill it; what writes past them (COPY, ``update``) fills it with ``key_of``, and
    ``save(update_fields=…)`` has to name it beside its source. It sorts bytewise: one index serves order and prefix.
    """

    def __init__(
        self, *args: Any, source: str = "name", mode: str = "key", surname: bool = False, **kwargs: Any
    ) -> None:
        if mode not in ("key", "initials"):
            raise ValueError(f"PinyinField mode is 'key' or 'initials', not {mode!r}")
        self.source, self.mode, self.surname = source, mode, surname
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_collation", "C")
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Keep what decides the content in migrations, without repeating what is always so."""
        name, path, args, kwargs = super().deconstruct()
        kwargs |= {"source": self.source, "mode": self.mode}
        if self.surname:
            kwargs["surname"] = True
        return name, path, args, kwargs

    def key_of(self, text: str) -> str:
        """The content for a text, cut to the column's length; bulk writers fill the column with it."""
        make = initials if self.mode == "initials" else pinyin_key
        return make(text, surname=self.surname)[: self.max_length]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Compute the key from the source field."""
        value = self.key_of(getattr(model_instance, self.source) or "")
        setattr(model_instance, self.attname, value)
        return value


class _Table(dict[int, str]):
    """A table for ``str.translate`` that looks each character up once: 600,000 names take a second."""

    def __init__(self, first_letters: bool) -> None:
        super().__init__()
        self.first_letters = first_letters
        self.words = {word: self.cut(reading) for word, reading in _WORDS.items()}
        self.surnames = {word: self.cut(reading) for word, reading in _SURNAMES.items()}

    def cut(self, reading: str) -> str:
        return "".join(filter(str.isupper, reading)).lower() if self.first_letters else reading

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isascii():
            reading = character if character.isalnum() else ""
        elif known := _IN_NAMES.get(character) or _dictionary(code):
            reading = self.cut(known)
        else:
            reading = character if unicodedata.category(character)[0] in "LNC" else ""
        self[code] = reading
        return reading


@cache
def _keys() -> _Table:
    return _Table(first_letters=False)


@cache
def _letters() -> _Table:
    return _Table(first_letters=True)


@cache
def _single_readings() -> Mapping[int, str]:
    from pypinyin.constants import PINYIN_DICT  # takes a third of a second, and most processes never write a name

    return PINYIN_DICT


def _dictionary(code: int) -> str:
    """The dictionary's first reading of a character, capitalised, without its tone, ü as v; empty if it has none."""
    from pypinyin.contrib.tone_convert import to_normal

    readings = _single_readings().get(code, "")
    return to_normal(readings.partition(",")[0]).replace("ü", "v").capitalize()


def _read(text: str, table: _Table, surname: bool) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    head = ""
    if surname and (found := _SURNAME.match(text.lstrip())):
        head, text = table.surnames[found.group()], text.lstrip()[found.end() :]
    return head + _WORD.sub(lambda match: table.words[match.group()], text).translate(table)
