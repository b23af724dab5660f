"""The page of one claim."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_claim_shows_its_fields_whom_it_is_about_and_its_words(pages, take, find):
    take()
    claim = find("contribution")
    told = pages.words(f"/claims/{claim.uid}/")
    assert "Japan pledged US$2 million to Ocean Fund" in told
    assert "Given by Japan" in told
    assert "Donor Japan" in told


def test_a_correction_stands_beside_what_was_read_with_who_did_it_and_why(pages, take, find):
    from communique.ledger.claims.actions import correct

    take()
    claim = find("contribution")
    correct(claim.uid, {"kind": "disbursed"}, version=1, by="malik", why="Receipt seen")
    told = pages.words(f"/claims/{claim.uid}/")
    assert "Stage disbursed read as pledge" in told
    assert "Receipt seen" in told
    assert "2 corrected" in told
    assert "1 proposed" in told


def test_a_rejected_claim_keeps_its_page_for_those_who_check(pages, take, find):
    from communique.ledger.claims.actions import decide
    from communique.ledger.claims.models import State

    take()
    claim = find("contribution")
    decide(claim.uid, State.REJECTED, version=1, by="malik", why="A target, no pledge")
    assert "A target, no pledge" in pages.words(f"/claims/{claim.uid}/")
