"""What the cards of a page have in common, looked up once for all of them."""

from __future__ import annotations

from typing import TypedDict

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from communique.ledger.accounts.viewer import Request
from communique.ledger.assignments.queries import assignees


class Desk(TypedDict):
    """What `review/finding.html` takes from the page around it."""

    csrf_input: SafeString
    claims_at: str
    documents_at: str
    may_decide: bool
    in_queue: bool
    assign_at: str
    back_at: str
    """The page that one is back at when a claim was given to somebody."""
    assign_to: SafeString
    """Whom a claim of the queue can be given to, as options; empty where the viewer may not assign."""


def desk(request: Request, *, may_decide: bool, in_queue: bool) -> Desk:
    """Return what the cards of a page have in common."""
    queue, part = reverse("review:queue"), "HX-Request" in request.headers
    token = get_token(request) if may_decide else ""
    return {
        "csrf_input": format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token),
        "claims_at": reverse("review:decide", args=("x",)).removesuffix("x/decide/"),
        "documents_at": reverse("review:documents"),
        "may_decide": may_decide,
        "in_queue": in_queue,
        "assign_at": reverse("review:assign"),
        "back_at": queue if part else request.get_full_path(),
        "assign_to": _options() if in_queue and request.viewer.may("assign") else SafeString(""),
    }


def _options() -> SafeString:
    return format_html_join(
        "", '<option value="{}">{}</option>', ((one.name, one.called) for one in assignees())
    )
