from django.db import migrations

# As in 0004, said so that a new line to the database pays less for its first rows: every statement in the trigger looks
# up one row by its key, so a plan for all values is the best one, and is not made anew for each of the first five. The
# text is the same to the byte; put together by plpgsql, which does not set up a query for it.
CHAIN = r"""
CREATE OR REPLACE FUNCTION audit_text(e audit_entry) RETURNS text IMMUTABLE LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RETURN concat_ws(E'\x1f', e.number, e.previous, e.id, extract(epoch FROM e.at)::numeric(20, 6), e.user_id, e.name,
                   e.role, e.action, e.what, e.object_id, e.reason, e.ground, e.request_id, e.matter_id);
END $$;
ALTER FUNCTION audit_chain() SET plan_cache_mode = force_generic_plan;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0007_former_chain")]
    operations = [migrations.RunSQL(CHAIN)]
