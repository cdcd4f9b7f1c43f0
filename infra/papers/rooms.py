"""What the code cannot say of a room: on what ground it holds people's data, how long, and who opens it.

Grounds are proposals for the kommune to weigh. Sources: the acts named, as listed in shared/codes/data/legal.json and
in infra/docs/personvern.md; nothing here is legal advice.
"""

from dataclasses import dataclass

from varde.access.permissions import Permission

_DUTY = "helse- og omsorgstjenesteloven § 3-3 a"
_TASK = f"Personvernforordningen artikkel 6 nr. 1 e, med {_DUTY} som grunnlag i nasjonal rett"
_SPECIAL = (
    "Særlige kategorier: artikkel 9 nr. 2 – bokstav g eller h, **kommunen avgjør hvilken**. "
    "Straffbare forhold: artikkel 10"
)
_CASE_TIME = "**Kommunen bestemmer** i bevarings- og kassasjonsplanen (arkivlova). Varde sletter ikke av seg selv"
_STAFF = "Artikkel 6 nr. 1 e (tilgangsstyring er en del av oppgaven) og artikkel 32"


@dataclass(frozen=True, slots=True)
class Room:
    """`readers`: the permissions that open the room's pages. `purposes`: named tasks that read its rows."""

    title: str
    about: str
    ground: str
    time: str
    readers: tuple[Permission, ...] = ()
    purposes: tuple[str, ...] = ()
    note: str = ""


