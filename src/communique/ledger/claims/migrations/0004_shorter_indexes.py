"""The unsure, the challenged and the overdue, each found by kind or day without looking at all the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0003_due"),
        ("documents", "0003_withdrawn"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("state", "unsure"), ("until", None)),
                fields=["kind", "-weight", "-id"],
                name="claim_unsure_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("challenge__isnull", False), ("until", None)),
                fields=["kind", "-weight", "-id"],
                name="claim_challenged_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(
                    ("due__isnull", False), ("state__in", ["accepted", "corrected"]), ("until", None)
                ),
                fields=["-due", "-id"],
                name="claim_due_standing",
            ),
        ),
    ]
