from django.db import migrations

# A hand-over is ended by the one who leaves handing on what they hold; without the role they see none of it any more, and
# the hand-over stands open for good. Closing the account is left: somebody who must be out at once is.
KEEPS = """
CREATE FUNCTION team_keeps_role() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF OLD.role = 'koordinator'
     AND EXISTS (SELECT 1 FROM team_handover WHERE leaving_id = OLD.user_id AND ended_at IS NULL)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a hand-over is under way'; END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER keeps_role BEFORE DELETE OR UPDATE OF role, user_id ON identity_rolegrant
  FOR EACH ROW EXECUTE FUNCTION team_keeps_role();
"""


class Migration(migrations.Migration):
    dependencies = [("team", "0005_rota"), ("identity", "0001_initial")]
    operations = [migrations.RunSQL(KEEPS)]
