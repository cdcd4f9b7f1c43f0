from django.db import migrations

# Of what came from another kommune also protected addresses could be searched for. The tokens go; `inbox.places` lays
# those that may be there anew, the night after.
AGAIN = "DELETE FROM inbox_placeterm t USING closing_arrival a WHERE a.concern_id = t.concern_id"


class Migration(migrations.Migration):
    dependencies = [("closing", "0009_files"), ("inbox", "0011_places")]

    operations = [migrations.RunSQL(AGAIN, "")]
