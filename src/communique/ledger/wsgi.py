"""The application that a server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from communique.ledger.beside import leave_with

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communique.ledger.settings")
application = get_wsgi_application()

if "COMMUNIQUE_SERVER" in os.environ:  # set by `communique serve`, whose port a process left alone would hold
    leave_with(int(os.environ["COMMUNIQUE_SERVER"]), lambda: os._exit(1))
