import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from varde.privacy.fields import SealedTextField

# No text yet is no bytes; the default is for the rows that are there.
TEXTS = """
ALTER TABLE meeting_hearing ADD COLUMN gone_reason bytea NOT NULL DEFAULT ''::bytea;
ALTER TABLE meeting_decision ADD COLUMN gone_reason bytea NOT NULL DEFAULT ''::bytea;
ALTER TABLE meeting_decision ADD COLUMN came_of bytea NOT NULL DEFAULT ''::bytea;
"""
# As in 0002. Also in approved minutes somebody reports once what came of a decision, and does it instead of an owner who was
# shut out.
FROZEN = """
CREATE OR REPLACE FUNCTION meeting_frozen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
  done text[] := '{done_at,done_by_name,came_of}';
BEGIN
  IF TG_TABLE_NAME = 'meeting_meeting' AND TG_OP = 'INSERT' AND after ->> 'state' = 'approved'
  THEN RAISE insufficient_privilege USING MESSAGE = 'minutes are not born approved: frozen'; END IF;
  IF before ->> 'done_at' IS NOT NULL
     AND (before -> 'done_at', before -> 'done_by_name', before -> 'came_of')
         IS DISTINCT FROM (after -> 'done_at', after -> 'done_by_name', after -> 'came_of')
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was done is frozen'; END IF;
  IF TG_TABLE_NAME IN ('meeting_decision', 'meeting_hearing') AND before ->> 'gone_at' IS NOT NULL
     AND (before -> 'gone_at', before -> 'gone_by_name', before -> 'gone_reason')
         IS DISTINCT FROM (after -> 'gone_at', after -> 'gone_by_name', after -> 'gone_reason')
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was taken back is frozen'; END IF;
  IF TG_TABLE_NAME = 'meeting_decision' AND TG_OP = 'UPDATE'
     AND before - done - 'heir_id'::text = after - done - 'heir_id'::text THEN RETURN NEW; END IF;
  IF EXISTS (
    SELECT 1 FROM meeting_meeting m, unnest(ARRAY[before, after]) AS r(one)
     WHERE m.state = 'approved'
       AND (m.id IN ((one ->> 'meeting_id')::uuid,
                     (SELECT i.meeting_id FROM meeting_item i WHERE i.id = (one ->> 'item_id')::uuid),
                     (SELECT p.meeting_id FROM meeting_participant p WHERE p.id = (one ->> 'participant_id')::uuid))
            OR TG_TABLE_NAME = 'meeting_meeting' AND one = before AND m.id = (one ->> 'id')::uuid))
  THEN RAISE insufficient_privilege USING MESSAGE = 'approved minutes are frozen'; END IF;
  RETURN coalesce(NEW, OLD);
END $$;
"""
OWNER = """
CREATE OR REPLACE FUNCTION meeting_owner_sees() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF (NEW.concern_id, NEW.owner_id) IS DISTINCT FROM (OLD.concern_id, OLD.owner_id)
     AND matter_denied(NEW.concern_id, NEW.owner_id)
     OR NEW.heir_id IS DISTINCT FROM OLD.heir_id AND matter_denied(NEW.concern_id, NEW.heir_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the owner is shut out'; END IF;
  RETURN NEW;
END $$;
"""
# As `meeting_item_there`: a hidden decision and an absent one take the same way.
THERE = """
CREATE FUNCTION meeting_decision_there(key uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT access_purpose() IS NOT NULL
      OR EXISTS (SELECT 1 FROM meeting_decision d WHERE d.id = key AND d.concern_id IS NULL)
      OR matter_open(coalesce((SELECT d.concern_id FROM meeting_decision d WHERE d.id = key), key), access_user())
$$;
"""
# As in 0002: what is due for review, the first due first, and no more read than is put forward.
STANDING = """
CREATE INDEX meeting_anew ON risk_assessment (next_on) WHERE signed_at IS NOT NULL;
CREATE INDEX meeting_warned ON persons_warning (review_on) WHERE ended_at IS NULL;
CREATE INDEX meeting_held ON triage_hold (look_at) WHERE ended_at IS NULL;
CREATE INDEX meeting_followed ON closing_followup (due_on) WHERE answered_at IS NULL;
CREATE INDEX meeting_undone ON meeting_decision (due_at) WHERE done_at IS NULL AND gone_at IS NULL;
CREATE INDEX meeting_of_matter ON meeting_decision (concern_id, made_at);
"""
KINDS = [
    ("new", "Ikke avklart"),
    ("step", "Neste steg er over frist"),
    ("measure", "Tiltak over frist"),
    ("request", "Forespørsel uten svar, over frist"),
    ("risk", "Risikoen skal vurderes på nytt"),
    ("warning", "Advarsel skal ses på igjen"),
    ("hold", "Stoppet, skal ses på igjen"),
    ("handover", "Tjenesten har ikke bekreftet at de har saken"),
    ("followup", "Oppfølging etter at saken ble lukket"),
    ("case", "Ny sak siden sist"),
    ("still", "Lite har skjedd på en måned"),
    ("review", "Ikke tatt opp på tre måneder"),
    ("own", "Eget punkt"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("meeting", "0002_frozen"),
        ("risk", "0001_initial"),
        ("persons", "0003_warnings"),
        ("triage", "0003_duties"),
        ("closing", "0006_after"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField("item", "why", models.CharField(choices=KINDS, max_length=8)),
        migrations.AddField("meeting", "sequence", models.PositiveIntegerField(db_default=0, default=0)),
        migrations.AddField("hearing", "gone_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "hearing", "gone_by_name", models.CharField(blank=True, db_default="", default="", max_length=200)
        ),
        migrations.AddField("decision", "own_task", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
            "decision",
            "heir",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("decision", "gone_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "decision", "gone_by_name", models.CharField(blank=True, db_default="", default="", max_length=200)
        ),
        migrations.RunSQL(
            TEXTS,
            state_operations=[
                migrations.AddField("hearing", "gone_reason", SealedTextField(blank=True)),
                migrations.AddField("decision", "gone_reason", SealedTextField(blank=True)),
                migrations.AddField("decision", "came_of", SealedTextField(blank=True)),
            ],
        ),
        migrations.RunSQL(FROZEN),
        migrations.RunSQL(OWNER),
        migrations.RunSQL(THERE),
        migrations.RunSQL(STANDING),
    ]
