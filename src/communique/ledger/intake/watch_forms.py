"""The form by which an address is watched."""

from __future__ import annotations

from datetime import timedelta

from django import forms

_EVERY = (
    (15 * 60, "every quarter of an hour"),
    (3600, "every hour"),
    (6 * 3600, "every six hours"),
    (24 * 3600, "every day"),
    (7 * 24 * 3600, "every week"),
)


class WatchForm(forms.Form):
    """An address, and how often to look."""

    url = forms.CharField(
        label="Address of a feed or a page",
        max_length=2000,
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )
    every = forms.TypedChoiceField(
        label="How often",
        choices=_EVERY,
        initial=3600,
        coerce=lambda seconds: timedelta(seconds=int(seconds)),
        help_text="A server that is down or busy is left alone for longer.",
    )
