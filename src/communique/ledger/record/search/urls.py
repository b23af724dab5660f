"""The addresses of search."""

from __future__ import annotations

from django.urls import path

from communique.ledger.record.search import views

app_name = "search"
urlpatterns = [path("search/", views.search, name="search")]
