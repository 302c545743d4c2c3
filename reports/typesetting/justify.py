"""Gives every full line of a printed page a straight right edge.

WeasyPrint stretches only spaces, which Chinese has none of: a line that had to give its last character away, so that a
mark may not begin the next one, would end ragged. This module replaces one private function of the pinned version.
"""

import copy
import unicodedata
from dataclasses import dataclass
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi
from weasyprint.text.line_break import Layout

#: The version whose ``justify_line`` and ``Layout`` the code below was written against.
WEASYPRINT_VERSION = "70.0"

_ZERO_WIDTH = "\u200b\u2060\ufeff"


class SpreadLayout(Layout):
    """A line of text that, when drawn, moves the glyphs after chosen characters a little to the right."""

    #: Extra advance after the character that ends at a byte of the text, in thousandths of the font size.
    extra: dict[int, int]
    _spread: bool

    @classmethod
    def of(cls, layout: Layout, extra: dict[int, int]) -> "SpreadLayout":
        """The same line as ``layout``, with the advances of ``extra``."""
        line = copy.copy(layout)
        line.__class__ = cls
        line.extra, line._spread = extra, False
        return line

    def set_text(self, text: str, justify: bool = False) -> None:
        super().set_text(text, justify)
        self._spread = False

    def get_first_line(self) -> Any:
        first_line, index = super().get_first_line()
        if not self._spread:
            self._spread = True
            self._move(first_line)
        return first_line, index

    def _move(self, first_line: Any) -> None:
        # The PDF holds advances in whole thousandths of the font size, cut towards zero. Aiming a quarter past the
        # wanted number keeps the cut from adding up along the line. Pango puts half of the letter spacing before a
        # glyph and none before the first; here all of it goes behind, where one number carries it.
        unit = self.style["font_size"] * TO_UNITS / 1000
        spacing = self.style["letter_spacing"]
        letter_spacing = 0 if spacing == "normal" else int(spacing * TO_UNITS)
        run, is_first = first_line.runs, True
        while run != ffi.NULL:
            item = run[0].data
            run = run[0].next
            glyphs, clusters = item.glyphs.glyphs, item.glyphs.log_clusters
            offset, count = item.item.offset, item.glyphs.num_glyphs
            for i in range(count):
                end = clusters[i + 1] if i + 1 < count else item.item.length
                geometry = glyphs[i].geometry
                if is_first:
                    geometry.width += letter_spacing // 2
                    is_first = False
                own = round((geometry.width - letter_spacing) / unit)
                wanted = round(geometry.width / unit)
                if end != clusters[i]:
                    wanted += self.extra.get(offset + end, 0)
                geometry.width = round((wanted + (0.25 if wanted > own else -0.25)) * unit)
                if letter_spacing:
                    geometry.x_offset = 0


@dataclass(slots=True)
class _Gap:
    """A place between two characters of a line that may grow."""

    box: Any
    end: int


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’—…·"


def _leaves(box: Any) -> list[Any]:
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return [leaf for child in box.children if child.is_in_normal_flow() for leaf in _leaves(child)]
    return [box]


def _gaps(line: Any) -> list[_Gap]:
    """Where a line may grow: on both sides of Chinese characters and marks, and at spaces."""
    gaps: list[_Gap] = []
    last: tuple[str, Any, int] | None = None
    for leaf in _leaves(line):
        # An image or the like counts as one wide character.
        text = leaf.text if isinstance(leaf, boxes.TextBox) else "　"
        end = 0
        for char in text:
            if char not in _ZERO_WIDTH and not unicodedata.combining(char):
                if last is not None and (_is_wide(last[0]) or _is_wide(char) or last[0] in " \u00a0"):
                    gaps.append(_Gap(last[1], last[2]))
            elif last is not None:
                end += len(char.encode())
                last = (last[0], leaf, end)
                continue
            end += len(char.encode())
            last = (char, leaf, end)
    return gaps


def spread_line(context: Any, line: Any, extra_width: float) -> None:
    """Share the width a line lacks among the gaps between its characters."""
    gaps = _gaps(line)
    if not gaps:
        return
    unit = line.style["font_size"] / 1000
    each, more = divmod(round(extra_width / unit), len(gaps))
    shares: dict[int, dict[int, int]] = {}
    for number, gap in enumerate(gaps):
        shares.setdefault(id(gap.box), {})[gap.end] = each + (number < more)
    _shift(line, shares, unit, 0.0)


def _shift(box: Any, shares: dict[int, dict[int, int]], unit: float, advance: float) -> float:
    """Move ``box`` by ``advance``, widen what is in it, and return the advance of what follows."""
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += advance
        start = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _shift(child, shares, unit, advance)
        box.width += advance - start
        return advance
    share = shares.get(id(box), {})
    grown = sum(share.values()) * unit
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        box.width += grown
        if share:
            scale = unit * 1000 / box.style["font_size"]
            box.pango_layout = SpreadLayout.of(
                box.pango_layout, {end: round(extra * scale) for end, extra in share.items()}
            )
    else:
        box.translate(advance, 0)
    return advance + grown


def install() -> None:
    """Put ``spread_line`` in the place of WeasyPrint's ``justify_line``."""
    if weasyprint.__version__ != WEASYPRINT_VERSION:
        message = f"line spreading was written for WeasyPrint {WEASYPRINT_VERSION}, not {weasyprint.__version__}"
        raise RuntimeError(message)
    inline.justify_line = spread_line
