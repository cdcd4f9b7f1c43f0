from django.db import migrations

# Who may open a matter's key: those who see the matter, and the purposes that need its content. A key of the office as
# a whole belongs to no concern. The task that opens files gets the keys of matters with files and no others; their
# table comes with 0005, and a function's names are looked up when it is called.
KEYS = """
CREATE OR REPLACE FUNCTION privacy_may_open(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM inbox_concern WHERE id = key) THEN RETURN true; END IF;
  IF purpose IS NULL THEN RETURN matter_open(key, reader); END IF;
  RETURN CASE purpose
    WHEN 'keys' THEN true
    WHEN 'returns' THEN true
    WHEN 'documents' THEN EXISTS (SELECT 1 FROM inbox_attachment WHERE concern_id = key)
    WHEN 'import' THEN matter_imported(key)
    WHEN 'receipt' THEN key = receipt_matter()
    ELSE false END;
END $$;
"""
# What the log says of a matter is for those who see the matter, and for the office's controllers who are not shut out
# of it. Roles as in varde.access.roles: AUDIT_READ and AUDIT_REVIEW. A covered matter may be about anybody who works
# here: of the controllers only a privacy officer who has no other part in the work sees its rows, and an extract of it
# is for those who see the matter. One that is not there and one that is hidden are answered alike.
LOG = """
CREATE FUNCTION matter_there(what text, key uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT access_purpose() IS NOT NULL OR matter_open(coalesce(audit_matter(what, key::text), key), access_user())
$$;
CREATE OR REPLACE FUNCTION audit_controls(reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = reader AND u.is_active AND g.role IN ('personvernombud', 'leder'))
$$;
CREATE OR REPLACE FUNCTION audit_shut(reader uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT d.concern_id FROM inbox_denial d WHERE d.lifted_at IS NULL AND reader = access_user() AND matter_denied(d.concern_id, reader)
  UNION
  SELECT c.concern_id FROM inbox_cover c
   WHERE reader = access_user() AND EXISTS (SELECT 1 FROM identity_rolegrant g
                  WHERE g.user_id = reader AND g.role IN ('leder', 'koordinator', 'teammedlem'))
     AND NOT matter_open(c.concern_id, reader)
$$;
CREATE OR REPLACE FUNCTION audit_may_extract(matter uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM inbox_concern WHERE id = matter)
     AND (access_purpose() IS NOT NULL
          OR matter NOT IN (SELECT audit_shut(access_user()))
             AND (NOT EXISTS (SELECT 1 FROM inbox_cover WHERE concern_id = matter)
                  OR matter_open(matter, access_user())))
$$;
CREATE OR REPLACE FUNCTION audit_may_read(matter uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$ SELECT matter_open(matter, reader) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0003_matter"), ("privacy", "0002_row_rights"), ("audit", "0004_matter")]
    operations = [migrations.RunSQL(KEYS), migrations.RunSQL(LOG)]
