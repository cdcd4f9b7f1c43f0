from django.db import migrations, models

# HMAC-SHA256 by hand, because the server has sha256() but no hmac(): outer over inner over the text.
# SECURITY DEFINER: the office's login cannot read the key, the functions' owner can.
READER = """
CREATE FUNCTION access_ticket() RETURNS text STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  said text := current_setting('varde.reader', true);
  who text := split_part(said, '|', 1);
  seal access_seal;
BEGIN
  IF coalesce(said, '') = '' THEN RETURN NULL; END IF;
  SELECT * INTO seal FROM access_seal;
  IF encode(sha256(seal."outer" || sha256(seal."inner" || convert_to(
       concat_ws('|', who, pg_backend_pid(), (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint), 'UTF8'
     ))), 'hex') = split_part(said, '|', 2)
  THEN RETURN who; END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION access_user() RETURNS uuid STABLE LANGUAGE plpgsql AS $$
DECLARE who text := access_ticket();
BEGIN
  RETURN CASE WHEN who LIKE 'user:%' THEN substr(who, 6)::uuid END;
END $$;
CREATE FUNCTION access_purpose() RETURNS text STABLE LANGUAGE plpgsql AS $$
DECLARE who text := access_ticket();
BEGIN
  RETURN CASE WHEN who LIKE 'purpose:%' THEN substr(who, 9) END;
END $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("inner", models.BinaryField()),
                ("outer", models.BinaryField()),
            ],
            options={"db_table": "access_seal"},
        ),
        migrations.RunSQL(READER),
    ]
