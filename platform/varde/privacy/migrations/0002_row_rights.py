from django.db import migrations

# Anybody may add a key (a report is sealed by somebody who cannot read it); whoever may not open it sees no row. The
# body of `privacy_may_open` is replaced per type of office by the room that knows who sees which matter; keys of the
# office as a whole have ids of version 5, matters of version 4.
# `privacy_known` lets the sweep tell an orphaned half on the disk from one whose row is hidden from the asker: only
# ids that the asker already has go in, and only those come out. `privacy_in_use` answers for hidden rows too, so that no
# office key is ended while a row that nobody saw still needs it.
RIGHTS = """
CREATE FUNCTION privacy_may_open(key uuid, reader uuid, purpose text) RETURNS boolean
  STABLE LANGUAGE sql AS $$ SELECT true $$;
ALTER TABLE privacy_datakey ENABLE ROW LEVEL SECURITY;
CREATE POLICY see ON privacy_datakey FOR SELECT
  USING (privacy_may_open(id, (SELECT access_user()), (SELECT access_purpose())));
CREATE POLICY add ON privacy_datakey FOR INSERT WITH CHECK (true);
CREATE POLICY change ON privacy_datakey FOR UPDATE
  USING (privacy_may_open(id, (SELECT access_user()), (SELECT access_purpose()))) WITH CHECK (true);
CREATE FUNCTION privacy_known(keys uuid[]) RETURNS SETOF uuid STABLE LANGUAGE sql SECURITY DEFINER
  SET search_path FROM CURRENT AS $$
  SELECT k.id FROM privacy_datakey k WHERE k.id = ANY (keys) AND k.destroyed_at IS NULL
$$;
CREATE FUNCTION privacy_in_use(office_keys text[]) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER
  SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM privacy_datakey k WHERE k.destroyed_at IS NULL AND k.office_key = ANY (office_keys))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(RIGHTS)]
