import uuid

import django.db.models.deletion
from django.db import migrations, models

import varde.privacy.fields

# What was written of a call back may be put right until it is done, in the same transaction that keeps what stood.
LAID = (
    "ALTER TABLE inbox_callbackversion ADD COLUMN laid_in bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint)"
)
FROZEN = """
CREATE OR REPLACE FUNCTION inbox_callback_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF OLD.done_at IS NOT NULL
     OR (NEW.id, NEW.concern_id, NEW.about_staff, NEW.to_reporter, NEW.made_at, NEW.made_by, NEW.made_by_name)
        IS DISTINCT FROM
        (OLD.id, OLD.concern_id, OLD.about_staff, OLD.to_reporter, OLD.made_at, OLD.made_by, OLD.made_by_name)
     OR NEW.to_reporter AND (NEW.who, NEW.phone) IS DISTINCT FROM (OLD.who, OLD.phone)
     OR (NEW.who, NEW.phone, NEW.safe_ways, NEW.not_on_voicemail, NEW.interpreter, NEW.listening)
        IS DISTINCT FROM
        (OLD.who, OLD.phone, OLD.safe_ways, OLD.not_on_voicemail, OLD.interpreter, OLD.listening)
        AND NOT EXISTS (SELECT 1 FROM inbox_callbackversion v
                         WHERE v.callback_id = OLD.id AND v.laid_in = pg_current_xact_id()::text::bigint)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a call back is frozen'; END IF;
  RETURN NEW;
END $$;
"""
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("inbox", "0013_mistakes")]

    operations = [
        migrations.AddField("callback", "to_reporter", models.BooleanField(db_default=False, default=False)),
        migrations.CreateModel(
            name="CallbackVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("was", varde.privacy.fields.SealedJSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                ("callback", models.ForeignKey(on_delete=PROTECT, related_name="versions", to="inbox.callback")),
                (
                    "concern",
                    models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="+", to="inbox.concern"),
                ),
            ],
            options={"db_table": "inbox_callbackversion"},
        ),
        migrations.CreateModel(
            name="Caller",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("told", varde.privacy.fields.SealedJSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                ("concern", models.ForeignKey(on_delete=PROTECT, related_name="callers", to="inbox.concern")),
            ],
            options={"db_table": "inbox_caller"},
        ),
        migrations.RunSQL(LAID),
        migrations.RunSQL(FROZEN),
    ]
