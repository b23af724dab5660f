"""Addresses of the API, which brings a namespace of its own: ``api``."""

from __future__ import annotations

from django.urls import path

from communique.ledger.api.app import mount

urlpatterns = [path("api/", mount())]
