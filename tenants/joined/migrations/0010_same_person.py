from django.db import migrations

# As in 0002, and in 0017 of the inbox; a deny row follows the person, by whatever account they come.
DENIED = """
CREATE OR REPLACE FUNCTION matter_denied(matter uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  -- Asked also where nobody is shut out: else the time would tell that somebody is.
  same uuid[] := ARRAY(SELECT identity_same(reader));
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM inbox_denial d
     WHERE d.concern_id = ANY (
         CASE WHEN EXISTS (SELECT 1 FROM joined_join WHERE concern_id = matter OR into_id = matter)
              THEN ARRAY(SELECT joined_kin(matter)) ELSE ARRAY[matter] END)
       AND d.lifted_at IS NULL
       AND (d.user_id = ANY (same) OR d.service <> '' AND lower(btrim(d.service)) IN (
         SELECT lower(btrim(u.service)) FROM identity_user u WHERE u.id = reader
         UNION ALL SELECT lower(btrim(t.service)) FROM team_member t WHERE t.user_id = reader)));
END $$;
CREATE OR REPLACE FUNCTION inbox_denial_laid() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  me uuid := access_user();
  stepped_back boolean;
  named uuid[];
  seeing uuid[];
  staying uuid[];
  key uuid;
BEGIN
  IF access_purpose() IS NOT NULL OR me IS NULL THEN RETURN NEW; END IF;
  stepped_back := EXISTS (SELECT 1 FROM inbox_denial d WHERE d.concern_id = NEW.concern_id AND d.by_user = me)
                  AND matter_denied(NEW.concern_id, me);
  IF NOT stepped_back AND NOT matter_held(NEW.concern_id, me) THEN RETURN NEW; END IF;
  IF NEW.by_user IS DISTINCT FROM me OR NEW.lifted_at IS NOT NULL OR NEW.at > clock_timestamp() + interval '1 minute'
     OR NOT (team_coordinates(me) OR (NEW.user_id = me AND NEW.service = ''))
  THEN RAISE insufficient_privilege USING MESSAGE = 'a coordinator shuts out others, in their own name'; END IF;
  NEW.by_name := own_name();
  named := ARRAY(
    SELECT u.id FROM identity_user u WHERE u.id IN (SELECT identity_same(NEW.user_id)) OR NEW.service <> '' AND lower(btrim(NEW.service)) IN (
      SELECT lower(btrim(u.service)) UNION ALL SELECT lower(btrim(t.service)) FROM team_member t WHERE t.user_id = u.id));
  FOR key IN SELECT matter_with(NEW.concern_id) LOOP
    seeing := ARRAY(SELECT u.id FROM identity_user u WHERE u.is_active AND matter_held(key, u.id));
    staying := ARRAY(SELECT p FROM unnest(seeing) p WHERE p <> ALL (named));
    CONTINUE WHEN seeing = '{}' OR key <> NEW.concern_id AND NOT seeing && named;
    IF staying = '{}' OR (staying = ARRAY[me] AND EXISTS (SELECT 1 FROM unnest(named) p WHERE team_coordinates(p)))
       OR NOT stepped_back AND NOT matter_held(key, me)
    THEN RAISE insufficient_privilege USING MESSAGE = 'somebody else must still see the matter'; END IF;
  END LOOP;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("joined", "0009_all_is_asked"), ("inbox", "0021_returned_rights"), ("identity", "0010_same_person"),
    ]  # fmt: skip
    operations = [migrations.RunSQL(DENIED)]
