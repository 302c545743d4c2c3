"""Which static files of the installed packages are collected: what the pages use, not every build a package carries."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap/css/bootstrap-*",
        "bootstrap/css/*.rtl.*",
        "bootstrap/css/bootstrap.css*",
        "bootstrap/js/bootstrap.js*",
        "bootstrap/js/bootstrap.min.js*",
        "bootstrap/js/bootstrap.bundle.js*",
        "bootstrap/js/bootstrap.esm*",
        "bootstrap/js/jquery*",
        "django_htmx/ext/*",
        "django_htmx/htmax*",
    ]
