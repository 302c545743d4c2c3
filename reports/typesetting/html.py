"""Turns a bulletin into one HTML page, for the printer (WeasyPrint) and for the preview beside the text."""

import math
import re
from collections.abc import Iterable
from typing import Literal
from urllib.parse import quote

from django.template.loader import get_template, render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from reports.typesetting.document import BulletinDocument, Chart, Table
from reports.typesetting.text import Block, Kind, Run

Media = Literal["print", "screen"]

#: Characters outside GB 2312 that the body fonts have all the same.
_ALSO_COVERED = frozenset("·—–〇")
_TYPE_WIDTH = 442.2
_LINE = 225 / 22 / 25.4 * 72
_TITLE_LENGTH = 20
_OPENING, _CLOSING = "“‘", "”’"
_MARKS = "，。；：、！？”’）》〉】〕…—"
_OPENERS = "“‘（《〈【〔"


def is_rare(char: str) -> bool:
    """Tell whether the body faces may lack a character: 仿宋_GB2312 and its free kin hold GB 2312 only."""
    if char in _ALSO_COVERED or char.isspace():
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def words(text: str, media: Media = "print") -> SafeString:
    """Escape ``text`` for printing: rare characters get a face of their own, quotation marks may begin a line.

    Pango never breaks beside “ and ”; the zero-width spaces that allow it are drawn as nothing and do not come back
    when the text is read from the PDF.
    """
    if media == "screen":
        return escape(text)
    parts: list[str] = []
    for position, char in enumerate(text):
        if position and _may_break(text[position - 1], char):
            parts.append("\u200b")
        if is_rare(char):
            parts.append(f'<span class="rare">{escape(char)}</span>')
        else:
            parts.append(_ESCAPES.get(char, char))
    return mark_safe("".join(parts))  # noqa: S308 - every character went through an escape above


_ESCAPES = {char: str(escape(char)) for char in "&<>\"'"}


def _may_break(before: str, after: str) -> bool:
    if after in _OPENING:
        return before not in _OPENERS and (before in _MARKS or ord(before) > 0x2E80)
    return before in _CLOSING and ord(after) > 0x2E80 and after not in _MARKS and after not in _OPENERS


def to_html(document: BulletinDocument, media: Media = "print") -> str:
    """Return the whole page; ``screen`` marks live figures and leaves the breaking of lines to the browser."""
    context = {
        "document": document,
        "subject": document.about,
        "keywords": ",".join(document.keywords),
        "css": mark_safe(_css(document, media)),  # noqa: S308 - our own style sheet and an encoded address
        "masthead_lines": document.masthead_name.split("\n"),
        "title_lines": [words(line, media) for line in title_lines(document.title)],
        "blocks": [_block(block, media) for block in document.blocks],
        "addressees": [(label, words(names, media)) for label, names in document.addressees],
        "note": words(document.note, media) if document.note else "",
        "annexes": [{"title": words(annex.title, media), "html": _exhibit(annex, media)} for annex in document.annexes],
    }
    return render_to_string("reports/print/bulletin.html", context)


def _css(document: BulletinDocument, media: Media) -> str:
    css = get_template("reports/print/bulletin.css").render()
    if not document.is_plain:
        css += _masthead(document.masthead_name)
    if media == "screen":
        css += get_template("reports/print/screen.css").render()
    if not document.watermark:
        return css
    size = min(120, 520 // max(len(document.watermark), 1))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842" width="595" height="842">'
        f'<text x="297" y="440" text-anchor="middle" font-family="FandolHei,SimHei" font-size="{size}" fill="#000"'
        f' fill-opacity="0.07" transform="rotate(-35 297 421)">{escape(document.watermark)}</text></svg>'
    )
    image = f'url("data:image/svg+xml,{quote(svg)}") top center / 210mm 297mm'
    if media == "screen":
        return f"{css}body{{background:#fff {image} repeat-y}}"
    return f"{css}@page{{background:{image} no-repeat}}"


def _masthead(name: str) -> str:
    """Size the name so that its longest line fits, and its height so that the lines below keep the grid."""
    lines = name.split("\n")
    size = min(52.0, _TYPE_WIDTH / max(len(line) for line in lines))
    height = math.ceil(len(lines) * size * 1.25 / _LINE) * _LINE
    return f".masthead-name{{font-size:{size:.2f}pt;line-height:{height / len(lines):.3f}pt}}"


