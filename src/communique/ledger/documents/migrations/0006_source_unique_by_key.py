"""Makes the hash of a source's address what is unique of it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("documents", "0005_source_key"),)
    operations = (
        migrations.AlterField("source", "key", models.CharField(max_length=64, unique=True)),
        migrations.AlterField("source", "url", models.CharField(max_length=2000)),
    )
