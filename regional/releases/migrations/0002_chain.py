from django.db import migrations

# As the log's chain (varde.audit): number, previous digest and digest are the database's, whatever is said. The office's
# login has no right to the head, the function's owner has. A jsonb value has one text, without control characters.
CHAIN = r"""
CREATE OR REPLACE FUNCTION releases_text(e releases_entry) RETURNS text
IMMUTABLE LANGUAGE sql SET search_path FROM CURRENT AS $$
  SELECT concat_ws(E'\x1f', e.number, e.previous, e.id, extract(epoch FROM e.at)::numeric(20, 6), e.kind,
                   e.content::text, e.by_name)
$$;
CREATE OR REPLACE FUNCTION releases_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO releases_head AS h (id, number, digest) VALUES (1, 1, '')
    ON CONFLICT (id) DO UPDATE SET number = h.number + 1
    RETURNING h.number, h.digest INTO NEW.number, NEW.previous;
  NEW.digest := encode(sha256(convert_to(releases_text(NEW), 'UTF8')), 'hex');
  UPDATE releases_head SET digest = NEW.digest WHERE id = 1;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION releases_end(OUT number bigint, OUT digest text)
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(max(h.number), 0), coalesce(max(h.digest), '') FROM releases_head h
$$;
CREATE OR REPLACE FUNCTION releases_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what has been given out is append-only';
END $$;
CREATE TRIGGER chain BEFORE INSERT ON releases_entry FOR EACH ROW EXECUTE FUNCTION releases_chain();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON releases_entry FOR EACH ROW EXECUTE FUNCTION releases_frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON releases_contribution FOR EACH ROW EXECUTE FUNCTION releases_frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON releases_copy FOR EACH ROW EXECUTE FUNCTION releases_frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON releases_sent FOR EACH ROW EXECUTE FUNCTION releases_frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON releases_kept FOR EACH ROW EXECUTE FUNCTION releases_frozen();
"""
# Two persons. Who asked is not who approves, by account, by name and by address; who approves has opened exactly this
# (the log says so); and no row of the ledger that cannot be undone is laid without such a wish. The command of whoever
# runs the installation answers for its own wishes alone, and its rows say so.
TWO = r"""
CREATE OR REPLACE FUNCTION releases_by_command() RETURNS text
IMMUTABLE LANGUAGE sql AS $$ SELECT 'Driften av installasjonen, med kommando' $$;
-- Does this need a second person? A half-year that all have sent for is closed by one.
CREATE OR REPLACE FUNCTION releases_needs_two(kind text, about jsonb) RETURNS boolean
IMMUTABLE LANGUAGE sql AS $$ SELECT kind <> 'closed' OR coalesce(about -> 'without' <> 'false'::jsonb, true) $$;
CREATE OR REPLACE FUNCTION releases_plain(said text) RETURNS text
IMMUTABLE LANGUAGE sql AS $$
  SELECT lower(btrim(regexp_replace(regexp_replace(said, '\+[^@]*@', '@'), '\s+', ' ', 'g')))
$$;
CREATE OR REPLACE FUNCTION releases_same_person(one uuid, other uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT one = other OR EXISTS (
    SELECT 1 FROM identity_user a, identity_user b WHERE a.id = one AND b.id = other
      AND (releases_plain(a.name) = releases_plain(b.name) OR releases_plain(a.email) = releases_plain(b.email)))
$$;
-- Has whoever asks opened exactly this? Of themselves alone, so it tells nobody of another.
CREATE OR REPLACE FUNCTION releases_looked(wish uuid, seen text) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM audit_entry e
                  WHERE e.user_id = access_user() AND e.action = 'view' AND e.what = 'releases.preview'
                    AND e.object_id = wish::text AND e.reason = seen AND seen <> '')
$$;
CREATE OR REPLACE FUNCTION releases_born() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  person uuid := (SELECT access_user());
BEGIN
  IF NEW.state <> 'waiting' OR NEW.made IS NOT NULL OR NEW.drafted IS NOT NULL OR NEW.approved_by IS NOT NULL
     OR NEW.approved_at IS NOT NULL OR NEW.approved_by_name <> '' OR NEW.dropped_by IS NOT NULL OR NEW.done_at IS NOT NULL THEN
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
  work text[] := '{state,said,made,made_digest,drafted,stage,share,begun_at,done_at}';
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
-- What stands in the ledger was asked for; what cannot be undone was approved by another, and each wish gives one row.
CREATE OR REPLACE FUNCTION releases_entered() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  w releases_wish%ROWTYPE;
BEGIN
  SELECT * INTO w FROM releases_wish WHERE id = (NEW.content ->> 'wish')::uuid;
  IF NOT FOUND OR w.kind <> (CASE NEW.kind WHEN 'drafted' THEN 'release' ELSE NEW.kind END)
     OR w.about ->> 'period' IS DISTINCT FROM (CASE WHEN w.about ? 'period' THEN NEW.content ->> 'period' END)
     OR EXISTS (SELECT 1 FROM releases_entry e WHERE e.kind = NEW.kind AND e.content ->> 'wish' = w.id::text) THEN
    RAISE insufficient_privilege USING MESSAGE = 'nothing is entered that nobody asked for'; END IF;
  IF NEW.kind = 'drafted' OR NOT releases_needs_two(NEW.kind, w.about) THEN
    IF w.state = 'waiting' AND NEW.by_name = w.asked_by_name THEN RETURN NEW; END IF;
    RAISE insufficient_privilege USING MESSAGE = 'this wish does not wait'; END IF;
  IF w.state <> 'approved' OR w.approved_at IS NULL OR NEW.by_name <> w.approved_by_name
     OR NEW.content ->> 'asked_by' IS DISTINCT FROM w.asked_by_name
     OR NEW.content ->> 'approved_by' IS DISTINCT FROM w.approved_by_name
     OR (CASE WHEN w.asked_by IS NULL THEN w.approved_by_name <> releases_by_command()
              ELSE w.approved_by IS NULL OR w.approved_by = w.asked_by END) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a second person approves what cannot be undone'; END IF;
  IF NEW.kind = 'release' AND (NEW.content ->> 'drafted' IS DISTINCT FROM w.drafted::text OR NOT EXISTS (
       SELECT 1 FROM releases_entry e WHERE e.number = w.drafted AND e.kind = 'drafted')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a release is a draft that stands in the ledger'; END IF;
  RETURN NEW;
END $$;
-- Words are blanked, never rewritten.
CREATE OR REPLACE FUNCTION releases_blanked() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF OLD.blanked_at IS NULL AND NEW.blanked_at <= clock_timestamp() + interval '1 minute' AND length(NEW.text) = 0
     AND NEW.blanked_by_name = (SELECT left(u.name, 200) FROM identity_user u WHERE u.id = (SELECT access_user()))
     AND to_jsonb(OLD) - '{text,blanked_at,blanked_by_name}'::text[] = to_jsonb(NEW) - '{text,blanked_at,blanked_by_name}'::text[]
  THEN RETURN NEW; END IF;
  RAISE insufficient_privilege USING MESSAGE = 'words are blanked, never rewritten';
END $$;
CREATE TRIGGER born BEFORE INSERT ON releases_wish FOR EACH ROW EXECUTE FUNCTION releases_born();
CREATE TRIGGER two_persons BEFORE UPDATE ON releases_wish FOR EACH ROW EXECUTE FUNCTION releases_two_persons();
CREATE TRIGGER two_persons BEFORE INSERT ON releases_entry FOR EACH ROW EXECUTE FUNCTION releases_entered();
CREATE TRIGGER blanked BEFORE UPDATE ON releases_words FOR EACH ROW EXECUTE FUNCTION releases_blanked();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("releases", "0001_initial"),
        ("access", "0001_initial"),
        ("identity", "0001_initial"),
        ("audit", "0001_initial"),
    ]
    operations = [migrations.RunSQL(CHAIN), migrations.RunSQL(TWO)]
