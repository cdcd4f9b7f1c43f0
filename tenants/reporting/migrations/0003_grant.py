import uuid

import django.db.models.deletion
from django.db import migrations, models

# What is finished stands; its fingerprint is that of its bytes, and a correction is of the same year.
STANDS = """
CREATE OR REPLACE FUNCTION reporting_grant_made() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.digest <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex') THEN
    RAISE insufficient_privilege USING MESSAGE = 'a grant report is finished as it was seen'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION reporting_grant_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what has been reported is append-only';
END $$;
CREATE TRIGGER grant_made BEFORE INSERT ON reporting_grant FOR EACH ROW EXECUTE FUNCTION reporting_grant_made();
CREATE TRIGGER grant_stands BEFORE UPDATE OR DELETE ON reporting_grant
  FOR EACH ROW EXECUTE FUNCTION reporting_grant_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_owner")]
    operations = [
        migrations.CreateModel(
            name="GrantReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("because", models.CharField(blank=True, max_length=1000)),
                ("finished_at", models.DateTimeField()),
                ("finished_by", models.UUIDField()),
                ("finished_by_name", models.CharField(max_length=200)),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reporting.grantreport",
                    ),
                ),
            ],
            options={
                "db_table": "reporting_grant",
                "indexes": [models.Index(fields=["year", "finished_at"], name="reporting_grant_of_year")],
            },
        ),
        migrations.RunSQL(STANDS),
    ]
