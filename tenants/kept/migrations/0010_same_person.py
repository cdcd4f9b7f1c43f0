from django.db import migrations

# As in 0006; of what is gone too the log stays shut for the person, by whatever account they come.
LOG = """
CREATE OR REPLACE FUNCTION audit_shut(reader uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH shut(id) AS (
  SELECT joined_kin(d.concern_id) FROM inbox_denial d
   WHERE d.lifted_at IS NULL AND reader = access_user() AND matter_denied(d.concern_id, reader)
  UNION
  SELECT c.concern_id FROM inbox_cover c
   WHERE reader = access_user() AND EXISTS (SELECT 1 FROM identity_rolegrant g
                  WHERE g.user_id = reader AND g.role IN ('leder', 'koordinator', 'teammedlem'))
     AND NOT matter_open(c.concern_id, reader)
  UNION
  SELECT s.matter_id FROM kept_shut s
   WHERE reader = access_user() AND (
         s.user_id IN (SELECT identity_same(reader))
      OR s.service <> '' AND lower(btrim(s.service)) IN (
         SELECT lower(btrim(u.service)) FROM identity_user u WHERE u.id = reader
         UNION ALL SELECT lower(btrim(t.service)) FROM team_member t WHERE t.user_id = reader)
      OR s.covered AND EXISTS (SELECT 1 FROM identity_rolegrant g
                  WHERE g.user_id = reader AND g.role IN ('leder', 'koordinator', 'teammedlem')))
  )
  SELECT s.id FROM shut s
  UNION SELECT l.major_id FROM joined_majorlink l JOIN shut s ON s.id = l.concern_id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kept", "0009_returned"), ("joined", "0010_same_person")]
    operations = [migrations.RunSQL(LOG)]
