"""Row policies of cases: every row carries its case's audience."""

from django.db import migrations

from entraide.kernel.access.migrate import Protect

CHILDREN = (
    "TeamMember", "CaseRecord", "IdentificationDecision", "Note", "Link", "Step", "Event", "LegalBasis", "TransferBasis",
    "ErasureCertificate", "Agreement",
)  # fmt: skip
TEXTS = """
alter table cases_agreementtext enable row level security;
alter table cases_agreementtext force row level security;
create policy reads on cases_agreementtext for select using (true);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0001_initial"), ("bodies", "0002_policies")]
    operations = [
        Protect("Case"),
        Protect("ImportRun"),
        *(Protect(name, parent="case") for name in CHILDREN),
        Protect("SearchToken", parent="case", deletable=True),
        migrations.RunSQL(TEXTS),
    ]
