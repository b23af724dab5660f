"""Addresses of who is who."""

from __future__ import annotations

from django.urls import path

from communique.ledger.resolution import splitting, views

app_name = "resolution"
urlpatterns = [
    path("who/", views.suggestions, name="suggestions"),
    path("who/judgements/", views.judged, name="judged"),
    path("who/compare/", views.compare, name="compare"),
    path("who/merge/", views.merge, name="merge"),
    path("who/apart/", views.apart, name="apart"),
    path("who/suggest/", views.suggest, name="suggest"),
    path("who/look/", views.look, name="look"),
    path("who/<int:pk>/", views.entity, name="entity"),
    path("who/<int:pk>/rename/", views.rename, name="rename"),
    path("who/<int:pk>/split/", splitting.choose, name="split"),
    path("who/<int:pk>/split/preview/", splitting.preview, name="split_preview"),
    path("who/<int:pk>/split/do/", splitting.split, name="split_do"),
]
