"""Sample content of the page of components: words of long ago."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django import forms

from communique.ledger.charts import Bars, Column, Event, Series, Sum
from communique.ledger.design.cards import Card, Named, Source
from communique.ledger.design.templatetags.design import Tab

STATES = ("proposed", "accepted", "corrected", "rejected", "unsure", "challenged")
TABS = (
    Tab("Record", "#record", current=True, count=48),
    Tab("Documents", "#documents", count=12),
    Tab("History", "#history"),
)

_SOURCE = Source(
    title="The ASEAN Declaration",
    href="#document",
    publisher="ASEAN Secretariat",
    day=date(1967, 8, 8),
    url="https://asean.org/the-asean-declaration-bangkok-declaration-bangkok-8-august-1967/",
)
CARDS = (
    Card(
        kind="commitment",
        who=(Named("Indonesia", "#idn"), Named("Malaysia", "#mys"), Named("Thailand", "#tha")),
        verb="agreed",
        day=date(1967, 8, 8),
        quote="the Association represents the collective will of the nations of South-East Asia to bind"
        " themselves together in friendship and cooperation",
        source=_SOURCE,
        state="accepted",
    ),
    Card(
        kind="contribution",
        who=(Named("Japan", "#jpn"),),
        verb="pledged US$6 million",
        whom=(Named("ASEAN Fund", "#fund"),),
        day="1969-12",
        quote="Japan would make available a sum of US$6 million for the joint projects of the Association.",
        source=_SOURCE,
        state="proposed",
        doubt=52,
        doubts=(
            "The words do not say whether it was pledged or paid.",
            "Donor: taken from “Japan” (speaker-of-the-sentence-before).",
        ),
    ),
    Card(
        kind="statement",
        who=(Named("Adam Malik", "#malik"),),
        verb="emphasised",
        day=date(1967, 8, 8),
        quote="Indonesia always wanted to see South East Asia develop into a region which can stand on its own"
        " feet, strong enough to defend itself against any negative influence from outside the region.",
        source=_SOURCE,
        state="corrected",
        why="The act is to emphasise, not to assert.",
        by="registry",
    ),
    Card(
        kind="meeting",
        who=(Named("First ASEAN Ministerial Meeting", "#amm"),),
        day="1967-08-05/1967-08-08",
        quote="met in Bangkok from 5 to 8 August",
        source=_SOURCE,
        state="unsure",
        doubt=20,
        doubts=("The year is that of the document.",),
    ),
    Card(
        kind="area",
        who=(Named("Tourism", "#tourism"),),
        quote="more effective collaboration <em>in tourism</em>",
        source=_SOURCE,
        state="rejected",
        why="A list of what others do, not of fields of cooperation.",
        by="registry",
    ),
)

EVENTS = (
    *(
        Event(
            date(1967, 8, 8) + timedelta(days=97 * n),
            f"The ministers said it {n + 1} times",
            "Statements",
            "#q",
            "statement",
        )
        for n in range(30)
    ),
    Event(date(1967, 8, 8), "First ASEAN Ministerial Meeting", "Meetings", "#q", "meeting"),
    Event(date(1968, 8, 6), "Second ASEAN Ministerial Meeting", "Meetings", "#q", "meeting"),
    Event(date(1969, 12, 16), "Third ASEAN Ministerial Meeting", "Meetings", "#q", "meeting", proposed=True),
    Event(date(1973, 2, 15), "A meeting in Kuala Lumpur", "Meetings", "#q", "meeting"),
    Event(date(1969, 12, 17), "ASEAN Fund", "Pledges", "#q", "contribution"),
    Event(date(1971, 11, 27), "<script>alert(1)</script>", "Pledges", "#q", "contribution", proposed=True),
    Event(None, "A payment that no document dates", "Pledges", "#q", "contribution"),
)
SUMS = (
    Sum(1969, "pledge", "USD", Decimal(5_000_000), "#q"),
    Sum(1969, "disbursed", "USD", Decimal(1_000_000), "#q"),
    Sum(1970, "disbursed", "USD", Decimal(1_500_000), "#q"),
    Sum(1972, "unspecified", "USD", Decimal(2_250_000), "#q"),
    Sum(1973, "announced", "USD", Decimal(800_000), "#q"),
    Sum(1972, "pledge", "JPY", Decimal(120_000_000), "#q"),
)
ACTS = Bars(
    title="What was done by saying it",
    series=(Series("Welcomed"), Series("Agreed", "hollow"), Series("Condemned", "hatched")),
    columns=tuple(
        Column(str(year), (Decimal(year % 7), Decimal(year % 4), Decimal(year % 3)), ("#q", "#q", "#q"))
        for year in range(1967, 1977)
    ),
    stacked=True,
)


class SampleForm(forms.Form):
    """One field of each sort, some of them filled in wrongly."""

    name = forms.CharField(label="Name of the house", help_text="It stands at the top of every page.")
    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label="Kind", choices=[("press_release", "Press release"), ("readout", "Readout")]
    )
    note = forms.CharField(
        label="Why", widget=forms.Textarea, required=False, help_text="One line is enough."
    )
    way = forms.ChoiceField(
        label="Who may look",
        widget=forms.RadioSelect,
        choices=[("all", "Everybody"), ("house", "Who has an account")],
    )
    public = forms.BooleanField(label="Show accepted claims to everybody", required=False)
