from django.db import migrations, models
from django.db.models import Q

MOVED = Q(last_move="", moved_by__isnull=True) | (~Q(last_move="") & Q(moved_by__isnull=False))
WHICH = "made on this side; empty: on the other, or by the clock"
WHO = "the post that made it: its second press is no second move"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_policies")]
    operations = [
        operation
        for side in ("incoming", "outgoing")
        for operation in (
            migrations.AddField(f"{side}referral", "last_move", models.CharField(blank=True, default="", help_text=WHICH, max_length=30)),
            migrations.AddField(f"{side}referral", "moved_by", models.UUIDField(help_text=WHO, null=True)),
            migrations.AddConstraint(f"{side}referral", models.CheckConstraint(condition=MOVED, name=f"{side}_moved")),
        )
    ]
