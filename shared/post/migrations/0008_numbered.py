import uuid

from django.db import migrations, models

# The order in which an office laid its returns for another is the database's: the sender's clock may be wrong, and letters
# are opened in any order. Only of the types of which the last one counts, for who sends two waits for the first to be
# over. The count outlives the letters, which are cleared away.
NUMBERED = """
CREATE FUNCTION public.post_numbered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  NEW.number := 0;
  IF NEW.kind = 'Return' THEN
    INSERT INTO public.post_head AS h (id, sender, recipient, number)
      VALUES (gen_random_uuid(), NEW.sender, NEW.recipient, 1)
      ON CONFLICT (sender, recipient) DO UPDATE SET number = h.number + 1 RETURNING h.number INTO NEW.number;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER numbered BEFORE INSERT ON post_letter FOR EACH ROW EXECUTE FUNCTION public.post_numbered();
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0007_groups")]

    operations = [
        migrations.AddField(
            model_name="sealedletter",
            name="number",
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name="LetterHead",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sender", models.UUIDField()),
                ("recipient", models.UUIDField()),
                ("number", models.BigIntegerField()),
            ],
            options={
                "db_table": "post_head",
                "constraints": [models.UniqueConstraint(fields=("sender", "recipient"), name="post_one_head")],
            },
        ),
        migrations.RunSQL(NUMBERED),
    ]
