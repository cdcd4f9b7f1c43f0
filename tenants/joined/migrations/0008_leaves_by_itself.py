from django.db import migrations

# Whoever is shut out of a matter is shut out of those that it was ever joined with.
KIN = """
CREATE OR REPLACE FUNCTION matter_with(matter uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$ SELECT joined_kin(matter) $$;
"""
# As major_shut_out in 0005, which anybody could ask for: now it follows from what shuts somebody out, and from nothing
# else. Where nobody is left, somebody who sees all the matters takes it over, and whoever shut the others out comes last.
LEAVE = """
DROP FUNCTION major_shut_out(uuid, uuid[], uuid);
CREATE FUNCTION major_left(matter uuid, covered boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE majors uuid[];
BEGIN
  WITH gone AS (
    DELETE FROM joined_majormember m USING joined_majorlink l
     WHERE l.concern_id IN (SELECT joined_kin(matter)) AND l.major_id = m.major_id
       AND (matter_denied(l.concern_id, m.user_id) OR covered AND NOT matter_held(l.concern_id, m.user_id))
    RETURNING m.major_id)
  SELECT array_agg(DISTINCT g.major_id) INTO majors FROM gone g;
  UPDATE joined_majoralert a SET taken_back_at = clock_timestamp() FROM joined_majorlink l
   WHERE l.concern_id IN (SELECT joined_kin(matter)) AND l.major_id = a.major_id AND a.taken_back_at IS NULL
     AND matter_denied(l.concern_id, a.to_id);
  INSERT INTO joined_majormember (id, major_id, user_id, since)
  SELECT gen_random_uuid(), j.id, heir.id, clock_timestamp() FROM joined_major j
    CROSS JOIN LATERAL (
      SELECT u.id FROM identity_user u
       WHERE u.is_active
         AND NOT EXISTS (SELECT 1 FROM joined_majorlink o WHERE o.major_id = j.id AND NOT matter_held(o.concern_id, u.id))
       ORDER BY u.id IS NOT DISTINCT FROM access_user(), team_coordinates(u.id) DESC, u.name, u.id
       LIMIT 1) heir
   WHERE j.id = ANY (majors) AND NOT EXISTS (SELECT 1 FROM joined_majormember m WHERE m.major_id = j.id);
END $$;
REVOKE EXECUTE ON FUNCTION major_left(uuid, boolean) FROM PUBLIC;
CREATE FUNCTION major_leave() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM major_left(NEW.concern_id, TG_TABLE_NAME = 'inbox_cover');
  RETURN NULL;
END $$;
CREATE TRIGGER major_leave AFTER INSERT ON inbox_denial FOR EACH ROW EXECUTE FUNCTION major_leave();
CREATE TRIGGER major_leave AFTER INSERT ON joined_join FOR EACH ROW EXECUTE FUNCTION major_leave();
CREATE TRIGGER major_leave AFTER INSERT OR UPDATE OF holder_id, substitute_id ON inbox_cover
  FOR EACH ROW EXECUTE FUNCTION major_leave();
"""


class Migration(migrations.Migration):
    dependencies = [("joined", "0007_added"), ("inbox", "0017_who_decides")]
    operations = [migrations.RunSQL(KIN), migrations.RunSQL(LEAVE)]
