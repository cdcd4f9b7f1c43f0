from django.db import migrations

# Those who run the phone. Role as in varde.access.roles: HOTLINE_MANAGE.
SETS_UP = """
CREATE OR REPLACE FUNCTION lines_sets_up(reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = reader AND u.is_active AND g.role = 'vertskommune-administrator')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("lines", "0001_initial"), ("access", "0001_initial"), ("identity", "0001_initial")]
    operations = [migrations.RunSQL(SETS_UP)]
