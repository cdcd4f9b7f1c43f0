from django.db import migrations

# A key that was born elsewhere is laid by the owner of the tables, when two offices become one. A login that could lay
# one would make others' sealed content look like its own.
BORN = "ALTER POLICY add ON privacy_datakey WITH CHECK (destroyed_at IS NULL AND born IS NULL);"


class Migration(migrations.Migration):
    dependencies = [("privacy", "0004_datakey_born")]
    operations = [migrations.RunSQL(BORN)]
