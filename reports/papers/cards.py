"""联系卡: for which households, who helps each, and what stands on its card."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse

from cadres.models import Cadre, Pairing, Post
from programs import clock
from programs.models import Division, DivisionLevel, Program, Term, Unit, User
from programs.permissions import PERMISSIONS, may
from programs.scoping import code_range
from reports.models import ContactCard, Paper
from reports.papers.kinds import Wording, wording_of
from villages.models import Household

#: More helpers than this do not fit; the first are those who answer first.
MOST_HELPERS = 3


@dataclass(frozen=True)
class Helper:
    """Whoever helps a household, with what may be told to everybody: the office's telephone, never a person's own."""

    name: str
    unit: str = ""
    post: str = ""
    phone: str = ""
    cadre_id: int | None = None


@dataclass(frozen=True)
class Card:
    """What stands on one card."""

    head: str
    address: str
    number: str
    helpers: tuple[Helper, ...]
    url: str


@dataclass(frozen=True)
class CardText:
    """What stands on every card of a program."""

    office: str
    wording: Wording
    tasks: tuple[str, ...]
    notice: str = ""


def text_of(program: Program) -> CardText:
    """The words of a program's cards: its own tasks, those of its vocabulary, or the usual ones."""
    wording = wording_of(program, Paper.Kind.CARD)
    tasks = wording.lines("tasks")
    if not wording.texts.get("tasks"):
        terms = Term.objects.filter(program=program, vocabulary=Term.Vocabulary.TASK, ended_on=None)
        tasks = list(terms.order_by("position", "pk").values_list("label", flat=True)[:6]) or tasks
    return CardText(program.office, wording, tuple(tasks), "演示数据" if program.is_demonstration else "")


def public_address(token: str) -> str:
    """The address in the code: the one that telephones outside reach."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("card-public", args=[token])


# Who helps


def pairings_of(program: Program) -> QuerySet[Pairing]:
    """Pairings of households that hold today, those who answer first in front."""
    day = clock.today(program)
    posts = Post.objects.active_on(day).select_related("unit__parent").order_by("is_secondment", "since", "pk")
    found: QuerySet[Pairing] = (
        Pairing.objects.active_on(day)
        .filter(program=program, household__isnull=False)
        .select_related("cadre", "unit", "team__unit")
        .prefetch_related(Prefetch("cadre__posts", posts, to_attr="current_posts"))
    )
    return found.order_by("rank", "since", "pk")


def helpers_of(program: Program, households: Iterable[int]) -> dict[int, tuple[Helper, ...]]:
    """Who helps each of these households today."""
    found: dict[int, list[Helper]] = defaultdict(list)
    for pairing in pairings_of(program).filter(household_id__in=list(households)):
        assert pairing.household_id is not None  # as asked for
        helpers = found[pairing.household_id]
        helper = helper_of(pairing)
        if len(helpers) < MOST_HELPERS and helper not in helpers:
            helpers.append(helper)
    return {pk: tuple(helpers) for pk, helpers in found.items()}


def helper_of(pairing: Pairing) -> Helper:
    """The helper of a pairing, as strangers may know them."""
    if pairing.cadre is not None:
        return _cadre(pairing.cadre)
    if pairing.unit is not None:
        return Helper(pairing.unit.short_name, unit=pairing.unit.name, phone=pairing.unit.office_phone)
    assert pairing.team is not None  # the database holds exactly one
    unit = pairing.team.unit
    return Helper(pairing.team.name, unit=unit.name if unit else "", phone=unit.office_phone if unit else "")


def _cadre(cadre: Cadre) -> Helper:
    posts: list[Post] = getattr(cadre, "current_posts", [])
    if not posts:
        return Helper(cadre.name, cadre_id=cadre.pk)
    unit: Unit = posts[0].unit
    phone = unit.office_phone or (unit.parent.office_phone if unit.parent else "")
    return Helper(cadre.name, unit=unit.name, post=posts[0].title, phone=phone, cadre_id=cadre.pk)


# For which households


def households_of(program: Program, user: User, *, place: str = "", cadre: int | None = None) -> QuerySet[Household]:
    """Households within somebody's reach that are helped today; below a place, or helped by one cadre."""
    held = Pairing.objects.active_on(clock.today(program)).filter(program=program, household=OuterRef("pk"))
    if cadre is not None:
        held = held.filter(cadre_id=cadre)
    rows = Household.objects.visible_to(user, PERMISSIONS["card.print"]).filter(Exists(held), moved_out_on__isnull=True)
    rows = rows.filter(code_range("division_id", place or program.jurisdiction_id))
    found: QuerySet[Household] = rows.order_by("division_id", "pinyin", "pk")
    return found


