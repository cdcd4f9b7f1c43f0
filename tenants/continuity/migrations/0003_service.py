from django.db import migrations

# A deny row may name a whole service: whoever comes into one may see less than before, and their pack is made again.
SERVICE = """
CREATE FUNCTION continuity_other_service() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM continuity_stale(ARRAY[(to_jsonb(NEW) ->> TG_ARGV[0])::uuid]);
  RETURN NULL;
END $$;
CREATE TRIGGER other_service AFTER UPDATE OF service ON identity_user FOR EACH ROW
  WHEN (OLD.service IS DISTINCT FROM NEW.service) EXECUTE FUNCTION continuity_other_service('id');
CREATE TRIGGER other_service AFTER INSERT OR UPDATE OF service ON team_member FOR EACH ROW
  EXECUTE FUNCTION continuity_other_service('user_id');
"""


class Migration(migrations.Migration):
    dependencies = [("continuity", "0002_stale"), ("identity", "0001_initial"), ("team", "0001_initial")]
    operations = [migrations.RunSQL(SERVICE)]
