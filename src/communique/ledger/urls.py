"""The addresses of the ledger, a feature a line."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

handler500 = "communique.ledger.design.views.broken"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("communique.ledger.accounts.urls")),
    path("", include("communique.ledger.design.urls")),
    path("", include("communique.ledger.intake.urls")),
    path("", include("communique.ledger.record.search.urls")),
    path("", include("communique.ledger.history.urls")),
    path("", include("communique.ledger.api.urls")),
    path("", include("communique.ledger.review.urls")),
    path("", include("communique.ledger.record.urls")),
    path("", include("communique.ledger.resolution.urls")),
]
