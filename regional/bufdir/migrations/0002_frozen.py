from django.db import migrations

# A draft is decided once and never rewritten, and who made it does not approve it. A report is frozen of a draft that
# has been approved, by another, with the next number, and holds what was looked at.
TWO = """
CREATE OR REPLACE FUNCTION bufdir_draft_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF OLD.state <> 'open' OR to_jsonb(OLD) - 'state'::text <> to_jsonb(NEW) - 'state'::text THEN
    RAISE insufficient_privilege USING MESSAGE = 'a draft stands as it was made'; END IF;
  IF NEW.state = 'approved' AND ((SELECT access_user()) IS NULL OR OLD.made_by = (SELECT access_user())
     OR OLD.made_by_name = (SELECT left(u.name, 200) FROM identity_user u WHERE u.id = (SELECT access_user()))) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a second person approves a report'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION bufdir_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE made bufdir_draft;
BEGIN
  SELECT * INTO made FROM bufdir_draft d WHERE d.id = NEW.draft_id;
  IF made.id IS NULL OR made.state <> 'approved' OR made.made_by = NEW.approved_by
     OR made.made_by_name IN (NEW.approved_by_name) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a second person approves a report'; END IF;
  IF NEW.digest <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex')
     OR made.digest <> encode(sha256(convert_to(made.content, 'UTF8')), 'hex')
     OR NEW.content::jsonb - '{meta,dated}'::text[] <> made.content::jsonb - '{meta,dated}'::text[]
     OR NOT NEW.content::jsonb -> 'meta' @> (made.content::jsonb -> 'meta')
     OR (NEW.kind, NEW.period, NEW.stands_on, NEW.made_at, NEW.made_by_name)
        IS DISTINCT FROM (made.kind, made.period, made.stands_on, made.made_at, made.made_by_name)
     OR (NEW.replaces, NEW.because) IS DISTINCT FROM (made.replaces, made.because) THEN
    RAISE insufficient_privilege USING MESSAGE = 'what was approved is what is frozen'; END IF;
  IF NEW.number <> (SELECT coalesce(max(r.number), 0) + 1 FROM bufdir_report r) THEN
    RAISE insufficient_privilege USING MESSAGE = 'reports are numbered without a gap'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION bufdir_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what has been reported is append-only';
END $$;
CREATE TRIGGER draft_stands BEFORE UPDATE ON bufdir_draft FOR EACH ROW EXECUTE FUNCTION bufdir_draft_stands();
CREATE TRIGGER second_person BEFORE INSERT ON bufdir_report FOR EACH ROW EXECUTE FUNCTION bufdir_freeze();
CREATE TRIGGER frozen_copy BEFORE UPDATE OR DELETE ON bufdir_report FOR EACH ROW EXECUTE FUNCTION bufdir_frozen();
CREATE TRIGGER frozen_copy BEFORE UPDATE OR DELETE ON bufdir_sent FOR EACH ROW EXECUTE FUNCTION bufdir_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("bufdir", "0001_initial"), ("access", "0001_initial"), ("identity", "0001_initial")]
    operations = [migrations.RunSQL(TWO)]
