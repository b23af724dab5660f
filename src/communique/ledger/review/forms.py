"""The form of a finding, made from the fields of its kind: for correcting it, and for adding one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from communique.ledger.claims.derive import is_date
from communique.ledger.claims.fields import FIELDS, Field, Shape
from communique.ledger.claims.kinds import Finding
from communique.ledger.review.names import Names
from communique.model import Chair, PartyRef

_YEARS = re.compile(r"(?P<first>\d{4})?\s*(?:[–/-]\s*(?P<last>\d{4})?)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LONGEST = 4_000
_HELP = {
    Shape.DATE: "A day, month or year, such as 2022-06-27, 2022-06 or 2022; first/last for several days.",
    Shape.PERIOD: "First and last year, such as 2021–2025.",
    Shape.CHAIRS: "Name; post; party.",
    Shape.CURRENCY: "Three letters, such as USD.",
}


class Several(forms.Widget):
    """One line for each of several names, and an empty one for the next."""

    use_fieldset = True

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """Return the lines."""
        told = self.attrs | (attrs or {})
        listing = format_html(' list="{}"', told["list"]) if "list" in told else ""
        label = told.get("aria-label", name)
        lines = (
            (told["id"], number, name, one, label, number, listing)
            for number, one in enumerate([*(value or []), ""], start=1)
        )
        line = '<input type="text" id="{}_{}" name="{}" value="{}" aria-label="{}, {}"{} autocomplete="off">'
        return format_html('<div class="several">{}</div>', format_html_join("", line, lines))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return what was written into the lines that are not empty."""
        lines = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        return [line.strip() for line in lines if line.strip()]

    def id_for_label(self, id_: str) -> str:
        """Return nothing: the lines have labels of their own."""
        return ""


class Lines(forms.Field):
    """Several names, one a line."""

    widget = Several

    def clean(self, value: list[str]) -> list[str]:
        """Refuse none where one is needed, and any that is too long."""
        if self.required and not value:
            raise ValidationError("Name one at least.")
        if any(len(one) > _LONGEST for one in value):
            raise ValidationError("That is too long.")
        return value


