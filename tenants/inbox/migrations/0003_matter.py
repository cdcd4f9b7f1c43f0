from django.db import migrations

# SECURITY DEFINER: the functions look at rows that the reader may not see, and answer only yes or no.
# `matter_room` is replaced by the room that knows of cases, `matter_lent` by the one that knows of break-glass.
MATTER = """
CREATE FUNCTION matter_denied(matter uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (
    SELECT 1 FROM inbox_denial d
     WHERE d.concern_id = matter AND d.lifted_at IS NULL
       AND (d.user_id = reader OR d.service <> '' AND lower(btrim(d.service)) IN (
         SELECT lower(btrim(u.service)) FROM identity_user u WHERE u.id = reader
         UNION ALL SELECT lower(btrim(t.service)) FROM team_member t WHERE t.user_id = reader)))
$$;
CREATE FUNCTION matter_room(matter uuid, reader uuid, coordinator boolean) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$ SELECT true $$;
CREATE FUNCTION matter_lent(matter uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$ SELECT false $$;
-- Who may open a covered matter that nobody holds: the coordinators, or where it is about one of them (or there is none)
-- those who stand in, or where nobody does the team.
CREATE FUNCTION matter_unheld(c inbox_cover, reader uuid, coordinator boolean) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH team AS (
    SELECT u.id, bool_or(g.role = 'koordinator') AS coordinates, bool_or(coalesce(t.deputy, false)) AS stands_in
      FROM identity_user u JOIN identity_rolegrant g ON g.user_id = u.id LEFT JOIN team_member t ON t.user_id = u.id
     WHERE u.is_active AND g.role IN ('koordinator', 'teammedlem') AND NOT matter_denied(c.concern_id, u.id)
     GROUP BY u.id)
  SELECT CASE
    WHEN NOT c.without_coordinators AND EXISTS (SELECT 1 FROM team WHERE coordinates) THEN coordinator
    WHEN coordinator THEN false
    ELSE NOT EXISTS (SELECT 1 FROM team WHERE stands_in AND NOT coordinates)
      OR EXISTS (SELECT 1 FROM team WHERE id = reader AND stands_in) END
$$;
-- When neither of the two works here any more, the first rule holds again three days after that was noticed and told:
-- a matter is never left with nobody for good, and closing somebody's account for a minute lets nobody in.
CREATE FUNCTION matter_covered(c inbox_cover, reader uuid, coordinator boolean) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE
    WHEN reader = c.holder_id OR reader = c.substitute_id THEN true
    WHEN c.holder_id IS NULL OR c.vacant_since < now() - interval '72 hours' THEN matter_unheld(c, reader, coordinator)
    ELSE false END
$$;
CREATE FUNCTION matter_seen(matter uuid, reader uuid, lent boolean) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  coordinator boolean;
  shut boolean;
  let_in boolean;
  room boolean;
  cover inbox_cover;
BEGIN
  IF matter IS NULL OR reader IS NULL THEN RETURN false; END IF;
  SELECT bool_or(g.role = 'koordinator') INTO coordinator
    FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
   WHERE u.id = reader AND u.is_active AND g.role IN ('koordinator', 'teammedlem');
  IF coordinator IS NULL THEN RETURN false; END IF;
  -- Everything is asked before anything is answered: else the time would tell a hidden matter from one that is not there.
  shut := matter_denied(matter, reader);
  SELECT * INTO cover FROM inbox_cover WHERE concern_id = matter;
  let_in := lent AND matter_lent(matter, reader);
  room := matter_room(matter, reader, coordinator);
  IF shut OR NOT EXISTS (SELECT 1 FROM inbox_concern WHERE id = matter) THEN RETURN false; END IF;
  IF let_in AND NOT (coordinator AND coalesce(cover.without_coordinators, false)) THEN RETURN true; END IF;
  IF cover.id IS NOT NULL THEN RETURN matter_covered(cover, reader, coordinator); END IF;
  RETURN room;
END $$;
CREATE FUNCTION matter_open(matter uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql AS $$ SELECT matter_seen(matter, reader, true) $$;
-- Sees it by right, not because the glass was broken.
CREATE FUNCTION matter_held(matter uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql AS $$ SELECT matter_seen(matter, reader, false) $$;
CREATE FUNCTION matter_imported(matter uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM inbox_concern WHERE id = matter AND channel = 'import')
$$;
-- A concern of this very transaction: only whoever lays it can lay something beside it without seeing it.
ALTER TABLE inbox_concern ADD COLUMN laid_in bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);
CREATE FUNCTION matter_newborn(matter uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM inbox_concern WHERE id = matter AND laid_in = pg_current_xact_id()::text::bigint)
$$;
-- Who sees it by right: to tell them, and to choose among them. For those who see it and for named purposes.
CREATE FUNCTION matter_readers(matter uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT u.id FROM identity_user u
   WHERE (access_purpose() IS NOT NULL OR matter_open(matter, access_user())) AND matter_held(matter, u.id)
$$;
-- The holder of a receipt asks with its keyed hash, which nobody can make without the code and the office's key.
CREATE FUNCTION receipt_matter() RETURNS uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT id FROM inbox_concern
   WHERE receipt_hash = nullif(current_setting('varde.receipt', true), '') AND access_purpose() = 'receipt' LIMIT 1
$$;
-- What was told is never changed by the office's login; the owner seals old rows (varde.privacy.sealing).
CREATE FUNCTION inbox_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.what, NEW.who, NEW.where_lives, NEW.where_happened, NEW."when", NEW.suspected, NEW.reporter_name,
      NEW.reporter_phone, NEW.reporter_relation, NEW.safe_contact, NEW.extra, NEW.received_at, NEW.channel,
      NEW.about_staff, NEW.receipt_hash, NEW.letter_id)
     IS DISTINCT FROM
     (OLD.id, OLD.what, OLD.who, OLD.where_lives, OLD.where_happened, OLD."when", OLD.suspected, OLD.reporter_name,
      OLD.reporter_phone, OLD.reporter_relation, OLD.safe_contact, OLD.extra, OLD.received_at, OLD.channel,
      OLD.about_staff, OLD.receipt_hash, OLD.letter_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was told is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON inbox_concern FOR EACH ROW EXECUTE FUNCTION inbox_frozen();
CREATE FUNCTION receipt_state(OUT id uuid, OUT progress text, OUT received_at timestamptz) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.id, c.progress, c.received_at FROM inbox_concern c WHERE c.id = receipt_matter()
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0002_hidden"),
        ("access", "0001_initial"),
        ("identity", "0001_initial"),
        ("team", "0001_initial"),
    ]
    operations = [migrations.RunSQL(MATTER)]
