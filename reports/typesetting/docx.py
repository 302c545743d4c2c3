"""Fills the Word template of bulletins, for the office that wants to touch an issue up."""

import datetime
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2
from django.template.loader import get_template
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from reports.typesetting.document import BulletinDocument, Chart, Table
from reports.typesetting.html import title_lines
from reports.typesetting.text import Block, clean

#: The type area, in the twentieths of a point that Word counts in.
_TYPE_WIDTH = 8844
_MARK_STYLE = "公文表头"


def template_path() -> Path:
    """The template the office may have edited; found as every other template is."""
    # Django reads templates as text only, so it is asked for a neighbour of the file.
    neighbour: Any = get_template("reports/print/bulletin.html")
    return Path(neighbour.origin.name).with_name("bulletin.docx")


def render_docx(document: BulletinDocument, template: Path | None = None) -> bytes:
    """Return a bulletin as a Word file with the same characters, figures and faces as its PDF."""
    word = DocxTemplate(str(template or template_path()))
    word.render(_context(document), jinja2.Environment(finalize=_clean, autoescape=True))
    _set_widths(word, _tables(document))
    about = word.docx.core_properties
    about.title, about.author = document.plain_title, document.office
    about.subject = document.about
    about.created = about.modified = datetime.datetime.combine(document.date, datetime.time())
    file = io.BytesIO()
    word.save(file)
    return _without_times(file)


def _clean(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _context(document: BulletinDocument) -> dict[str, Any]:
    single = len(document.annexes) == 1
    annexes = []
    for number, annex in enumerate(document.annexes, start=1):
        listing = annex.title if single else f"{number}.{annex.title}"
        annexes.append(
            {
                "label": "附件" if single else f"附件{number}",
                "listing": f"附件：{listing}" if number == 1 else f"　　　{listing}",
                "table": _table(annex),
            }
        )
    return {
        "header": "　".join(filter(None, (document.watermark, document.notice))),
        "is_plain": document.is_plain,
        "masthead_lines": document.masthead_name.split("\n"),
        "issue_text": document.issue_text,
        "office": document.office,
        "date": document.date_text,
        "title_lines": title_lines(document.title),
        "blocks": [_block(block) for block in document.blocks],
        "note": document.note,
        "annexes": annexes,
        "addressees": [f"{label}：{names}" for label, names in document.addressees],
        "copies": f"（共印{document.copies}份）" if document.copies else "",
    }


def _block(block: Block) -> dict[str, Any]:
    if block.insert is not None:
        return {"kind": "table", "table": _table(block.insert)}
    kind = "p" if not block.level else f"run{block.level}" if block.body else f"h{block.level}"
    return {"kind": kind, "head": block.head_text, "body": block.body_text}


def _as_table(exhibit: Table | Chart) -> Table:
    return exhibit if isinstance(exhibit, Table) else exhibit.table


def _table(exhibit: Table | Chart) -> dict[str, Any]:
    table = _as_table(exhibit)
    return {
        "title": exhibit.title,
        "note": exhibit.note or table.note,
        "columns": [{"title": column.title} for column in table.columns],
        "rows": [
            [{"text": text, "align": column.align} for text, column in zip(row, table.columns, strict=True)]
            for row in table.rows
        ],
    }


def _tables(document: BulletinDocument) -> list[Table]:
    inserts = [block.insert for block in document.blocks if block.insert is not None]
    return [_as_table(exhibit) for exhibit in (*inserts, *document.annexes)]


def _set_widths(word: DocxTemplate, tables: Iterable[Table]) -> None:
    """Give the columns their widths; a template cannot say how wide columns are whose number it does not know."""
    drawn = [table for table in word.docx.tables if table.cell(0, 0).paragraphs[0].style.name == _MARK_STYLE]
    for table, drawn_table in zip(tables, drawn, strict=True):
        total = sum(column.width for column in table.columns)
        widths = [round(column.width / total * _TYPE_WIDTH) for column in table.columns]
        for column, width in zip(drawn_table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            column.set(qn("w:w"), str(width))
        for row in drawn_table._tbl.tr_lst:
            for cell, width in zip(row.tc_lst, widths, strict=True):
                size = cell.get_or_add_tcPr().get_or_add_tcW()
                size.set(qn("w:type"), "dxa")
                size.set(qn("w:w"), str(width))


def _without_times(file: io.BytesIO) -> bytes:
    """Pack the parts again without the moment of packing: the same bulletin gives the same file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(zipfile.ZipInfo(item.filename), source.read(item), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
