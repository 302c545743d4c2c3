"""Prints a bulletin's HTML to PDF with WeasyPrint, in this process."""

import functools
import gc
from typing import Any
from xml.etree import ElementTree as ET

import cssselect2  # type: ignore[import-untyped]
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from reports.typesetting import justify, quick
from reports.typesetting.document import BulletinDocument
from reports.typesetting.html import to_html
from reports.typesetting.text import clean

justify.install()
quick.install()


#: What our elements are by default. WeasyPrint's own list knows all of HTML and matches it against every table cell.
_DEFAULTS = """
head { display: none }
html, body, header, main, section, footer, div, p, figure, figcaption, h1, h2, h3, h4, h5 { display: block }
table { display: table; text-indent: 0; box-sizing: border-box }
colgroup { display: table-column-group }
col { display: table-column }
thead { display: table-header-group }
tbody { display: table-row-group }
tr { display: table-row }
th, td { display: table-cell }
thead, tbody { vertical-align: middle }
tr, th, td { vertical-align: inherit }
br::before { content: "\\A"; white-space: pre-line }
svg { overflow: hidden }
@page {
  @top-center { text-align: center; vertical-align: middle }
  @bottom-left { text-align: left; vertical-align: middle }
  @bottom-right { text-align: right; vertical-align: middle }
}
"""


class _Source(weasyprint.HTML):
    """A page of ours, well-formed enough for the XML parser, which is many times faster than that for HTML."""

    def __init__(self, root: ET.Element) -> None:
        # Nothing in a bulletin is fetched; an address that got into its text stays text.
        self.url_fetcher = URLFetcher(allowed_protocols={"data"})
        self.base_url = None
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return [_sheet(_DEFAULTS)]


@functools.cache
def _fonts() -> FontConfiguration:
    """The faces, loaded once: most of what a first PDF costs."""
    return FontConfiguration()


@functools.lru_cache(maxsize=64)
def _sheet(css: str) -> weasyprint.CSS:
    return weasyprint.CSS(string=css, font_config=_fonts(), url_fetcher=URLFetcher(allowed_protocols={"data"}))


def render_pdf(document: BulletinDocument) -> bytes:
    """Return a bulletin as a tagged PDF; the same document always gives the same bytes."""
    return render_html(to_html(document), document.pdf_identifier)


def render_html(html: str, identifier: bytes, *, is_tagged: bool = True) -> bytes:
    """Return our own printing HTML as PDF, with its 版记 at the foot of an even page, as GB/T 9704 wants it.

    What is only cut up and handed out needs no tags, which take half as long again.
    """
    # WeasyPrint makes hundreds of thousands of objects that all live until the end.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        variant = "pdf/ua-1" if is_tagged else None
        pdf: bytes = _lay_out(html).write_pdf(pdf_identifier=identifier, pdf_variant=variant)
        return pdf
    finally:
        if was_enabled:
            gc.enable()


def _lay_out(html: str) -> Any:
    root = ET.fromstring(clean(html))  # noqa: S314 - our own template, in which every value is escaped
    head, body = root[0], root[1]
    style = head.find("style")
    sheets = []
    if style is not None:
        sheets.append(_sheet(style.text or ""))
        head.remove(style)
    colophon = body.find("footer")
    if colophon is not None:
        body.remove(colophon)
    pages = _Source(root).render(font_config=_fonts(), stylesheets=sheets)
    return pages if colophon is None else _with_colophon(pages, root, colophon, sheets)


def _with_colophon(pages: Any, root: ET.Element, colophon: ET.Element, sheets: list[weasyprint.CSS]) -> Any:
    """Set the 版记 at the foot of the last page if that is even and has room, or of the next even one.

    CSS knows no last page, and laying everything out again would double the time: the 版记 is set on a page of its
    own, from which its box moves to where it belongs.
    """
    count = len(pages.pages)
    alone = _colophon_pages(count, root, colophon, sheets)
    footer = _last_box(alone.pages[-1])
    last = pages.pages[-1]
    body = _body(last)
    room = _bottom(last) - body.position_y - body.margin_height()
    footer.translate(dy=_bottom(alone.pages[-1]) - footer.position_y - footer.margin_height())
    if count % 2 == 0 and footer.margin_height() <= room:
        body.children = [*body.children, footer]
        return pages
    return pages.copy([*pages.pages, *alone.pages])


def _colophon_pages(count: int, root: ET.Element, colophon: ET.Element, sheets: list[weasyprint.CSS]) -> Any:
    """Lay out the pages that follow page ``count``, up to the next even one, with nothing but the 版记 on them."""
    page = ET.Element("html", root.attrib)
    page.append(root[0])
    body = ET.SubElement(page, "body")
    body.extend(root[1].findall("div[@class='notice']"))
    if count % 2 == 0:
        ET.SubElement(body, "div", {"style": "break-after: page"}).text = "\u200b"
    body.append(colophon)
    css = f"@page :first {{ counter-reset: page {count + 1} }} html {{ break-before: left }}"
    if count % 2 == 0:
        # "公文的版记页前有空白页的，空白页和版记页均不编排页码" (GB/T 9704-2012, 7.5)
        css = (
            "html { break-before: right } @page :right { @bottom-right { content: none } }"
            "@page :left { @bottom-left { content: none } }"
        )
    return _Source(page).render(font_config=_fonts(), stylesheets=[*sheets, _sheet(css)])


def _body(page: Any) -> Any:
    return page._page_box.children[0].children[-1]


def _last_box(page: Any) -> Any:
    return _body(page).children[-1]


def _bottom(page: Any) -> float:
    box = page._page_box
    return float(box.content_box_y() + box.height)
