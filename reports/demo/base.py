"""What every demonstration's builder shares: the program with its words, accounts to try it with, repeatable chance."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from programs.actions import create_account
from programs.models import Program, Term, User

PASSWORD = "demo-2015"  # noqa: S105 - shown on the sign-in page of a demonstration
ADMIN, ADMIN_NAME = "admin", "系统管理员"


@dataclass
class DemoWorld:
    """A demonstration as it is being made. Steps fill it in turn; ``accounts`` are those that the sign-in page names.

    ``own_accounts`` are those that an earlier loading made; only they and new ones get the known password.
    """

    admin: User
    password: str | None
    own_accounts: set[str]
    accounts: dict[str, str]
    program: Program = field(init=False)

    @cached_property
    def _words(self) -> dict[tuple[str, str], Term]:
        return {(term.vocabulary, term.code): term for term in self.program.terms.select_related("program")}

    def word(self, vocabulary: str, code: str) -> Term:
        """A word of the program."""
        return self._words[vocabulary, code]

    def account(self, username: str, display_name: str = "") -> User:
        """An account of the demonstration; one left from an earlier loading is used again."""
        known = User.objects.filter(username=username).first()
        if known is not None:
            return known
        self.own_accounts.add(username)
        name = display_name or self.accounts[username]
        return create_account(by=self.admin, username=username, display_name=name)

    def show_accounts(self) -> None:
        """Give the accounts to try it with their known password, and let the sign-in page name them.

        An account that was there before, say of the machine's own administrator, is neither changed nor named.
        """
        if self.password is None:
            return
        ours = {username: name for username, name in self.accounts.items() if username in self.own_accounts}
        # Hashing is slow by design; one hash serves them all, as does one password.
        User.objects.filter(username__in=ours).update(password=make_password(self.password))
        self.program.settings["demo_accounts"] = [
            {"username": username, "name": name, "password": self.password} for username, name in ours.items()
        ]
        self.program.save(update_fields=["settings"])


def administrator(own_accounts: set[str]) -> User:
    """The administrator by whom a demonstration is made; a new one becomes one of the demonstration's own accounts."""
    admin = User.objects.filter(username=ADMIN).first()
    if admin is None:
        admin = User.objects.create_superuser(ADMIN, display_name=ADMIN_NAME)
        own_accounts.add(ADMIN)
    return admin


def refresh_statistics(*models: type[Model]) -> None:
    """Tell the database how large tables have become, so that what a step asks is not planned as if they were empty.

    It waits for nobody: another demonstration that is being loaded may be doing the same.
    """
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {names}")


def dice(*seed: object) -> random.Random:
    """Chance that falls the same way every time, of its own for each purpose."""
    return random.Random("/".join(map(str, seed)))  # noqa: S311 - demonstration rows, no secret


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of a day in China."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def days_between(start: dt.date, end: dt.date, *, weekdays: int = 6) -> list[dt.date]:
    """The days of a stretch that are worked on: Mondays to Saturdays, or fewer days of the week."""
    days = (start + dt.timedelta(days=n) for n in range((end - start).days + 1))
    return [day for day in days if day.weekday() < weekdays]
