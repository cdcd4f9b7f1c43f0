from django.db import migrations

# A concern that has become a case is there for the coordinators and for those who are on the case.
ROOM = """
CREATE OR REPLACE FUNCTION matter_room(matter uuid, reader uuid, coordinator boolean) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coordinator
    OR NOT EXISTS (SELECT 1 FROM cases_case WHERE concern_id = matter)
    OR EXISTS (SELECT 1 FROM cases_case c JOIN cases_casemember m ON m.case_id = c.id
                WHERE c.concern_id = matter AND m.user_id = reader)
$$;
CREATE FUNCTION case_open(case_id uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT matter_open((SELECT c.concern_id FROM cases_case c WHERE c.id = case_open.case_id), reader)
$$;
CREATE FUNCTION case_imported(case_id uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT matter_imported((SELECT c.concern_id FROM cases_case c WHERE c.id = case_imported.case_id))
$$;
CREATE FUNCTION case_denied(case_id uuid, person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT matter_denied((SELECT c.concern_id FROM cases_case c WHERE c.id = case_denied.case_id), person)
$$;
CREATE FUNCTION case_newborn(case_id uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = case_newborn.case_id AND c.opened_by = reader
                  AND NOT matter_denied(c.concern_id, reader))
     AND NOT EXISTS (SELECT 1 FROM cases_casemember m WHERE m.case_id = case_newborn.case_id)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("inbox", "0003_matter")]
    operations = [migrations.RunSQL(ROOM)]
