"""Where a ledger is kept: its folder, its database, its bytes, and the secret it signs with."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from communique.errors import CommuniqueError

_VARIABLE = "COMMUNIQUE_DATA"


class UnusablePlace(CommuniqueError):
    """The folder of a ledger can't be made, read or written."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one ledger."""

    folder: Path

    @property
    def database(self) -> Path:
        """The file of the SQLite database; unused where DATABASE_URL names another."""
        return self.folder / "ledger.sqlite3"

    @property
    def bytes(self) -> Path:
        """The folder in which documents are kept as they came, by their hash."""
        return self.folder / "bytes"

    def secret(self) -> str:
        """Return the key that sessions are signed with, made at the first call and readable by its owner only."""
        path = self.folder / "secret"
        if not path.exists():
            part = self.folder / f"secret.{secrets.token_hex(6)}.part"
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
            with suppress(FileExistsError):
                os.link(part, path)  # two processes at once: the first one's is kept, whole
            part.unlink()
        return path.read_text(encoding="ascii")

    @property
    def served_at(self) -> str:
        """The address it was served at last; empty where it never was."""
        try:
            return self._served.read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def serve_at(self, address: str) -> None:
        """Remember where it is served, for links that are printed by other commands; a full disk forgets it."""
        with suppress(OSError):
            self._served.write_text(f"{address}\n", encoding="utf-8")

    @property
    def _served(self) -> Path:
        return self.folder / "served-at"

    def mark(self) -> str:
        """Return what tells this ledger from others on the same host: a few letters made of its secret."""
        return hashlib.sha256(f"mark {self.secret()}".encode()).hexdigest()[:8]


def default_folder() -> Path:
    """Return the folder that the platform keeps a user's data in."""
    import platformdirs

    return Path(platformdirs.user_data_dir("communique", appauthor=False))


def choose(folder: Path | None) -> Place:
    """Return the place of the ledger in ``folder``, or in the platform's default, and remember the choice for
    the processes started from here.

    Raises UnusablePlace where the folder can't be made.
    """
    chosen = (folder or default_folder()).expanduser().resolve()
    try:
        (chosen / "bytes").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusablePlace(f"{chosen}: {error.strerror}", hint="name another folder with --data") from error
    os.environ[_VARIABLE] = str(chosen)
    return Place(chosen)


def chosen() -> Place:
    """Return the place chosen in this process or the one that started it, or the platform's default."""
    named = os.environ.get(_VARIABLE)
    return choose(Path(named) if named else None)
