"""The console's keys, as the page about the keyboard lists them; the buttons carry them in `data-keys`."""

from varde.ui.hotkeys import Shortcut

_AT = "Vakttelefonen: "
KEYS = tuple(
    Shortcut(tuple(keys.split()), _AT + label)
    for keys, label in (
        ("Esc", "ut av et felt, så tastene under virker. Alt sammen med tasten eller bokstaven virker også i et felt"),
        ("r", "ta den som har ringt lengst"),
        ("n", "ny samtale"),
        ("l", "lagre"),
        ("s", "send til kommunen"),
        ("t", "alle som skal ringes tilbake"),
        ("1", "første åpne samtale; 2 den neste, og så videre til 9"),
        ("o", "overta samtalen som er tilbudt deg"),
        ("m", "vis resten av feltene"),
        ("g", "gi samtalen videre"),
        ("b", "ring tilbake senere"),
        ("a 1", "avslutt: feil nummer (Alt og F)"),
        ("a 2", "avslutt: råd gitt (Alt og D)"),
        ("a 3", "avslutt: søppel eller misbruk (Alt og P)"),
        ("a 4", "gjelder en tidligere melding (Alt og E)"),
        ("a 5", "avslutt: ingen svarte, eller la på (Alt og I)"),
    )
)