ROOMS = {
    "shared.registry": Room(
        "Registeret",
        "ingen",
        "Ikke personopplysninger",
        "Kontorene: så lenge de finnes. Det de har sagt om å samarbeide: så lenge plattformen finnes",
        note="Alle ser navn, telefon og adresse på de åpne sidene.",
    ),
    "shared.orders": Room(
        "Bestillinger",
        "den første administratoren i et nytt kontor, til kontoret er opprettet; ellers ingen",
        _STAFF,
        "Navn og e-post: til bestillingen er over, da slettes nøkkelen. Attester og bestillinger: så lenge plattformen "
        "finnes",
        (Permission.ORDERS,),
        note="Bestillinger ser kontoret som bestilte, de to som en sammenslåing nevner, og driften.",
    ),
    "shared.merging": Room(
        "Sammenslåing",
        "ingen",
        "Ikke personopplysninger",
        "Rapportene: så lenge plattformen finnes",
        (Permission.ORDERS,),
    ),
    "shared.post": Room(
        "Posten",
        "alle som et brev handler om; innholdet er forseglet til mottakeren",
        "Samme som for rommet brevet kommer fra",
        "Brev og kvitteringer blir liggende. **Kommunene bestemmer** sammen hvor lenge; brevet må være åpnet av et "
        "menneske og eldre enn lengste sikkerhetskopi før det kan bort",
        (Permission.POST_STATUS,),
        ("post", "ledger"),
        "Utenpå står type, avsender, mottaker, tid og størrelse. De som ser brev underveis, ser bare det.",
    ),
    "django.contrib.contenttypes": Room(
        "Rammeverk: tabellnavn", "ingen", "Ikke personopplysninger", "Følger programmet"
    ),
    "django.contrib.auth": Room("Rammeverk: grupper", "ingen", "Ikke personopplysninger", "Følger programmet"),
    "django.contrib.sessions": Room(
        "Økter", "ansatte", _STAFF, "Høyst 8 timer i bruk. **Kommunen bestemmer** når utløpte rader ryddes"
    ),
    "varde.identity": Room(
        "Folk og roller",
        "ansatte",
        _STAFF,
        "Kontoen stenges når noen slutter. **Kommunen bestemmer** når den slettes; navnet står igjen i saker og logg",
        (Permission.PEOPLE_MANAGE,),
        ("setup",),
    ),
    "allauth.account": Room("Innlogging: e-post", "ansatte", _STAFF, "Følger kontoen"),
    "allauth.mfa": Room("Innlogging: andre faktor", "ansatte", _STAFF, "Til faktoren fjernes av eieren"),
    "allauth.socialaccount": Room("Innlogging: ekstern tjeneste", "ansatte", _STAFF, "Følger kontoen"),
    "varde.access": Room("Lesebilletten", "ingen", "Artikkel 32", "Byttes når skjemaet bringes opp til ny versjon"),
    "varde.privacy": Room(
        "Nøkler",
        "ingen; nøklene åpner tekst i andre rom",
        "Artikkel 32",
        "Så lenge teksten skal kunne leses. Ødelegges nøkkelen, kan teksten ikke leses i noen kopi",
    ),
    "varde.audit": Room(
        "Innsynsloggen",
        "ansatte som leser og endrer; saken det gjelder, med id",
        "Artikkel 32 og artikkel 5 nr. 2. Er saken en pasientjournal: pasientjournalloven § 22 og "
        "pasientjournalforskriften § 14 (**kommunen avgjør** om den er det)",
        "**Kommunen bestemmer.** Loggen kan ikke slettes fra et kontors innlogging",
        (Permission.AUDIT_READ,),
    ),
    "varde.machines": Room(
        "Systemer med nøkkel",
        "den ansatte som ga systemet tilgang",
        _STAFF,
        "Så lenge nøkkelen gjelder. **Vertskommunen bestemmer** når rader om gamle nøkler ryddes",
        (Permission.HOTLINE_MANAGE,),
        ("machine",),
        "Nøkkelen vises én gang og lagres ikke, bare et avtrykk av den.",
    ),
    "tenants.team": Room(
        "Teamet",
        "ansatte",
        _STAFF,
        "Så lenge personen er i teamet",
        (Permission.TEAM_READ, Permission.SETTINGS),
        ("starting",),
    ),
    "tenants.inbox": Room(
        "Innboks",
        "den utsatte, den som mistenkes, melder, andre som nevnes; ansatte som åpner og svarer",
        f"{_TASK}. {_SPECIAL}. Sendes noe videre: samtykke, avverging (straffeloven § 196), helsepersonelloven § 31, "
        "barnevernsloven § 13-2 eller forvaltningsloven § 13 b",
        f"{_CASE_TIME}. Nøkler mot dobbelt innsending: 30 dager",
        (Permission.INBOX_READ, Permission.CONCERN_REGISTER),
        ("intake", "receipt", "post", "reminders", "keys", "returns"),
        "Kontaktpersoner kan registrere en bekymring, men leser ingen. Melder ser tilstand og meldinger, aldri "
        "det som er fortalt. En samtale som pågår, ser bare den som svarte. Hvem som meldte, vises bare når det er "
        "sagt hvorfor.",
    ),
    "tenants.persons": Room(
        "Personer",
        "den utsatte, den det er mistanke mot, melder, barn, pårørende, verge og andre i saken; ansatte som skriver",
        f"{_TASK}. {_SPECIAL}. Advarsler til den som skal på besøk: arbeidsmiljøloven kapittel 4",
        _CASE_TIME,
        (Permission.INBOX_READ,),
        ("keys", "returns"),
        note="Ses av dem som ser saken. Skjermet adresse vises bare mot en grunn som loggføres. En kobling mellom to "
        "saker ses bare av dem som ser begge. Den som teller til regionen, leser hvilke kort av utsatte som er samme "
        "person, ikke hva som står på dem.",
    ),
    "tenants.triage": Room(
        "Avklaring",
        "den utsatte og andre som nevnes i begrunnelsen; ansatte",
        f"{_TASK}. {_SPECIAL}",
        _CASE_TIME,
        (Permission.TRIAGE,),
        ("reminders", "returns"),
        "Den som teller til regionen, leser hastegrad, frist og tidspunkt for hver avklaring, ikke begrunnelsen.",
    ),
    "tenants.cases": Room(
        "Saker",
        "den utsatte, den som mistenkes, familie og andre som nevnes; ansatte på saken",
        f"{_TASK}. {_SPECIAL}. Taushetsplikt: forvaltningsloven § 13 flg., for helsepersonell "
        "helsepersonelloven § 21 flg.",
        _CASE_TIME,
        (Permission.CASES,),
        ("returns", "reminders"),
        "Rollen åpner rommet. Hver sak ses bare av koordinator og de som er satt på den.",
    ),
    "tenants.risk": Room(
        "Risikovurdering",
        "den utsatte, den som mistenkes og andre som nevnes; ansatte som skriver og signerer",
        f"{_TASK}. {_SPECIAL}",
        _CASE_TIME,
        (Permission.CASES, Permission.SETTINGS),
        ("reminders",),
        "Innstillinger åpner bare malene. Vurderingene ses av dem som ser saken.",
    ),
    "tenants.measures": Room(
        "Tiltak",
        "den utsatte; ansatte som eier tiltak, kontaktpersoner og samarbeidsparter som er spurt",
        f"{_TASK}; hvert tiltak og hver deling har egen hjemmel. {_SPECIAL}",
        _CASE_TIME,
        (Permission.CASES, Permission.REQUESTS_ANSWER),
        ("reminders", "sharing", "returns"),
        "En kontaktperson ser bare forespørselen de selv har fått, og svaret sitt i 30 dager. En engangslenke viser "
        "bare det som er skrevet for mottakeren, én gang. Den som teller til regionen, leser når et tiltak ble "
        "planlagt, ikke hva det er.",
    ),
    "tenants.closing": Room(
        "Avslutning",
        "den utsatte, med egne ord; ansatte",
        f"{_TASK}. {_SPECIAL}",
        f"{_CASE_TIME}. En sak uten grunnlag eller misbruk skal lagres kortere; **kommunen bestemmer** fristen",
        (Permission.CASES,),
        ("reminders",),
    ),
    "tenants.joined": Room(
        "Slått sammen og store saker",
        "den utsatte og andre som nevnes i begrunnelsen; ansatte som slår sammen, er med eller varsles",
        f"{_TASK}. {_SPECIAL}",
        _CASE_TIME,
        (Permission.TRIAGE, Permission.GLASS_APPROVE),
        ("returns", "reminders"),
        "En sammenslåing ses bare av dem som ser begge sakene. En stor sak ses bare av dem som er med og ser alle "
        "sakene i den. En leder ser bare varselet til seg selv, uten saker og personer.",
    ),
    "tenants.meeting": Room(
        "Teammøtet",
        "den utsatte og andre som nevnes i referatet; ansatte og inviterte som deltar",
        f"{_TASK}. {_SPECIAL}. Inviterte utenfra: samtykke, avverging (straffeloven § 196) eller annet ført grunnlag",
        _CASE_TIME,
        (Permission.CASES,),
        (),
        "Et punkt om en sak ses bare av dem som ser saken. Godkjente referater endres ikke.",
    ),
    "tenants.insight": Room(
        "Innsyn",
        "den som ber om innsyn, også når de ikke står i noen sak, og alle som står i saken; ansatte som vurderer",
        f"{_TASK}. {_SPECIAL}. Plikten til å gi innsyn: artikkel 12 og 15, og artikkel 16, 18 og 21 for innvendinger",
        _CASE_TIME,
        (Permission.INBOX_READ,),
        ("reminders",),
        note="Ses av dem som ser saken; krav uten sak av koordinatorene, og av den som ser en sak der søket treffer. "
        "En koordinator avgjør hva som gis. Hvem som meldte, gis aldri.",
    ),
    "tenants.kept": Room(
        "Oppbevaring og sletting",
        "ingen navn fra saker; ansatte som arkiverer og bekrefter",
        f"{_TASK}. Lagringsbegrensning: artikkel 5 nr. 1 bokstav e. Arkivplikt: arkivlova",
        "Det som gjelder en sak, slettes med den. Gravsteiner: **Kommunen bestemmer**",
        (Permission.CASES,),
        ("retention",),
        "Ingenting slettes før kommunen har vedtatt tiden, arkivet har fått saken, og noen har bekreftet.",
    ),
    "tenants.continuity": Room(
        "Beredskap",
        "ansatte som får en pakke; pakken selv har det mottakeren ser av åpne saker, men ligger ikke i tabellene",
        "Artikkel 32 nr. 1 bokstav b og c: tilgjengelighet når systemet er nede",
        "Passordfraser ligger til de byttes og er så ute av bruk. En pakke i mappen utenfor slettes etter det antallet "
        "dager kommunen har valgt; kopier utenfor Varde styrer **kommunen** selv",
        (Permission.INBOX_READ, Permission.SETTINGS),
        ("continuity",),
        "Hver pakke er låst med mottakerens egen passordfrase og har bare det mottakeren ser.",
    ),
    "tenants.outreach": Room(
        "Informasjonsarbeid",
        "ansatte som har ansvar; ingen fra saker",
        _STAFF,
        "**Kommunen bestemmer**",
        (Permission.OUTREACH_SEE, Permission.OUTREACH),
    ),
    "tenants.raising": Room(
        "Systemsaker",
        "ansatte som skriver og godkjenner; ingen ellers, men et utkast kan ha noe om noen før det er lest gjennom",
        _STAFF,
        "Slettede utkast: samme dag. **Kommunen bestemmer** hvor mange år det som er ferdig, lagres",
        (Permission.MATTER_RAISE, Permission.SETTINGS),
        ("post", "ledger", "keys"),
        "Et utkast ser bare den som skriver. Teksten er forseglet og lest gjennom for personopplysninger før den går.",
    ),
    "tenants.returns": Room(
        "Tall til regionen",
        "ingen navn; små tall kan peke på noen i en liten kommune",
        f"{_TASK}. **Kommunen vurderer** om tallene er personopplysninger hos den som kjenner kommunen",
        "**Kommunen bestemmer**",
        (Permission.RETURNS_SEND, Permission.FIGURES_SEE),
        ("returns", "retention", "post"),
        "Koordinatoren ser tall av sakene hen har tilgang til. At en person har hatt en sak som er slettet, leser bare "
        "den som teller.",
    ),
    "tenants.reporting": Room(
        "Rapport til Bufdir",
        "ansatte som lager rapporten; små tall kan peke på noen i en liten kommune; tekst i en registrering kan handle "
        "om noen før den er skrevet om",
        f"{_TASK}. **Kommunen vurderer** om tallene er personopplysninger hos den som kjenner kommunen",
        "Teksten går med saken. Rapportene: **Kommunen bestemmer**",
        (Permission.RETURNS_SEND, Permission.SETTINGS),
        ("returns",),
        "Hva en rapport sier, ser bare den rapportansvarlige. Teksten er forseglet og lest gjennom for "
        "personopplysninger før den tas ut.",
    ),
    "tenants.starting": Room(
        "Oppstart og avtale",
        "ansatte som sier at noe er gjort; den som bestemte i kommunen. Ingen i en sak",
        f"{_STAFF} Vedtak og avtale: kommuneloven kapittel 20",
        "**Kommunen bestemmer**; det som er sagt, blir stående",
        (Permission.STARTING, Permission.AGREEMENT_SAY),
        ("post", "starting"),
        "Regionen får koder for steg og antall ansatte, aldri navn og aldri noe om saker.",
    ),
    "regional.phone": Room(
        "Vakter og operatører",
        "operatørene: vakter, fravær uten årsak, kurs, taushetserklæring og notater til neste vakt",
        _STAFF,
        "Notater til neste vakt: 14 dager, så ødelegges nøkkelen. Vakter, kurs og erklæringer: **vertskommunen "
        "bestemmer**. En kalenderadresse: til den avsluttes, eller operatøren ikke har rollen lenger",
        (Permission.HOTLINE, Permission.HOTLINE_MANAGE),
        ("reminders", "sharing", "keys"),
        "Vertskommunen ser ikke notatene. Den som har en kalenderadresse, ser når én person har vakt, ingenting mer.",
    ),
    "regional.lines": Room(
        "Linjer og oppsett",
        "ansatte som pekte om et nummer eller byttet hvem som svarer",
        _STAFF,
        "Det som har vært, blir stående, for at noen skal kunne si hvem som skulle svart. **Vertskommunen bestemmer**",
        (Permission.HOTLINE_MANAGE,),
        ("setup", "machine"),
        "Ingenting her handler om den som ringer. Telefonsystemet spør hvem som svarer på et nummer, og får vite det.",
    ),
    "regional.hotline": Room(
        "Vakttelefonen",
        "den utsatte, den som mistenkes, melder, til kommunen har lagret det; de som skal ringes tilbake; operatøren",
        f"{_TASK}, og avtalen mellom kommunene (kommuneloven kapittel 20: vertskommune). {_SPECIAL}",
        "Innholdet: til kommunen har lagret det, eller samtalen er avsluttet. En samtale som har stått åpen i 12 "
        "timer, kan de andre operatørene overta. Nummeret i et anrop ingen ringte opp: 30 dager. Tilbakeringinger: "
        "navn og nummer til det er gjort eller kommunen har overtatt, raden i 30 dager. **Vertskommunen bestemmer** "
        "frist for referanse, tid og kommune",
        (Permission.HOTLINE,),
        ("post", "machine", "redirect", "ledger", "retention", "reminders"),
        "En operatør ser bare innholdet i egne samtaler, og ikke etter at kommunen har lagret det.",
    ),
    "regional.delivery": Room(
        "Levering",
        "den utsatte, den som mistenkes og melder, i det som kom til feil kommune; operatøren",
        f"{_TASK}, og avtalen mellom kommunene (kommuneloven kapittel 20: vertskommune). {_SPECIAL}",
        "Innholdet i det som kom tilbake: til den nye kommunen har lagret det. **Vertskommunen bestemmer** for "
        "referanse, tid og kommune",
        (Permission.HOTLINE, Permission.HOTLINE_MANAGE),
        ("post", "redirect", "ledger"),
        "Ingen person i regionen kan åpne innholdet: bare formålet som sender det videre.",
    ),
    "regional.leaders": Room(
        "Lederteamet",
        "ledere, folkevalgte og andre som sitter i lederteamet: navn, stilling, e-post i arbeidet og tid",
        _STAFF,
        "**Regionen bestemmer**; hvem som har sittet, blir stående",
        (Permission.LEADERS_READ, Permission.LEADERS_MANAGE),
        ("setup", "reminders"),
        "Ingen sak står her. Filen med rulleringen har kommuner og plasser, uten navn på personer.",
    ),
    "regional.cooperation": Room(
        "Samarbeidet",
        "ansatte som endrer avtalen, bestemmer i et steg eller sender en mal; de som har skrevet under",
        _STAFF,
        "**Regionen bestemmer**; utgaver av avtalen blir stående",
        (Permission.COOPERATION_READ, Permission.COOPERATION_MANAGE, Permission.TEMPLATES_SHARE),
        ("post",),
        "Avtalen er et offentlig dokument. Malene sier hva det spørres om. Ingen svar og ingen sak står i dem.",
    ),
    "regional.matters": Room(
        "Systemsaker fra kommunene",
        "ansatte som svarer; ingen ellers: saken sendes tilbake og slettes når den kan vise hvem noen er",
        _STAFF,
        "Det som sendes tilbake: teksten straks, nøkkelen innen en time. **Regionen bestemmer** for resten",
        (Permission.LEADERS_READ, Permission.LEADERS_MANAGE),
        ("post", "ledger", "keys"),
        "En ny sak ser bare den som tar imot, til den er lest gjennom.",
    ),
    "regional.plan": Room(
        "Handlingsplanen",
        "ansatte som har ansvar for et tiltak, eller har ført noe",
        _STAFF,
        "**Regionen bestemmer**; en vedtatt plan blir stående",
        (Permission.LEADERS_READ, Permission.PLAN_EDIT),
        note="Skjemaene sier at planen ikke skal ha noe om enkeltpersoner, og et fødselsnummer avvises.",
    ),
    "regional.meetings": Room(
        "Lederteamets møter",
        "medlemmene i lederteamet og dem som møter for dem",
        _STAFF,
        "**Regionen bestemmer**; godkjente referater blir stående",
        (Permission.LEADERS_READ, Permission.LEADERS_MANAGE),
        ("reminders", "sharing"),
        "Skjemaene sier at referatet ikke skal ha noe om personer i en sak, og teksten blir sett over før godkjenning.",
    ),
    "regional.onboarding": Room(
        "Nye kommuner",
        "den ansatte som inviterte. Ellers koder og antall ansatte per kommune",
        _STAFF,
        "**Regionen bestemmer**",
        (Permission.ONBOARDING, Permission.COOPERATION_READ),
        ("post",),
        "Navn og e-post til den første administratoren står forseglet i bestillingen og slettes når kontoret er laget.",
    ),
    "regional.statistics": Room(
        "Statistikk",
        "ingen navn; kommunenes rå tall, små tall kan peke på noen",
        f"{_TASK}, og vilkårene for tilskudd fra Bufdir. **Kommunene vurderer** om rå tall er personopplysninger",
        "**Regionen bestemmer** for rå tall; beskyttede utgaver er offentlige når de er gitt ut",
        (Permission.STATISTICS_READ,),
        ("post",),
        "De som leser statistikk, ser beskyttede tall. Rå tall vises ikke på noen side.",
    ),
    "regional.bufdir": Room(
        "Rapporter",
        "ansatte som har laget, godkjent og sendt rapporter. Ellers utgitte tall, penger og ord om felles arbeid",
        f"{_TASK}, og vilkårene for tilskudd fra Bufdir",
        "Godkjente rapporter slettes ikke: det som er rapportert, skal kunne vises",
        (Permission.STATISTICS_READ, Permission.STATISTICS_RELEASE),
        (),
        "Tallene er de som er gitt ut, og ingen andre. Det som skrives, blir sett over for det som kan handle om noen.",
    ),
    "regional.releases": Room(
        "Utgivelser og hovedbok",
        "ansatte som har bedt om og godkjent utgivelser; kommunenes frosne tall, små tall kan peke på noen",
        f"{_TASK}, og vilkårene for tilskudd fra Bufdir. **Kommunene vurderer** om frosne tall er personopplysninger",
        "Hovedboken slettes aldri, og det den er laget av følger den: uten det kan ikke nye tall holdes trygge",
        (Permission.STATISTICS_READ, Permission.STATISTICS_RELEASE),
        ("returns", "verify"),
        "Det hver kommune har i et lukket halvår, og bevisene, leser bare oppgaven som lager utgivelser.",
    ),
}
