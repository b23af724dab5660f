"""Addresses of taking in."""

from __future__ import annotations

from django.urls import path

from communique.ledger.intake import views

app_name = "intake"
urlpatterns = [
    path("add/", views.add, name="add"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>/retry/", views.retry, name="retry"),
    path("jobs/retry/", views.retry_all, name="retry_all"),
]
