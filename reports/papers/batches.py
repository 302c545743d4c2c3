"""Batches of cards, made in the background: a file for each village, of a size that prints, and all in one archive."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import IO

from programs.jobs import Work, register_job, start_job
from programs.models import Division, Job, JobFile, Program, User
from programs.refusals import Refusal
from reports.papers.cards import Card, CardText, cards_of, households_of, text_of, with_places
from reports.papers.printing import CardPrinter, card_printer
from reports.typesetting.pool import PdfError
from villages.models import Household

KIND = "cards"
#: More sheets in one file are hard to print and to sort: 500 cards are 125 sheets.
MOST_IN_FILE = 500


class NoCards(Refusal):
    """Nobody in the chosen place is helped by anybody."""


@dataclass(frozen=True)
class Bundle:
    """What goes into one file."""

    name: str
    households: Sequence[int]


def start_cards(*, program: Program, by: User, title: str, place: str = "", cadre: int | None = None) -> Job:
    """Have the cards of a place, of a cadre or of the whole program made."""
    if not households_of(program, by, place=place, cadre=cadre).exists():
        raise NoCards("这个范围内没有结对中的农户，没有卡可印。请先登记结对，或换一个范围。")
    params = {"place": place, "cadre": cadre, "reason": "发放联系卡"}
    return start_job(KIND, title=title, program=program, by=by, params=params)


def make_cards(work: Work) -> None:
    """Print file after file; those that an earlier attempt made stay."""
    program, owner = work.job.program, work.job.owner
    assert program is not None
    assert owner is not None
    chosen = {"place": work.job.params["place"], "cadre": work.job.params["cadre"]}
    bundles = list(bundles_of(program, owner, **chosen))
    total = sum(len(one.households) for one in bundles)
    made = set(JobFile.objects.filter(job=work.job).values_list("name", flat=True))
    text, done = text_of(program), 0
    with card_printer() as printer:
        for bundle in bundles:
            work.report(done, total, bundle.name)
            if bundle.name not in made:
                rows = with_places(Household.objects.filter(pk__in=bundle.households))
                known = {row.pk: row for row in rows}
                cards = cards_of(program, [known[pk] for pk in bundle.households if pk in known])
                content = _printed(printer, text, cards, work)
                work.add_file(bundle.name, content, row_count=len(cards))
                work.keep(files=len(made))
            done += len(bundle.households)
            work.report(done, total)
    if len(bundles) > 1:
        work.report(done, total, "打包")
        pack_all(work, total)


def pack_all(work: Work, row_count: int) -> None:
    """All files of a job in one archive beside them."""
    with tempfile.TemporaryFile() as archive:
        _pack(work, archive)
        archive.seek(0)
        work.add_file(f"{work.job.title}（全部）.zip", archive, row_count=row_count)


def _printed(printer: CardPrinter, text: CardText, cards: list[Card], work: Work) -> bytes:
    try:
        return printer.pdf(text, cards, check=work.check)
    except PdfError as error:
        work.check()
        raise Refusal(f"{error}已完成的文件不会丢失，点“重试”接着做。") from error


def _pack(work: Work, archive: IO[bytes]) -> None:
    # PDFs are compressed already.
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for row in JobFile.objects.filter(job=work.job, name__endswith=".pdf").order_by("name"):
            work.check()
            with row.file.open("rb") as content, packed.open(row.name, "w") as inside:
                for chunk in content.chunks():
                    inside.write(chunk)


def bundles_of(
    program: Program, user: User, *, place: str = "", cadre: int | None = None, most: int = MOST_IN_FILE
) -> Iterator[Bundle]:
    """The files of a batch: village by village, at most 500 cards each."""
    rows = households_of(program, user, place=place, cadre=cadre).values_list("division_id", "pk")
    villages = [(code, [pk for _, pk in found]) for code, found in groupby(rows, key=lambda row: row[0][:12])]
    places = Division.objects.select_related("parent").in_bulk([code for code, _ in villages])
    for code, households in villages:
        village = places[code]
        town = village.parent.short_name if village.parent and len(code) == 12 else ""
        count = -(-len(households) // most)
        # Files of like size: 600 cards are two of 300.
        size = -(-len(households) // count)
        for part in range(count):
            number = f"（{part + 1}）" if count > 1 else ""
            chosen = households[part * size : (part + 1) * size]
            yield Bundle(f"{town}{village.short_name}联系卡{number}.pdf", chosen)


register_job(KIND, "联系卡", make_cards, unit="张")
