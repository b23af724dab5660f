"""Acts found by what was done, and by what they take back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("log", "0002_append_only"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="act",
            index=models.Index(fields=["verb", "seq"], name="act_verb_seq"),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                condition=models.Q(("undoes__isnull", False)), fields=["undoes"], name="act_undoes"
            ),
        ),
    ]
