from django.db import migrations

# Only a draft is discarded; asked as the one who marks.
MARKED = """
CREATE FUNCTION risk_marked() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM risk_assessment r WHERE r.id = NEW.row_id AND r.signed_at IS NOT NULL)
  THEN RAISE insufficient_privilege USING MESSAGE = 'it has been signed'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER risk_marked BEFORE INSERT ON inbox_mistake
  FOR EACH ROW WHEN (NEW.of_table = 'risk_assessment') EXECUTE FUNCTION risk_marked();
"""


class Migration(migrations.Migration):
    dependencies = [("risk", "0003_template_offers"), ("inbox", "0017_who_decides")]
    operations = [migrations.RunSQL(MARKED)]
