"""Joins PDFs that were set apart into one, and stamps what is the same on every page on each of them."""

from __future__ import annotations

import io

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, IndirectObject, NameObject

_STAMP = NameObject("/Stamp")


class Sheets:
    """A file that grows part by part."""

    def __init__(self, *, title: str, author: str) -> None:
        self._writer = PdfWriter()
        self._writer.metadata = {"/Title": title, "/Author": author}
        self._stamps: dict[int, IndirectObject] = {}
        self._draw: IndirectObject | None = None

    def add(self, part: bytes, stamp: bytes | None = None) -> None:
        """Add the pages of a part, each over the one page of ``stamp``, which the file holds once."""
        begin = len(self._writer.pages)
        self._writer.append(PdfReader(io.BytesIO(part)), import_outline=False)
        if stamp is not None:
            for page in self._writer.pages[begin:]:
                self._stamp(page, self._stamp_of(stamp))

    def fill_up(self) -> None:
        """End on an even page, so that on paper printed on both sides the next part begins a sheet of its own."""
        if len(self._writer.pages) % 2:
            self._writer.add_blank_page()

    def _stamp_of(self, stamp: bytes) -> IndirectObject:
        key = id(stamp)
        if key not in self._stamps:
            page = PdfReader(io.BytesIO(stamp)).pages[0]
            contents, resources = page.get_contents(), page["/Resources"].get_object()
            assert resources is not None
            form = DecodedStreamObject()
            form.set_data(contents.get_data() if contents is not None else b"")
            form.update(
                {
                    NameObject("/Type"): NameObject("/XObject"),
                    NameObject("/Subtype"): NameObject("/Form"),
                    NameObject("/BBox"): page.mediabox,
                    NameObject("/Resources"): resources.clone(self._writer),
                }
            )
            self._stamps[key] = self._writer._add_object(form.flate_encode())
        return self._stamps[key]

    def _stamp(self, page: PageObject, stamp: IndirectObject) -> None:
        if self._draw is None:
            draw = DecodedStreamObject()
            draw.set_data(b"q /Stamp Do Q\n")
            self._draw = self._writer._add_object(draw)
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        known = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
        known[_STAMP] = stamp
        own = page.raw_get("/Contents")
        page[NameObject("/Contents")] = ArrayObject([self._draw, *(own if isinstance(own, ArrayObject) else [own])])

    def content(self) -> bytes:
        """The whole file."""
        content = io.BytesIO()
        self._writer.write(content)
        return content.getvalue()
