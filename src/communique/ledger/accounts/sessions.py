"""Where sessions are kept: in the database, under the hash of the cookie, with the account they belong to."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from communique.ledger.accounts.models import Session


class SessionStore(DatabaseStore):
    """Who reads the table, or a copy of it, learns no cookie."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model of the rows."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        row = Session.objects.filter(
            session_key=handle(self.session_key), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        """Return whether there is a session with this cookie."""
        return Session.objects.filter(session_key=handle(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row of this session."""
        made = super().create_model_instance(data)
        return Session(
            session_key=handle(made.session_key),
            session_data=made.session_data,
            expire_date=made.expire_date,
            account_id=data.get(SESSION_KEY),
        )

    def save(self, must_create: bool = False) -> None:
        """Write the session; where a session that is there can't be written (a full disk, a locked database), the
        page is shown all the same: all that is lost is when it was last used.
        """
        try:
            super().save(must_create)
        except UpdateError:
            if self.session_key is None or not self.exists(self.session_key):
                raise

    def delete(self, session_key: str | None = None) -> None:
        """End this session, or that with another cookie."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=handle(key)).delete()


def handle(session_key: str | None) -> str:
    """Return what a session is kept and named by: the SHA-256 of the cookie."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()
