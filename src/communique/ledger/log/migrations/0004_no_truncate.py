"""Lets PostgreSQL refuse to empty the log at once, too: its trigger on rows sees nothing of that."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_MADE = """
CREATE TRIGGER log_act_no_truncate BEFORE TRUNCATE ON log_act
FOR EACH STATEMENT EXECUTE FUNCTION log_act_append_only()
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_MADE)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER log_act_no_truncate ON log_act")


class Migration(migrations.Migration):
    dependencies = (("log", "0003_verbs_and_undone"),)
    operations = (migrations.RunPython(forwards, backwards),)
