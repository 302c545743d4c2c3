"""Settings of the test suite: the owning role, quick hashing, tasks run at once, and a guard against N+1 queries."""

import os

os.environ.setdefault("BANGFU_DB_ROLE", "owner")

from config.settings import *
from config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True

# Losing the last commits of a test database in a power cut costs nothing.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# A thread of the live server must not keep its connection to a database that the next test drops.
DATABASES["default"]["CONN_MAX_AGE"] = 0
