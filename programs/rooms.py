"""The rooms of the house: what stands in the rail and in the phone's bar. Apps enter their pages at start-up."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from programs.models import Program, User
from programs.permissions import may


@dataclass(frozen=True)
class Room:
    """One of the places that the rail leads to."""

    key: str
    label: str
    icon: str


ROOMS = (
    Room("home", "工作台", "layout-dashboard"),
    Room("pairing", "结对", "handshake"),
    Room("visit", "走访与诉求", "footprints"),
    Room("project", "项目", "hammer"),
    Room("inspection", "督查", "clipboard-check"),
    Room("report", "简报与报表", "newspaper"),
)


@dataclass(frozen=True)
class Entry:
    """A page in a room: its words, its URL name, and the right it takes."""

    room: str
    label: str
    route: str
    permission: str
    order: int

    @property
    def noun(self) -> str:
        """What the page and its neighbours are about: ``villages:village`` for list, detail and forms."""
        return noun_of(self.route)


@dataclass(frozen=True)
class Tab:
    """A place in the phone's bar; the main one is the big red button."""

    label: str
    icon: str
    route: str
    permission: str
    order: int
    is_main: bool = False


@dataclass(frozen=True)
class Door:
    """An entry or tab as the page shows it."""

    label: str
    url: str
    is_here: bool
    icon: str = ""
    is_main: bool = False


@dataclass(frozen=True)
class OpenRoom:
    """A room somebody may enter, with its doors."""

    room: Room
    doors: list[Door]

    @property
    def url(self) -> str:
        """Where the room begins."""
        return self.doors[0].url

    @property
    def is_here(self) -> bool:
        """Whether the page lies in it."""
        return any(door.is_here for door in self.doors)


_entries: list[Entry] = []
_tabs: list[Tab] = []


def enter(room: str, label: str, route: str, permission: str, *, order: int) -> None:
    """Put a page into a room of the rail."""
    assert any(room == known.key for known in ROOMS), room
    entry = Entry(room, label, route, permission, order)
    if entry not in _entries:
        _entries.append(entry)
        _entries.sort(key=lambda one: one.order)


def enter_tab(label: str, icon: str, route: str, permission: str, *, order: int, is_main: bool = False) -> None:
    """Put a page into the phone's bar."""
    tab = Tab(label, icon, route, permission, order, is_main)
    if tab not in _tabs:
        _tabs.append(tab)
        _tabs.sort(key=lambda one: one.order)


def all_routes() -> list[tuple[str, str]]:
    """URL name and right of everything entered."""
    entered: list[Entry | Tab] = [*_entries, *_tabs]
    return [(one.route, one.permission) for one in entered]


def rooms_of(user: User, program: Program, here: str = "") -> list[OpenRoom]:
    """The rooms that somebody may enter in a program; ``here`` is the page's URL name."""
    noun, found = noun_of(here), []
    for room in ROOMS:
        entries = [one for one in _entries if one.room == room.key and may(user, one.permission, program)]
        exact = any(one.route == here for one in entries)
        doors = [
            Door(program.say(one.label), _url(one.route, program), one.route == here if exact else one.noun == noun)
            for one in entries
        ]
        if doors:
            found.append(OpenRoom(room, doors))
    return found


def tabs_of(user: User, program: Program, here: str = "") -> list[Door]:
    """The phone's bar."""
    return [
        Door(program.say(tab.label), _url(tab.route, program), tab.route == here, tab.icon, tab.is_main)
        for tab in _tabs
        if may(user, tab.permission, program)
    ]


def first_page(user: User, program: Program) -> str:
    """Where somebody begins in a program."""
    return rooms_of(user, program)[0].url


def noun_of(route: str) -> str:
    """``villages:village`` for ``villages:village-list``; a name without a verb is its own."""
    noun, _, _ = route.rpartition("-")
    return noun or route


def _url(route: str, program: Program) -> str:
    return reverse(route, args=[program.code])
