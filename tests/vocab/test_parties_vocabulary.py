"""The vocabulary of parties: its facts hang together, and membership goes by date."""

from __future__ import annotations

from collections import Counter
from datetime import date

from communique.vocab.gazetteer import (
    members,
    organisations,
    party_name,
    people,
    people_by_name,
    states,
    written_forms,
)


def test_asean_grows_by_timor_leste() -> None:
    assert "TLS" not in members("asean", date(2025, 10, 25))
    assert "TLS" in members("asean", date(2025, 10, 26))
    assert len(members("asean", date(2010, 1, 1))) == 10


def test_the_united_kingdom_left_the_union() -> None:
    assert "GBR" in members("eu", date(2020, 1, 31))
    assert "GBR" not in members("eu", date(2020, 2, 1))
    assert len(members("eu")) == 27


def test_nato_has_thirty_two_members_and_began_with_twelve() -> None:
    assert len(members("nato")) == 32
    assert len(members("nato", date(1949, 4, 4))) == 12


def test_a_state_has_no_members() -> None:
    assert members("KOR") == ()


def test_every_id_is_used_once_and_every_reference_is_known() -> None:
    ids = [*states(), *organisations()]
    assert not [i for i, n in Counter(ids).items() if n > 1]
    referred = {i for o in organisations().values() for m in o.members for i in m.ids}
    referred |= {t.party for p in people() for t in p.terms}
    referred |= {o.party for o in organisations().values() if o.party is not None}
    assert all(party_name(i) is not None for i in referred)


def test_states_have_alpha_3_ids_and_organisations_lower_case_ones() -> None:
    assert all(len(i) == 3 and i.isupper() for i in states())
    assert all(i == i.lower() for i in organisations())


def test_no_full_name_is_claimed_by_two_people() -> None:
    claimed = Counter(n.casefold() for p in people() for n in {p.name, *p.aliases})
    assert [n for n, count in claimed.items() if count > 1] == []
    assert len({p.id for p in people()}) == len(people())


def test_no_two_states_share_a_full_name() -> None:
    claimed = Counter(n for s in states().values() for n in {s.name, *s.names, *s.aliases})
    assert [n for n, count in claimed.items() if count > 1] == []


def test_a_term_ends_after_it_begins() -> None:
    terms = [t for p in people() for t in p.terms if t.since is not None and t.until is not None]
    assert [t for t in terms if t.until < t.since[: len(t.until)]] == []  # type: ignore[operator, index]


def test_a_demonym_never_hides_a_name() -> None:
    assert written_forms()["Laos"].form == "name"
    assert people_by_name()["joe biden"].name == "Joe Biden"
