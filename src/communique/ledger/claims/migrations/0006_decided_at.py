"""Keeps when a decision was made apart from since when a version of its claim is held."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A version with the decision of the one before it was made by something else: it has that one's day."""
    claims = apps.get_model("claims", "Claim").objects.exclude(by="")
    same = claims.filter(
        uid=OuterRef("uid"), by=OuterRef("by"), why=OuterRef("why"), state=OuterRef("state")
    ).order_by("version")
    claims.update(decided_at=Subquery(same.values("since")[:1]))


class Migration(migrations.Migration):
    dependencies = (("claims", "0005_published"),)
    operations = (
        migrations.AddField("claim", "decided_at", models.DateTimeField(null=True)),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    )
