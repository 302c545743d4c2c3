"""The role that serves can add to history and change nothing in it."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from pghistory.models import Context

from programs.db_roles import append_only_models

pytestmark = pytest.mark.django_db


def rights(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege "
            "WHERE has_table_privilege(%s, %s, privilege)",
            [settings.DATABASE_APP_ROLE, table],
        )
        return {row[0] for row in cursor.fetchall()}


def test_tests_run_under_the_role_that_serves():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.DATABASE_APP_ROLE,)


def test_every_table_has_exactly_the_rights_it_needs():
    evidence = set(append_only_models())
    assert evidence
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        if model is Context:
            expected = {"SELECT"}
        elif model in evidence:
            expected = {"SELECT", "INSERT"}
        else:
            expected = {"SELECT", "INSERT", "UPDATE", "DELETE"}
        assert rights(model._meta.db_table) == expected, model._meta.label


@pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_history_cannot_be_changed(statement):
    table = connection.ops.quote_name(append_only_models()[0]._meta.db_table)
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_the_schema_belongs_to_the_owner_alone():
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE stray (id int)")
