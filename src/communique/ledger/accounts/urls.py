"""Addresses of the pages about accounts."""

from __future__ import annotations

from django.urls import path

from communique.ledger.accounts.views import administration, own, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("link/", sign_in.link, name="link"),
    path("link/<str:secret>/", sign_in.open_link, name="open_link"),
    path("account/", own.page, name="own"),
    path("account/password/", own.password, name="password"),
    path("account/sessions/end/", own.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<str:session>/end/", own.end_session, name="end_session"),
    path("account/tokens/", own.make_token, name="make_token"),
    path("account/tokens/<int:pk>/revoke/", own.revoke_token, name="revoke_token"),
    path("accounts/", administration.all_accounts, name="all"),
    path("accounts/add/", administration.add, name="add"),
    path("accounts/<int:pk>/", administration.one, name="one"),
    path("accounts/<int:pk>/role/", administration.role, name="role"),
    path("accounts/<int:pk>/name/", administration.rename, name="rename"),
    path("accounts/<int:pk>/deactivate/", administration.deactivate, name="deactivate"),
    path("accounts/<int:pk>/activate/", administration.activate, name="activate"),
    path("accounts/<int:pk>/link/", administration.link, name="link_for"),
    path("accounts/<int:pk>/tokens/<int:token>/revoke/", administration.revoke_token, name="revoke_token_of"),
    path("settings/", administration.settings, name="settings"),
]
