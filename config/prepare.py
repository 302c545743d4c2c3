"""Brings database, static files and demonstration up to date before anything is served; run under the owning role."""

import hashlib
import io
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["BANGFU_DB_ROLE"] = "owner"

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@contextmanager
def step(name: str) -> Iterator[None]:
    """One line of progress with the time it took."""
    begun = time.monotonic()
    print(f"▸ {name} …", end="", flush=True)
    try:
        yield
    except BaseException:
        print(" 失败", flush=True)
        raise
    print(f" {time.monotonic() - begun:.1f} 秒", flush=True)


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step("升级数据库结构"):
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)


def collect_static() -> None:
    root = Path(settings.STATIC_ROOT)
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for path in sorted((settings.BASE_DIR / "static").rglob("*")):
        if path.is_file():
            digest.update(f"{path}\0{path.stat().st_size}\0{path.stat().st_mtime_ns}\n".encode())
    stamp = root / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    with step("收集静态文件"):
        # Only files that were collected here go, so that names of former versions do not pile up.
        if stamp.exists():
            shutil.rmtree(root)
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(digest.hexdigest())


def main() -> None:
    with step("检查项目"):
        django.setup()
        call_command("check", stdout=io.StringIO())
    migrate()
    if not settings.DEBUG:
        collect_static()
    print("▸ 演示数据", flush=True)
    call_command("load_demo")


if __name__ == "__main__":
    main()
