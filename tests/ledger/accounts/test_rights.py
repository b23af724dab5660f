"""Every address of the ledger, against every role: a page without a declared right fails here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.converters import IntConverter, UUIDConverter

from communique.ledger.accounts import actions, rights
from communique.ledger.accounts.guard import OPEN, declared, needs, open_to_all
from communique.ledger.accounts.rights import LOWEST, MEANING, RIGHTS, ROLES, Role, rights_of
from communique.ledger.accounts.urls import urlpatterns as ours
from communique.ledger.accounts.viewer import Request
from communique.ledger.settings import CSRF_COOKIE_NAME

pytestmark = pytest.mark.django_db

PEOPLE: tuple[Role, ...] = ROLES[1:]


@dataclass(frozen=True)
class Address:
    """A pattern of the ledger, filled in, and the right its view declares."""

    path: str
    right: str | None
    by_api: bool


def _addresses() -> list[Address]:
    return list(_walk(get_resolver(), "/"))


def _walk(resolver: URLResolver, before: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        filled = before + _filled(entry)
        if isinstance(entry, URLPattern):
            yield Address(filled, declared(entry.callback), filled.startswith("/api/"))
        else:
            yield from _walk(entry, filled)


def _filled(entry: URLPattern | URLResolver) -> str:
    route = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        value = "987654"
        if isinstance(converter, UUIDConverter):
            value = "00000000-0000-4000-8000-000000000000"
        elif not isinstance(converter, IntConverter):
            value = "x"
        for kind in ("int:", "str:", "slug:", "path:", "uuid:", ""):
            route = route.replace(f"<{kind}{name}>", value)
    return route


def test_every_page_declares_the_right_it_needs() -> None:
    missing = [a.path for a in _addresses() if not a.by_api and a.right is None]
    assert missing == [], "put @needs(…) or @open_to_all on their views"
    unknown = [a.path for a in _addresses() if a.right not in (None, OPEN, *RIGHTS)]
    assert unknown == []


def test_only_these_pages_are_open_to_who_is_not_signed_in() -> None:
    opened = {a.path for a in _addresses() if a.right == OPEN}
    assert opened <= {"/sign-in/", "/sign-out/", "/link/", "/link/x/", "/health/", "/healthz", "/health"}


def test_nobody_gets_a_page_or_does_a_thing_that_their_role_does_not_allow(
    browser: Callable[..., Client],
) -> None:
    wrong = []
    for role in PEOPLE:
        client = browser(role)
        client.raise_request_exception = False
        for address in _addresses():
            if address.right in (None, OPEN):
                continue
            if address.right in rights_of(role):
                got = client.get(address.path).status_code
                wrong += [(role, address.path, "GET", got)] if got in (401, 403, 500) else []
                continue
            for method in ("get", "post"):
                got = getattr(client, method)(address.path).status_code
                refused = got == 403 or (got == 405 and method == "get")
                wrong += [] if refused else [(role, address.path, method, got)]
    assert wrong == []


def test_who_is_not_signed_in_gets_nothing_but_the_page_to_sign_in() -> None:
    wrong = []
    for address in _addresses():
        if address.right == OPEN:
            continue
        for method in ("get", "post"):
            response = getattr(Client(), method)(address.path)
            asked = response.status_code == 302 and response["Location"].startswith("/sign-in/")
            if not (asked or response.status_code == 401):
                wrong.append((address.path, method, response.status_code))
    assert wrong == []


def test_an_address_that_is_none_looks_to_strangers_like_any_other() -> None:
    assert Client().get("/no/such/page/")["Location"] == "/sign-in/?next=%2Fno%2Fsuch%2Fpage%2F"
    assert Client().get("/static/none.css").status_code == 404


def test_in_a_public_ledger_strangers_do_only_what_everyone_may() -> None:
    actions.change_setting("public", True, by="")
    wrong = []
    for address in _addresses():
        if address.right in (None, OPEN):
            continue
        response = Client().get(address.path)
        asked = response.status_code == 302 and response["Location"].startswith("/sign-in/")
        if asked != (address.right != "read") and response.status_code != 405:
            wrong.append((address.path, address.right, response.status_code))
    assert wrong == []
    assert Client().get("/no/such/page/").status_code == 404


def test_every_form_is_refused_without_its_token_against_forgery(browser: Callable[..., Client]) -> None:
    client = browser("administrator", enforce_csrf_checks=True)
    let_through = [a.path for a in _addresses() if client.post(a.path).status_code not in (403, 405)]
    assert let_through == []


def test_the_table_of_rights_is_whole() -> None:
    assert set(MEANING) == set(LOWEST) == set(RIGHTS)
    assert set(rights.TABLE) == set(ROLES)
    assert rights_of("public") < rights_of("reader") < rights_of("reviewer") < rights_of("editor")
    assert rights_of("administrator") == set(RIGHTS)


def test_the_documentation_lists_what_every_role_may() -> None:
    told = (Path(__file__).parents[3] / "docs" / "people-and-rights.md").read_text(encoding="utf-8")
    for role, allowed in rights.TABLE.items():
        assert f"| {role} | {'; '.join(allowed.values())}" in told


@needs("read")
def _reading(request: Request) -> HttpResponse:
    viewer = request.viewer
    return HttpResponse(f"{viewer.role} {viewer.name} {viewer.sees_proposals} {viewer.by_token}")


@needs("decide")
def _deciding(request: Request) -> HttpResponse:
    return HttpResponse("decided")


def _undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("undeclared")


@open_to_all
def _health(request: Request) -> HttpResponse:
    return HttpResponse("well")


def _api(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    return HttpResponse(f"{viewer.name} {viewer.by_token}")


_api.csrf_exempt = True  # type: ignore[attr-defined]


class _Addresses:
    app_name = "accounts"
    urlpatterns = ours


urlpatterns = [
    path("", lambda r: HttpResponse("undeclared")),
    path("reading/", _reading),
    path("deciding/", _deciding),
    path("undeclared/", _undeclared),
    path("health/", _health),
    path("api/thing", _api),
    path("", (ours, "accounts", "accounts")),  # type: ignore[arg-type]
]


@pytest.fixture
def few(settings: Any) -> None:
    """Serve the few addresses above in place of the ledger's."""
    settings.ROOT_URLCONF = __name__


