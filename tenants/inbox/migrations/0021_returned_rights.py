from django.db import migrations

# What is sent back is another kommune's: nobody here has decided on it, and it has never been a case.
UNDECIDED = """
CREATE OR REPLACE FUNCTION inbox_return_undecided() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF OLD.progress <> 'opened' OR OLD.channel <> 'hotline'
     OR EXISTS (SELECT 1 FROM triage_assessment a WHERE a.concern_id = NEW.id)
     OR EXISTS (SELECT 1 FROM cases_case k WHERE k.concern_id = NEW.id)
     OR NOT EXISTS (SELECT 1 FROM inbox_returned r WHERE r.concern_id = NEW.id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was decided on here is not sent back'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER return_undecided BEFORE UPDATE OF progress ON inbox_concern FOR EACH ROW
  WHEN (NEW.progress = 'returned' AND OLD.progress IS DISTINCT FROM NEW.progress)
  EXECUTE FUNCTION inbox_return_undecided();
"""
# A person at the right kommune has it: what could be searched for goes, and then its key may be ended. Which matter it
# was is all that the post is told; it reads no concern.
GONE = """
CREATE OR REPLACE FUNCTION inbox_end_returned(letter uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  matter uuid;
BEGIN
  IF access_purpose() IS DISTINCT FROM 'post' THEN RETURN NULL; END IF;
  SELECT c.id INTO matter FROM inbox_concern c JOIN inbox_returned r ON r.concern_id = c.id
   WHERE c.letter_id = letter AND c.progress = 'returned' AND r.gone_at IS NULL FOR UPDATE OF c, r;
  IF matter IS NULL THEN RETURN NULL; END IF;
  DELETE FROM inbox_searchterm WHERE concern_id = matter;
  DELETE FROM inbox_placeterm WHERE concern_id = matter;
  UPDATE inbox_returned SET gone_at = now() WHERE concern_id = matter;
  RETURN matter;
END $$;
"""
# When a letter is opened once more because its sender never heard of it: that and when a person opened what it brought,
# and nothing of what that was.
OPENED = """
CREATE FUNCTION inbox_letter_opened(letter uuid, OUT reference text, OUT at timestamptz) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.reference, c.opened_at FROM inbox_concern c
   WHERE access_purpose() = 'post' AND c.letter_id = letter AND c.opened_at IS NOT NULL
  UNION ALL
  SELECT t.reference, t.opened_at FROM inbox_trial t
   WHERE access_purpose() = 'post' AND t.letter_id = letter AND t.opened_at IS NOT NULL
$$;
"""
# As in measures 0003; and the ledger looks whether what came by letter can still be read.
MAY_OPEN = """
CREATE OR REPLACE FUNCTION privacy_may_open(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM inbox_concern WHERE id = key) THEN RETURN true; END IF;
  IF purpose IS NULL THEN RETURN matter_open(key, reader) OR request_given(key, reader); END IF;
  RETURN CASE purpose
    WHEN 'keys' THEN true
    WHEN 'returns' THEN true
    WHEN 'documents' THEN EXISTS (SELECT 1 FROM inbox_attachment WHERE concern_id = key)
    WHEN 'import' THEN matter_imported(key)
    WHEN 'receipt' THEN key = receipt_matter()
    WHEN 'sharing' THEN key = (SELECT concern_id FROM measures_sharing WHERE id = sharing_opened())
    WHEN 'ledger' THEN EXISTS (SELECT 1 FROM inbox_concern WHERE id = key AND letter_id IS NOT NULL)
    ELSE false END;
END $$;
"""
# As in kept 0008; and the key of what was sent back, when it is at the right kommune.
MAY_DESTROY = """
CREATE OR REPLACE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(purpose = 'keys', false)
      OR coalesce(purpose = 'retention', false) AND (kept_ready(key) OR kept_loose_ready('talk', key)
       OR kept_loose_ready('inquiry', key)
       OR EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = key AND kept_ready(l.concern_id)
                   AND key IN (SELECT kept_majors(l.concern_id))))
      OR purpose IS NULL AND talk_may_end(key, reader)
      OR coalesce(purpose = 'post', false) AND EXISTS (
           SELECT 1 FROM inbox_returned r JOIN inbox_concern c ON c.id = r.concern_id
            WHERE r.concern_id = key AND r.gone_at IS NOT NULL AND c.progress = 'returned')
$$;
"""
# What the rules delete is remembered by its letter, so that nobody looks for it. What goes in any other way is not.
ENDED = """
CREATE OR REPLACE FUNCTION inbox_letter_ended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO inbox_ended (id, letter_id, at) VALUES (gen_random_uuid(), OLD.letter_id, now());
  RETURN OLD;
END $$;
CREATE TRIGGER letter_ended BEFORE DELETE ON inbox_concern FOR EACH ROW
  WHEN (OLD.letter_id IS NOT NULL AND access_purpose() = 'retention') EXECUTE FUNCTION inbox_letter_ended();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0020_returned"),
        ("measures", "0003_plan"),
        ("kept", "0008_inquiries"),
        ("privacy", "0003_no_update"),
        ("access", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(UNDECIDED),
        migrations.RunSQL(GONE),
        migrations.RunSQL(OPENED),
        migrations.RunSQL(MAY_OPEN),
        migrations.RunSQL(MAY_DESTROY),
        migrations.RunSQL(ENDED),
    ]
