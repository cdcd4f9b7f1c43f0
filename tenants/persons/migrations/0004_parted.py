import uuid

import django.db.models.deletion
from django.db import migrations, models

import varde.privacy.fields

# Both cards are of the matter that it is said in; asked as the one who writes, as `persons_same_matter`.
OF_MATTER = """
CREATE FUNCTION persons_parted_own() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF (SELECT count(*) FROM persons_person p
       WHERE p.id IN (NEW.person_id, NEW.other_person_id) AND p.concern_id = NEW.concern_id) <> 2
  THEN RAISE insufficient_privilege USING MESSAGE = 'the cards are not in this matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own BEFORE INSERT ON persons_parted FOR EACH ROW EXECUTE FUNCTION persons_parted_own();
"""


class Migration(migrations.Migration):
    dependencies = [("persons", "0003_warnings"), ("inbox", "0011_places")]

    operations = [
        migrations.CreateModel(
            name="PersonParted",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("merged_at", models.DateTimeField()),
                ("merged_by_name", models.CharField(max_length=200)),
                ("reason", varde.privacy.fields.SealedTextField()),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
                (
                    "other_person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="persons.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="persons.person"
                    ),
                ),
            ],
            options={
                "db_table": "persons_parted",
            },
        ),
        migrations.RunSQL(OF_MATTER),
    ]
