"""A process that loads one demonstration; it begins without Django, and so does this module."""

from __future__ import annotations

from multiprocessing.connection import Connection

import django


def run(
    pipe: Connection, database: str, code: str, reset: bool, with_password: bool, own_accounts: frozenset[str]
) -> None:
    """Load one demonstration into a database and tell the steps through the pipe."""
    django.setup()
    # Only now, for both need Django's apps.
    from django.db import connection

    from programs.refusals import Refusal
    from reports.demo.loading import load_one

    connection.settings_dict["NAME"] = database
    try:
        load_one(code, reset, with_password, lambda message: pipe.send(("step", message)), own_accounts)
        pipe.send(("done", ""))
    except Refusal as refusal:
        pipe.send(("failed", refusal.message))
    finally:
        connection.close()
        pipe.close()
