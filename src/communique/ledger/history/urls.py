"""Addresses of the history."""

from __future__ import annotations

from django.urls import path

from communique.ledger.history import views

app_name = "history"
urlpatterns = [
    path("history/", views.history, name="history"),
    path("history/<int:seq>/undo/", views.take_back, name="undo"),
]
