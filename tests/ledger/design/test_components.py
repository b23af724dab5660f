"""The components that pages are made of."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from communique.ledger.design.cards import Card, Named, Source
from communique.ledger.design.samples import CARDS, STATES

HOSTILE = "\"><script>alert(1)</script>'&"
ESCAPED = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#x27;&amp;"


def _shown(template: str, **values: object) -> str:
    return Template("{% load design %}" + template).render(Context(values))


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_a_word_and_a_shape(state: str) -> None:
    badge = _shown("{% state_badge state %}", state=state)
    assert re.sub(r"<[^>]*>", "", badge) == state
    assert "<svg" in badge


def test_no_two_states_have_the_same_shape() -> None:
    shapes = {re.sub(r".*<svg[^>]*>(.*)</svg>.*", r"\1", _shown("{% state_badge s %}", s=s)) for s in STATES}
    assert len(shapes) == len(STATES)


def test_a_quote_is_exactly_the_words() -> None:
    assert f"<p>{ESCAPED}</p>" in _shown("{% quote words %}", words=HOSTILE)
    assert "lang" not in _shown("{% quote words 'en' %}", words="plan")
    assert 'lang="id"' in _shown("{% quote words 'id' %}", words="rencana")


def test_a_claim_shows_who_did_what_when_in_which_words_and_where_they_stand() -> None:
    card = Card(
        quote="we welcome the progress",
        source=Source("Joint Statement", "/documents/7/#c-12", "ASEAN Secretariat", date(1976, 2, 24)),
        state="accepted",
        kind="statement",
        who=(Named("Indonesia", "/parties/IDN/"), Named("Malaysia"), Named("Thailand")),
        verb="welcomed",
        day=date(1976, 2, 24),
    )
    shown = _shown("{% claim_card card %}", card=card)
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", shown))
    assert "Indonesia, Malaysia and Thailand welcomed, 24 February 1976" in told
    assert '<a href="/documents/7/#c-12">Joint Statement</a>' in shown
    assert "we welcome the progress" in told


def test_nothing_in_a_claim_is_markup() -> None:
    card = Card(
        quote=HOSTILE,
        source=Source(HOSTILE, "#", HOSTILE, HOSTILE, HOSTILE),
        state="proposed",
        who=(Named(HOSTILE),),
        verb=HOSTILE,
        day=HOSTILE,
        value=HOSTILE,
        doubt=20,
        doubts=(HOSTILE, HOSTILE),
        why=HOSTILE,
        by=HOSTILE,
    )
    assert "<script>" not in _shown("{% claim_card card %}", card=card)


def test_doubt_is_shown_where_nobody_decided_only() -> None:
    proposed, accepted = CARDS[1], CARDS[0]
    assert "And 1 more" in _shown("{% claim_card card %}", card=proposed)
    assert "doubt" not in _shown("{% claim_card card %}", card=accepted)


def test_turning_pages_keeps_what_was_asked() -> None:
    request = RequestFactory().get("/", {"q": "fund & plan", "page": "7"})
    page = Paginator(range(411), 25).page(7)
    shown = Template("{% load design %}{% pager page %}").render(RequestContext(request, {"page": page}))
    assert 'href="?q=fund+%26+plan&amp;page=8" rel="next"' in shown
    assert shown.count('aria-current="page"') == 1
    assert "151–175 of 411" in shown


def test_one_page_needs_no_pager() -> None:
    request = RequestFactory().get("/")
    page = Paginator(range(20), 25).page(1)
    shown = Template("{% load design %}{% pager page %}").render(RequestContext(request, {"page": page}))
    assert shown.strip() == ""


class _Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As it is called.")
    public = forms.BooleanField(label="Public", help_text="To all.")
    way = forms.ChoiceField(label="Way", choices=[("a", "A")], widget=forms.RadioSelect)


@pytest.mark.parametrize("name", ["name", "public", "way"])
def test_a_field_says_what_is_wrong_to_those_who_listen(name: str) -> None:
    form = _Form({})
    form.is_valid()
    shown = _shown("{% field f %}", f=form[name])
    described = re.search(r'aria-describedby="([^"]+)"', shown)
    assert described is not None
    for identity in described[1].split():
        assert f'id="{identity}"' in shown
    assert "This field is required." in shown


def test_a_field_that_may_be_left_empty_says_so() -> None:
    class Form(forms.Form):
        why = forms.CharField(required=False)

    assert "(optional)" in _shown("{% field f %}", f=Form()["why"])


def test_nothing_found_says_what_can_be_done() -> None:
    shown = _shown("{% empty 'No meetings yet' 'Take in the documents.' '/add/' 'Take in' %}")
    assert '<a class="button" href="/add/">Take in</a>' in shown
