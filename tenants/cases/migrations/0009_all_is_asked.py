from django.db import migrations

# As in 0002; but of a matter that is no case, or none at all, it is asked as well who is on it.
ROOM = """
CREATE OR REPLACE FUNCTION matter_room(matter uuid, reader uuid, coordinator boolean) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  home uuid;
  on_it boolean;
BEGIN
  IF coordinator THEN RETURN true; END IF;
  home := (SELECT c.id FROM cases_case c WHERE c.concern_id = matter);
  on_it := EXISTS (SELECT 1 FROM cases_casemember m WHERE m.case_id = coalesce(home, matter) AND m.user_id = reader);
  RETURN home IS NULL OR on_it;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_views_move")]
    operations = [migrations.RunSQL(ROOM)]
