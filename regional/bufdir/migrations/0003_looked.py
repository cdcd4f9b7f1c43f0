from django.db import migrations

# As in 0002, and besides: who approves is another person by account, name and address, and has opened the draft before;
# a report stands on releases that have been given out and not withdrawn; a correction replaces the newest of its kind
# and period, and says why.
TWO = """
-- Has whoever asks opened this draft? Of themselves alone, so it tells nobody of another.
CREATE OR REPLACE FUNCTION bufdir_looked(draft uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM audit_entry e WHERE e.user_id = access_user() AND e.action = 'view'
                    AND e.what = 'bufdir.draft' AND e.object_id = draft::text)
$$;
CREATE OR REPLACE FUNCTION bufdir_draft_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  person uuid := (SELECT access_user());
  own text := (SELECT left(u.name, 200) FROM identity_user u WHERE u.id = (SELECT access_user()));
BEGIN
  IF OLD.state <> 'open' OR to_jsonb(OLD) - 'state'::text <> to_jsonb(NEW) - 'state'::text THEN
    RAISE insufficient_privilege USING MESSAGE = 'a draft stands as it was made'; END IF;
  IF NEW.state = 'approved' AND (person IS NULL OR releases_same_person(OLD.made_by, person) IS NOT FALSE
     OR releases_plain(OLD.made_by_name) = releases_plain(own) OR NOT bufdir_looked(OLD.id)) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a second person approves a report that they have seen'; END IF;
  RETURN NEW;
END $$;
-- Is this release given out, with this fingerprint, and not withdrawn?
CREATE OR REPLACE FUNCTION bufdir_stands(number bigint, digest text) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM releases_entry e WHERE e.number = bufdir_stands.number AND e.kind = 'release'
                    AND e.content ->> 'copy' = bufdir_stands.digest)
     AND NOT EXISTS (SELECT 1 FROM releases_entry w
                      WHERE w.kind = 'withdrawn' AND w.content ->> 'release' = bufdir_stands.number::text)
$$;
CREATE OR REPLACE FUNCTION bufdir_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE made bufdir_draft;
BEGIN
  SELECT * INTO made FROM bufdir_draft d WHERE d.id = NEW.draft_id;
  IF made.id IS NULL OR made.state <> 'approved' OR made.made_by = NEW.approved_by
     OR made.made_by_name IN (NEW.approved_by_name) OR NOT bufdir_looked(made.id) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a second person approves a report'; END IF;
  IF NEW.digest <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex')
     OR made.digest <> encode(sha256(convert_to(made.content, 'UTF8')), 'hex')
     OR NEW.content::jsonb - '{meta,dated}'::text[] <> made.content::jsonb - '{meta,dated}'::text[]
     OR NOT NEW.content::jsonb -> 'meta' @> (made.content::jsonb -> 'meta')
     OR (NEW.kind, NEW.period, NEW.stands_on, NEW.made_at, NEW.made_by_name)
        IS DISTINCT FROM (made.kind, made.period, made.stands_on, made.made_at, made.made_by_name)
     OR (NEW.replaces, NEW.because) IS DISTINCT FROM (made.replaces, made.because) THEN
    RAISE insufficient_privilege USING MESSAGE = 'what was approved is what is frozen'; END IF;
  IF jsonb_array_length(NEW.stands_on) = 0 OR EXISTS (
       SELECT 1 FROM jsonb_to_recordset(NEW.stands_on) AS one(number bigint, digest text)
        WHERE bufdir_stands(one.number, one.digest) IS NOT TRUE) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a report is made of what has been given out'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(current_schema() || ' bufdir_report', 0));
  IF NEW.number <> (SELECT coalesce(max(r.number), 0) + 1 FROM bufdir_report r) THEN
    RAISE insufficient_privilege USING MESSAGE = 'reports are numbered without a gap'; END IF;
  IF NEW.replaces IS DISTINCT FROM (SELECT max(r.number) FROM bufdir_report r WHERE r.kind = NEW.kind AND r.period = NEW.period)
     OR (NEW.replaces IS NOT NULL AND btrim(NEW.because) = '') THEN
    RAISE insufficient_privilege USING MESSAGE = 'a correction replaces the newest report, and says why'; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("bufdir", "0002_frozen"), ("releases", "0004_one_copy"), ("audit", "0001_initial")]
    operations = [migrations.RunSQL(TWO)]
