"""Forms of the pages about accounts."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from communique.ledger.accounts.house import House
from communique.ledger.accounts.models import Account
from communique.ledger.accounts.rights import MEANING, ROLES, Scope, scope_of, scopes_within

_LONGEST_PASSWORD = 1000


def _password(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=_LONGEST_PASSWORD,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _told(scope: Scope) -> str:
    """Return what a scope lets a token do, in words."""
    return "; ".join(words for right, words in MEANING.items() if scope_of(right) == scope)


class SignIn(forms.Form):
    """Name and password."""

    name = forms.CharField(
        max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
    )
    password = _password("Password", "current-password")


class NewPassword(forms.Form):
    """A password, twice."""

    password = _password("New password", "new-password", "At least 10 characters; a few words are good.")
    again = _password("The same again", "new-password")

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        given = super().clean() or {}
        if given.get("password") != given.get("again") and "again" in given:
            self.add_error("again", "This is not the same password.")
        return given


class First(NewPassword):
    """The first administrator."""

    name = forms.CharField(
        label="Name to sign in with",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    full_name = forms.CharField(
        label="Full name",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "full_name", "password", "again")


class OwnPassword(NewPassword):
    """Another password for who knows the old one."""

    old = _password("Present password", "current-password")
    field_order = ("old", "password", "again")


class NewAccount(forms.Form):
    """An account for someone."""

    name = forms.CharField(
        label="Name to sign in with", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    full_name = forms.CharField(
        label="Full name",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(choices=[(role, role) for role in ROLES[1:]])


class RoleOf(forms.Form):
    """A role."""

    role = forms.ChoiceField(choices=[(role, role) for role in ROLES[1:]])


class NewToken(forms.Form):
    """An API token."""

    name = forms.CharField(label="What it is for", max_length=100)
    scopes = forms.MultipleChoiceField(
        label="What it may do", initial=["read"], widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(
        label="Last day",
        required=False,
        help_text="Without one, it works until it is revoked.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, account: Account, data: Any = None) -> None:
        super().__init__(data)
        scopes = self.fields["scopes"]
        if isinstance(scopes, forms.MultipleChoiceField):
            scopes.choices = [(scope, f"{scope}: {_told(scope)}") for scope in scopes_within(account.role)]

    def clean_until(self) -> datetime | None:
        """Return the end of the last day; refuse a day that is over."""
        day: date | None = self.cleaned_data["until"]
        if day is None:
            return None
        try:
            end = datetime.combine(day + timedelta(days=1), time.min, timezone.get_current_timezone())
        except OverflowError as error:
            raise forms.ValidationError("This day is too far away.") from error
        if end <= timezone.now():
            raise forms.ValidationError("This day is over.")
        return end


class HouseSettings(forms.Form):
    """The settings of the ledger, a field each."""

    def __init__(self, house: House, data: Any = None) -> None:
        super().__init__(data, initial={f.name: getattr(house, f.name) for f in fields(House)})
        for f in fields(House):
            label, told = f.metadata["label"], f.metadata["help"]
            self.fields[f.name] = (
                forms.BooleanField(label=label, help_text=told, required=False)
                if isinstance(f.default, bool)
                else forms.CharField(label=label, help_text=told, required=f.default != "", max_length=200)
            )
