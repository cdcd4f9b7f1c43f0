import uuid

import django.db.models.deletion
from django.db import migrations, models

SAME_MATTER = """
CREATE FUNCTION insight_file_of_copy() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM insight_copy c JOIN inbox_attachment a ON a.concern_id = c.concern_id
                  WHERE c.id = NEW.copy_id AND a.id = NEW.attachment_id AND c.concern_id = NEW.concern_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'document and file are not of this matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON insight_file
  FOR EACH ROW EXECUTE FUNCTION insight_file_of_copy();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0002_guard"),
        ("inbox", "0012_attachments_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.attachment"
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="insight.accesscopy"
                    ),
                ),
            ],
            options={
                "db_table": "insight_file",
            },
        ),
        migrations.RunSQL(SAME_MATTER),
    ]
