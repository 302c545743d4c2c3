"""Identity numbers: what is read, and what is refused in which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.identity import check_character, parse_identity


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3706", "18 位"),
        ("37068519700101A019", "18 位"),
        ("370685197013010013", "不是一个日期"),
        ("370685197001010011", "校验码不符"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_identity(text)


def test_spaces_wide_digits_and_a_small_x_are_read() -> None:
    assert parse_identity(" 370685 19700101 006x ") == "37068519700101006X"
    assert parse_identity("３７０６８５１９７００１０１００１９") == "370685197001010019"


@given(st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(serial: int, place: int, shift: int) -> None:
    """The last character catches every slip of a single digit."""
    number = f"37068519700101{serial:03}"
    number += check_character(number)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert parse_identity(number) == number
    with pytest.raises(ValueError, match="身份证号"):
        parse_identity(wrong)
