"""Why a wish could not be done, where two people can lift it: a code, beside the sentence."""

from django.db import migrations, models

WORKER = """
CREATE OR REPLACE FUNCTION releases_born() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  person uuid := (SELECT access_user());
BEGIN
  IF NEW.state <> 'waiting' OR NEW.made IS NOT NULL OR NEW.drafted IS NOT NULL OR NEW.approved_by IS NOT NULL
     OR NEW.approved_at IS NOT NULL OR NEW.approved_by_name <> '' OR NEW.dropped_by IS NOT NULL OR NEW.done_at IS NOT NULL
     OR NEW.stopped_by <> '' THEN
    RAISE insufficient_privilege USING MESSAGE = 'a wish is born waiting'; END IF;
  IF NEW.asked_by IS DISTINCT FROM person THEN
    RAISE insufficient_privilege USING MESSAGE = 'nobody asks in the name of another'; END IF;
  IF person IS NULL AND (NEW.asked_by_name <> releases_by_command() OR NEW.kind NOT IN ('closed', 'release')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a command asks in its own name'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION releases_two_persons() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  person uuid := (SELECT access_user());
  own text := (SELECT left(u.name, 200) FROM identity_user u WHERE u.id = (SELECT access_user()));
  work text[] := '{state,said,stopped_by,made,made_digest,drafted,stage,share,begun_at,done_at}';
  who text[] := '{approved_at,approved_by,approved_by_name}';
  dropper text[] := '{dropped_by,dropped_by_name}';
BEGIN
  IF OLD.state IN ('done', 'dropped', 'failed') THEN
    RAISE insufficient_privilege USING MESSAGE = 'this wish is over'; END IF;
  IF to_jsonb(OLD) - work - who - dropper <> to_jsonb(NEW) - work - who - dropper THEN
    RAISE insufficient_privilege USING MESSAGE = 'what was asked for stands'; END IF;
  IF person IS NOT NULL THEN
    IF NEW.state = 'dropped' THEN
      IF OLD.state IN ('waiting', 'ready') AND NEW.made IS NULL AND NEW.made_digest = '' AND NEW.dropped_by = person
         AND NEW.dropped_by_name = own
         AND to_jsonb(OLD) - '{state,made,made_digest}'::text[] - dropper
           = to_jsonb(NEW) - '{state,made,made_digest}'::text[] - dropper THEN RETURN NEW; END IF;
      RAISE insufficient_privilege USING MESSAGE = 'who drops it says so in their own name'; END IF;
    IF to_jsonb(OLD) - 'state'::text - who <> to_jsonb(NEW) - 'state'::text - who THEN
      RAISE insufficient_privilege USING MESSAGE = 'the worker alone makes it'; END IF;
    IF NEW.state = 'approved' AND OLD.state = 'ready' AND NEW.asked_by IS NOT NULL AND NEW.approved_by = person
       AND NOT releases_same_person(NEW.asked_by, person) AND releases_plain(NEW.asked_by_name) <> releases_plain(own)
       AND releases_looked(OLD.id, OLD.made_digest)
       AND NEW.approved_by_name = own AND NEW.approved_at <= clock_timestamp() + interval '1 minute' THEN RETURN NEW; END IF;
    RAISE insufficient_privilege USING MESSAGE = 'a second person approves what is ready and they have seen';
  END IF;
  IF to_jsonb(OLD) @> (SELECT jsonb_object_agg(f.name, to_jsonb(NEW) -> f.name) FROM unnest(dropper) f(name)) IS NOT TRUE THEN
    RAISE insufficient_privilege USING MESSAGE = 'people drop it'; END IF;
  IF OLD.asked_by IS NOT NULL
     AND EXISTS (SELECT 1 FROM unnest(who) f(name) WHERE to_jsonb(OLD) -> f.name IS DISTINCT FROM to_jsonb(NEW) -> f.name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'people approve what people asked for'; END IF;
  IF OLD.asked_by IS NULL AND NEW.approved_by IS NOT NULL
     OR OLD.asked_by IS NULL AND NEW.approved_by_name NOT IN ('', releases_by_command())
  THEN RAISE insufficient_privilege USING MESSAGE = 'a command answers for its own'; END IF;
  IF releases_needs_two(OLD.kind, OLD.about)
     AND (NEW.state = 'done' AND OLD.state <> 'approved'
          OR NEW.state = 'approved' AND OLD.state <> 'approved' AND (OLD.state <> 'ready' OR OLD.asked_by IS NOT NULL))
  THEN RAISE insufficient_privilege USING MESSAGE = 'a second person approves what is ready'; END IF;
  IF OLD.state = 'approved' AND (OLD.made, OLD.made_digest, OLD.drafted) IS DISTINCT FROM (NEW.made, NEW.made_digest, NEW.drafted)
     AND NOT (NEW.state IN ('done', 'failed') AND NEW.made IS NULL AND OLD.drafted IS NOT DISTINCT FROM NEW.drafted)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was approved stands'; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("releases", "0002_chain")]
    operations = [
        migrations.AddField(
            model_name="wish",
            name="stopped_by",
            field=models.CharField(
                blank=True,
                choices=[("unsettled", "Noe må tas til etterretning")],
                db_default="",
                default="",
                max_length=9,
            ),
        ),
        migrations.RunSQL(WORKER),
    ]
