"""Reads the plain text an office writes: its numbering makes the headings, its braces hold live figures."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reports.typesetting.document import Chart, Table

#: A numbered first sentence longer than this is a paragraph that happens to begin with a number, not a heading.
LONGEST_HEADING = 50

_CHINESE = "一二三四五六七八九十百零〇"
_NUMBERINGS = (
    (1, re.compile(rf"[{_CHINESE}]+、")),
    (2, re.compile(rf"[（(][{_CHINESE}]+[）)]")),
    (3, re.compile(r"[0-9０-９]{1,3}(?:、|[.．](?![0-9０-９]))")),
    (4, re.compile(r"[（(][0-9０-９]{1,3}[）)]")),
)
_TOKEN = re.compile(r"[{｛]([^{}｛｝\n]*)[}｝]")
_INSERT = re.compile(r"〔\s*(表|图)\s*[:：]\s*([^〔〕\n]+?)\s*〕")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SPACES = " \t\u00a0\u3000\r\ufeff"


class Kind(StrEnum):
    """What a block of the text is; the heading kinds follow the order of GB/T 9704: 一、（一）1．（1）."""

    H1 = "h1"
    H2 = "h2"
    H3 = "h3"
    H4 = "h4"
    PARAGRAPH = "p"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Token:
    """A live figure named in the text, as ``{key}`` or ``{key：aspect}``; ``source`` is what stood in the text."""

    start: int
    end: int
    key: str
    aspect: str
    line: int
    source: str

    @property
    def name(self) -> str:
        return f"{self.key}：{self.aspect}" if self.aspect else self.key


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the text that cannot be printed, with words for the office that wrote it."""

    line: int
    name: str
    message: str
    suggestions: tuple[str, ...] = ()

    def __str__(self) -> str:
        hint = f"，是不是 {'、'.join(self.suggestions)}？" if self.suggestions else "。"
        return f"第 {self.line} 行：{self.message}{hint}"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text with its figures put in; a token that names nothing stays as it was written."""

    text: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of characters: plain words, or (with ``figure``) the value of the figure so named."""

    text: str
    figure: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text: ``head`` is its heading (all of it, or the first sentence), ``body`` what follows."""

    kind: Kind
    head: tuple[Run, ...] = ()
    body: tuple[Run, ...] = ()
    line: int = 0
    insert: Table | Chart | None = None

    @property
    def head_text(self) -> str:
        return "".join(run.text for run in self.head)

    @property
    def body_text(self) -> str:
        return "".join(run.text for run in self.body)

    @property
    def text(self) -> str:
        """The characters of the line, none lost and none added."""
        return self.head_text + self.body_text

    @property
    def level(self) -> int:
        """1 to 4 for a heading, 0 for anything else."""
        return int(self.kind[1]) if self.head else 0


@dataclass(frozen=True, slots=True)
class Composition:
    """The blocks of a text, and what is wrong with it."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()


#: Gives the words of a figure from its key and aspect ("" for none), or None if there is no such figure.
Resolve = Callable[[str, str], str | None]


def clean(text: str) -> str:
    """Drop the control characters that come along when text is pasted and that no file format can hold."""
    return _UNPRINTABLE.sub("", text)


def tokens(text: str) -> list[Token]:
    """List the live figures of a text in order, with their place."""
    found = []
    for match in _TOKEN.finditer(text):
        key, _, aspect = match[1].replace(":", "：").partition("：")
        line = text.count("\n", 0, match.start()) + 1
        found.append(Token(match.start(), match.end(), key.strip(), aspect.strip(), line, match[0]))
    return found


def inserted(text: str) -> set[str]:
    """Titles of the tables and charts that a text calls for."""
    found = (_INSERT.fullmatch(line.strip(_SPACES)) for line in text.split("\n"))
    return {match[2] for match in found if match}


