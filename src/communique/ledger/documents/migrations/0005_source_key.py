"""Tells sources apart by a hash of their address: no index of PostgreSQL holds every address itself."""

from __future__ import annotations

import hashlib

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in the hashes, some at a time."""
    sources = apps.get_model("documents", "Source").objects
    waiting = []
    for source in sources.order_by("pk").iterator(chunk_size=1000):
        source.key = hashlib.sha256(source.url.encode("utf-8", "replace")).hexdigest()
        waiting.append(source)
        if len(waiting) == 1000:
            sources.bulk_update(waiting, ["key"])
            waiting = []
    sources.bulk_update(waiting, ["key"])


class Migration(migrations.Migration):
    dependencies = (("documents", "0004_coverage_index"),)
    operations = (
        migrations.AddField("source", "key", models.CharField(max_length=64, null=True)),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    )
