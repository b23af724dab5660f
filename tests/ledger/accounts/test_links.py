"""One-time links: the first administrator, and choosing a password without mail."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from communique.ledger.accounts import actions, links
from communique.ledger.accounts.actions import Refused
from communique.ledger.accounts.models import Account, Link, Session
from communique.ledger.accounts.tokens import digest
from communique.ledger.log.models import Act

from .conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

OTHER = "nine islands in the rain"
FIRST = {"name": "Adam Malik", "full_name": "", "password": PASSWORD, "again": PASSWORD}


def _first() -> str:
    path = links.first_link()
    assert path is not None
    return path


def test_the_first_administrator_is_made_by_a_link_and_is_signed_in() -> None:
    client = Client()
    path = _first()
    assert client.get(path)["Location"] == "/link/"
    assert "Make the first administrator" in client.get("/link/").content.decode()
    assert client.post("/link/", FIRST)["Location"] == "/"
    assert client.get("/accounts/").status_code == 200
    account = Account.objects.get()
    assert (account.name, account.role) == ("Adam Malik", "administrator")
    act = Act.objects.get()
    assert (act.verb, act.subject, act.by) == ("create", f"account:{account.pk}", "Adam Malik")


def test_a_link_works_once() -> None:
    path, client, other = _first(), Client(), Client()
    other.get(path)
    client.get(path)
    client.post("/link/", FIRST)
    assert other.get("/link/").status_code == 410
    assert other.post("/link/", FIRST | {"name": "Someone Else"}).status_code == 410
    fresh = Client()
    fresh.get(path)
    assert fresh.get("/link/").status_code == 410
    assert Account.objects.count() == 1


def test_looking_at_a_link_does_not_use_it_up() -> None:
    path = _first()
    for _ in range(3):
        Client().get(path)
    client = Client()
    client.get(path)
    client.post("/link/", FIRST | {"again": "something else"})
    assert client.post("/link/", FIRST).status_code == 302


def test_there_is_no_first_link_where_there_is_an_administrator(administrator: Account) -> None:
    assert links.first_link() is None


def test_a_first_link_is_dead_once_an_administrator_was_made_another_way() -> None:
    path, client = _first(), Client()
    client.get(path)
    actions.create("Thanat Khoman", "administrator", by="")
    assert client.get("/link/").status_code == 410
    with pytest.raises(Refused):
        links.make_first(digest(path.split("/")[2]), "Adam Malik", "", PASSWORD)


def test_the_next_first_link_ends_the_one_before() -> None:
    before, client = _first(), Client()
    _first()
    client.get(before)
    assert client.get("/link/").status_code == 410


def test_a_link_ends_after_a_day() -> None:
    path, client = _first(), Client()
    client.get(path)
    Link.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert client.get("/link/").status_code == 410
    with pytest.raises(Refused):
        links.make_first(digest(path.split("/")[2]), "Adam Malik", "", PASSWORD)


def test_the_database_holds_no_secret_of_a_link() -> None:
    secret = _first().split("/")[2]
    row = Link.objects.values().get()
    assert secret not in str(row)
    assert row["digest"] == digest(secret)


def test_the_secret_of_a_link_leaves_the_address_before_a_page_is_shown() -> None:
    client = Client()
    secret = _first().split("/")[2]
    opened = client.get(f"/link/{secret}/")
    assert (opened.status_code, opened["Referrer-Policy"]) == (302, "no-referrer")
    assert "no-store" in opened["Cache-Control"]
    page = client.get(opened["Location"])
    assert secret not in page.content.decode()
    assert secret not in str(client.session.items())
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_a_wrong_link_is_told_like_a_used_one_and_keeps_no_session() -> None:
    client = Client()
    assert client.get("/link/wrong/")["Location"] == "/link/"
    assert client.get("/link/").status_code == 410
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"password": "short", "again": "short"}, "at least 10 characters"),
        ({"password": "password123", "again": "password123"}, "too common"),
        ({"password": "adam malik 1", "again": "adam malik 1"}, "too similar"),
        ({"again": "another one here"}, "not the same password"),
        ({"name": "<b>"}, "can&#x27;t stand in a name"),
        ({"name": "​"}, "can&#x27;t stand in a name"),
    ],
)
def test_a_first_administrator_needs_a_name_and_a_strong_password(given: dict[str, str], told: str) -> None:
    client = Client()
    client.get(_first())
    response = client.post("/link/", FIRST | given)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not Account.objects.exists()


def test_a_reset_ends_all_sessions_and_the_old_password(
    browser: Callable[..., Client], administrator: Account
) -> None:
    before = browser("reader")
    account = Account.objects.get(name="Thanat Khoman")
    path = links.password_link(account, by="Adam Malik")
    assert before.get("/account/").status_code == 200, "the link alone changes nothing"
    owner = Client()
    owner.get(path)
    assert "Thanat Khoman" in owner.get("/link/").content.decode()
    assert owner.post("/link/", {"password": OTHER, "again": OTHER})["Location"] == "/"
    assert owner.get("/account/").status_code == 200
    assert before.get("/account/").status_code == 302
    assert sign_in(Client(), "Thanat Khoman").status_code == 422
    assert sign_in(Client(), "Thanat Khoman", OTHER).status_code == 302
    verbs = list(Act.objects.filter(subject=f"account:{account.pk}").values_list("verb", "by"))
    assert verbs == [("create", ""), ("give link", "Adam Malik"), ("set password", "Thanat Khoman")]


def test_a_password_changed_meanwhile_ends_the_link(person: Callable[..., Account]) -> None:
    account = person("reader")
    path = links.password_link(account, by="")
    actions.set_password(account, OTHER, by=account.name)
    client = Client()
    client.get(path)
    assert client.get("/link/").status_code == 410


def test_who_may_not_sign_in_gets_no_link_and_can_use_none(
    administrator: Account, person: Callable[..., Account]
) -> None:
    account = person("reader")
    path = links.password_link(account, by="")
    actions.deactivate(account, by="")
    client = Client()
    client.get(path)
    assert client.post("/link/", {"password": OTHER, "again": OTHER}).status_code == 410
    with pytest.raises(Refused, match="may not sign in"):
        links.password_link(Account.objects.get(pk=account.pk), by="")


def test_who_is_signed_in_as_another_becomes_the_owner_of_the_link(
    browser: Callable[..., Client], person: Callable[..., Account]
) -> None:
    client = browser("administrator")
    path = links.password_link(person("reader"), by="Adam Malik")
    client.get(path)
    client.post("/link/", {"password": OTHER, "again": OTHER})
    assert client.get("/accounts/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_one_link_at_once_one_succeeds() -> None:
    hashed = digest(_first().split("/")[2])

    def use(i: int) -> bool:
        try:
            links.make_first(hashed, f"Delegate {i}", "", PASSWORD)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, range(4))) == 1
    assert Account.objects.count() == 1
