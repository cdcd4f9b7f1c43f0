"""The console's keys, as the page about the keyboard lists them; the buttons carry them in `data-keys`."""

from varde.ui.hotkeys import Shortcut

_AT = "Vakttelefonen: "
KEYS = tuple(
    Shortcut(tuple(keys.split()), _AT + label)
    for keys, label in (
        ("r", "ta den som har ringt lengst (i et felt: Alt og R)"),
        ("n", "ny samtale (Alt og N)"),
        ("l", "lagre (Alt og L)"),
        ("s", "send til kommunen (Alt og S)"),
        ("t", "alle som skal ringes tilbake (Alt og T)"),
        ("1", "første åpne samtale; 2 den neste, og så videre til 9"),
        ("o", "overta samtalen som er tilbudt deg"),
        ("m", "vis resten av feltene"),
        ("g", "gi samtalen videre"),
        ("b", "ring tilbake senere"),
        ("a 1", "avslutt: feil nummer"),
        ("a 2", "avslutt: råd gitt"),
        ("a 3", "avslutt: søppel eller misbruk"),
        ("a 4", "gjelder en tidligere melding"),
    )
)
