from django.db import migrations

# The office's login may lay a key and read those that row rights show; it may not change one. A statement slipped in
# anywhere, with no ticket or with anybody's, would else end every key that it sees, and with them every backup.
# What must change goes through these functions, and they ask who is there:
# * `privacy_rewrap` and `privacy_hold` only work for the purpose that looks after keys. `was` is what the caller
#   unwrapped: a row that somebody moved meanwhile is left alone.
# * `privacy_destroy` asks `privacy_may_destroy`, which a room may replace as it does `privacy_may_open`.
# A key cannot be born destroyed either: the sweep shreds at once what a row calls destroyed.
CHANGES = """
DROP POLICY change ON privacy_datakey;
ALTER POLICY add ON privacy_datakey WITH CHECK (destroyed_at IS NULL);
CREATE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
  STABLE LANGUAGE sql AS $$ SELECT coalesce(purpose = 'keys', false) $$;
CREATE FUNCTION privacy_rewrap(key uuid, was bytea, fresh bytea, under text) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF access_purpose() IS DISTINCT FROM 'keys' THEN RETURN false; END IF;
  UPDATE privacy_datakey k SET wrapped = fresh, office_key = under
   WHERE k.id = key AND k.wrapped = was AND k.destroyed_at IS NULL;
  RETURN FOUND;
END $$;
CREATE FUNCTION privacy_destroy(key uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF privacy_may_destroy(key, access_user(), access_purpose()) IS NOT TRUE THEN RETURN false; END IF;
  UPDATE privacy_datakey k SET wrapped = '', office_key = '', destroyed_at = now()
   WHERE k.id = key AND k.destroyed_at IS NULL;
  RETURN FOUND;
END $$;
CREATE FUNCTION privacy_hold() RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF access_purpose() IS DISTINCT FROM 'keys' THEN RETURN false; END IF;
  LOCK TABLE privacy_datakey IN SHARE ROW EXCLUSIVE MODE;
  RETURN true;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_row_rights"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(CHANGES)]
