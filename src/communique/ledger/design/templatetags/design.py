"""Template tags: `{% load design %}`, then `{% state_badge claim.state %}`, `{% quote claim.quote %}` …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TypedDict

from django import template
from django.core.paginator import Page
from django.db.models import Model
from django.forms import BoundField
from django.forms.widgets import CheckboxInput
from django.http import QueryDict
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from communique.ledger.design import icons
from communique.ledger.design.cards import Card
from communique.ledger.writing import dates, money
from communique.ledger.writing.visible import inert_part

register = template.Library()

_STATES = {
    "proposed": "Read by the program, and not yet looked at by anybody.",
    "accepted": "A person looked at it and found it right.",
    "corrected": "A person looked at it and put it right.",
    "rejected": "A person looked at it and found it wrong.",
    "unsure": "A person looked at it and could not decide.",
    "challenged": "Something speaks against what a person decided.",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon."""
    return icons.icon(name)


@register.simple_tag
@cache
def state_badge(state: str) -> SafeString:
    """Return how a claim stands, as a shape and a word: `{% state_badge claim.state %}`."""
    return format_html(
        '<span class="badge {}" title="{}">{}{}</span>', state, _STATES[state], icons.icon(state), state
    )


@register.simple_tag
def kind(name: str, label: str = "") -> SafeString:
    """Return the kind of a claim with its mark: `{% kind claim.kind %}`."""
    return format_html('<span class="kind kind-{}">{}</span>', name, label or name.replace("_", " "))


@register.simple_tag
def quote(text: str, lang: str = "") -> SafeString:
    """Return words of a document as a quotation of its own; ``lang`` where they are not English."""
    attribute = format_html(' lang="{}"', lang) if lang and lang != "en" else ""
    return format_html('<blockquote class="quote"{}><p>{}</p></blockquote>', attribute, inert_part(text))


@register.simple_tag
def day(value: date | datetime | str | None) -> SafeString | str:
    """Return a day, or EDTF, in words: `{% day claim.day %}`; nothing for None."""
    return dates.marked(value) if value else ""


@register.simple_tag
def amount(
    value: Decimal | str | None, currency: str | None = None, bound: str | None = None, *, exact: bool = False
) -> SafeString | str:
    """Return a sum in its own currency: `{% amount c.amount c.currency %}`; ``exact`` for columns of sums."""
    if value is None:
        return ""
    return format_html(
        '<span class="money">{}</span>', money.sum_of(value, currency, bound=bound, exact=exact)
    )


@register.simple_tag
def key(name: str) -> SafeString:
    """Return a key to press: `{% key "j" %}`."""
    return format_html("<kbd>{}</kbd>", name)


@register.simple_tag(takes_context=True)
def way(context: RequestContext, name: str, *args: object) -> str:
    """Return the address of a page on the day that is looked at: `{% way "record:party" party.key %}`."""
    address = reverse(name, args=args)
    frame = context.get("frame")
    return f"{address}?as_of={frame.as_of:%Y-%m-%d}" if frame and frame.as_of else address


class _Doubt(TypedDict):
    doubt: int
    doubts: Sequence[str]


@register.inclusion_tag("design/components/doubt.html")
def doubt_note(doubt: int, doubts: Sequence[str | dict[str, str]] = ()) -> _Doubt:
    """Show how much there is to doubt and why: `{% doubt_note claim.doubt claim.doubts %}`."""
    return {"doubt": doubt, "doubts": [d if isinstance(d, str) else d["message"] for d in doubts]}


class _Claim(TypedDict):
    card: Card


@register.inclusion_tag("design/components/claim.html")
def claim_card(card: Card) -> _Claim:
    """Show a claim: `{% claim_card card %}`."""
    return {"card": card}


class _Empty(TypedDict):
    title: str
    text: str
    href: str
    label: str


@register.inclusion_tag("design/components/empty.html")
def empty(title: str, text: str = "", href: str = "", label: str = "") -> _Empty:
    """Show that there is nothing here, and what can be done: `{% empty "No meetings yet" %}`."""
    return {"title": title, "text": text, "href": href, "label": label}


@dataclass(frozen=True, slots=True)
class Step:
    """A page of many; ``number`` is None where some are left out."""

    number: int | None
    href: str
    current: bool


class _Pager(TypedDict):
    page: Page[Model]
    steps: list[Step]
    previous: str
    next: str
    several: bool


@register.inclusion_tag("design/components/pager.html", takes_context=True)
def pager(context: RequestContext, page: Page[Model], parameter: str = "page") -> _Pager:
    """Show the way through the pages of a list, keeping the rest of the query: `{% pager page %}`."""
    asked: QueryDict = context["request"].GET
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "page": page,
        "steps": [
            Step(int(n), _turn(asked, parameter, int(n)), int(n) == page.number)
            if isinstance(n, int)
            else Step(None, "", False)
            for n in numbers
        ],
        "previous": _turn(asked, parameter, page.number - 1) if page.has_previous() else "",
        "next": _turn(asked, parameter, page.number + 1) if page.has_next() else "",
        "several": page.paginator.num_pages > 1,
    }


def _turn(asked: QueryDict, parameter: str, number: int) -> str:
    query = asked.copy()
    query[parameter] = str(number)
    return f"?{query.urlencode()}"


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages that belong together."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


class _Tabs(TypedDict):
    tabs: Sequence[Tab]
    label: str


@register.inclusion_tag("design/components/tabs.html")
def tabs(of: Sequence[Tab], label: str = "Views") -> _Tabs:
    """Show pages that belong together: `{% tabs tabs "Parts of this record" %}`."""
    return {"tabs": of, "label": label}


class _Field(TypedDict):
    field: BoundField
    is_check: bool


@register.inclusion_tag("design/components/field.html")
def field(bound: BoundField) -> _Field:
    """Show a field of a form with its label, help and errors: `{% field form.name %}`."""
    return {"field": bound, "is_check": isinstance(bound.field.widget, CheckboxInput)}
