from django.db import migrations

# The same text as `audit_text` makes of the row (migration 0004), so that a digest of the old log is made again here.
TEXT = r"""
CREATE FUNCTION audit_former_text(e audit_former) RETURNS text IMMUTABLE LANGUAGE sql SET search_path FROM CURRENT AS $$
  SELECT concat_ws(E'\x1f', e.number, e.previous, e.id, extract(epoch FROM e.at)::numeric(20, 6), e.user_id, e.name,
                   e.role, e.action, e.what, e.object_id, e.reason, e.ground, e.request_id, e.matter_id)
$$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON audit_former FOR EACH ROW EXECUTE FUNCTION audit_frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON audit_formerlog FOR EACH ROW EXECUTE FUNCTION audit_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_former")]
    operations = [migrations.RunSQL(TEXT)]
