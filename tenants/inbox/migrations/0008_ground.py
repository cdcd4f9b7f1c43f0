from django.db import migrations

# Why somebody sees a matter by right, in words for the log; NULL for anybody who does not, so it tells nobody anything.
# `matter_room_by` is replaced by the room that knows of cases.
GROUND = """
CREATE FUNCTION matter_room_by(matter uuid, reader uuid) RETURNS text
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$ SELECT 'teamets innboks' $$;
REVOKE EXECUTE ON FUNCTION matter_room_by(uuid, uuid) FROM PUBLIC;
CREATE FUNCTION matter_by(matter uuid) RETURNS text
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE
    WHEN access_purpose() IS NOT NULL THEN ''
    WHEN NOT matter_held(matter, access_user()) THEN NULL
    WHEN EXISTS (SELECT 1 FROM inbox_cover WHERE concern_id = matter) THEN 'skjermet sak'
    ELSE matter_room_by(matter, access_user()) END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0007_search")]
    operations = [migrations.RunSQL(GROUND)]
