from django.db import migrations

GROUND = """
CREATE OR REPLACE FUNCTION matter_room_by(matter uuid, reader uuid) RETURNS text
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM cases_case WHERE concern_id = matter) THEN 'teamets innboks'
    WHEN EXISTS (SELECT 1 FROM cases_case c JOIN cases_casemember m ON m.case_id = c.id
                  WHERE c.concern_id = matter AND m.user_id = reader) THEN 'satt på saken'
    ELSE 'koordinator' END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_sealed"), ("inbox", "0008_ground")]
    operations = [migrations.RunSQL(GROUND)]
