"""Start-up of the reports app: what it registers with the apps below it."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """简报与报表"""

    name = "reports"
    verbose_name = "简报与报表"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register bulletin templates as configuration, and what can be counted."""
        from reports import config, measures, rooms, setup_sections  # noqa: F401
        from reports.bulletins import listing  # noqa: F401
        from reports.papers import batches, remarks, sets  # noqa: F401
        from reports.papers import config as papers_config  # noqa: F401
