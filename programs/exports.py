"""How data leaves: the one place that hands out files, each with a record of who took what, how much and why."""

from __future__ import annotations

import datetime as dt
import io
import mimetypes
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils import timezone

from programs.models import Export, Program, User
from programs.rules.wording import moment_text

if TYPE_CHECKING:
    from programs.listing.columns import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a spreadsheet could take for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FORMATS = {"day": 'yyyy"年"m"月"d"日"', "moment": 'yyyy"年"m"月"d"日" hh:mm', "money": "#,##0.00", "number": "#,##0.##"}
MOST_ROWS = 1_048_000


@dataclass(frozen=True, kw_only=True)
class Taken:
    """Who takes what out of which program, by which filter and for what."""

    user: User
    program: Program | None
    what: str
    query: str = ""
    reason: str = ""


def record(taken: Taken, row_count: int) -> Export:
    """Write down that something left."""
    return Export.objects.create(
        user=taken.user,
        program=taken.program,
        what=taken.what[:100],
        query=taken.query,
        reason=taken.reason[:200],
        row_count=row_count,
    )


def attachment(taken: Taken, content: IO[bytes], filename: str, *, content_type: str, row_count: int) -> FileResponse:
    """Hand out a file that is already made, and write down that it left."""
    record(taken, row_count)
    return FileResponse(content, as_attachment=True, filename=filename, content_type=content_type)


def stored_file(taken: Taken, file: FieldFile) -> FileResponse:
    """Hand out a file somebody uploaded, always as a download: a browser must not run what it holds."""
    name = Path(file.name or "").name
    return attachment(taken, file.open("rb"), name, content_type="application/octet-stream", row_count=1)


def made_file(taken: Taken, file: FieldFile, filename: str, *, row_count: int) -> FileResponse:
    """Hand out a file that work in the background made and stored."""
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return attachment(taken, file.open("rb"), filename, content_type=kind, row_count=row_count)


def made_content(taken: Taken, content: bytes, filename: str, *, row_count: int) -> FileResponse:
    """Hand out a file that was made on the spot."""
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return attachment(taken, io.BytesIO(content), filename, content_type=kind, row_count=row_count)


def workbook(taken: Taken, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """Hand out rows as an Excel workbook: a frozen head, real numbers and days, a last line that says who took it."""
    content = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    row_count = _write(content, taken, columns, rows)
    content.seek(0)
    return attachment(taken, content, f"{taken.what}.xlsx", content_type=XLSX, row_count=row_count)


def _write(content: IO[bytes], taken: Taken, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    # Constant memory: each row goes to disk as it is written, so rows have to come in order and widths first.
    book = xlsxwriter.Workbook(
        content, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bg_color": "#F1EFEC", "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    styles = {kind: book.add_format({"num_format": code, "valign": "top"}) for kind, code in FORMATS.items()}
    styles["text"] = book.add_format({"valign": "top", "text_wrap": True})
    # The apostrophe that Excel itself puts before text that looks like a formula.
    guarded = book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
    note = book.add_format({"font_color": "#5C5955", "italic": True})
    sheet = book.add_worksheet(_sheet_name(taken.what))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.label, head)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise ValueError(f"{taken.what}: more rows than a sheet holds")
        for index, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write_cell(sheet, count, index, value, styles.get(column.kind, styles["text"]), styles, guarded)
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    sheet.write_string(count + 2, 0, _watermark(taken, count), note)
    sheet.set_footer(f"&L{taken.user} {moment_text(timezone.localtime())}导出&R第 &P 页，共 &N 页")
    book.set_properties({"title": taken.what, "author": str(taken.user), "comments": taken.query})
    book.close()
    return count


def _write_cell(
    sheet: Any, row: int, column: int, value: Any, style: Any, styles: dict[str, Any], guarded: Any
) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, dt.date):
        kind = "moment" if isinstance(value, dt.datetime) else "day"
        sheet.write_datetime(row, column, value, styles[kind])
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, value, style)
    else:
        text = str(value)
        sheet.write_string(row, column, text, guarded if text.startswith(FORMULA_STARTS) else styles["text"])


def _watermark(taken: Taken, count: int) -> str:
    parts = [f"{taken.user} 于 {moment_text(timezone.localtime())} 导出，共 {count} 行"]
    if taken.program:
        parts.insert(0, str(taken.program))
    if taken.query:
        parts.append(f"筛选：{taken.query}")
    if taken.reason:
        parts.append(f"用途：{taken.reason}")
    return "；".join(parts) + "。内部资料，注意保管。"


def _sheet_name(what: str) -> str:
    return "".join("_" if character in "[]:*?/\\" else character for character in what)[:31] or "名单"
