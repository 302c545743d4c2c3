"""Start-up of the cadres app: what it registers with the apps below it."""

from django.apps import AppConfig


class CadresConfig(AppConfig):
    """干部与工作"""

    name = "cadres"
    verbose_name = "干部与工作"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register reach, measures, and who owes what by which evidence."""
        from cadres import (  # noqa: F401
            carrying,
            choices,
            evidence,
            joint_measures,
            listings,
            measures,
            pairing_measures,
            reach,
            subjects,
        )