@dataclass(frozen=True)
class Place:
    """A town or a village with how many of its households get a card."""

    division: Division
    count: int

    @property
    def is_town(self) -> bool:
        """Whether villages lie below it."""
        return self.division.level == DivisionLevel.TOWN


def place_named(program: Program, code: str) -> Division | None:
    """A place of the program by its code, the whole of it for none. The list of places is public."""
    if not code:
        return program.jurisdiction
    within = Division.objects.within(program.jurisdiction_id).select_related("parent__parent")
    found: Division | None = within.filter(pk=code).first()
    return found


def places_below(rows: QuerySet[Household], place: Division) -> list[Place]:
    """The towns of a county, or the villages of a town, in which these households lie."""
    if place.level >= DivisionLevel.VILLAGE:
        return []
    length = 12 if place.level == DivisionLevel.TOWN else 9
    codes = rows.order_by().values_list("division_id", flat=True)
    counts = Counter(code[:length] for code in codes)
    return [Place(one, counts[one.code]) for one in Division.objects.filter(code__in=counts).order_by("code")]


# What stands on each


def cards_of(program: Program, households: Sequence[Household]) -> list[Card]:
    """The cards of households that were loaded with their places, in their order; new ones get their address."""
    tokens = tokens_of(program, [one.pk for one in households])
    helpers = helpers_of(program, tokens)
    return [
        Card(
            head=one.head,
            address=address_text(one.division, one.address),
            number=one.number,
            helpers=helpers.get(one.pk, ()),
            url=public_address(tokens[one.pk]),
        )
        for one in households
    ]


def tokens_of(program: Program, households: Sequence[int]) -> dict[int, str]:
    """The token of each household's card; cards that are not there yet are made, also when two make them at once."""
    made = ContactCard.objects.filter(program=program, household_id__in=households)
    known = dict(made.values_list("household_id", "token"))
    missing = [ContactCard(program=program, household_id=pk) for pk in households if pk not in known]
    if missing:
        ContactCard.objects.bulk_create(missing, ignore_conflicts=True)
        known = dict(made.values_list("household_id", "token"))
    return known


def address_text(place: Division, address: str) -> str:
    """Town, village and group, and what the register has beyond them; nothing is said twice."""
    names: list[str] = []
    one: Division | None = place
    while one is not None and one.level >= DivisionLevel.TOWN:
        names.insert(0, one.short_name)
        one = one.parent
    for number, name in enumerate(names):
        if name in address:
            return "".join(names[:number]) + address
    return "".join(names) + address


def with_places(rows: QuerySet[Household]) -> QuerySet[Household]:
    """Households with what their place is called."""
    return rows.select_related("division__parent__parent")


def card_behind(token: str) -> ContactCard | None:
    """The card whose code somebody scanned."""
    found: ContactCard | None = (
        ContactCard.objects.filter(token=token).select_related("program__jurisdiction", "household").first()
    )
    return found


def leads_to(user: User, card: ContactCard) -> bool:
    """Whether somebody who scanned a card may go on to its household."""
    if not may(user, "household.view", card.program):
        return False
    roles = PERMISSIONS["household.view"]
    return bool(Household.objects.visible_to(user, roles).filter(pk=card.household_id).exists())
