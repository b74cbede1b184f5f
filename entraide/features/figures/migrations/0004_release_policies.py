"""Row policies of estimates and releases; what is published stays, and needs two reviewers."""

from django.db import migrations

from entraide.features.figures.policies import RELEASED, own, published, reviews


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_release")]
    operations = [
        migrations.RunSQL(own("figures_estimate")),
        migrations.RunSQL(published("figures_release")),
        migrations.RunSQL(published("figures_figure")),
        migrations.RunSQL(reviews("figures_review")),
        migrations.RunSQL(RELEASED),
    ]
