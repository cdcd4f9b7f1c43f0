from django.apps import AppConfig

# (order, label, address, for those who answer it or those who run it, what for)
_MENU = (
    (11, "Vakter", "/vakttelefon/vakter", "HOTLINE", "Hvem som svarer, fraværet ditt, bytter og kalenderen."),
    (12, "Overlevering", "/vakttelefon/overlevering", "HOTLINE", "Det neste vakt må vite, uten noe om dem som ringer."),
    (13, "Opplæringen din", "/vakttelefon/meg", "HOTLINE", "Kursene dine og taushetserklæringen."),
    (16, "Vaktliste", "/vakttelefon/drift/vakter", "HOTLINE_MANAGE", "Åpningstid, vakter, fravær og bytter."),
    (17, "Operatører", "/vakttelefon/drift/operatorer", "HOTLINE_MANAGE", "Opplæring, kurs og taushetserklæringer."),
)


class PhoneConfig(AppConfig):
    name = "regional.phone"
    label = "phone"

    def ready(self) -> None:
        from regional.phone import host, panels, tasks
        from varde.access import Permission
        from varde.identity import start
        from varde.retention import registry
        from varde.ui.navigation import entry

        start.on_start(panels.on_start)
        start.before_all(panels.first_of_all)
        host.box(10, panels.on_host)
        registry.register("region", look=tasks.look, run=tasks.run)
        for order, label, url, needed, text in _MENU:
            entry("region", order, label, url, Permission[needed], text=text)
