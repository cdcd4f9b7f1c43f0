from django.db import migrations

# Is a card there for the one who asks? A hidden one and one that is not there take the same way (see matter_there).
THERE = """
CREATE FUNCTION persons_there(card uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT access_purpose() IS NOT NULL
      OR matter_open(coalesce((SELECT concern_id FROM persons_person WHERE id = card), card), access_user())
$$;
"""
# What is said of a card belongs to the card's own matter, and a card never moves to another. Asked as the one who
# writes, so that a card that is hidden from them answers as one that is not there.
SAME_MATTER = """
CREATE FUNCTION persons_same_matter() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.person_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM persons_person p WHERE p.id = NEW.person_id AND p.concern_id = NEW.concern_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the card is not in this matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON persons_version FOR EACH ROW EXECUTE FUNCTION persons_same_matter();
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON persons_term FOR EACH ROW EXECUTE FUNCTION persons_same_matter();
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON persons_voice FOR EACH ROW EXECUTE FUNCTION persons_same_matter();
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON persons_addresslook FOR EACH ROW EXECUTE FUNCTION persons_same_matter();
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON persons_warning FOR EACH ROW EXECUTE FUNCTION persons_same_matter();
CREATE FUNCTION persons_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.concern_id IS DISTINCT FROM OLD.concern_id
     OR NEW.merged_into_id = NEW.id
     OR NEW.merged_into_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM persons_person p WHERE p.id = NEW.merged_into_id AND p.concern_id = NEW.concern_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a card stays in its matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE ON persons_person FOR EACH ROW EXECUTE FUNCTION persons_stays();
CREATE FUNCTION persons_linked() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.concern_id = NEW.other_id
     OR NOT EXISTS (SELECT 1 FROM persons_person p WHERE p.id = NEW.person_id AND p.concern_id = NEW.concern_id)
     OR NOT EXISTS (SELECT 1 FROM persons_person p WHERE p.id = NEW.other_person_id AND p.concern_id = NEW.other_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the cards are not in these matters'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER linked BEFORE INSERT OR UPDATE ON persons_link FOR EACH ROW EXECUTE FUNCTION persons_linked();
"""


class Migration(migrations.Migration):
    dependencies = [("persons", "0001_initial"), ("inbox", "0004_keys_and_log")]
    operations = [migrations.RunSQL(THERE), migrations.RunSQL(SAME_MATTER)]
