"""Settings for every place the project runs in; what differs between places comes from the environment."""

import os
from pathlib import Path
from typing import Any

import environ
import pghistory
from whitenoise.compress import Compressor

from config import local, postgres

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Without DATABASE_URL the project looks after itself on one machine: its own PostgreSQL, its own secret, plain HTTP.
DATABASE_URL = env.str("DATABASE_URL", default="")
LOCAL = not DATABASE_URL
DATA_DIR = local.data_dir()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = local.secret_key(DATA_DIR) if LOCAL and "SECRET_KEY" not in env else env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "programs.back_office_config.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.static.StaticFiles",
    "django.forms",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "django_bootstrap5",
    "bootstrap",
    "lucide",
    "import_export",
    "pgtrigger",
    "pghistory",
    "django_tasks",
    "django_tasks_db",
    "programs",
    "villages",
    "cadres",
    "projects",
    "inspections",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "programs.middleware.content_policy",
    "programs.middleware.remember_program",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "programs.context_processors.frame",
            ],
        },
    },
]

# Our widgets have their templates beside those of the pages.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The owner role migrates and loads, the app role serves; each connection is opened under one of them only.
AS_OWNER = env.str("BANGFU_DB_ROLE", default="app") == "owner"
if LOCAL:
    POSTGRES = postgres.Cluster(DATA_DIR)
    DATABASE_APP_ROLE, DATABASE_OWNER_ROLE = postgres.APP_ROLE, postgres.OWNER_ROLE
    DATABASES: dict[str, dict[str, Any]] = {
        "default": {
            "ENGINE": "config.embedded",
            "NAME": postgres.DATABASE,
            "USER": DATABASE_OWNER_ROLE if AS_OWNER else DATABASE_APP_ROLE,
            "HOST": str(POSTGRES.sockets),
        }
    }
else:
    serving, owning = env.db("DATABASE_URL"), env.db("MIGRATION_DATABASE_URL", default=DATABASE_URL)
    DATABASE_APP_ROLE, DATABASE_OWNER_ROLE = serving["USER"], owning["USER"]
    DATABASES = {"default": owning if AS_OWNER else serving}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
# Each history trigger asks what it is told to ignore. Where nobody ever said, it catches an exception in every row:
# 0.2 ms, and more the longer the transaction has become. An empty list is answered at once.
options: dict[str, Any] = DATABASES["default"].setdefault("OPTIONS", {})
options["options"] = f"{options.get('options', '')} -c pgtrigger.ignore={{}}".strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Triggers see every write, raw SQL included; what they recorded is never changed or removed.
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_APPEND_ONLY = True
# Installed after each migrate rather than by migrations: 250 trigger operations would triple a fresh set-up's time.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True

# Counters that limit log-ins have to be shared by all workers.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# After so many seconds without a sign of life a worker is taken for dead, and its job taken up by another.
JOB_LEASE = env.int("BANGFU_JOB_LEASE", default=20)

AUTH_USER_MODEL = "programs.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
CSRF_FAILURE_VIEW = "programs.views.errors.csrf_failed"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(DATA_DIR / "media"))
FILE_UPLOAD_PERMISSIONS = 0o640
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

# WeasyPrint reads the variable once, when it is first imported: the faces of official documents and no others.
FONTS_DIR = local.fonts_dir()
FONTCONFIG_FILE = FONTS_DIR / "fonts.conf"
if FONTCONFIG_FILE.exists():
    os.environ["FONTCONFIG_FILE"] = str(FONTCONFIG_FILE)

# Where telephones outside reach the site: it is printed into the codes on cards that hang on walls for years.
PUBLIC_URL = env.str(
    "BANGFU_PUBLIC_URL",
    default=f"http://localhost:{env.int('PORT', default=8000)}" if LOCAL else f"https://{ALLOWED_HOSTS[0]}",
)
HTTPS = env.bool("HTTPS", default=not LOCAL)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS

IMPORT_EXPORT_USE_TRANSACTIONS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # A line for each trigger, for each step of a PDF, or for a worker that was told to end tells nobody anything.
    "loggers": {
        "pgtrigger": {"level": "WARNING"},
        "django_tasks_db": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
    },
}
