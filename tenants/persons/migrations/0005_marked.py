from django.db import migrations

# A card that is one with another is parted first; asked as the one who marks.
MARKED = """
CREATE FUNCTION persons_marked() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM persons_person p
              WHERE p.id = NEW.row_id AND p.merged_into_id IS NOT NULL OR p.merged_into_id = NEW.row_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the card is one with another'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER persons_marked BEFORE INSERT ON inbox_mistake
  FOR EACH ROW WHEN (NEW.of_table = 'persons_person') EXECUTE FUNCTION persons_marked();
"""


class Migration(migrations.Migration):
    dependencies = [("persons", "0004_parted"), ("inbox", "0017_who_decides")]
    operations = [migrations.RunSQL(MARKED)]
