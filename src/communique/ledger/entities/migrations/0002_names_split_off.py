"""Lets a name stand for the entity that it was split off to."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("entities", "0001_initial"),)
    operations = (
        migrations.AddField(
            "name",
            "stands_for",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="entities.entity",
            ),
        ),
    )
