from django.db import migrations

# The two kommuner that an order names may read it, and say yes or no to it in their own name. Drift alone asks for it.
ABOUT = """
CREATE FUNCTION public.registry_order_names(kind text, facts jsonb) RETURNS boolean STABLE
BEGIN ATOMIC
  SELECT kind = 'merge' AND public.registry_order_me()::text IN (facts ->> 'one', facts ->> 'two');
END;
"""
# As in 0005 else.
RIGHTS = """
DROP POLICY read_own ON registry_order;
CREATE POLICY read_own ON registry_order FOR SELECT
  USING (asker = (SELECT public.registry_order_me()) OR (SELECT public.registry_order_is('drift'))
         OR public.registry_order_names(kind, facts));
DROP POLICY write_own ON registry_order;
CREATE POLICY write_own ON registry_order FOR INSERT WITH CHECK (
  asker = (SELECT public.registry_order_me())
  AND CASE kind
        WHEN 'create_kommune' THEN (SELECT public.registry_order_is('region')) AND public.registry_order_unborn(office)
        WHEN 'create_region' THEN (SELECT public.registry_order_is('drift')) AND public.registry_order_unborn(office)
        WHEN 'merge' THEN (SELECT public.registry_order_is('drift')) AND public.registry_order_unborn(office)
        WHEN 'new_link' THEN (SELECT public.registry_order_is('region')) AND NOT public.registry_order_unborn(office)
        WHEN 'close_office' THEN (SELECT public.registry_order_is('kommune')) AND office = asker
        ELSE false END);
DROP POLICY write_own ON registry_order_step;
CREATE POLICY write_own ON registry_order_step FOR INSERT WITH CHECK (
  office = (SELECT public.registry_order_me()) AND code = ''
  AND (facts = '{}' OR (state = 'opened' AND facts - 'code' = '{}'))
  AND CASE WHEN state IN ('approved', 'refused') THEN (SELECT public.registry_order_is('drift'))
           WHEN state IN ('opened', 'agreed', 'withdrawn') THEN EXISTS (
             SELECT 1 FROM public.registry_order o
              WHERE o.id = registry_order_step."order" AND o.asker = registry_order_step.office)
           WHEN state IN ('yes', 'declined') THEN EXISTS (
             SELECT 1 FROM public.registry_order o
              WHERE o.id = registry_order_step."order" AND public.registry_order_names(o.kind, o.facts))
           ELSE false END);
ALTER TABLE registry_mergereport ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON registry_mergereport FOR SELECT
  USING (office = (SELECT public.registry_order_me()) OR (SELECT public.registry_order_is('drift')));
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_merge")]
    operations = [migrations.RunSQL(ABOUT), migrations.RunSQL(RIGHTS)]