def suggest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return up to three of ``names`` that someone who typed ``name`` may have meant."""
    candidates = list(dict.fromkeys(names))
    containing = [candidate for candidate in candidates if name and (name in candidate or candidate in name)]
    close = difflib.get_close_matches(name, candidates, n=3, cutoff=0.5)
    return tuple(dict.fromkeys([*close, *sorted(containing, key=len)]))[:3]


def render(text: str, resolve: Resolve, names: Iterable[str] = ()) -> Rendered:
    """Put the figures into a text; unknown names and lone braces are collected with their line."""
    known = list(names)
    problems, parts, at = [], [], 0
    for token in tokens(text):
        value = resolve(token.key, token.aspect)
        if value is None:
            problems.append(_unknown(token, known))
            value = token.source
        parts += [text[at : token.start], value]
        at = token.end
    parts.append(text[at:])
    problems += _lone_braces(text)
    return Rendered("".join(parts), tuple(sorted(problems, key=lambda problem: problem.line)))


def parse(text: str) -> tuple[Block, ...]:
    """Split a text that holds no live figures into blocks."""
    return compose(text).blocks


def compose(
    text: str,
    resolve: Resolve | None = None,
    names: Iterable[str] = (),
    inserts: Mapping[str, Table | Chart] | None = None,
) -> Composition:
    """Split a text into blocks, with its figures and its tables and charts (〔表：…〕, 〔图：…〕) put in.

    Without ``resolve`` braces are ordinary characters.
    """
    known, inserts = list(names), inserts or {}
    blocks: list[Block] = []
    problems: list[Problem] = _lone_braces(text) if resolve else []
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip(_SPACES)
        if not line:
            continue
        if match := _INSERT.fullmatch(line):
            insert = inserts.get(match[2])
            if insert is not None:
                blocks.append(Block(Kind.INSERT, line=number, insert=insert))
                continue
            message = f"没有名为“{match[2]}”的{match[1]}"
            problems.append(Problem(number, match[2], message, suggest(match[2], inserts)))
            blocks.append(Block(Kind.PARAGRAPH, body=(Run(line, is_missing=True),), line=number))
            continue
        kind, end = _heading(line)
        head, body = line[:end], line[end:]
        runs = []
        for part in (head, body):
            part_runs, part_problems = _runs(part, number, resolve, known)
            runs.append(part_runs)
            problems += part_problems
        blocks.append(Block(kind, head=runs[0], body=runs[1], line=number))
    return Composition(tuple(blocks), tuple(sorted(problems, key=lambda problem: problem.line)))


def _heading(line: str) -> tuple[Kind, int]:
    """Return what the numbering makes of a line, and where its heading ends (0 for a plain paragraph)."""
    for level, numbering in _NUMBERINGS:
        if not numbering.match(line):
            continue
        # A full stop inside a token is no end of a sentence.
        shadow = _TOKEN.sub(lambda token: "0" * len(token[0]), line)
        stop = re.search(r"[。！？]", shadow)
        end = stop.end() if stop else len(line)
        if len(_TOKEN.sub("0000", line[:end])) <= LONGEST_HEADING:
            return Kind(f"h{level}"), end
        break
    return Kind.PARAGRAPH, 0


def _runs(part: str, line: int, resolve: Resolve | None, names: list[str]) -> tuple[tuple[Run, ...], list[Problem]]:
    if not resolve:
        return ((Run(part),) if part else ()), []
    runs, problems, at = [], [], 0
    for token in tokens(part):
        value = resolve(token.key, token.aspect)
        if token.start > at:
            runs.append(Run(part[at : token.start]))
        if value is None:
            problems.append(_unknown(token, names, line))
            runs.append(Run(token.source, figure=token.name, is_missing=True))
        else:
            runs.append(Run(value, figure=token.name))
        at = token.end
    if part[at:]:
        runs.append(Run(part[at:]))
    return tuple(runs), problems


def _unknown(token: Token, names: list[str], line: int = 0) -> Problem:
    message = f"没有名为“{token.name}”的数字" if token.name else "花括号里没有写数字的名称"
    return Problem(line or token.line, token.name, message, suggest(token.name, names))


def _lone_braces(text: str) -> list[Problem]:
    problems = []
    for number, line in enumerate(_TOKEN.sub("", text).split("\n"), start=1):
        if match := re.search(r"[{}｛｝]", line):
            problems.append(Problem(number, match[0], f"花括号“{match[0]}”没有成对"))
    return problems
