"""Figures and lines over time, drawn from the newest claims of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from communique.ledger.charts import Bars, Column, Event, Series, bars, timeline
from communique.ledger.claims.models import STANDING, Claim
from communique.ledger.design.cards import Card
from communique.ledger.record.cards import cards, listed
from communique.ledger.record.claim_list import MOST_COUNTED, Glimpse, Wanted, glimpses, newest
from communique.ledger.record.sight import Sight

MOST_DRAWN = 100
_FEWEST = 3  # days that a line over time is drawn for


def by_year(sight: Sight, wanted: Wanted, *, key: str, title: str, href: Callable[[int], str]) -> SafeString:
    """Draw how many claims of a list each year has, those that a person checked apart from the others."""
    found = glimpses(sight, wanted, MOST_COUNTED)
    told = Counter((g.day.year, g.checked) for g in found if g.day is not None)
    if len({year for year, _ in told}) < 2:
        return SafeString("")  # one bar tells nothing that the list does not
    years = range(min(year for year, _ in told), max(year for year, _ in told) + 1)
    series = [Series("Checked by a person"), Series("Not checked yet", "hollow")]
    kept = [checked for checked in (True, False) if any(told[y, checked] for y in years)]
    return bars(
        Bars(
            title=title,
            series=tuple(series[0 if checked else 1] for checked in kept),
            columns=tuple(
                Column(
                    str(y),
                    tuple(Decimal(told[y, checked]) for checked in kept),
                    tuple(href(y) for _ in kept),
                )
                for y in years
            ),
            stacked=True,
            note=_note(found),
        ),
        key=key,
    )


def over_time(
    sight: Sight,
    wanted: Wanted | Sequence[Wanted],
    *,
    key: str,
    title: str,
    lane: Callable[[Claim, Card], Iterable[str]],
    most: int = MOST_DRAWN,
) -> SafeString:
    """Draw the newest claims of a list on their days, in lanes; each mark leads to the words it stands on."""
    lists = [wanted] if isinstance(wanted, Wanted) else wanted
    found: dict[int, Claim] = {}
    cut_off = False
    for one in lists:
        claims = newest(sight, one, most)
        cut_off = cut_off or len(claims) == most
        found |= {claim.pk: claim for claim in claims}
    told = list(found.values())
    events = [
        Event(
            day=claim.day,
            label=said(card),
            lane=name,
            href=card.source.href,
            kind=claim.kind,
            proposed=claim.state not in STANDING,
        )
        for claim, card in zip(told, cards(told, sight), strict=True)
        for name in lane(claim, card)
    ]
    if len({event.day for event in events if event.day is not None}) < _FEWEST:
        return SafeString("")  # the list below tells as much
    heading = f"{title}: the newest {most}" if cut_off else title
    return timeline(events, key=key, title=heading, today=sight.today)


def said(card: Card) -> str:
    """Return the sentence of a card."""
    who, whom = listed(n.name for n in card.who), listed(n.name for n in card.whom)
    return " ".join(part for part in (who, card.verb, whom) if part)


def _note(found: Sequence[Glimpse]) -> str:
    undated = sum(g.day is None for g in found)
    newest_only = f"Of the newest {MOST_COUNTED:,}." if len(found) == MOST_COUNTED else ""
    missing = f"{undated} without a date are left out." if undated else ""
    return " ".join(part for part in (newest_only, missing) if part)
