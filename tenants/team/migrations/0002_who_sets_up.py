from django.db import migrations

# Roles as in varde.access.roles: those with SETTINGS.
SETS_UP = """
CREATE FUNCTION team_sets_up(reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = reader AND u.is_active AND g.role IN ('koordinator', 'administrator'))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("team", "0001_initial"), ("identity", "0001_initial")]
    operations = [migrations.RunSQL(SETS_UP)]
