import uuid

import django.db.models.deletion
from django.db import migrations, models

import varde.privacy.fields

# Has whoever holds the receipt looked since the message was laid? The log knows; asked by those who see the matter. A look
# that began just before may have shown it too.
LOOKED = """
CREATE FUNCTION receipt_looked(message uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM inbox_reportermessage m
                   JOIN audit_entry e ON e.matter_id = m.concern_id AND e.at >= m.at - interval '10 seconds' AND e.what = 'inbox.receipt' AND e.action = 'view'
                  WHERE m.id = message AND (access_purpose() IS NOT NULL OR matter_open(m.concern_id, access_user())))
$$;
"""
# A mark hangs on a row of the same matter, whatever room it is in. Asked as the one who marks, so that a row that is hidden
# from them answers as one that is not there. Marked once; and what the reporter has read is not withdrawn.
OWN = """
CREATE FUNCTION inbox_mistake_own() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  tab regclass := to_regclass(quote_ident(NEW.of_table));
  col text;
  found boolean;
BEGIN
  SELECT a.attname INTO col FROM pg_attribute a
   WHERE a.attrelid = tab AND a.attname IN ('concern_id', 'case_id') AND NOT a.attisdropped ORDER BY a.attname DESC LIMIT 1;
  IF col = 'concern_id' THEN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s r WHERE r.id = $1 AND r.concern_id = $2)', tab)
       INTO found USING NEW.row_id, NEW.concern_id;
  ELSIF col = 'case_id' THEN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s r JOIN cases_case k ON k.id = r.case_id WHERE r.id = $1 AND k.concern_id = $2)', tab)
       INTO found USING NEW.row_id, NEW.concern_id;
  END IF;
  IF found IS NOT TRUE THEN RAISE insufficient_privilege USING MESSAGE = 'it is not of this matter'; END IF;
  IF EXISTS (SELECT 1 FROM inbox_mistake m WHERE m.of_table = NEW.of_table AND m.row_id = NEW.row_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'it is marked already'; END IF;
  IF NEW.of_table = 'inbox_reportermessage' AND receipt_looked(NEW.row_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the reporter has read it'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own BEFORE INSERT ON inbox_mistake FOR EACH ROW EXECUTE FUNCTION inbox_mistake_own();
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0012_attachments_later"), ("audit", "0004_matter")]

    operations = [
        migrations.CreateModel(
            name="Mistake",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("of_table", models.CharField(max_length=63)),
                ("row_id", models.UUIDField()),
                ("reason", varde.privacy.fields.SealedTextField()),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mistakes", to="inbox.concern"
                    ),
                ),
            ],
            options={
                "db_table": "inbox_mistake",
                "indexes": [models.Index(fields=["row_id"], name="inbox_mistaken")],
            },
        ),
        migrations.RunSQL(LOOKED),
        migrations.RunSQL(OWN),
    ]
