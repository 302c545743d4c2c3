"""Makes the Word template of bulletins, templates/reports/print/bulletin.docx, which an office may then edit.

Run it again only to start over: it replaces the file.
"""

import datetime
import sys
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

TARGET = Path(__file__).resolve().parent.parent / "templates" / "reports" / "print" / "bulletin.docx"

FANGSONG, XIAOBIAOSONG, HEI, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
LINE = Pt(28.95)
RED = RGBColor(0xC8, 0x16, 0x1D)
# Twentieths of a point: 28 characters of 16 pt are wider than the 156 mm of the type area.
CHARACTER_SPACING = -5
LEVELS = {1: HEI, 2: KAI, 3: FANGSONG, 4: FANGSONG}


def element(tag: str, **attributes: str) -> OxmlElement:
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


#: Word takes a file for damaged if these stand in another order.
ORDER = {
    "rPr": ("rStyle", "rFonts", "b", "i", "color", "spacing", "w", "kern", "position", "sz", "szCs", "lang"),
    "pPr": (
        *(
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "framePr",
            "widowControl",
            "numPr",
            "pBdr",
            "shd",
            "tabs",
        ),
        *(
            "autoSpaceDE",
            "autoSpaceDN",
            "spacing",
            "ind",
            "contextualSpacing",
            "jc",
            "textAlignment",
            "outlineLvl",
            "rPr",
        ),
    ),
    "tblPr": (
        "tblStyle",
        "tblpPr",
        "tblOverlap",
        "tblW",
        "jc",
        "tblInd",
        "tblBorders",
        "tblLayout",
        "tblCellMar",
        "tblLook",
    ),
}


