"""What stands around every page."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.shortcuts import render
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from communique.ledger.accounts.actions import create
from communique.ledger.accounts.rights import Role, rights_of
from communique.ledger.accounts.viewer import ANYONE, STRANGER, Viewer
from communique.ledger.design import context

_WAYS = (context.Way("Home", "/sign-in/"), context.Way("Queue", "/link/", "decide"))


def _request(path: str = "/sign-in/", viewer: Viewer = ANYONE, as_of: datetime | None = None) -> HttpRequest:
    request = RequestFactory().get(path)
    request.viewer = viewer  # type: ignore[attr-defined]
    request.as_of = as_of  # type: ignore[attr-defined]
    return request


def _viewer(role: Role) -> Viewer:
    account = SimpleNamespace(name="registry")
    return Viewer(account, role, rights_of(role))  # type: ignore[arg-type]


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two ways through the ledger, one of them for those who decide."""
    monkeypatch.setattr(context, "WAYS", _WAYS)


@pytest.mark.usefixtures("ways")
@pytest.mark.parametrize(
    ("viewer", "labels"),
    [
        (STRANGER, []),
        (ANYONE, ["Home"]),
        (_viewer("reader"), ["Home"]),
        (_viewer("reviewer"), ["Home", "Queue"]),
    ],
)
def test_the_menu_shows_what_one_may_see(viewer: Viewer, labels: list[str]) -> None:
    assert [item.label for item in context.page(_request(viewer=viewer))["frame"].nav] == labels


def test_the_menu_leads_nowhere_that_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "WAYS", (context.Way("Treasure", "/no/such/page/"),))
    assert context.page(_request())["frame"].nav == ()


@pytest.mark.usefixtures("ways")
def test_the_menu_tells_where_one_is() -> None:
    frame = context.page(_request("/link/secret/", _viewer("editor")))["frame"]
    assert [(item.label, item.current) for item in frame.nav] == [("Home", False), ("Queue", True)]


@pytest.mark.usefixtures("ways")
def test_who_looks_at_another_day_stays_on_it() -> None:
    day = datetime(2022, 7, 5, 23, 59, tzinfo=UTC)
    frame = context.page(_request("/sign-in/?q=fund&as_of=2022-07-05", as_of=day))["frame"]
    assert [item.href for item in frame.nav] == ["/sign-in/?as_of=2022-07-05"]
    assert frame.today == "/sign-in/?q=fund"
    assert frame.asked == (("q", "fund"),)


def test_the_day_looked_at_is_said_on_the_page() -> None:
    day = datetime(2022, 7, 5, 23, 59, tzinfo=UTC)
    page = render(_request(as_of=day), "design/base.html").content.decode()
    assert "as it stood on <time" in page
    assert "5 July 2022" in page


def test_a_day_that_is_none_is_said_not_to_be() -> None:
    request = _request("/?as_of=soon")
    request.as_of_unread = True  # type: ignore[attr-defined]
    assert "The day asked for is none" in render(request, "design/base.html").content.decode()


def test_the_frame_asks_the_database_nothing(
    django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        render(_request(viewer=_viewer("administrator")), "design/base.html")


@pytest.mark.django_db
def test_what_is_not_there_is_said_kindly(client: Client) -> None:
    client.force_login(create("registry", "reader", by=""))
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "<h1>There is nothing here</h1>" in answer.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 500])
def test_a_page_about_a_fault_needs_nothing_but_itself(status: int) -> None:
    page = render(RequestFactory().get("/"), f"{status}.html").content.decode()
    assert page.count("<h1>") == 1
    assert "<title>" in page


@pytest.mark.django_db
def test_a_fault_of_ours_is_told_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from communique.ledger.accounts import house

    def break_() -> None:
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(house, "current", break_)
    client.raise_request_exception = False
    answer = client.get("/sign-in/")
    assert answer.status_code == 500
    assert "The fault is ours" in answer.content.decode()
