"""The ways documents are given on the web."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files, any number of them."""

    widget = _SeveralFiles

    def clean(self, data: object, initial: object = None) -> list[UploadedFile[Any]]:
        """Return the files. Raises ValidationError where one is empty, or larger than the ledger takes."""
        given = data if isinstance(data, list) else [data]
        files: list[UploadedFile[Any]] = [super(FilesField, self).clean(one, initial) for one in given]
        for file in files:
            if file and file.size is not None and file.size > settings.UPLOAD_LIMIT:
                raise forms.ValidationError(
                    f"{file.name} is larger than {settings.UPLOAD_LIMIT // 1_000_000} MB. Use “communique add”."
                )
        return [file for file in files if file]


class FilesForm(forms.Form):
    """Files from the person's machine."""

    given = FilesField(
        label="Files",
        help_text="HTML, PDF, DOCX, e-mail, Markdown, plain text, feeds, JSON Lines. Drop them here, or choose.",
    )


class TextForm(forms.Form):
    """Text that was copied from somewhere."""

    title = forms.CharField(label="Title", max_length=300, required=False)
    url = forms.CharField(
        label="Address it is from", max_length=2000, required=False, help_text="If it is on the web."
    )
    published = forms.DateField(
        label="Published on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    text = forms.CharField(label="Text", widget=forms.Textarea(attrs={"rows": 10}))

    def clean_url(self) -> str:
        """Return the address. Raises ValidationError where it is not one of the web."""
        return _web(self.cleaned_data["url"])


class AddressForm(forms.Form):
    """A page or a feed on the web."""

    url = forms.CharField(label="Address", max_length=2000)
    feed = forms.BooleanField(label="It is a feed: take in each entry", required=False)

    def clean_url(self) -> str:
        """Return the address. Raises ValidationError where it is not one of the web."""
        return _web(self.cleaned_data["url"])


def _web(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if url and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise forms.ValidationError("Give an address that starts with https:// or http://.")
    return url
