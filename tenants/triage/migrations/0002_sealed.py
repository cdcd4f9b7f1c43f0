from django.db import migrations

from varde.privacy.fields import SealedTextField
from varde.privacy.sealing import text_to_sealed

SEALED = [("assessment", "reason"), ("nextstep", "text")]

# Nobody is given something to do in a matter that they are shut out of, also not afterwards or with another statement
# than the actions'. What is already owned may still be ended, reminded of and given to somebody else.
OWNER = """
CREATE OR REPLACE FUNCTION triage_owner_sees() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF (NEW.concern_id, NEW.owner_id) IS DISTINCT FROM (OLD.concern_id, OLD.owner_id)
     AND matter_denied(NEW.concern_id, NEW.owner_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the owner is shut out'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER owner_sees BEFORE INSERT OR UPDATE ON triage_nextstep FOR EACH ROW EXECUTE FUNCTION triage_owner_sees();
"""


class Migration(migrations.Migration):
    dependencies = [("triage", "0001_initial"), ("inbox", "0006_sealed"), ("privacy", "0002_row_rights")]
    operations = [
        migrations.RunSQL(OWNER),
        *(
            migrations.RunSQL(
                text_to_sealed(f"triage_{model}", name),
                state_operations=[migrations.AlterField(model, name, SealedTextField())],
            )
            for model, name in SEALED
        ),
    ]
