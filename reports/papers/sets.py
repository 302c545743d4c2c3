"""Handbooks, boards and booklets by the set: which there are, in which files, made in the background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cadres.models import Cadre, Pairing, Post, TeamMember
from programs import clock
from programs.jobs import Work, register_job, start_job
from programs.membership import in_program
from programs.models import Division, Job, JobFile, Program, Unit, User
from programs.permissions import PERMISSIONS
from programs.refusals import Refusal
from programs.scoping import code_range
from reports.models import Paper
from reports.papers.batches import pack_all
from reports.papers.board import board_of
from reports.papers.board_sheet import print_board
from reports.papers.booklet import booklet_of
from reports.papers.handbook import handbooks_of
from reports.papers.kinds import paper_kinds
from reports.papers.pages import pages_html
from reports.papers.press import Press, press
from reports.typesetting.joining import Sheets
from reports.typesetting.pool import PdfError
from villages.models import Village

#: Handbooks that are read and set together.
AT_A_TIME = 8


class NothingToPrint(Refusal):
    """No paper of this kind in the chosen part of the program."""


@dataclass(frozen=True)
class Scope:
    """What a set covers: the whole program, what lies in a place, or one unit."""

    place: str = ""
    unit: int | None = None


@dataclass(frozen=True)
class Bundle:
    """One file: what it is called, and what goes into it."""

    name: str
    keys: Sequence[int | str]


@dataclass(frozen=True)
class PaperSet:
    """A kind of paper that is printed by the set; ``most`` papers go into one file."""

    kind: str
    permission: str
    counter: str
    reason: str
    most: int
    sides: int
    rows: Callable[[Program, User, Scope], QuerySet[Any]]
    groups: Callable[[QuerySet[Any], Program], list[tuple[str, list[int | str]]]]
    papers: Callable[[Program, User, Sequence[int | str], Press], Iterator[tuple[bytes, int]]]

    @property
    def label(self) -> str:
        """What it is called."""
        return Paper.Kind(self.kind).label

    @property
    def about(self) -> str:
        """What it is for, as the settings say."""
        return paper_kinds()[self.kind].about

    @property
    def job_kind(self) -> str:
        """The name of the work."""
        return f"paper-{self.kind}"

    def bundles(self, program: Program, user: User, scope: Scope) -> Iterator[Bundle]:
        """The files of a set, of a size that prints."""
        for name, keys in self.groups(self.rows(program, user, scope), program):
            count = -(-len(keys) // self.most)
            size = -(-len(keys) // count)
            for part in range(count):
                number = f"（{part + 1}）" if count > 1 else ""
                yield Bundle(f"{name}{self.label}{number}.pdf", keys[part * size : (part + 1) * size])


# Cadres


def cadres_of(program: Program, user: User, scope: Scope) -> QuerySet[Cadre]:
    """Cadres in reach who help somebody today."""
    day = clock.today(program)
    held = Pairing.objects.active_on(day).filter(program=program, cadre=OuterRef("pk"))
    seats = TeamMember.objects.active_on(day).filter(team__program=program, cadre=OuterRef("pk"))
    if scope.place:
        held = held.filter(code_range("place_id", scope.place))
        seats = seats.filter(code_range("team__village_id", scope.place))
    reached = Cadre.objects.visible_to(user, PERMISSIONS["handbook.print"])
    rows: QuerySet[Cadre] = reached.filter(Q(Exists(held)) | Q(Exists(seats)))
    if scope.unit is not None:
        posts = Post.objects.active_on(day).filter(cadre=OuterRef("pk"))
        rows = rows.filter(Exists(posts.filter(Q(unit=scope.unit) | Q(unit__parent=scope.unit))))
    return rows


def _units_with(rows: QuerySet[Any], program: Program) -> list[tuple[str, int, list[int | str]]]:
    """Cadres by the unit of their first post, a section's with those of its unit; at the end those without a post."""
    posts = Post.objects.active_on(clock.today(program)).filter(cadre=OuterRef("pk"))
    main = posts.order_by("is_secondment", "since", "pk").annotate(body=Coalesce(F("unit__parent_id"), F("unit_id")))
    found = rows.annotate(body=Subquery(main.values("body")[:1])).values_list("body", "pk")
    by_unit: dict[int, list[int | str]] = {}
    for body, pk in found.order_by(F("body").asc(nulls_last=True), "pinyin", "pk"):
        by_unit.setdefault(body or 0, []).append(pk)
    units = Unit.objects.in_bulk(by_unit)
    return [(units[body].short_name if body in units else "无单位", body, keys) for body, keys in by_unit.items()]


def _by_unit(rows: QuerySet[Any], program: Program) -> list[tuple[str, list[int | str]]]:
    return [(name, keys) for name, _, keys in _units_with(rows, program)]


def _handbooks(program: Program, user: User, keys: Sequence[int | str], printer: Press) -> Iterator[tuple[bytes, int]]:
    """Several at a time: set together they take a fifth of the room, as each file of its own brings its faces."""
    chunks = [[int(key) for key in keys[at : at + AT_A_TIME]] for at in range(0, len(keys), AT_A_TIME)]
    pages = (pages_html(*handbooks_of(program, user, chunk)) for chunk in chunks)
    return zip(printer.all(pages), map(len, chunks), strict=True)


# Villages


