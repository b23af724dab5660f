"""The history says in sentences what was done, shows what changed, and offers to take back what can be."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from communique.ledger.accounts.actions import create, set_password
from communique.ledger.claims import actions
from communique.ledger.claims.models import State
from communique.ledger.history.undo import NotUndoable, undo
from communique.ledger.log.models import Act

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PLEDGED = "Japan pledged US$2 million to the Ocean Fund"


@pytest.fixture
def told(settings):
    """Return what reads the history, as an administrator does, a line an act."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    client = Client()
    client.force_login(create("registry", "administrator", by=""))

    def lines(subject: str = "") -> list[str]:
        page = client.get("/history/", {"subject": subject} if subject else {}).content.decode()
        acts = page[page.index('<ol class="acts">') : page.index("</ol>", page.index('<ol class="acts">'))]
        plain = (
            re.sub(r"<[^>]+>", " ", act).replace("\u2068", "").replace("\u2069", "")
            for act in acts.split("<li>")
        )
        return [" ".join(unescape(line).split()) for line in plain][1:]

    return lines


def test_a_decision_is_told_with_the_words_it_was_made_on_and_the_reason(take, find, told):
    take()
    claim = find("contribution")
    actions.decide(claim.uid, State.ACCEPTED, version=1, by="Adam Malik", why="As in the annex")
    (line,) = told(f"claim:{claim.uid}")
    assert re.search(
        rf"Adam Malik accepted “ {re.escape(claim.quote[:30])}.+ ”, because: As in the annex", line
    )
    assert "State" not in line


def test_a_correction_shows_the_fields_that_changed_and_no_others(take, find, told):
    take()
    claim = find("contribution")
    actions.correct(claim.uid, {"bound": "up_to"}, version=1, by="Adam Malik", why="In the annex")
    actions.correct(claim.uid, {"amount": "3000000"}, version=2, by="Adam Malik", why="A slip")
    slip, annex = told(f"claim:{claim.uid}")
    assert "Amount 2,000,000 → 3,000,000" in slip
    assert "Bound" not in slip
    assert "Bound up to" in annex
    assert "Amount" not in annex


def test_what_was_taken_back_is_told_by_whose_it_was(take, find, told):
    take()
    claim = find("contribution")
    done = actions.decide(claim.uid, State.ACCEPTED, version=1, by="Adam Malik").act
    back = undo(done.seq, by="Thanat Khoman")
    undo(back.seq, by="Thanat Khoman")
    again, taken, accepted = told(f"claim:{claim.uid}")
    assert "Thanat Khoman took back what Adam Malik did: accepted “" in taken
    assert "State accepted → not checked yet" in taken
    assert f"took back an act of their own (act {back.seq}):" in again
    assert accepted.endswith("Taken back since")


def test_a_password_is_not_offered_to_be_taken_back_nor_is_it(told):
    account = create("malik", "reviewer", by="registry")
    assert "Take back" in told(f"account:{account.pk}")[0]
    set_password(account, "a quiet harbour at dusk", by="malik")
    line = told(f"account:{account.pk}")[0]
    assert "malik set a password for malik" in line
    assert "Take back" not in line
    with pytest.raises(NotUndoable, match="set password can't be taken back"):
        undo(Act.objects.latest("seq").seq, by="registry")


def test_nobody_is_offered_to_take_back_what_they_may_not(take, find, told):
    take()
    client = Client()
    client.force_login(create("desk", "reviewer", by=""))
    assert "Take back" not in client.get("/history/", {"subject": "document:1"}).content.decode()
    assert "Take back" in told()[-1] or "Take back" in " ".join(told())


def test_no_line_of_the_history_shows_what_only_the_program_reads(take, find, told):
    take()
    actions.decide(find("meeting").uid, State.REJECTED, version=1, by="Adam Malik")
    assert not re.search(r"\b(claim|document|reading|account):\d|[0-9a-f]{32}", " ".join(told()))
