"""Start-up of the programs app: what it registers with the apps below it."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """活动与权限"""

    name = "programs"
    verbose_name = "活动与权限"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register reach, the database roles' rights, and what can be counted."""
        from programs import db_roles, listings, reach, setup_sections  # noqa: F401
        from programs.figures import measures  # noqa: F401