class FindingForm(forms.Form):
    """The fields of one kind of finding, and the reason given for them."""

    def __init__(
        self,
        kind: str,
        names: Names,
        data: MultiValueDict[str, str] | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id=f"f-{kind}-%s")
        self.kind, self._names = kind, names
        for field in FIELDS[kind]:
            self.fields[field.name] = _field(field)
        self.fields["why"] = forms.CharField(
            label="Reason",
            required=False,
            max_length=_LONGEST,
            strip=True,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            help_text="Needed where the words themselves do not say so.",
        )

    @property
    def why(self) -> str:
        """The reason given."""
        return str(self.cleaned_data["why"])

    def changes(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields whose value is not the one held, as a claim keeps them."""
        new = {f.name: self._value(f, held) for f in FIELDS[self.kind]}
        return {name: value for name, value in new.items() if held.get(name, _ABSENT) != value}

    def _value(self, field: Field, held: Mapping[str, Any]) -> Any:
        told = self.cleaned_data[field.name]
        match field.shape:
            case Shape.PARTY:
                return self._ref(told, [held.get(field.name)]) if told else None
            case Shape.PARTIES:
                return [self._ref(name, held.get(field.name) or []) for name in told]
            case Shape.CHAIRS:
                return [_plain(_chair(one)) for one in told]
            case Shape.NAMES:
                return list(told)
            case Shape.PERIOD:
                return _period(told)
            case Shape.NUMBER:
                return told
        if told == "":
            return "" if field.name in ("cue", "action") else None
        return told

    def _ref(self, name: str, held: Iterable[Any]) -> Any:
        """Return a party: the one held where its name still stands, else whom the name stands for."""
        kept = next((one for one in held if one is not None and one["name"] == name), None)
        return kept or _plain(self._names.ref(name))


_ABSENT = object()


def initial_of(finding: Finding) -> dict[str, Any]:
    """Return what the form of a finding shows at first."""
    return {
        field.name: _shown(field, getattr(finding, field.name)) for field in FIELDS[finding_kind(finding)]
    }


def finding_kind(finding: Finding) -> str:
    """Return the kind of a finding."""
    return type(finding).__name__.lower()


def _field(field: Field) -> forms.Field:
    common: dict[str, Any] = {
        "label": field.label,
        "required": field.needed,
        "help_text": _HELP.get(field.shape, ""),
    }
    match field.shape:
        case Shape.CHOICE:
            named = [(c, c.replace("_", " ")) for c in field.choices]
            return forms.ChoiceField(choices=named if field.needed else [("", "not said"), *named], **common)
        case Shape.WORDS:
            area = forms.Textarea(attrs={"rows": 2})
            return forms.CharField(max_length=_LONGEST, widget=area, **common)
        case Shape.NUMBER:
            return forms.IntegerField(min_value=1, max_value=9_999, **common)
        case Shape.PARTIES:
            return Lines(widget=Several(attrs={"list": "parties", "aria-label": field.label}), **common)
        case Shape.NAMES | Shape.CHAIRS:
            return Lines(widget=Several(attrs={"aria-label": field.label}), **common)
    attrs = {"autocomplete": "off"} | _LISTED.get(field.name if field.shape is Shape.LINE else "", {})
    if field.shape is Shape.PARTY:
        attrs["list"] = "parties"
    if field.shape is Shape.CURRENCY:
        attrs["list"] = "currencies"
    return forms.CharField(
        max_length=_LONGEST,
        validators=_VALIDATORS.get(field.shape, []),
        widget=forms.TextInput(attrs=attrs),
        **common,
    )


_LISTED = {"instrument": {"list": "instruments"}}


def _check_date(told: str) -> None:
    if not is_date(told):
        raise ValidationError("This is no date. Write 2022-06-27, 2022-06, 2022, or first/last.")


def _check_sum(told: str) -> None:
    try:
        amount = Decimal(told)
    except InvalidOperation as error:
        raise ValidationError("Write the number out, without commas: 6000000.") from error
    if not amount.is_finite() or amount < 0 or amount >= Decimal(10) ** 20 or amount != round(amount, 4):
        raise ValidationError("This can't be a sum of money.")


def _check_currency(told: str) -> None:
    if _CURRENCY.fullmatch(told) is None:
        raise ValidationError("Three capital letters, such as USD.")


def _check_period(told: str) -> None:
    if _YEARS.fullmatch(told.strip()) is None:
        raise ValidationError("Write two years, such as 2021–2025.")


_VALIDATORS = {
    Shape.DATE: [_check_date],
    Shape.SUM: [_check_sum],
    Shape.CURRENCY: [_check_currency],
    Shape.PERIOD: [_check_period],
}


def _period(told: str) -> list[str | None] | None:
    years = _YEARS.fullmatch(told.strip())
    if years is None or not told.strip():
        return None
    first = years["first"]
    return [first, years["last"] if re.search(r"[–/-]", told) else first]


def _chair(told: str) -> Chair:
    name, post, party = (*(part.strip() or None for part in told.split(";", 2)), None, None)[:3]
    return Chair(name or told, post, party)


def _shown(field: Field, value: Any) -> Any:
    match field.shape, value:
        case Shape.PARTY, PartyRef(name=name):
            return name
        case Shape.PARTIES, refs:
            return [ref.name for ref in refs]
        case Shape.CHAIRS, chairs:
            return ["; ".join(part or "" for part in (c.name, c.post, c.party)).rstrip("; ") for c in chairs]
        case Shape.NAMES, names:
            return list(names)
        case Shape.PERIOD, (first, last):
            return f"{first or ''}–{last or ''}"
    return "" if value is None else value


def _plain(value: PartyRef | Chair) -> Any:
    return msgspec.to_builtins(value)
