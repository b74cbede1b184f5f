"""The firewall stands on the side of a body: the database refuses one that does not follow from what the body does."""

from django.db import migrations, models
from django.db.models import Q

POLICING = ["border", "judiciary", "law_enforcement"]
ASSISTING = ["assistance", "coordination", "funding", "migration", "monitoring", "other", "research"]


class Migration(migrations.Migration):
    dependencies = [("bodies", "0003_register")]
    operations = [
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=Q(side="law_enforcement", kind__in=POLICING) | Q(side="assistance", kind__in=ASSISTING), name="side_follows_kind"
            ),
        ),
    ]
