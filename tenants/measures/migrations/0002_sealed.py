from django.db import migrations

from varde.privacy.fields import SealedTextField
from varde.privacy.sealing import text_to_sealed

SEALED = [
    ("title", SealedTextField()),
    ("service", SealedTextField(blank=True)),
    ("effect", SealedTextField(blank=True)),
]

# Nobody is given something to do in a matter that they are shut out of, also not afterwards or with another statement
# than the actions'. What is already owned may still be ended, reminded of and given to somebody else.
OWNER = """
CREATE OR REPLACE FUNCTION measures_owner_sees() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF (NEW.case_id, NEW.owner_id) IS DISTINCT FROM (OLD.case_id, OLD.owner_id)
     AND case_denied(NEW.case_id, NEW.owner_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the owner is shut out'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER owner_sees BEFORE INSERT OR UPDATE ON measures_measure FOR EACH ROW EXECUTE FUNCTION measures_owner_sees();
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial"), ("cases", "0005_sealed"), ("privacy", "0002_row_rights")]
    operations = [
        migrations.RunSQL(OWNER),
        *(
            migrations.RunSQL(
                text_to_sealed("measures_measure", name),
                state_operations=[migrations.AlterField("measure", name, field)],
            )
            for name, field in SEALED
        ),
    ]
