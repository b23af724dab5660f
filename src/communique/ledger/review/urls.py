"""Addresses of documents, of decisions on their claims, and of the queue."""

from __future__ import annotations

from django.urls import path

from communique.ledger.review import deciding, queueing, sources, views

app_name = "review"
urlpatterns = [
    path("", views.home, name="home"),
    path("documents/", views.listing, name="documents"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/text/", views.text, name="text"),
    path("documents/<int:pk>/source/", sources.source, name="source"),
    path("documents/<int:pk>/original/", sources.original, name="original"),
    path("documents/<int:pk>/changes/", sources.changes, name="changes"),
    path("documents/<int:pk>/add/", deciding.add, name="add"),
    path("documents/<int:pk>/undo/", deciding.take_back, name="undo"),
    path("documents/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("claims/<slug:uid>/finding/", deciding.finding, name="finding"),
    path("claims/<slug:uid>/decide/", deciding.decide, name="decide"),
    path("claims/<slug:uid>/correct/", deciding.correct, name="correct"),
    path("claims/<slug:uid>/newer/", deciding.take_newer, name="newer"),
    path("queue/", queueing.queue, name="queue"),
    path("queue/next/", queueing.next_document, name="next"),
    path("queue/seen/", queueing.seen, name="seen"),
    path("queue/assign/", queueing.assign, name="assign"),
    path("queue/undo/", deciding.take_back, name="undo_anywhere"),
    path("queue/names/", deciding.names, name="names"),
]
