"""Lets jobs be asked for together, and keep what reading again changed."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("intake", "0002_watch"),)
    operations = (
        migrations.AddField(
            model_name="job",
            name="batch",
            field=models.CharField(blank=True, db_index=True, default="", max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(model_name="job", name="changed", field=models.JSONField(null=True)),
    )
