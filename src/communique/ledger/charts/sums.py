"""Money by year. What was pledged, paid, announced and left open stand apart; each currency has its own axis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from django.utils.html import format_html
from django.utils.safestring import SafeString

from communique.ledger.charts import svg
from communique.ledger.charts.bars import Bars, Column, Series, bars
from communique.ledger.writing.money import sum_of

Stage: TypeAlias = Literal["pledge", "announced", "disbursed", "unspecified"]

_STAGES: dict[Stage, Series] = {
    "pledge": Series("Pledged", "hollow"),
    "announced": Series("Announced", "pale"),
    "disbursed": Series("Paid", "full"),
    "unspecified": Series("Not said whether pledged or paid", "hatched"),
}


@dataclass(frozen=True, slots=True)
class Sum:
    """What the contributions of one year, stage and currency come to, and where their quotes are."""

    year: int
    stage: Stage
    currency: str
    amount: Decimal
    href: str = ""


def sums(of: Iterable[Sum], *, key: str, title: str) -> SafeString:
    """Draw a chart for each currency, the one with most sums first; nothing where there is no sum."""
    by_currency: dict[str, list[Sum]] = defaultdict(list)
    for one in of:
        if one.amount:
            by_currency[one.currency].append(one)
    ordered = sorted(by_currency.items(), key=lambda item: (-len(item[1]), item[0]))
    charts = [
        bars(_chart(currency, parts, title), key=f"{key}-{currency.lower() or 'none'}")
        for currency, parts in ordered
    ]
    return format_html('<div class="charts">{}</div>', svg.join(charts)) if charts else svg.EMPTY


def _chart(currency: str, of: list[Sum], title: str) -> Bars:
    stages = [stage for stage in _STAGES if any(one.stage == stage for one in of)]
    total: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    leads: dict[tuple[int, str], str] = {}
    for one in of:
        total[one.year, one.stage] += one.amount
        leads.setdefault((one.year, one.stage), one.href)
    years = range(min(one.year for one in of), max(one.year for one in of) + 1)
    return Bars(
        title=f"{title}, in {currency or 'a currency that is not said'}",
        series=tuple(_STAGES[stage] for stage in stages),
        columns=tuple(
            Column(
                str(year),
                tuple(total.get((year, stage)) for stage in stages),
                tuple(leads.get((year, stage), "") for stage in stages),
            )
            for year in years
        ),
        written=_writer(currency, exact=False),
        exactly=_writer(currency, exact=True),
    )


def _writer(currency: str, *, exact: bool) -> Callable[[Decimal], str]:
    def write(amount: Decimal) -> str:
        return sum_of(amount, currency, exact=exact) if amount else "0"

    return write
