"""Where the program keeps what it makes: database, keys, logs. `B12_STATE` moves it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def state_dir() -> Path:
    """The state directory: `B12_STATE`, else `var/` beside the program."""
    return Path(os.environ.get("B12_STATE") or REPOSITORY / "var").expanduser().resolve()


def secret_key() -> str:
    """The key that signs sessions, made once and kept in the state directory."""
    return kept_secret("secret-key", 50)


def demo_password() -> str:
    """The password of the demo accounts: `DEMO_PASSWORD`, else one made once and kept."""
    return os.environ.get("DEMO_PASSWORD") or kept_secret("demo-password", 9)


def kept_secret(name: str, strength: int) -> str:
    """A secret of this installation, made at first use, readable by its owner alone.

    Two processes that ask first at the same moment get the same one: it is
    written aside and linked into place, which only one of them can do.
    """
    path = state_dir() / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(strength) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
