"""What the role that serves may do in the database: change records, but only add to what is kept as evidence."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.db import connections, models
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from pghistory.models import Context, Event
from psycopg import sql


def append_only_models() -> list[type[models.Model]]:
    """History, and every model that calls itself `append_only`: rows that are evidence and may never change again."""
    return [
        model for model in apps.get_models() if issubclass(model, Event) or getattr(model, "append_only", False) is True
    ]


def _tables(found: list[type[models.Model]]) -> sql.Composed:
    names = sorted({model._meta.db_table for model in found if not model._meta.proxy and model._meta.managed})
    return sql.SQL(", ").join(map(sql.Identifier, names))


@receiver(post_migrate, dispatch_uid="programs.db_roles")
def grant(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After every migration the app role gets what it needs on the tables there are, and on those to come."""
    if sender.label != "programs":
        return
    with connections[using].cursor() as cursor:
        role = sql.Identifier(settings.DATABASE_APP_ROLE)
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (settings.DATABASE_APP_ROLE,):
            return
        for statement in (
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=role))
        if evidence := append_only_models():
            cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(_tables(evidence), role))
        # Who and why is written by this function, under its owner, so that nobody who serves can rewrite it by hand.
        cursor.execute("ALTER FUNCTION _pgh_attach_context() SECURITY DEFINER SET search_path = public, pg_temp")
        cursor.execute(sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(_tables([Context]), role))


@checks.register(checks.Tags.security, deploy=True)
def two_roles(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A deployment whose pages run under the owning role could change its own history."""
    if settings.DATABASE_APP_ROLE != settings.DATABASE_OWNER_ROLE:
        return []
    return [
        checks.Warning(
            "网页与迁移使用同一个数据库角色，留痕记录可被改写。",
            hint="另建一个不拥有表的角色写入 DATABASE_URL，把所有者写入 MIGRATION_DATABASE_URL。",
            id="programs.W001",
        )
    ]
