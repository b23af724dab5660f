"""Addresses of taking in."""

from __future__ import annotations

from django.urls import path

from communique.ledger.intake import views, watch_views

app_name = "intake"
urlpatterns = [
    path("add/", views.add, name="add"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>/retry/", views.retry, name="retry"),
    path("jobs/retry/", views.retry_all, name="retry_all"),
    path("watches/", watch_views.watches, name="watches"),
    path("watches/<int:pk>/stop/", watch_views.stop, name="stop_watch"),
    path("watches/<int:pk>/resume/", watch_views.resume, name="resume_watch"),
    path("watches/<int:pk>/look/", watch_views.look, name="look_again"),
]
