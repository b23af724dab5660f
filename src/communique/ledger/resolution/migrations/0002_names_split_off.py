"""Keeps the names that go with a split."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("resolution", "0001_initial"),)
    operations = (migrations.AddField("split", "names", models.JSONField(default=list)),)
