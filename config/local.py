"""Where the project keeps what belongs to one machine and not to the checkout."""

import os
import secrets
from pathlib import Path


def data_dir() -> Path:
    """The folder of database, uploads and secrets; root's own home is closed to the user the database runs under."""
    if chosen := os.environ.get("BANGFU_DATA_DIR"):
        return Path(chosen).expanduser().resolve()
    if base := os.environ.get("XDG_DATA_HOME"):
        return Path(base).expanduser().resolve() / "bangfu"
    if os.geteuid() == 0:
        return Path("/var/lib/bangfu")
    return Path.home().resolve() / ".local" / "share" / "bangfu"


def fonts_dir() -> Path:
    """The folder of the fonts that scripts/setup.sh collects, with the fonts.conf that names them."""
    if chosen := os.environ.get("BANGFU_FONTS_DIR"):
        return Path(chosen).expanduser().resolve()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache).expanduser().resolve() / "bangfu" / "fonts"


def make_data_dir(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def give_to_owner_of(folder: Path, path: Path) -> None:
    """What root makes in somebody's data folder has to stay usable for that person."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def secret_key(folder: Path) -> str:
    """The machine's own secret, made once; two processes that start at the same moment agree on one."""
    path = folder / "secret_key"
    if not path.exists():
        make_data_dir(folder)
        draft = folder / f"secret_key.{os.getpid()}.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        give_to_owner_of(folder, draft)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
