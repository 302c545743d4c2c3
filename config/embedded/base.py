"""The database wrapper: the stock one, with the server made ready before each process's first connection."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as StockClient
from psycopg import Connection

from config import postgres


class DatabaseClient(StockClient):
    executable_name = str(postgres.wheel_dir() / "bin" / "psql")

    def runshell(self, parameters: Iterable[str]) -> None:
        settings.POSTGRES.ensure()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        settings.POSTGRES.ensure()
        connection: Connection = super().get_new_connection(conn_params)
        return connection
