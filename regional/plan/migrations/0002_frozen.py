from django.db import migrations

# Asked by row rights, so they look past them: whoever may not see a decision is not told that there is none.
# A line is for whoever the measure is for, or for who carries it out now: the newest line that names an owner, else the
# measure itself. (`m.id` stands for an owner that is no kommune: it is no office's id.)
FROZEN = """
CREATE OR REPLACE FUNCTION plan_is_adopted(which uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM plan_adoption WHERE plan_id = which)
$$;
CREATE OR REPLACE FUNCTION plan_goes_on(measure uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM plan_measure m JOIN plan_adoption a ON a.plan_id = m.plan_id WHERE m.id = measure)
$$;
CREATE OR REPLACE FUNCTION plan_is_ours(measure uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  home uuid;
BEGIN
  SELECT u.for_office INTO home FROM identity_user u WHERE u.id = reader AND u.is_active;
  IF home IS NULL THEN RETURN false; END IF;
  RETURN EXISTS (
    SELECT 1 FROM plan_measure m
     WHERE m.id = measure AND (
       m.kommuner @> to_jsonb(home::text)
       OR home = coalesce(
         (SELECT coalesce(p.owner_kommune, m.id) FROM plan_progress p
           WHERE p.measure_id = m.id AND p.owner_name <> '' ORDER BY p.at DESC LIMIT 1),
         m.owner_kommune)));
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial"), ("identity", "0007_lent")]
    operations = [migrations.RunSQL(FROZEN)]
