"""Start-up of the inspections app: what it registers with the apps below it."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """督查与考核"""

    name = "inspections"
    verbose_name = "督查与考核"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register checklist and assessment as configuration, measures, and the reach of inspectors."""
        from inspections import config, listings, measures, reach, score_listing, score_measures, setup_sections  # noqa: F401
