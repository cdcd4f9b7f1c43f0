from django.db import migrations

# SECURITY DEFINER: the office's login has no right to the head, the function's owner has. The search path is frozen
# to the schema the function is born in. Every stored column but the chain's own goes into the digest.
CHAIN = r"""
CREATE FUNCTION audit_text(e audit_entry) RETURNS text IMMUTABLE LANGUAGE sql SET search_path FROM CURRENT AS $$
  SELECT concat_ws(E'\x1f', e.number, e.previous, e.id, extract(epoch FROM e.at)::numeric(20, 6), e.user_id, e.name,
                   e.role, e.action, e.what, e.object_id, e.reason, e.ground, e.request_id)
$$;
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO audit_head AS h (id, number, digest) VALUES (1, 1, '')
    ON CONFLICT (id) DO UPDATE SET number = h.number + 1
    RETURNING h.number, h.digest INTO NEW.number, NEW.previous;
  NEW.digest := encode(sha256(convert_to(audit_text(NEW), 'UTF8')), 'hex');
  UPDATE audit_head SET digest = NEW.digest WHERE id = 1;
  RETURN NEW;
END $$;
CREATE FUNCTION audit_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is append-only';
END $$;
CREATE TRIGGER chain BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_chain();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(CHAIN)]
