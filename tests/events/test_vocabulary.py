"""The vocabulary of events names only what exists."""

from __future__ import annotations

import re

import pytest

from communique.vocab.acts import acts
from communique.vocab.events import event_types, operators
from communique.vocab.events.actors import actor_words, groups, leaders, places
from communique.vocab.events.contexts import contexts
from communique.vocab.events.grammar import event_grammar
from communique.vocab.gazetteer import states

CODES = {*states(), "IGO", "NGO", "IMG"}


def test_every_place_group_and_leader_belongs_to_a_state_known() -> None:
    assert set(places()) <= CODES
    assert set(leaders()) <= CODES
    assert {g.code for g in groups()} <= CODES


def test_every_role_of_a_group_has_words() -> None:
    assert {g.role for g in groups() if g.role} <= {*actor_words().roles, "IGO"}


def test_states_that_are_no_more_have_a_successor() -> None:
    assert all(new in states() for new in actor_words().codes.values())


@pytest.mark.parametrize("label", list(event_types()))
def test_the_modes_and_codes_of_a_type_exist(label: str) -> None:
    type_ = next(t for t in event_types().values() if t.label == label)
    modes = {m.name for m in type_.modes}
    frames = (*type_.verbs, *type_.nouns)
    assert {f.mode for f in frames if f.mode} <= modes
    used = [type_.cameo, *type_.about.values(), *(m.cameo for m in type_.modes), *(f.cameo for f in frames)]
    assert all(re.fullmatch(r"(?:0[1-9]|1\d|20)\d{1,2}", c) for c in used if c is not None)


def test_acts_name_types_that_exist() -> None:
    assert {label for act in acts().values() for label in act.plover} <= set(event_types())


def test_contexts_and_kinds_of_operators_stand_once() -> None:
    assert len({c.name for c in contexts()}) == len(contexts())
    assert len({o.kind for o in operators()}) == len(operators())


def test_the_words_that_are_some_of_a_class_are_in_it() -> None:
    classes = event_grammar()
    assert classes.speaking < classes.pronouns
    assert classes.resuming - classes.numbering < classes.pronouns
    assert classes.counts < classes.quantities
    assert classes.enumerating < classes.otherwise


def test_only_words_of_names_are_written_with_capitals() -> None:
    small = [getattr(event_grammar(), c) for c in event_grammar().__struct_fields__ if c != "worldwide"]
    assert all(word == word.lower() for words in small for word in words)
    assert all(word.istitle() for word in event_grammar().worldwide)