def _villages_for(permission: str) -> Callable[[Program, User, Scope], QuerySet[Village]]:
    def rows(program: Program, user: User, scope: Scope) -> QuerySet[Village]:
        reached = Village.objects.visible_to(user, PERMISSIONS[permission])
        found = in_program(reached, program).filter(code_range("pk", scope.place or program.jurisdiction_id))
        return found.filter(division__retired_on__isnull=True) if not program.has_ended else found

    return rows


def _by_town(rows: QuerySet[Village], _: Program) -> list[tuple[str, list[int | str]]]:
    codes = list(rows.order_by("pk").values_list("pk", flat=True))
    towns = Division.objects.in_bulk({code[:9] for code in codes})
    return [(towns[code].short_name, list(group)) for code, group in groupby(codes, key=lambda code: code[:9])]


def _placed(keys: Sequence[int | str]) -> Iterator[Village]:
    known = Village.objects.select_related("division__parent").in_bulk(list(keys))
    return (known[key] for key in keys if key in known)


def _boards(program: Program, user: User, keys: Sequence[int | str], printer: Press) -> Iterator[tuple[bytes, int]]:
    return ((print_board(printer, board_of(program, village)), 1) for village in _placed(keys))


def _booklets(program: Program, user: User, keys: Sequence[int | str], printer: Press) -> Iterator[tuple[bytes, int]]:
    pages = (pages_html(booklet_of(program, user, village)) for village in _placed(keys))
    return ((content, 1) for content in printer.all(pages))


# Smaller sets


@dataclass(frozen=True)
class Smaller:
    """A part of a set that may be printed alone: a town, or a unit."""

    name: str
    query: str
    count: int


def smaller_sets(kind: PaperSet, program: Program, user: User, scope: Scope) -> list[Smaller]:
    """The towns of a set that covers the whole program; of handbooks the units."""
    if scope != Scope():
        return []
    rows = kind.rows(program, user, scope)
    if kind is HANDBOOKS:
        counts = [(body, len(keys)) for _, body, keys in _units_with(rows, program) if body]
        units = Unit.objects.in_bulk([body for body, _ in counts])
        return [Smaller(units[body].short_name, f"unit={body}", count) for body, count in counts]
    towns = Counter(str(code)[:9] for code in rows.order_by().values_list("pk", flat=True))
    places = Division.objects.filter(code__in=towns).order_by("code")
    return [Smaller(place.short_name, f"place={place.code}", towns[place.code]) for place in places]


# The work


def start_set(kind: PaperSet, *, program: Program, by: User, title: str, scope: Scope) -> Job:
    """Have a set made."""
    if not kind.rows(program, by, scope).exists():
        raise NothingToPrint(f"这个范围内没有可印的{kind.label}。请换一个范围，或先登记结对。")
    params = {"place": scope.place, "unit": scope.unit, "reason": kind.reason}
    return start_job(kind.job_kind, title=title, program=program, by=by, params=params)


def _maker(kind: PaperSet) -> Callable[[Work], None]:
    def make(work: Work) -> None:
        """Print file after file; those that an earlier attempt made stay."""
        program, owner = work.job.program, work.job.owner
        assert program is not None
        assert owner is not None
        scope = Scope(work.job.params["place"], work.job.params["unit"])
        bundles = list(kind.bundles(program, owner, scope))
        total, done = sum(len(one.keys) for one in bundles), 0
        made = set(JobFile.objects.filter(job=work.job).values_list("name", flat=True))
        with press() as printer:
            for bundle in bundles:
                work.report(done, total, bundle.name)
                if bundle.name not in made:
                    papers = kind.papers(program, owner, bundle.keys, printer)
                    content = _joined(kind, work, bundle.name, papers, done)
                    work.add_file(bundle.name, content, row_count=len(bundle.keys))
                    work.keep(files=len(made))
                done += len(bundle.keys)
                work.report(done, total)
        if len(bundles) > 1:
            work.report(done, total, "打包")
            pack_all(work, total)

    return make


def _joined(kind: PaperSet, work: Work, name: str, papers: Iterator[tuple[bytes, int]], done: int) -> bytes:
    """One file of several papers; those printed on both sides begin each on a sheet of its own."""
    assert work.job.program is not None
    sheets = Sheets(title=name.removesuffix(".pdf"), author=work.job.program.office)
    try:
        for content, count in papers:
            sheets.add(content)
            if kind.sides == 2:
                sheets.fill_up()
            done += count
            work.report(done)
    except PdfError as error:
        work.check()
        raise Refusal(f"{error}已完成的文件不会丢失，点“重试”接着做。") from error
    return sheets.content()


HANDBOOKS = PaperSet(
    Paper.Kind.HANDBOOK, "handbook.print", "本", "帮扶工作和督查", 40, 2, cadres_of, _by_unit, _handbooks
)
BOARDS = PaperSet(
    Paper.Kind.BOARD, "board.print", "块", "在村里张贴公示", 60, 1, _villages_for("board.print"), _by_town, _boards
)
BOOKLETS = PaperSet(
    Paper.Kind.BOOKLET,
    "booklet.print",
    "本",
    "供驻村人员掌握村情",
    30,
    2,
    _villages_for("booklet.print"),
    _by_town,
    _booklets,
)
for _set in (HANDBOOKS, BOARDS, BOOKLETS):
    register_job(_set.job_kind, _set.label, _maker(_set), unit=_set.counter)
