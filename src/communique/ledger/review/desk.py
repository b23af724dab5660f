"""What the cards of a page have in common, looked up once for all of them."""

from __future__ import annotations

from typing import TypedDict

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from communique.ledger.accounts.viewer import Request


class Desk(TypedDict):
    """What `review/finding.html` takes from the page around it."""

    csrf_input: SafeString
    claims_at: str
    documents_at: str
    may_decide: bool
    in_queue: bool


def desk(request: Request, *, may_decide: bool, in_queue: bool) -> Desk:
    """Return what the cards of a page have in common."""
    token = get_token(request) if may_decide else ""
    return {
        "csrf_input": format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token),
        "claims_at": reverse("review:decide", args=("x",)).removesuffix("x/decide/"),
        "documents_at": reverse("review:documents"),
        "may_decide": may_decide,
        "in_queue": in_queue,
    }
