from django.db import migrations

# A person may have two accounts: one of each kommune that became one, one that is lent and one of the office's own.
# Whoever has the same name is taken for the same person where somebody is kept out: one too many rather than one too
# few. The name is changed by whoever manages accounts, never by the person.
SAME = """
CREATE FUNCTION identity_same(person uuid) RETURNS SETOF uuid
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  named text := (SELECT lower(btrim(u.name)) FROM identity_user u WHERE u.id = person);
BEGIN
  RETURN QUERY SELECT person WHERE person IS NOT NULL
    UNION SELECT o.id FROM identity_user o WHERE lower(btrim(o.name)) = named AND named <> '';
END $$;
CREATE INDEX identity_user_named ON identity_user (lower(btrim(name)));
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0009_secretary")]
    operations = [migrations.RunSQL(SAME)]
