import uuid

import django.db.models.deletion
from django.db import migrations, models

import varde.privacy.fields

# A file of this very transaction: the pieces come with it, or never. Rows from before get the migration's own number.
NEWBORN = """
ALTER TABLE inbox_attachment ADD COLUMN laid_in bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);
CREATE FUNCTION attachment_newborn(attachment uuid, matter uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM inbox_attachment a
                  WHERE a.id = attachment AND a.concern_id = matter AND a.laid_in = pg_current_xact_id()::text::bigint)
$$;
"""
# The default stands in the database: whoever lays a file reads nothing back, so Django may not ask for it.
ARRIVING = "ALTER TABLE inbox_attachment ADD COLUMN arriving boolean NOT NULL DEFAULT false"


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0011_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="AttachmentLater",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("came_from", varde.privacy.fields.SealedTextField()),
                ("by_user", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="later", to="inbox.attachment"
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
            ],
            options={
                "db_table": "inbox_attachmentlater",
            },
        ),
        migrations.RunSQL(
            ARRIVING,
            state_operations=[migrations.AddField("attachment", "arriving", models.BooleanField(default=False))],
        ),
        migrations.RunSQL(NEWBORN),
    ]
