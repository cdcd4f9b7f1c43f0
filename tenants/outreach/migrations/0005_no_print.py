from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("outreach", "0004_card_text")]
    operations = [migrations.RemoveField("yearapproval", "sha256")]
