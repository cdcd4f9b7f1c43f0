from django.db import migrations, models

# What lies beside the ledger belongs to one row of it, and the row to what lies beside it: neither is laid alone. Asked
# at the end of the transaction, for the row and what belongs to it are laid one after the other.
BESIDE = """
CREATE OR REPLACE FUNCTION releases_copied() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM releases_entry e WHERE e.id = NEW.entry_id AND e.kind = 'release'
                    AND e.content ->> 'copy' = encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a copy is what its row says was given out'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION releases_contributed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM releases_entry e WHERE e.kind = 'closed' AND e.content ->> 'period' = NEW.period
                    AND e.content -> 'contributors' @> jsonb_build_array(jsonb_build_object(
                          'kommune', NEW.kommune::text, 'form', NEW.form, 'mark', NEW.mark))) THEN
    RAISE insufficient_privilege USING MESSAGE = 'what is frozen belongs to a half-year that is closed'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION releases_was_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM releases_entry e WHERE e.content ->> 'wish' = NEW.wish::text
                    AND NEW.mark IN (e.content ->> 'kept', e.content ->> 'proof')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'what is kept belongs to a row of the ledger'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION releases_was_sent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM releases_entry e WHERE e.id = NEW.entry_id AND e.kind IN ('release', 'withdrawn')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'what is given out or withdrawn is sent'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION releases_whole_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.kind = 'release' AND NOT EXISTS (SELECT 1 FROM releases_copy c WHERE c.entry_id = NEW.id) THEN
    RAISE insufficient_privilege USING MESSAGE = 'what is given out has a copy'; END IF;
  IF NEW.kind IN ('drafted', 'settled') AND NOT EXISTS (
       SELECT 1 FROM releases_kept k WHERE k.wish::text = NEW.content ->> 'wish' AND k.mark = NEW.content ->> 'kept') THEN
    RAISE insufficient_privilege USING MESSAGE = 'what a row rests on is kept'; END IF;
  IF NEW.kind = 'closed' AND EXISTS (
       SELECT 1 FROM jsonb_to_recordset(NEW.content -> 'contributors') AS one(kommune text, form text, mark text)
        WHERE NOT EXISTS (SELECT 1 FROM releases_contribution c WHERE c.period = NEW.content ->> 'period'
                             AND c.kommune::text = one.kommune AND c.form = one.form AND c.mark = one.mark)) THEN
    RAISE insufficient_privilege USING MESSAGE = 'what is closed is frozen'; END IF;
  RETURN NEW;
END $$;
-- Words are those of whoever asks, laid before anything is made of what they asked for.
CREATE OR REPLACE FUNCTION releases_said() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF access_user() IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM releases_wish w WHERE w.id = NEW.wish AND w.asked_by = access_user() AND w.state = 'waiting'
          AND w.kind IN ('withdrawn', 'outside', 'settled')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'words are those of whoever asks'; END IF;
  RETURN NEW;
END $$;
-- Also where all else is asked at once, as it is when something has been said in the log.
CREATE OR REPLACE FUNCTION releases_at_the_end() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  SET CONSTRAINTS contributed, was_kept, whole_row DEFERRED;
  RETURN NULL;
END $$;
CREATE TRIGGER copied BEFORE INSERT ON releases_copy FOR EACH ROW EXECUTE FUNCTION releases_copied();
CREATE TRIGGER was_sent BEFORE INSERT ON releases_sent FOR EACH ROW EXECUTE FUNCTION releases_was_sent();
CREATE TRIGGER said BEFORE INSERT ON releases_words FOR EACH ROW EXECUTE FUNCTION releases_said();
CREATE CONSTRAINT TRIGGER contributed AFTER INSERT ON releases_contribution DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION releases_contributed();
CREATE CONSTRAINT TRIGGER was_kept AFTER INSERT ON releases_kept DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION releases_was_kept();
CREATE CONSTRAINT TRIGGER whole_row AFTER INSERT ON releases_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION releases_whole_row();
CREATE TRIGGER at_the_end BEFORE INSERT ON releases_contribution EXECUTE FUNCTION releases_at_the_end();
CREATE TRIGGER at_the_end BEFORE INSERT ON releases_kept EXECUTE FUNCTION releases_at_the_end();
CREATE TRIGGER at_the_end BEFORE INSERT ON releases_entry EXECUTE FUNCTION releases_at_the_end();
"""
# As in 0002, and besides: what is withdrawn, and what the rule becomes, is what was approved;
# and a draft that people have asked for, dropped or not, is not given out by a command.
ENTERED = """
CREATE OR REPLACE FUNCTION releases_entered() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  w releases_wish%ROWTYPE;
BEGIN
  SELECT * INTO w FROM releases_wish WHERE id = (NEW.content ->> 'wish')::uuid;
  IF NOT FOUND OR w.kind <> (CASE NEW.kind WHEN 'drafted' THEN 'release' ELSE NEW.kind END)
     OR w.about ->> 'period' IS DISTINCT FROM (CASE WHEN w.about ? 'period' THEN NEW.content ->> 'period' END)
     OR EXISTS (SELECT 1 FROM releases_entry e WHERE e.kind = NEW.kind AND e.content ->> 'wish' = w.id::text) THEN
    RAISE insufficient_privilege USING MESSAGE = 'nothing is entered that nobody asked for'; END IF;
  IF NEW.kind IN ('withdrawn', 'rule') AND NOT NEW.content @> w.about
     OR NEW.kind = 'outside' AND (NEW.content -> 'low', NEW.content -> 'high', NEW.content -> 'kommuner')
        IS DISTINCT FROM (w.about -> 'low', w.about -> 'high', w.about -> 'kommuner') THEN
    RAISE insufficient_privilege USING MESSAGE = 'what was asked for is what is entered'; END IF;
  IF NEW.kind = 'drafted' OR NOT releases_needs_two(NEW.kind, w.about) THEN
    IF w.state = 'waiting' AND NEW.by_name = w.asked_by_name THEN RETURN NEW; END IF;
    RAISE insufficient_privilege USING MESSAGE = 'this wish does not wait'; END IF;
  IF w.state <> 'approved' OR w.approved_at IS NULL OR NEW.by_name <> w.approved_by_name
     OR NEW.content ->> 'asked_by' IS DISTINCT FROM w.asked_by_name
     OR NEW.content ->> 'approved_by' IS DISTINCT FROM w.approved_by_name
     OR (CASE WHEN w.asked_by IS NULL THEN w.approved_by_name <> releases_by_command()
              ELSE w.approved_by IS NULL OR w.approved_by = w.asked_by END) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a second person approves what cannot be undone'; END IF;
  IF NEW.kind = 'release' AND (NEW.content ->> 'drafted' IS DISTINCT FROM w.drafted::text OR NOT EXISTS (
       SELECT 1 FROM releases_entry e WHERE e.number = w.drafted AND e.kind = 'drafted')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a release is a draft that stands in the ledger'; END IF;
  IF NEW.kind = 'release' AND w.asked_by IS NULL AND EXISTS (
       SELECT 1 FROM releases_wish p WHERE p.drafted = w.drafted AND p.asked_by IS NOT NULL) THEN
    RAISE insufficient_privilege USING MESSAGE = 'people give out what people have asked for'; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("releases", "0003_stopped_by")]
    operations = [
        migrations.AddConstraint(
            model_name="frozencopy",
            constraint=models.UniqueConstraint(fields=("entry",), name="releases_one_copy"),
        ),
        migrations.RunSQL(BESIDE),
        migrations.RunSQL(ENTERED),
    ]
