"""Pinyin keys by which Chinese names are sorted and found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import models

# The dictionary gives the commonest reading of a character in prose; these are the readings in names of places and
# people, from the characters of the national division list whose first reading is another.
_IN_NAMES = {
    **{"都": "du", "长": "chang", "長": "chang", "单": "shan", "單": "shan", "什": "shi", "卜": "bu", "咀": "zui"},
    **{"藏": "zang", "泊": "bo", "牟": "mu", "仇": "qiu", "翟": "zhai", "厦": "xia", "阚": "kan", "缪": "miao"},
    **{"郇": "xun", "莘": "shen", "覃": "qin", "湫": "qiu", "畜": "xu", "曾": "zeng", "薄": "bo", "塞": "sai"},
    **{"晟": "sheng", "逄": "pang", "隗": "kui", "谌": "chen", "峒": "dong", "地": "di", "圳": "zhen", "巷": "xiang"},
}
# Words in which a character is read otherwise: places, surnames before 家 and the like, and the words of offices.
_WORDS = {
    **{"重庆": "chong qing", "重阳": "chong yang", "重兴": "chong xing", "乐清": "yue qing", "乐亭": "lao ting"},
    **{"六安": "lu an", "六合": "lu he", "东阿": "dong e", "铅山": "yan shan", "番禺": "pan yu", "蚌埠": "beng bu"},
    **{"洪洞": "hong tong", "黄陂": "huang pi", "荥经": "ying jing", "犍为": "qian wei", "筠连": "jun lian"},
    **{"枞阳": "zong yang", "繁峙": "fan shi", "浚县": "xun xian", "蔚县": "yu xian", "尉犁": "yu li", "大埔": "da bu"},
    **{"栎阳": "yue yang", "宕昌": "tan chang", "大城县": "dai cheng xian", "莘庄": "xin zhuang", "长子": "zhang zi"},
    **{"浒墅": "xu shu", "浒浦": "xu pu", "太行": "tai hang", "闵行": "min hang", "华阴": "hua yin", "台州": "tai zhou"},
    **{"银行": "yin hang", "支行": "zhi hang", "分行": "fen hang", "农商行": "nong shang hang", "行业": "hang ye"},
    **{"单位": "dan wei", "清单": "qing dan", "会计": "kuai ji", "会稽": "kuai ji", "参差": "cen ci"},
    **{"调度": "diao du", "调研": "diao yan", "调查": "diao cha", "抽调": "chou diao", "库藏": "ku cang"},
    **{"家长": "jia zhang", "成长": "cheng zhang", "增长": "zeng zhang", "种植": "zhong zhi", "重点": "zhong dian"},
    **{f"{office}长": f"{reading} zhang" for office, reading in zip("村镇乡县区市局部组队院校厂科处所站省州",
       "cun zhen xiang xian qu shi ju bu zu dui yuan xiao chang ke chu suo zhan sheng zhou".split(), strict=True)},
    **{f"{number}弄": f"{reading} long" for number, reading in zip("零一二三四五六七八九十百",
       "ling yi er san si wu liu qi ba jiu shi bai".split(), strict=True)},
    **{f"{name}{place}": f"{reading} {after}"
       for name, reading in {"解": "xie", "查": "zha", "盖": "ge", "乐": "yue"}.items()
       for place, after in {"家": "jia", "庄": "zhuang", "各": "ge", "楼": "lou", "营": "ying"}.items()},
}
# Surnames whose reading is not that of the character elsewhere; they count at the start of a person's name only.
_SURNAMES = {
    **{"尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "令狐": "ling hu", "单于": "chan yu"},
    **{"解": "xie", "查": "zha", "盖": "ge", "区": "ou", "朴": "piao", "乐": "yue", "种": "chong", "洗": "xian"},
    **{"折": "she", "员": "yun", "秘": "bi", "祭": "zhai", "召": "shao", "句": "gou", "黑": "he", "繁": "po"},
}
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


class PinyinField(models.CharField):  # type: ignore[type-arg]
    """The stored pinyin key of another field (``mode="initials"``: its first letters), filled whenever a row is written.

    ``save`` and ``bulk_create`` fill it; what writes past them (COPY, ``update``) fills it with the functions above, and
    ``save(update_fields=…)`` has to name it beside its source. Sorted bytewise, so that an index serves order and prefix.
    """

    def __init__(self, *args: Any, source: str = "name", mode: str = "key", surname: bool = False, **kwargs: Any) -> None:
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


class _Readings(dict[int, str]):
    """A table for ``str.translate`` that looks each character up once: 600,000 names take a second."""

    def __init__(self, first_letters: bool) -> None:
        super().__init__()
        self.first_letters = first_letters
        self.words = {word: self.join(reading.split()) for word, reading in _WORDS.items()}
        self.surnames = {word: self.join(reading.split()) for word, reading in _SURNAMES.items()}

    def join(self, syllables: Iterable[str]) -> str:
        return "".join(syllable[0] if self.first_letters else syllable.capitalize() for syllable in syllables)

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isascii():
            reading = character if character.isalnum() else ""
        else:
            syllable = _IN_NAMES.get(character) or _dictionary(code)
            fallback = character if unicodedata.category(character)[0] in "LNC" else ""
            reading = self.join([syllable]) if syllable else fallback
        self[code] = reading
        return reading


@cache
def _keys() -> _Readings:
    return _Readings(first_letters=False)


@cache
def _letters() -> _Readings:
    return _Readings(first_letters=True)


@cache
def _single_readings() -> Mapping[int, str]:
    from pypinyin.constants import PINYIN_DICT  # takes a third of a second, and most processes never write a name

    return PINYIN_DICT


def _dictionary(code: int) -> str:
    """The dictionary's first reading of a character without its tone, ü as v; empty if it has none."""
    from pypinyin.contrib.tone_convert import to_normal

    readings = _single_readings().get(code, "")
    return to_normal(readings.partition(",")[0]).replace("ü", "v") if readings else ""


def _read(text: str, table: _Readings, surname: bool) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    head = ""
    if surname and (found := _SURNAME.match(text.lstrip())):
        head, text = table.surnames[found.group()], text.lstrip()[found.end() :]
    return head + _WORD.sub(lambda match: table.words[match.group()], text).translate(table)