@pytest.mark.usefixtures("few")
def test_a_view_that_declares_nothing_is_for_readers() -> None:
    assert Client().get("/undeclared/")["Location"] == "/sign-in/?next=%2Fundeclared%2F"
    assert Client().get("/")["Location"] == "/sign-in/"
    assert Client().get("/health/").content == b"well"


@pytest.mark.usefixtures("few")
def test_in_a_public_ledger_strangers_read_but_see_no_proposals() -> None:
    actions.change_setting("public", True, by="")
    assert Client().get("/reading/").content == b"public  False False"
    assert Client().get("/deciding/")["Location"] == "/sign-in/?next=%2Fdeciding%2F"


@pytest.mark.usefixtures("few")
def test_readers_see_proposals(browser: Callable[..., Client]) -> None:
    assert browser("reader").get("/reading/").content == b"reader Thanat Khoman True False"


@pytest.mark.usefixtures("few")
def test_who_lacks_a_right_is_told_which_and_who_can_give_it(browser: Callable[..., Client]) -> None:
    actions.change_setting("contact", "the Registry, room 12", by="")
    refused = browser("reader").get("/deciding/")
    assert refused.status_code == 403
    told = refused.content.decode()
    assert "It needs the right to accept, correct and reject claims." in told
    assert "Your role, reader, does not have it; reviewer and the roles above do." in told
    assert "An administrator can give you another role: ask the Registry, room 12." in told


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Accept": "application/json"}])
def test_programs_are_refused_in_a_word_and_sent_nowhere(
    browser: Callable[..., Client], headers: dict[str, str]
) -> None:
    stranger = Client().post("/deciding/", headers=headers)
    assert (stranger.status_code, stranger.has_header("Location")) == (401, False)
    reader = browser("reader").post("/deciding/", headers=headers)
    assert (reader.status_code, reader.has_header("Location")) == (403, False)
    assert "<" not in reader.content.decode()
    assert "reviewer" in reader.content.decode()


@pytest.mark.usefixtures("few")
def test_a_form_sent_after_the_session_ended_does_not_lead_back_to_itself() -> None:
    assert Client().post("/deciding/")["Location"] == "/sign-in/"


@pytest.mark.usefixtures("few")
def test_the_api_answers_tokens_and_other_pages_do_not(person: Callable[..., Any]) -> None:
    _, secret = actions.make_token(person("reader"), "Import", ("read",), until=None, by="")
    bearer = {"Authorization": f"Bearer {secret}"}
    assert (
        Client(enforce_csrf_checks=True).post("/api/thing", headers=bearer).content == b"Thanat Khoman True"
    )
    assert Client().get("/reading/", headers=bearer).status_code == 302
    wrong = Client().get("/api/thing", headers={"Authorization": "Bearer cmq_wrong"})
    assert (wrong.status_code, wrong.json()) == (401, {"detail": "Sign in first."})
    assert wrong["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.usefixtures("few")
def test_a_wrong_token_is_not_taken_for_the_public(db: None) -> None:
    actions.change_setting("public", True, by="")
    assert Client().get("/api/thing").status_code == 200
    assert Client().get("/api/thing", headers={"Authorization": "Bearer cmq_wrong"}).status_code == 401


@pytest.mark.usefixtures("few")
def test_another_site_can_not_call_the_api_through_a_signed_in_browser(
    browser: Callable[..., Client],
) -> None:
    client = browser("reader", enforce_csrf_checks=True)
    assert client.get("/api/thing").content == b"Thanat Khoman False"
    assert client.post("/api/thing").status_code == 403
    client.get("/account/")
    token = {"X-CSRFToken": client.cookies[CSRF_COOKIE_NAME].value}
    assert client.post("/api/thing", headers=token).status_code == 200
