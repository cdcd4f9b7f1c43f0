from django.db import migrations

from varde.privacy.fields import SealedJSONField
from varde.privacy.sealing import text_to_sealed

# A call's key is its operator's while the call goes on, and nobody's afterwards. A key of the region as a whole belongs
# to no call.
KEYS = """
CREATE OR REPLACE FUNCTION privacy_may_open(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM hotline_call WHERE id = key) THEN RETURN true; END IF;
  IF purpose IS NOT NULL THEN RETURN purpose = 'keys'; END IF;
  RETURN EXISTS (SELECT 1 FROM hotline_call WHERE id = key AND state = 'open' AND operator = reader);
END $$;
"""
# Those who may see how much the phone is used look at the rows of all, and change none. Role as in varde.access.roles:
# HOTLINE_MANAGE.
FIGURES = """
CREATE FUNCTION hotline_counts(reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = reader AND u.is_active AND g.role = 'vertskommune-administrator')
$$;
CREATE POLICY figures ON hotline_call FOR SELECT USING (hotline_counts((SELECT access_user())));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0001_initial"),
        ("access", "0001_initial"),
        ("identity", "0001_initial"),
        ("privacy", "0002_row_rights"),
    ]
    operations = [
        migrations.RunSQL(
            text_to_sealed("hotline_call", "told"),
            state_operations=[migrations.AlterField("call", "told", SealedJSONField())],
        ),
        migrations.RunSQL(KEYS),
        migrations.RunSQL(FIGURES),
    ]
