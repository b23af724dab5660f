"""The addresses of the pages of the record."""

from __future__ import annotations

from django.urls import path

from communique.ledger.record.areas import views as areas
from communique.ledger.record.claims import views as claims
from communique.ledger.record.commitments import views as commitments
from communique.ledger.record.funds import views as funds
from communique.ledger.record.instruments import views as instruments
from communique.ledger.record.issues import views as issues
from communique.ledger.record.meetings import views as meetings
from communique.ledger.record.parties import views as parties
from communique.ledger.record.people import views as people

app_name = "record"
urlpatterns = [
    path("parties/", parties.parties, name="parties"),
    path("parties/<int:pk>/", parties.party, name="party"),
    path("parties/<int:pk>/said/", parties.said, name="party_said"),
    path("parties/<int:pk>/promised/", parties.promised, name="party_promised"),
    path("parties/<int:pk>/money/", parties.given, name="party_money"),
    path("parties/<int:pk>/meetings/", parties.met, name="party_meetings"),
    path("parties/<int:pk>/issues/", parties.raised, name="party_issues"),
    path("meetings/", meetings.all_series, name="meetings"),
    path("meetings/all/", meetings.single, name="single_meetings"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/outcomes/", meetings.outcome, name="meeting_outcome"),
    path("meetings/<int:pk>/claims/", meetings.mentioned, name="meeting_claims"),
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/<int:pk>/", instruments.instrument, name="instrument"),
    path("instruments/<int:pk>/measures/", instruments.measures, name="instrument_measures"),
    path("instruments/<int:pk>/promised/", instruments.promised, name="instrument_promised"),
    path("instruments/<int:pk>/progress/", instruments.progressed, name="instrument_progress"),
    path("instruments/<int:pk>/said/", instruments.said, name="instrument_said"),
    path("funds/", funds.funds, name="funds"),
    path("funds/<int:pk>/", funds.fund, name="fund"),
    path("funds/<int:pk>/said/", funds.said, name="fund_said"),
    path("claims/<slug:uid>/", claims.claim, name="claim"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/<slug:uid>/", commitments.commitment, name="commitment"),
    path("issues/", issues.issues, name="issues"),
    path("issues/<int:pk>/", issues.issue, name="issue"),
    path("areas/", areas.areas, name="areas"),
    path("areas/<int:pk>/", areas.area, name="area"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/promised/", people.promised, name="person_promised"),
    path("people/<int:pk>/meetings/", people.met, name="person_meetings"),
    path("people/<int:pk>/issues/", people.raised, name="person_issues"),
]
