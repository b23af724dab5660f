"""Charts as SVG, drawn on the server, each with a table of the same figures behind it. No script, no inline style.

    timeline(events, key="said", title="What was said")    events on their days, in lanes
    sums(paid, key="paid", title="Pledged and paid")       money by year, a chart for each currency
    bars(Bars(...), key="acts", title="Acts by year")      any other figures by year or by name
    strip(days, span=(first, last), what="statements")     dots in a line of text or a cell of a table

Every mark is a link to its quotes. All return SafeString; all text is escaped.
"""

from communique.ledger.charts.bars import Bars, Column, Series, bars
from communique.ledger.charts.strip import strip
from communique.ledger.charts.sums import Sum, sums
from communique.ledger.charts.timeline import Event, timeline

__all__ = ["Bars", "Column", "Event", "Series", "Sum", "bars", "strip", "sums", "timeline"]
