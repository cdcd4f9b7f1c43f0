from django.db import migrations

# `audit_matter`, `audit_controls`, `audit_shut`, `audit_may_read` and `audit_may_extract` are replaced by the rooms that know of matters
# (CREATE OR REPLACE, same names of arguments); here nothing belongs to a matter and every row may be read. Who controls
# the whole log, and which matters they are shut out of, is asked once per statement: a log is long. The trigger asks before it takes the head, so
# that the lock is held no longer than before. The matter stands last in the digest's text, and concat_ws leaves out
# what is NULL: rows from before keep their digest. A person's name is that of the account, whatever the client says.
MATTER = r"""
CREATE FUNCTION audit_matter(what text, object_id text) RETURNS uuid STABLE LANGUAGE sql AS $$ SELECT NULL::uuid $$;
REVOKE EXECUTE ON FUNCTION audit_matter(text, text) FROM PUBLIC; -- it would tell whether an id exists
CREATE FUNCTION audit_controls(reader uuid) RETURNS boolean STABLE LANGUAGE sql AS $$ SELECT true $$;
CREATE FUNCTION audit_shut(reader uuid) RETURNS SETOF uuid STABLE LANGUAGE sql AS $$ SELECT NULL::uuid WHERE false $$;
CREATE FUNCTION audit_may_read(matter uuid, reader uuid) RETURNS boolean STABLE LANGUAGE sql AS $$ SELECT true $$;
CREATE FUNCTION audit_may_extract(matter uuid) RETURNS boolean STABLE LANGUAGE sql AS $$ SELECT true $$;
CREATE OR REPLACE FUNCTION audit_text(e audit_entry) RETURNS text IMMUTABLE LANGUAGE sql SET search_path FROM CURRENT AS $$
  SELECT concat_ws(E'\x1f', e.number, e.previous, e.id, extract(epoch FROM e.at)::numeric(20, 6), e.user_id, e.name,
                   e.role, e.action, e.what, e.object_id, e.reason, e.ground, e.request_id, e.matter_id)
$$;
CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  NEW.matter_id := CASE
    WHEN NEW.action <> 'denied' AND NEW.object_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN audit_matter(NEW.what, NEW.object_id) END;
  IF NEW.user_id IS NOT NULL THEN
    NEW.name := coalesce((SELECT translate(u.name, E'\x1f', ' ') FROM identity_user u WHERE u.id = NEW.user_id), NEW.name);
  END IF;
  SELECT h.number + 1, h.digest INTO NEW.number, NEW.previous FROM audit_head h WHERE h.id = 1 FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO audit_head (id, number, digest) VALUES (1, 0, '') ON CONFLICT (id) DO NOTHING;
    SELECT h.number + 1, h.digest INTO NEW.number, NEW.previous FROM audit_head h WHERE h.id = 1 FOR UPDATE;
  END IF;
  NEW.digest := encode(sha256(convert_to(audit_text(NEW), 'UTF8')), 'hex');
  UPDATE audit_head SET number = NEW.number, digest = NEW.digest WHERE id = 1;
  RETURN NEW;
END $$;
-- What waits for the commit is checked before the head is taken: else it would wait for somebody's row with the head in
-- hand, and the two would wait for each other.
CREATE FUNCTION audit_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SET CONSTRAINTS ALL IMMEDIATE;
  RETURN NULL;
END $$;
CREATE TRIGGER first BEFORE INSERT ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_first();
-- The head tells how much is done in the office: only the purpose that anchors it is answered.
CREATE FUNCTION audit_head_now(OUT number bigint, OUT digest text) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT h.number, h.digest FROM audit_head h WHERE h.id = 1 AND access_purpose() = 'verify'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_anchors"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(MATTER)]
