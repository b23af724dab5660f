"""Lets the database itself refuse to change or delete an act."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = """
CREATE TRIGGER log_act_no_{verb} BEFORE {verb} ON log_act
BEGIN SELECT RAISE(ABORT, 'the log of acts is append-only'); END
"""
_POSTGRESQL = """
CREATE FUNCTION log_act_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log of acts is append-only'; END $$;
CREATE TRIGGER log_act_append_only BEFORE UPDATE OR DELETE ON log_act
FOR EACH ROW EXECUTE FUNCTION log_act_append_only();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL)
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(_SQLITE.format(verb=verb))


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION log_act_append_only() CASCADE")
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER log_act_no_{verb}")


class Migration(migrations.Migration):
    dependencies = (("log", "0001_initial"),)
    operations = (migrations.RunPython(forwards, backwards),)
