"""Two short cuts through WeasyPrint for the many short texts of a table; what is printed stays the same to the byte.

Most of a bulletin's time goes into its annex, a thousand cells of one line each. Like ``justify`` this replaces private
functions of the pinned version; a test prints with and without it and compares.
"""

from collections.abc import Iterator
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline
from weasyprint.layout.percent import resolve_one_percentage
from weasyprint.text.line_break import Layout

_lay_out_lines = inline.iter_line_boxes
_drop, _make_again = Layout.deactivate, Layout.reactivate

#: What an anonymous box, which no rule can select, has for its edges and sizes.
_PLAIN: dict[str, Any] = {
    **{f"{edge}_{side}": 0 for edge in ("margin", "padding") for side in ("top", "right", "bottom", "left")},
    **{f"border_{side}_width": 0 for side in ("top", "right", "bottom", "left")},
    "width": "auto",
    "min_width": 0,
    "max_width": inf,
    "height": "auto",
    "min_height": 0,
    "max_height": inf,
}


def lines(
    context: Any,
    line: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    absolute_boxes: Any,
    fixed_boxes: Any,
    first_letter_style: Any,
    first_line_style: Any,
) -> Iterator[tuple[Any, Any]]:
    """Yield the lines of a block, at once if it is one piece of text that fits on one line."""
    if skip_stack is None and not (first_letter_style or first_line_style or context.excluded_shapes):
        single = _single_line(context, line, position_y, containing_block)
        if single is not None:
            yield single, None
            return
    yield from _lay_out_lines(
        context,
        line,
        position_y,
        bottom_space,
        skip_stack,
        containing_block,
        absolute_boxes,
        fixed_boxes,
        first_letter_style,
        first_line_style,
    )


def _single_line(context: Any, line: Any, position_y: float, containing_block: Any) -> Any:
    """Do what ``get_next_linebox`` and ``split_inline_box`` come to for a line of one short text."""
    if len(line.children) != 1:
        return None
    text = line.children[0]
    style = text.style
    if (
        type(text) is not boxes.TextBox
        or not text.text
        or len(text.text) * style["font_size"] > 2 * containing_block.width
        or text.text[0].isspace()
        or text.text[-1].isspace()
        or style["white_space"] != "normal"
        or style["direction"] != "ltr"
        or containing_block.style["direction"] != "ltr"
    ):
        return None
    line.__dict__.update(_PLAIN)
    text.__dict__.update(_PLAIN)
    resolve_one_percentage(line, "text_indent", containing_block.width)
    left, available = containing_block.content_box_x(), containing_block.width
    line.position_x, line.position_y = left, position_y
    line.width = line.height = 0
    text.position_x, text.position_y = left + line.text_indent, position_y
    end = (left + available) * (1 + 1e-9)
    drawn, rest, is_broken = inline.split_text_box(context, text, end - text.position_x, 0)
    if drawn is None or rest is not None or is_broken or text.position_x + drawn.width > end:
        return None
    single = line.copy_with_children([drawn])
    single.width = drawn.position_x + drawn.width - left
    inline._adjust_line_height(single)
    offset = inline.text_align(context, single, available, last=True)
    bottom, top = inline.line_box_verticality(single)
    single.baseline, single.position_y, single.height = -top, top, bottom - top
    single.margin_top = single.margin_bottom = 0
    single.translate(offset, position_y - top)
    single.position_y = position_y
    return single


def _keep(layout: Layout) -> None:
    """Keep the shaped text until it is drawn: a bulletin is small, and shaping it twice is not."""


def _use_kept(layout: Layout, style: Any) -> None:
    if not hasattr(layout, "layout"):
        _make_again(layout, style)


def install() -> None:
    block.iter_line_boxes = lines
    Layout.deactivate, Layout.reactivate = _keep, _use_kept


def uninstall() -> None:
    """Lay out as WeasyPrint does, to compare."""
    block.iter_line_boxes = _lay_out_lines
    Layout.deactivate, Layout.reactivate = _drop, _make_again
