"""Addresses of the pages about accounts."""

from __future__ import annotations

from django.urls import path

from communique.ledger.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("link/", views.link, name="link"),
    path("link/<str:secret>/", views.open_link, name="open_link"),
]
