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
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON releases_proof FOR EACH ROW EXECUTE FUNCTION releases_frozen();
"""
# What is over is over. A person drops a wish, or approves what is ready: somebody else than who asked, in their own name,
# and what was made stays as it was looked at. A release, a rule or what is settled that a person
# asked for is done only when it is approved.
TWO = """
CREATE OR REPLACE FUNCTION releases_two_persons() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  person uuid := (SELECT access_user());
  free text[] := '{state,approved_at,approved_by,approved_by_name}';
  who text[] := '{approved_at,approved_by,approved_by_name}';
BEGIN
  IF OLD.state IN ('done', 'dropped', 'failed') THEN
    RAISE insufficient_privilege USING MESSAGE = 'this wish is over'; END IF;
  IF to_jsonb(OLD) - '{state,said,made,made_digest,head,approved_at,approved_by,approved_by_name,done_at}'::text[]
     <> to_jsonb(NEW) - '{state,said,made,made_digest,head,approved_at,approved_by,approved_by_name,done_at}'::text[] THEN
    RAISE insufficient_privilege USING MESSAGE = 'what was asked for stands'; END IF;
  IF person IS NOT NULL THEN
    IF to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
      RAISE insufficient_privilege USING MESSAGE = 'the worker alone makes it'; END IF;
    IF NEW.state = 'dropped' AND OLD.state IN ('waiting', 'ready') AND to_jsonb(OLD) @> (to_jsonb(NEW) - 'state'::text)
    THEN RETURN NEW; END IF;
    IF NEW.state = 'approved' AND OLD.state = 'ready' AND NEW.approved_by = person
       AND NEW.approved_by IS DISTINCT FROM NEW.asked_by AND NEW.asked_by IS NOT NULL
       AND NEW.approved_by_name = (SELECT left(u.name, 200) FROM identity_user u WHERE u.id = person)
       AND NEW.approved_at <= clock_timestamp() + interval '1 minute' THEN RETURN NEW; END IF;
    RAISE insufficient_privilege USING MESSAGE = 'a second person approves what is ready';
  END IF;
  IF OLD.asked_by IS NOT NULL
     AND EXISTS (SELECT 1 FROM unnest(who) f(name) WHERE to_jsonb(OLD) -> f.name IS DISTINCT FROM to_jsonb(NEW) -> f.name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'people approve what people asked for'; END IF;
  IF OLD.asked_by IS NOT NULL AND OLD.kind IN ('release', 'rule', 'settled')
     AND (NEW.state = 'approved' AND OLD.state <> 'approved' OR NEW.state = 'done' AND OLD.state <> 'approved')
  THEN RAISE insufficient_privilege USING MESSAGE = 'a second person approves what is ready'; END IF;
  IF OLD.state = 'approved' AND (OLD.made, OLD.made_digest, OLD.head) IS DISTINCT FROM (NEW.made, NEW.made_digest, NEW.head)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was approved stands'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_persons BEFORE UPDATE ON releases_wish FOR EACH ROW EXECUTE FUNCTION releases_two_persons();
"""


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_initial"), ("access", "0001_initial"), ("identity", "0001_initial")]
    operations = [migrations.RunSQL(CHAIN), migrations.RunSQL(TWO)]
