"""Start-up of the villages app: what it registers with the apps below it."""

from django.apps import AppConfig


class VillagesConfig(AppConfig):
    """村与农户"""

    name = "villages"
    verbose_name = "村与农户"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what can be counted."""
        from villages import choices, listings, measures  # noqa: F401
