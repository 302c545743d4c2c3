"""Puts our back office in the place of Django's; apart from the site itself, which needs the models."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Django's admin with our site in the place of its own."""

    default_site = "programs.back_office.BackOffice"
