"""Settings of the test suite: the owning role, quick hashing, tasks run at once, and a guard against N+1 queries."""

import os

os.environ.setdefault("BANGFU_DB_ROLE", "owner")

from config import postgres
from config.settings import *
from config.settings import DATA_DIR, DATABASES, INSTALLED_APPS, LOCAL, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True

if LOCAL:
    # A server apart from the one with data, and one that never waits for the disk: what it holds can be made again.
    careless = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    POSTGRES = postgres.Cluster(DATA_DIR, "postgres-tests", careless)
    DATABASES["default"]["HOST"] = str(POSTGRES.sockets)
# A thread of the live server must not keep its connection to a database that the next test drops.
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"].setdefault("OPTIONS", {})

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# What an earlier start collected must not stand in for what is in the checkout.
STATIC_ROOT = DATA_DIR / "nothing-collected"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
