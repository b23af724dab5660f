"""Accounts and what belongs to them: sessions, API tokens, one-time links; counted sign-ins; settings."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from communique.ledger.accounts.rights import ROLES, Role, Scope

if TYPE_CHECKING:
    from communique.ledger.accounts.sessions import SessionStore


def key_of(name: str) -> str:
    """Return what makes two sign-in names one: no case, no look-alike forms of the same letter."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by sign-in name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account with this sign-in name. Raises DoesNotExist."""
        return self.get(key=key_of(username or ""))


class Account(AbstractBaseUser):
    """A person who signs in. Accounts are not deleted: the log names them."""

    name = models.CharField(max_length=150, unique=True)
    """To sign in with; what the log calls the person."""
    key = models.CharField(max_length=300, unique=True)
    full_name = models.CharField(max_length=200, blank=True)
    role = cast(Role, models.CharField(max_length=20, choices=[(role, role) for role in ROLES[1:]]))
    is_active = models.BooleanField(default=True)
    """Whether the person may sign in."""
    made = models.DateTimeField()
    password_set = models.DateTimeField(null=True)
    """When the password was last chosen; null where the person never did."""

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("key",)

    @property
    def called(self) -> str:
        """The full name, or the sign-in name where none was given."""
        return self.full_name or self.name


class Session(AbstractBaseSession):
    """A signed-in browser. The row holds the hash of what the browser's cookie says, not the cookie."""

    session_key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """Return the store that writes these rows."""
        from communique.ledger.accounts.sessions import SessionStore

        return SessionStore


class Token(models.Model):
    """A key by which a program calls the API for an account. Only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = cast(list[Scope], models.JSONField())
    made = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """When it ends; null: when it is revoked."""
    revoked = models.DateTimeField(null=True)
    used = models.DateTimeField(null=True)
    """When it last spoke, to the hour."""

    class Meta:
        ordering = ("-id",)


class Purpose(models.TextChoices):
    """What a one-time link is for."""

    FIRST = "first"
    PASSWORD = "password"


class Link(models.Model):
    """A one-time link: to make the first administrator, or to choose a password. Only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="links")
    until = models.DateTimeField()


class Tries(models.Model):
    """Sign-ins that failed of late, for one name or from one address (kept as a hash)."""

    key = models.CharField(max_length=64, primary_key=True)
    failed = models.PositiveIntegerField()
    last = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "tries"


class Setting(models.Model):
    """A setting of the ledger that an administrator changed."""

    name = models.CharField(max_length=40, primary_key=True)
    value: Any = models.JSONField()
