"""Simplified and traditional characters: what somebody types finds a name written either way."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC


def tidy(text: str) -> str:
    """What somebody typed, full-width forms made plain and all spaces gone."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if not character.isspace())


def simplified(text: str) -> str:
    """The text in simplified characters: 綠園區 becomes 绿园区."""
    return _converter("t2s").convert(text)


def folded(text: str) -> str:
    """The text without spaces in simplified characters: equal for what reads the same."""
    return simplified(tidy(text))


def spellings(text: str) -> tuple[str, ...]:
    """The text without spaces as it was typed, in simplified and in traditional characters, each once."""
    typed = tidy(text)
    if typed.isascii():
        return (typed,)
    plain = simplified(typed)
    return tuple(dict.fromkeys((typed, plain, _converter("s2t").convert(plain))))


def typed_words(text: str) -> list[str]:
    """The words of a search; characters of one name that stand apart (第 一 书 记) are one word."""
    words = unicodedata.normalize("NFKC", text).split()
    found: list[str] = []
    apart = False
    for word in words:
        alone = len(word) == 1 and not word.isascii()
        if alone and apart:
            found[-1] += word
        else:
            found.append(word)
        apart = alone
    return found


@cache
def _converter(name: str) -> OpenCC:
    from opencc import OpenCC  # its dictionaries take a while to read, and most processes never search

    return OpenCC(name)
