"""Draws small charts as inline SVG: they need no script, print as they look, and their bars can be links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from reports.typesetting.document import Chart, Column, Table


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and face of a chart; without ``font`` it takes that of the page around it."""

    done: str = "#b3261e"
    rest: str = "#e4e1de"
    ink: str = "#222"
    faint: str = "#666"
    shades: tuple[str, ...] = ("#7a1712", "#b3261e", "#d98a84", "#8a8a8a", "#bdbdbd", "#e4e1de")
    font: str = ""


#: For paper: every shade differs in lightness too, so that a photocopy can be read.
PRINT = Look(done="#8c1d18", ink="#000", faint="#333", font="SimHei, FandolHei, Noto Sans CJK SC")
SCREEN = Look()


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a bar chart: ``value`` done, ``of`` owed (None where nothing is owed)."""

    label: str
    value: float
    of: float | None = None
    href: str = ""
    text: str = ""

    @property
    def words(self) -> str:
        if self.text:
            return self.text
        return _number(self.value) if self.of is None else f"{_number(self.value)} / {_number(self.of)}"


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a moment; None leaves a gap in the line."""

    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a stacked bar."""

    label: str
    value: float
    href: str = ""
    text: str = ""
    color: str = ""

    @property
    def words(self) -> str:
        return self.text or _number(self.value)


def bars(title: str, rows: Sequence[Bar], *, look: Look = SCREEN, width: int = 600, size: int = 14) -> SafeString:
    """Horizontal bars, the done part over the owed one, each a link where it has an address."""
    if not rows:
        return _empty(title, look, width, size)
    pitch = size * 1.9
    left = min(max(_width(row.label, size) for row in rows), width * 0.4) + size * 0.9
    right = max(_width(row.words, size) for row in rows) + size * 0.6
    room = width - left - right
    most = max(max(row.value, row.of or 0) for row in rows) or 1
    parts = []
    for number, row in enumerate(rows):
        y, middle = number * pitch + pitch * 0.2, number * pitch + pitch * 0.5 + size * 0.35
        owed = "" if row.of is None else _rect(left, y, row.of / most * room, pitch * 0.6, look.rest)
        group = (
            f"<title>{escape(row.label)} {escape(row.words)}</title>"
            + _text(0, middle, _cut(row.label, left - size * 0.9, size), look.ink)
            + owed
            + _rect(left, y, row.value / most * room, pitch * 0.6, look.done)
            + _text(width, middle, row.words, look.ink, "end")
        )
        parts.append(_link(group, row.href))
    return _svg(title, "".join(parts), width, pitch * len(rows), look, size, has_links=any(row.href for row in rows))


def line(
    title: str, points: Sequence[Point], *, look: Look = SCREEN, width: int = 600, height: int = 150, size: int = 14
) -> SafeString:
    """A line over time (weeks, months), from zero, with its highest and its last value in figures."""
    values = [point.value for point in points if point.value is not None]
    if not values:
        return _empty(title, look, width, size)
    top, bottom, left, right = size * 1.6, height - size * 1.8, size * 0.5, width - size * 0.5
    most = max(max(values), 0) or 1
    step = (right - left) / max(len(points) - 1, 1)
    places = [
        (left + number * step, bottom - (point.value or 0) / most * (bottom - top), point)
        for number, point in enumerate(points)
    ]
    runs: list[list[str]] = [[]]
    for x, y, point in places:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(f"{_n(x)},{_n(y)}")
    parts = [f'<path d="M{_n(left)} {_n(bottom)}H{_n(right)}" stroke="{look.faint}" />']
    parts += [
        f'<polyline points="{" ".join(run)}" fill="none" stroke="{look.done}" stroke-width="2" />'
        for run in runs
        if run
    ]
    shown = [place for place in places if place[2].value is not None]
    marked = {id(shown[-1][2]), id(max(shown, key=lambda place: place[2].value or 0)[2])}
    for x, y, point in shown:
        words = _number(point.value or 0)
        parts.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="3" fill="{look.done}">'
            f"<title>{escape(point.label)} {words}</title></circle>"
        )
        if id(point) in marked:
            parts.append(_text(x, y - size * 0.6, words, look.ink, _anchor(x, width)))
    parts.append(_text(left, height - size * 0.4, points[0].label, look.faint))
    if len(points) > 1:
        parts.append(_text(right, height - size * 0.4, points[-1].label, look.faint, "end"))
    return _svg(title, "".join(parts), width, height, look, size)


def stacked(title: str, shares: Sequence[Part], *, look: Look = SCREEN, width: int = 600, size: int = 14) -> SafeString:
    """One bar cut into its shares, with a key below that says each in figures."""
    total = sum(part.value for part in shares)
    if not total:
        return _empty(title, look, width, size)
    parts, x, key_x, key_y = [], 0.0, 0.0, size * 3.4
    for number, part in enumerate(shares):
        color = part.color or look.shades[number % len(look.shades)]
        share = part.value / total * width
        words = f"{part.label} {part.words}"
        needed = _width(words, size) + size * 2.2
        if key_x and key_x + needed > width:
            key_x, key_y = 0.0, key_y + size * 1.7
        group = (
            f"<title>{escape(words)}</title>"
            + _rect(x, 0, share, size * 1.6, color, "#fff")
            + _rect(key_x, key_y - size * 0.85, size, size, color)
            + _text(key_x + size * 1.4, key_y, words, look.ink)
        )
        parts.append(_link(group, part.href))
        x, key_x = x + share, key_x + needed
    height = key_y + size * 0.6
    return _svg(title, "".join(parts), width, height, look, size, has_links=any(part.href for part in shares))


def chart(
    draw: Callable[..., SafeString],
    title: str,
    rows: Sequence[Bar] | Sequence[Point] | Sequence[Part],
    headings: Sequence[str],
    *,
    look: Look = PRINT,
) -> Chart:
    """A drawing for a paper (``draw`` is bars, line or stacked) together with the table that says the same."""
    columns = (Column(headings[0], 2), *(Column(heading, align="right") for heading in headings[1:]))
    table = Table(title, columns, tuple(_cells(row)[: len(columns)] for row in rows))
    return Chart(title, draw(title, rows, look=look), table)


def _cells(row: Bar | Point | Part) -> tuple[str, ...]:
    value = "—" if row.value is None else _number(row.value)
    if isinstance(row, Bar):
        return row.label, value, "—" if row.of is None else _number(row.of)
    return row.label, value


def _svg(
    title: str, inner: str, width: float, height: float, look: Look, size: float, *, has_links: bool = False
) -> SafeString:
    # What is inside an image has no links of its own for a screen reader.
    role = "group" if has_links else "img"
    font = f' font-family="{escape(look.font)}"' if look.font else ""
    return mark_safe(  # noqa: S308 - every word that came in was escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="{role}" aria-label="{escape(title)}"'
        f' viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}"{font} font-size="{size}">'
        f"<title>{escape(title)}</title>{inner}</svg>"
    )


def _empty(title: str, look: Look, width: float, size: float) -> SafeString:
    return _svg(title, _text(0, size * 1.4, "暂无数据", look.faint), width, size * 2, look, size)


def _link(inner: str, href: str) -> str:
    return f'<a href="{escape(href)}">{inner}</a>' if href else f"<g>{inner}</g>"


def _rect(x: float, y: float, width: float, height: float, color: str, edge: str = "") -> str:
    stroke = f' stroke="{escape(edge)}"' if edge else ""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(height)}"'
        f' fill="{escape(color)}"{stroke} />'
    )


def _text(x: float, y: float, words: str, color: str, anchor: str = "") -> str:
    place = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" fill="{escape(color)}"{place}>{escape(words)}</text>'


def _anchor(x: float, width: float) -> str:
    return "" if x < width * 0.1 else "end" if x > width * 0.9 else "middle"


def _width(words: str, size: float) -> float:
    return sum(size if east_asian_width(char) in "WFA" else size * 0.56 for char in words)


def _cut(words: str, room: float, size: float) -> str:
    if _width(words, size) <= room + 1:
        return words
    while words and _width(words + "…", size) > room:
        words = words[:-1]
    return words + "…"


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