def title_lines(title: str) -> list[str]:
    """Break a long title into lines of like length, as offices centre them; a given line break is kept."""
    lines = []
    for part in title.split("\n"):
        rest, count = part, math.ceil(len(part) / _TITLE_LENGTH)
        while count > 1:
            at = _title_break(rest, len(rest) / count)
            lines.append(rest[:at])
            rest, count = rest[at:], count - 1
        lines.append(rest)
    return [line for line in lines if line]


def _title_break(text: str, target: float) -> int:
    def cost(at: int) -> float:
        before, after = text[at - 1], text[at]
        value = abs(at - target)
        if after in _MARKS or before in _OPENERS or re.match(r"[\w]{2}", before + after, re.ASCII):
            value += 100
        if before in "的和与及暨》”、" or after in "“《":
            value -= 3.5
        if text[:at].count("“") > text[:at].count("”") or text[:at].count("《") > text[:at].count("》"):
            value += 6
        return value

    limit = min(_TITLE_LENGTH, len(text) - 1)
    return min(range(max(1, int(target) - 5), limit + 1), key=cost)


def _block(block: Block, media: Media) -> SafeString:
    if block.insert is not None:
        title = words(block.insert.title, media)
        chart = " chart" if isinstance(block.insert, Chart) else ""
        return mark_safe(  # noqa: S308 - made of escaped parts
            f'<figure class="insert{chart}"><figcaption class="insert-title">{title}</figcaption>'
            f"{_exhibit(block.insert, media)}</figure>"
        )
    line = f' data-line="{block.line}"' if media == "screen" else ""
    if block.kind is Kind.PARAGRAPH or not block.level:
        return mark_safe(f"<p{line}>{_runs(block.body, media)}</p>")  # noqa: S308 - made of escaped parts
    tag = f"h{block.level + 1}"
    label = escape(block.head_text.rstrip("。"))
    if not block.body:
        html = f'<{tag}{line} data-label="{label}">{_runs(block.head, media)}</{tag}>'
    else:
        html = (
            f'<div class="run-in"{line}><{tag} data-label="{label}">{_runs(block.head, media)}</{tag}>'
            f"<p>{_runs(block.body, media)}</p></div>"
        )
    return mark_safe(html)  # noqa: S308 - made of escaped parts


def _runs(runs: Iterable[Run], media: Media) -> str:
    if media == "print":
        return words("".join(run.text for run in runs))
    parts = []
    for run in runs:
        if run.figure:
            css = "figure missing" if run.is_missing else "figure"
            parts.append(f'<span class="{css}" data-figure="{escape(run.figure)}">{escape(run.text)}</span>')
        elif run.is_missing:
            parts.append(f'<span class="missing">{escape(run.text)}</span>')
        else:
            parts.append(escape(run.text))
    return "".join(parts)


def _exhibit(exhibit: Table | Chart, media: Media) -> SafeString:
    html = table_html(exhibit, media) if isinstance(exhibit, Table) else exhibit.svg
    note = f'<p class="table-note">{words(exhibit.note, media)}</p>' if exhibit.note else ""
    return mark_safe(f"{html}{note}")  # noqa: S308 - charts escape their labels, tables their cells


def table_html(table: Table, media: Media = "print") -> SafeString:
    """Return a table with fixed column widths: automatic ones cost WeasyPrint more than all the rest."""
    total = sum(column.width for column in table.columns) or 1
    classes = ["" if column.align == "left" else f' class="{column.align}"' for column in table.columns]
    columns = "".join(f'<col style="width:{column.width / total * 100:.3f}%" />' for column in table.columns)
    head = "".join(f'<th scope="col">{words(column.title, media)}</th>' for column in table.columns)
    rows = "".join(
        "<tr>"
        + "".join(f"<td{css}>{words(cell, media)}</td>" for css, cell in zip(classes, row, strict=True))
        + "</tr>"
        for row in table.rows
    )
    return mark_safe(  # noqa: S308 - every cell is escaped
        f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
