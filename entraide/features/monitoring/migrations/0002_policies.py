"""Row policies of monitoring."""

from django.db import migrations

from entraide.features.monitoring.policies import READERS, statements

SHARED = ("mechanism", "round", "scope", "evaluation", "reviewer", "interest", "draw", "reply", "assessment")
ROOTS = ("visit", "edition", "comments", "consent", "decision", "plan")
PARTS = {
    "meeting": "visit", "paragraph": "edition", "finding": "edition", "evidence": "edition", "recommendation": "edition",
    "comment": "comments", "decisionon": "decision", "measure": "plan", "partner": "plan", "answers": "plan", "milestone": "plan",
    "step": "plan",
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(statement) for statement in [READERS, *statements(SHARED, ROOTS, PARTS)]]
