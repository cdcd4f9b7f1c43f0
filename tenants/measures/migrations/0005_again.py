import uuid

import django.db.models.deletion
from django.db import migrations, models

import varde.privacy.fields

# What is taken up again is of the case; and what was answered stays, but for a request of which it is kept how it had been
# answered. Asked as the one who writes: whoever was asked sees no such row, and takes nothing up again.
AGAIN = """
CREATE FUNCTION measures_again_own() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF (NEW.measure_id IS NULL) = (NEW.request_id IS NULL)
     OR NEW.measure_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM measures_measure m WHERE m.id = NEW.measure_id AND m.case_id = NEW.case_id AND m.ended_at = NEW.ended_at)
     OR NEW.request_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM measures_request r WHERE r.id = NEW.request_id AND r.case_id = NEW.case_id AND r.answered_at = NEW.ended_at)
  THEN RAISE insufficient_privilege USING MESSAGE = 'it is not of this case, or not over'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own BEFORE INSERT ON measures_again FOR EACH ROW EXECUTE FUNCTION measures_again_own();
CREATE OR REPLACE FUNCTION measures_request_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.id, NEW.concern_id, NEW.case_id, NEW.partner_id, NEW.recipient_id, NEW.asked, NEW.ground,
      NEW.secrecy, NEW.sent_at, NEW.sent_by_name)
     IS DISTINCT FROM (OLD.id, OLD.concern_id, OLD.case_id, OLD.partner_id, OLD.recipient_id, OLD.asked, OLD.ground,
      OLD.secrecy, OLD.sent_at, OLD.sent_by_name)
     AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was asked is frozen'; END IF;
  IF TG_OP = 'UPDATE' AND access_purpose() IS NULL AND access_user() IS NOT NULL AND OLD.recipient_id = access_user()
     AND NOT matter_open(OLD.concern_id, access_user())
     AND ((NEW.owner_id, NEW.due_on, NEW.reminded_at) IS DISTINCT FROM (OLD.owner_id, OLD.due_on, OLD.reminded_at)
          OR NEW.state NOT IN ('received', 'answered', 'refused')
          OR NEW.answered_at > clock_timestamp() + interval '5 minutes')
  THEN RAISE insufficient_privilege USING MESSAGE = 'the recipient only answers'; END IF;
  IF TG_OP = 'UPDATE' AND (OLD.answered_at IS NOT NULL OR OLD.state NOT IN ('sent', 'received'))
     AND (NEW.state, NEW.answer, NEW.answered_at, NEW.answered_by_name)
         IS DISTINCT FROM (OLD.state, OLD.answer, OLD.answered_at, OLD.answered_by_name)
     AND NOT (OLD.state IN ('answered', 'refused') AND NEW.state IN ('sent', 'received') AND octet_length(NEW.answer) = 0
              AND NEW.answered_at IS NULL AND NEW.answered_by_name = ''
              AND EXISTS (SELECT 1 FROM measures_again a WHERE a.request_id = OLD.id AND a.ended_at = OLD.answered_at))
     AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was answered is frozen'; END IF;
  IF (TG_OP = 'INSERT' OR NEW.owner_id IS DISTINCT FROM OLD.owner_id) AND matter_denied(NEW.concern_id, NEW.owner_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the owner is shut out'; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0004_withdrawn"), ("cases", "0006_ground")]

    operations = [
        migrations.CreateModel(
            name="TakenUpAgain",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=9)),
                ("was", varde.privacy.fields.SealedTextField(blank=True)),
                ("ended_at", models.DateTimeField()),
                ("ended_by_name", models.CharField(max_length=200)),
                ("reason", varde.privacy.fields.SealedTextField()),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="again",
                        to="measures.measure",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="again",
                        to="measures.request",
                    ),
                ),
            ],
            options={
                "db_table": "measures_again",
            },
        ),
        migrations.RunSQL(AGAIN),
    ]
