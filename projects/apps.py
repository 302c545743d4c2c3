"""Start-up of the projects app: what it registers with the apps below it."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """项目与资金"""

    name = "projects"
    verbose_name = "项目与资金"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what can be counted, and projects as evidence."""
        from projects import choices, donation_measures, listings, measures  # noqa: F401
