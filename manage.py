#!/usr/bin/env python
"""Django's command line; commands that change the schema or load data run under the owning database role."""

import os
import sys

OWNER_COMMANDS = {"createcachetable", "dbshell", "flush", "makemigrations", "migrate", "pgtrigger", "sqlflush", "test"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OWNER_COMMANDS or command.startswith("load"):
        os.environ.setdefault("BANGFU_DB_ROLE", "owner")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
