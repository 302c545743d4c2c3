"""Prints a village's board: A3 across, in the largest type that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from django.template.loader import render_to_string

from reports.papers.board import Board, Matter
from reports.papers.press import count_pages
from reports.papers.printing import code_picture
from reports.typesetting.html import words
from reports.typesetting.joining import Sheets

#: Sizes of type in points from the largest; the smallest is still read from two metres.
SIZES = (34, 31, 28, 26, 24, 22, 20)
#: How wide a column is, in points.
COLUMN = 353.0
#: Names of so many characters or fewer take the same room.
USUAL = 3
#: So many names may stand beside everything else.
FEW = 40
#: So many people stand each on a line of their own; of more, those without a part of their own stand by units.
MOST_APART, MOST_OF_UNIT = 10, 12
#: So many problems are told; all are counted.
MOST_MATTERS = 10


class Printing(Protocol):
    """Whatever prints one page of ours."""

    def one(self, html: str) -> bytes:
        """One paper."""


def print_board(press: Printing, board: Board) -> bytes:
    """One sheet, in the largest type that fits; where that is too small, names go on sheets of their own."""
    sections = _sections(board)
    if not board.names:
        return _fitting(press, board, lambda size: sections)
    if board.households <= FEW:
        whole = _fitting(press, board, lambda size: [*sections, _name_section(board, size)])
        if count_pages(whole) == 1:
            return whole
    sheets = Sheets(title=f"{board.village}{board.wording.title}", author=board.office)
    sheets.add(_fitting(press, board, lambda size: sections))
    sheets.add(_fitting(press, board, lambda size: [_name_section(board, size)]))
    return sheets.content()


def _fitting(press: Printing, board: Board, sections: Callable[[int], Sequence[dict[str, Any]]]) -> bytes:
    """Sections in the largest type in which they need no more sheets than in the smallest."""
    best = press.one(board_html(board, SIZES[-1], sections(SIZES[-1])))
    fewest = count_pages(best)
    low, high = 0, len(SIZES) - 1
    while low < high:
        middle = (low + high) // 2
        content = press.one(board_html(board, SIZES[middle], sections(SIZES[middle])))
        if count_pages(content) <= fewest:
            best, high = content, middle
        else:
            low = middle + 1
    return best


def board_html(board: Board, size: int, sections: Sequence[dict[str, Any]]) -> str:
    """The board for the printer, in a size of type."""
    context: dict[str, Any] = {
        "size": size,
        "line": round(size * 1.36, 1),
        "title": words(board.wording.title),
        "place": words(f"{board.town}{board.village}"),
        "office": words(f"{board.office}　截至{board.as_of}"),
        "notice": words(board.notice),
        "code": code_picture(board.url),
        "note": [words(line) for line in board.wording.lines("note")],
        "sections": sections,
    }
    return render_to_string("reports/print/board.html", context)


def _sections(board: Board) -> list[dict[str, Any]]:
    return [
        _section(board.wording.text("people"), _people(board)),
        _section(board.wording.text("helped"), _helped(board)),
        _section("服务承诺", [("hanging", line) for line in board.promises]),
        _section("需要解决的问题", _matters(board.open_by, board.open_matters, "目前没有待解决的问题。", "待解决")),
        _section("领导点评", _comments(board)),
        _section("问题销号", _matters(board.closed_by, board.closed_matters, "还没有销号的问题。", "已销号")),
    ]


def _name_section(board: Board, size: int) -> dict[str, Any]:
    """Heads of households group by group, in lines of so many as fit without breaking a name."""
    lines: list[tuple[str, str]] = []
    for group, heads in board.names:
        lines += [("group", group)] if group else []
        lines += [("", line) for line in _packed(heads, COLUMN / size)]
    return _section(f"{board.wording.text('helped')}名单", lines)


def _packed(names: Iterable[str], room: float) -> Iterator[str]:
    """Names in lines of at most so many characters, short ones spread so that they stand below each other."""
    line, taken = "", 0.0
    for name in names:
        padded = name.ljust(USUAL, "　")
        if line and taken + 1 + _width(name) > room:
            yield line.rstrip("　")
            line, taken = "", 0.0
        line += ("　" if line else "") + padded
        taken += (1 if taken else 0) + _width(padded)
    if line:
        yield line.rstrip("　")


def _width(text: str) -> float:
    """In characters of Chinese; figures and letters take little more than half."""
    return sum(0.6 if char.isascii() else 1 for char in text)


def _section(title: str, lines: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"title": words(title), "lines": [(kind, words(text)) for kind, text in lines]}


def _people(board: Board) -> list[tuple[str, str]]:
    lines = [("strong", board.team)] if board.team else []
    lines += [("", "　".join(filter(None, (unit.unit or unit.name, unit.phone)))) for unit in board.units]
    apart = [one for one in board.members if one.role] if len(board.members) > MOST_APART else board.members
    for one in apart:
        helper = one.helper
        post = helper.unit if helper.unit == helper.name else f"{helper.unit}{helper.post}"
        first = "　".join(filter(None, (one.role, helper.name)))
        lines.append(("person", f"{first}　{'　'.join(filter(None, (post, helper.phone)))}"))
    together: dict[tuple[str, str], list[str]] = {}
    for one in board.members:
        if one not in apart:
            together.setdefault((one.helper.unit, one.helper.phone), []).append(one.helper.name)
    for (unit, phone), names in together.items():
        where = "　".join(filter(None, (unit, phone)))
        more = f"等{len(names)}名" if len(names) > MOST_OF_UNIT else ""
        lines.append(("person", f"{where}：{'、'.join(names[:MOST_OF_UNIT])}{more}"))
    return lines or [("", "目前没有结对的单位和干部。")]


def _helped(board: Board) -> list[tuple[str, str]]:
    if not board.households:
        return [("", "目前没有逐户结对，帮扶全村。")]
    listed = "，名单附后" if board.names else ""
    return [("strong", f"共{board.households}户{listed}")]


def _matters(
    counts: Sequence[tuple[str, int]], matters: Sequence[Matter], nothing: str, verb: str
) -> list[tuple[str, str]]:
    total = sum(count for _, count in counts)
    if not total:
        return [("", nothing)]
    listed = "，".join(f"{label}{count}件" for label, count in counts)
    lines = [("strong", f"{verb}{total}件"), ("", f"其中{listed}。" if len(counts) > 1 else f"{listed}。")]
    for one in matters[:MOST_MATTERS]:
        text = f"{one.text.rstrip('。')}（{one.note.rstrip('。')}）" if one.note else one.text
        lines.append(("dotted", text))
    return lines


def _comments(board: Board) -> list[tuple[str, str]]:
    if not board.comment_count:
        return [("", "还没有领导点评。")]
    lines = [("dotted", f"{one.text}（{one.label}）") for one in board.comments[:MOST_MATTERS]]
    apart = board.comment_count - len(board.comments)
    if apart:
        lines.append(("", f"{'另有' if lines else '共'}{apart}条点评涉及农户，不在这里公示。"))
    return lines
