from django.apps import AppConfig


class PersonsConfig(AppConfig):
    name = "tenants.persons"
    label = "persons"

    def ready(self) -> None:
        from shared.merging import joining
        from tenants.inbox import due, facts, mistakes_queries, reporter_queries, safe, search
        from tenants.inbox import panels as inbox
        from tenants.persons import mistakes, panels, reporters, safe_pieces, terms_anew, today
        from tenants.persons.models import PersonTerm

        joining.makes_anew(terms_anew.lay_all)
        mistakes_queries.also(mistakes.VOICE)
        mistakes_queries.also(mistakes.CARD)
        due.on_today(today.warnings)
        search.also_in(PersonTerm.objects.all)
        facts.hide(panels.hidden_facts)
        facts.hide_texts(panels.hidden_texts)
        reporter_queries.also_told(reporters.written)
        safe.told_by(safe_pieces.of_matter)
        inbox.on_concern(0, panels.top_of)
        inbox.warns(panels.brief, panels.top_of)
        inbox.on_concern(10, panels.persons_panel)
        inbox.on_concern(12, panels.voice_panel)