def place(parent: OxmlElement, child: OxmlElement) -> None:
    """Put ``child`` where the schema wants it, in the place of one of its kind."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    order = [qn(f"w:{name}") for name in ORDER[parent.tag.rpartition("}")[2]]]
    later = order[order.index(child.tag) + 1 :]
    after = next((sibling for sibling in parent if sibling.tag in later), None)
    if after is None:
        parent.append(child)
    else:
        after.addprevious(child)


def set_face(style: ParagraphStyle, face: str, size: float, *, spacing: int = 0, color: RGBColor | None = None) -> None:
    """Name one face for every script: Word would else set figures and quotation marks in another."""
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    properties.append(element("rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), face)))
    style.font.size = Pt(size)
    style.font.color.rgb = color or RGBColor(0, 0, 0)
    if spacing:
        place(properties, element("spacing", val=str(spacing)))


def set_lines(style: ParagraphStyle, pitch: Length, align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY) -> None:
    layout = style.paragraph_format
    layout.alignment = align
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = pitch
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = False


def indent(style: ParagraphStyle) -> None:
    """Two characters, whatever size an office gives the style."""
    place(style.element.get_or_add_pPr(), element("ind", firstLineChars="200", firstLine="640"))


def make_styles(document: Document) -> None:
    normal = document.styles["Normal"]
    set_face(normal, FANGSONG, 16, spacing=CHARACTER_SPACING)
    set_lines(normal, LINE)
    # Word would put a little space around every number, and a line would no longer hold 28 characters.
    for name in ("autoSpaceDE", "autoSpaceDN"):
        place(normal.element.get_or_add_pPr(), element(name, val="0"))

    def add(name: str, face: str, size: float, **options: object) -> ParagraphStyle:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        set_face(style, face, size, spacing=options.get("spacing", 0), color=options.get("color"))
        set_lines(style, options.get("pitch", LINE), options.get("align", WD_ALIGN_PARAGRAPH.CENTER))
        return style

    body = add("公文正文", FANGSONG, 16, spacing=CHARACTER_SPACING, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    indent(body)
    for level, face in LEVELS.items():
        heading = document.styles[f"Heading {level}"]
        set_face(heading, face, 16, spacing=CHARACTER_SPACING)
        set_lines(heading, LINE)
        heading.paragraph_format.keep_with_next = True
        indent(heading)
        run_in = document.styles.add_style(f"公文{level}级段首", WD_STYLE_TYPE.CHARACTER)
        run_in.element.get_or_add_rPr().append(
            element("rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), face))
        )
    add("公文版头", XIAOBIAOSONG, 26, color=RED, pitch=Pt(43.4))
    add("公文期号", FANGSONG, 16)
    office = add("公文发文机关", FANGSONG, 16, align=WD_ALIGN_PARAGRAPH.LEFT)
    office.paragraph_format.tab_stops.add_tab_stop(Mm(152), WD_TAB_ALIGNMENT.RIGHT)
    office.paragraph_format.left_indent = Pt(16)
    office.paragraph_format.space_after = LINE
    border = element("pBdr")
    border.append(element("bottom", val="single", sz="16", space="1", color="C8161D"))
    place(office.element.get_or_add_pPr(), border)
    set_face(document.styles["Title"], XIAOBIAOSONG, 22)
    set_lines(document.styles["Title"], LINE, WD_ALIGN_PARAGRAPH.CENTER)
    for old in document.styles["Title"].element.get_or_add_pPr().findall(qn("w:pBdr")):
        old.getparent().remove(old)
    add("公文附件标记", HEI, 16, align=WD_ALIGN_PARAGRAPH.LEFT)
    add("公文附件标题", XIAOBIAOSONG, 18).paragraph_format.space_after = Pt(8)
    add("公文表题", HEI, 12)
    add("公文附注", KAI, 16, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    indent(document.styles["公文附注"])
    add("公文表注", FANGSONG, 10.5, pitch=Pt(15), align=WD_ALIGN_PARAGRAPH.LEFT)
    add("公文表头", HEI, 10.5, pitch=Pt(15))
    for name, align in (("左", "LEFT"), ("中", "CENTER"), ("右", "RIGHT")):
        add(f"公文表{name}", FANGSONG, 10.5, pitch=Pt(15), align=WD_ALIGN_PARAGRAPH[align])
    note = add("公文版记", FANGSONG, 14, pitch=Pt(21), align=WD_ALIGN_PARAGRAPH.LEFT)
    note.paragraph_format.left_indent = Pt(42)
    note.paragraph_format.first_line_indent = Pt(-28)
    add("公文版记锚", FANGSONG, 1, pitch=Pt(1))
    copies = add("公文印数", FANGSONG, 14, pitch=Pt(21), align=WD_ALIGN_PARAGRAPH.RIGHT)
    copies.paragraph_format.right_indent = Pt(14)
    signature = add("公文落款", FANGSONG, 16, align=WD_ALIGN_PARAGRAPH.RIGHT)
    signature.paragraph_format.right_indent = Pt(64)
    add("公文页码", SONG, 14, pitch=Pt(20), align=WD_ALIGN_PARAGRAPH.RIGHT)
    add("公文页眉", HEI, 10.5, pitch=Pt(14))


def write(
    document: Document, text: str, style: str = "公文正文", runs: tuple[tuple[str, str | None], ...] = ()
) -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    for words, character_style in runs or ((text, None),):
        run = paragraph.add_run(words, style=character_style)
        for part in run._element.findall(qn("w:t")):
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return paragraph


def borders(table: docx.table.Table, **sides: str) -> None:
    made = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        size = sides.get(side, "0")
        made.append(element(side, val="single" if size != "0" else "nil", sz=size, space="0", color="000000"))
    place(table._element.tblPr, made)
    place(table._element.tblPr, element("tblW", type="dxa", w="8844"))
    place(table._element.tblPr, element("tblInd", type="dxa", w="0"))
    place(table._element.tblPr, element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w="57", type="dxa"))
    place(table._element.tblPr, margins)


def write_cell(cell: _Cell, *paragraphs: tuple[str, str]) -> None:
    for number, (text, style) in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(text)


def write_table(document: Document, name: str) -> None:
    """A table of any number of columns, its head repeated on every page."""
    table = document.add_table(4, 3)
    table.autofit = False
    borders(table, **dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), "4"))
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(element("tblHeader"))
    write_cell(head.cells[0], (f"{{%tc for column in {name}.columns %}}", "公文表头"))
    write_cell(head.cells[1], ("{{ column.title }}", "公文表头"))
    write_cell(head.cells[2], ("{%tc endfor %}", "公文表头"))
    write_cell(table.rows[1].cells[0], (f"{{%tr for row in {name}.rows %}}", "公文表左"))
    row = table.rows[2]
    row._tr.get_or_add_trPr().append(element("cantSplit"))
    write_cell(row.cells[0], ("{%tc for cell in row %}", "公文表左"))
    write_cell(
        row.cells[1],
        ("{%p if cell.align == 'right' %}", "公文表左"),
        ("{{ cell.text }}", "公文表右"),
        ("{%p elif cell.align == 'center' %}", "公文表左"),
        ("{{ cell.text }}", "公文表中"),
        ("{%p else %}", "公文表左"),
        ("{{ cell.text }}", "公文表左"),
        ("{%p endif %}", "公文表左"),
    )
    write_cell(row.cells[2], ("{%tc endfor %}", "公文表左"))
    write_cell(table.rows[3].cells[0], ("{%tr endfor %}", "公文表左"))
    write(document, f"{{%p if {name}.note %}}")
    write(document, f"{{{{ {name}.note }}}}", "公文表注")
    write(document, "{%p endif %}")


def write_text(document: Document) -> None:
    write(document, "{%p if not is_plain %}")
    write(document, "{%p for line in masthead_lines %}")
    write(document, "{{ line }}", "公文版头")
    write(document, "{%p endfor %}")
    write(document, "{{ issue_text }}", "公文期号")
    write(document, "{{ office }}\t{{ date }}", "公文发文机关")
    write(document, "{%p endif %}")
    write(document, "{%p for line in title_lines %}")
    write(document, "{{ line }}", "Title")
    write(document, "{%p endfor %}")
    write(document, "")
    write(document, "{%p for block in blocks %}")
    for number, level in enumerate(LEVELS):
        write(document, f"{{%p {'elif' if number else 'if'} block.kind == 'h{level}' %}}")
        write(document, "{{ block.head }}", f"Heading {level}")
        write(document, f"{{%p elif block.kind == 'run{level}' %}}")
        write(document, "", runs=(("{{ block.head }}", f"公文{level}级段首"), ("{{ block.body }}", None)))
    write(document, "{%p elif block.kind == 'table' %}")
    write(document, "{{ block.table.title }}", "公文表题")
    write_table(document, "block.table")
    write(document, "{%p else %}")
    write(document, "{{ block.body }}")
    write(document, "{%p endif %}")
    write(document, "{%p endfor %}")
    write(document, "{%p if is_plain %}")
    write(document, "")
    write(document, "{{ office }}", "公文落款")
    write(document, "{{ date }}", "公文落款")
    write(document, "{%p endif %}")
    write(document, "{%p if note %}")
    write(document, "")
    write(document, "{{ note }}", "公文附注")
    write(document, "{%p endif %}")
    write(document, "{%p if annexes %}")
    write(document, "")
    write(document, "{%p endif %}")
    write(document, "{%p for annex in annexes %}")
    write(document, "{{ annex.listing }}")
    write(document, "{%p endfor %}")
    write(document, "{%p for annex in annexes %}")
    write(document, "{{ annex.label }}", "公文附件标记").paragraph_format.page_break_before = True
    write(document, "{{ annex.table.title }}", "公文附件标题")
    write_table(document, "annex.table")
    write(document, "{%p endfor %}")


def write_colophon(document: Document) -> None:
    """The 版记: a table that hangs at the foot of the type area of the page its anchor is on."""
    write(document, "{%p if addressees or copies %}")
    table = document.add_table(4, 1)
    borders(table, top="8", bottom="8", insideH="6")
    position = element("tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="left", tblpYSpec="bottom")
    place(table._element.tblPr, position)
    write_cell(table.rows[0].cells[0], ("{%tr for line in addressees %}", "公文版记"))
    write_cell(table.rows[1].cells[0], ("{{ line }}", "公文版记"))
    write_cell(table.rows[2].cells[0], ("{%tr endfor %}", "公文版记"))
    write_cell(table.rows[3].cells[0], ("{% if copies %}{{ copies }}{% endif %}", "公文印数"))
    # A hanging table needs a paragraph after it to hang from.
    write(document, "", "公文版记锚")
    write(document, "{%p endif %}")


def write_page_number(paragraph: Paragraph) -> None:
    paragraph.add_run("— ")
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._element.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.text = text
            run._element.append(instruction)
    paragraph.add_run(" —")


def make_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(27), Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].style = "公文页眉"
        header.paragraphs[0].add_run("{{ header }}")
    for footer, align in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "公文页码"
        paragraph.alignment = WD_ALIGN_PARAGRAPH[align]
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        write_page_number(paragraph)


def pack(path: Path) -> None:
    """Write the archive again without the time it was made: the same script gives the same file."""
    with zipfile.ZipFile(path) as archive:
        parts = [(item.filename, archive.read(item)) for item in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def main(target: Path) -> None:
    document = docx.Document()
    make_styles(document)
    make_page(document)
    write_text(document)
    write_colophon(document)
    about = document.core_properties
    about.title, about.author, about.comments, about.keywords = "", "", "", ""
    about.created = about.modified = datetime.datetime(2015, 7, 3)  # noqa: DTZ001 - Word's own, without a zone
    document.save(str(target))
    pack(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
