"""The API: one application, its parts, and what its errors answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI

from communique import __version__
from communique.errors import CommuniqueError
from communique.ledger.accounts.rights import LOWEST, MEANING, Right
from communique.ledger.accounts.viewer import Request
from communique.ledger.api.types import Problem
from communique.ledger.claims.versions import Conflict
from communique.ledger.documents.store import UnstorableBytes
from communique.ledger.entities.actions import NotMergeable, NotMerged
from communique.ledger.history.undo import NotUndoable

P = ParamSpec("P")
R = TypeVar("R")

WRONG = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem}
"""What any request may be answered with."""
MOVED_ON = WRONG | {409: Problem}
"""What an act may be answered with, too: the thing has changed since."""


class Refused(CommuniqueError):
    """Something that needs a right the viewer does not have."""


def may(
    right: Right,
) -> Callable[[Callable[Concatenate[Request, P], R]], Callable[Concatenate[Request, P], R]]:
    """Let only those with a right call an operation."""

    def decorate(operation: Callable[Concatenate[Request, P], R]) -> Callable[Concatenate[Request, P], R]:
        @wraps(operation)
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not request.viewer.may(right):
                raise Refused(
                    f"this needs the right to {MEANING[right]}",
                    hint=f"which starts with the role of {LOWEST[right]}",
                )
            return operation(request, *args, **kwargs)

        # what ninja reads its parameters from; names of types are only known where the operation stands
        guarded.__signature__ = inspect.signature(operation, eval_str=True)  # type: ignore[attr-defined]
        return guarded

    return decorate


api = NinjaAPI(
    title="Communiqué ledger",
    version=__version__,
    description=(
        "Everything that the pages show and do. Sign in with `Authorization: Bearer <token>`, made on your account's "
        "page; a browser's session works, too, with the header `X-CSRFToken`. Lists come in parts: ask for the next "
        "with `cursor`. `as_of=YYYY-MM-DD` shows the record as it stood on that day."
    ),
    docs_url=None,
    urls_namespace="api",
)


def _told(request: HttpRequest, error: Exception, status: int) -> HttpResponse:
    return api.create_response(request, {"detail": str(error)}, status=status)


@api.exception_handler(CommuniqueError)
def _ours(request: HttpRequest, error: CommuniqueError) -> HttpResponse:
    """Answer an error raised on purpose: the thing has moved on, there is no room, or the request can't be meant."""
    match error:
        case Refused():
            signed_in = getattr(request, "viewer").signed_in  # noqa: B009
            return _told(request, error, 403 if signed_in else 401)
        case Conflict() | NotUndoable() | NotMergeable() | NotMerged():
            return _told(request, error, 409)
        case UnstorableBytes():
            return _told(request, error, 507)
        case _:
            return _told(request, error, 422)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _told(request, error, 404)


def mount() -> tuple[Any, ...]:
    """Return the addresses of the API, its parts added."""
    from communique.ledger.api import (  # noqa: F401
        assigning,
        claims,
        documents,
        entities,
        history,
        jobs,
        money,
        people,
        routers,
        searching,
        watching,
        who,
    )

    for part in routers.ALL:
        api.add_router("", part)
    return api.urls
