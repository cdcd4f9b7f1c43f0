from django.db import migrations

# The print of the text that is shipped (shared/codes/data/phone_declaration.json); a new text comes with a new migration.
SHIPPED = """
CREATE OR REPLACE FUNCTION phone_shipped_declaration() RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT '9ef52a746cac31f70fb2da60e4538bdb23f3f5de00f82f9ae969f385bec48220'
$$;
"""
# The print of the text in force: the host's newest, else the shipped one.
NOW = """
CREATE OR REPLACE FUNCTION phone_declaration_now() RETURNS text
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce((SELECT t.sha256 FROM phone_declarationtext t ORDER BY t.set_at DESC, t.id DESC LIMIT 1),
                  phone_shipped_declaration())
$$;
"""
# Who may answer the phone, and with which day the signature ends: works here, is an operator, and has signed the text in
# force, which has not run out, since the role was given: whoever gets it back signs anew. Role as in varde.access.roles:
# HOTLINE. The rota asks it of everybody, since a shift of somebody who has not signed is nobody's.
DECLARED = """
CREATE OR REPLACE FUNCTION phone_signed(reader uuid DEFAULT NULL) RETURNS TABLE (user_id uuid, until date)
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT d.user_id, max(d.valid_until) FROM phone_declaration d
    JOIN identity_user u ON u.id = d.user_id
    JOIN identity_rolegrant g ON g.user_id = u.id
   WHERE (reader IS NULL OR d.user_id = reader) AND u.is_active AND g.role = 'operator' AND g.granted_at <= d.signed_at
     AND d.valid_until >= (clock_timestamp() AT TIME ZONE 'Europe/Oslo')::date
     AND d.sha256 = phone_declaration_now()
   GROUP BY d.user_id
$$;
CREATE OR REPLACE FUNCTION phone_declared(reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT reader IS NOT NULL AND EXISTS (SELECT 1 FROM phone_signed(reader))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("phone", "0001_initial"), ("identity", "0003_who_manages"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(SHIPPED), migrations.RunSQL(NOW), migrations.RunSQL(DECLARED)]
