"""`varde login-provider`: where an office's people may log in, and the key that the provider must be given."""

import json
from dataclasses import dataclass
from typing import Any

from varde.cli_errors import Complaint, Parser
from varde.identity.models import Provider
from varde.identity.oidc import actions, discovery
from varde.identity.oidc.refusals import Refused
from varde.identity.oidc.web import safe
from varde.tenancy.directory import office_for_host
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@dataclass(frozen=True, slots=True)
class Habit:
    """What a kind of provider is like when nothing else is said."""

    label: str
    acr_claim: str = "acr"
    acr_values: tuple[str, ...] = ()
    match_claim: str = ""


HABITS: dict[str, Habit] = {
    "entra": Habit("Entra ID", acr_claim="acrs", match_claim="tid"),
    "ansattporten": Habit(
        "Ansattporten", acr_values=("high",), match_claim="authorization_details.authorized_parties.orgno.ID"
    ),
    "idporten": Habit("ID-porten", acr_values=("idporten-loa-high",)),
    "generic": Habit("innloggingstjenesten"),
}


def main(argv: list[str]) -> int:
    """Make or change a provider of an office and print what it must be given; Complaint for what cannot be used."""
    chosen = _parser().parse_args(argv)
    ref = office_for_host(chosen.office)
    if ref is None:
        raise Complaint(f"Kontoret «{chosen.office}» finnes ikke.")
    _check(chosen)
    with work(ref, "setup") as by:
        provider = _filled(chosen)
        key = actions.set_up(provider=provider, by=by)
    print(f"{provider.label} i {ref.name}: {'på' if provider.active else 'av'}")
    if not provider.acr_values:
        print("Ingen --acr: egen totrinnsbekreftelse kreves i tillegg.")
    _say_what_to_give(provider, ref, key.public_jwk(), key.certificate)
    return 0


def _parser() -> Parser:
    parser = Parser(prog="varde login-provider", description="Innlogging med OpenID Connect for ett kontor")
    parser.add_argument("--office", required=True, help="kontorets adresse, for eksempel gjovik")
    parser.add_argument("--issuer", required=True, help="leverandørens issuer, nøyaktig som i metadata")
    parser.add_argument("--client-id", required=True)
    parser.add_argument("--kind", choices=sorted(HABITS), default="generic")
    parser.add_argument("--label", help="navnet på knappen")
    parser.add_argument("--acr", action="append", help="godt nok sikkerhetsnivå; kan gis flere ganger")
    parser.add_argument("--acr-claim", help="hvor nivået står, ellers acr")
    parser.add_argument("--match-claim", help="hvor det står hvilken virksomhet personen tilhører")
    parser.add_argument("--match", default="", help="virksomheten: tenant-id, 0192:organisasjonsnummer eller domene")
    parser.add_argument("--resource", default="", help="Altinn-ressursen som Ansattporten spør om")
    parser.add_argument("--off", action="store_true", help="slå av")
    return parser


def _check(chosen: Any) -> None:
    if not safe(chosen.issuer):
        raise Complaint("Issuer må begynne med https://.")
    if chosen.kind != "idporten" and not chosen.match:
        raise Complaint("Si hvilken virksomhet som hører til kontoret: --match (og --match-claim for generic).")
    if chosen.match and not (chosen.match_claim or HABITS[chosen.kind].match_claim):
        raise Complaint("Si hvor virksomheten står: --match-claim.")
    if chosen.off:
        return
    try:
        discovery.metadata(chosen.issuer)
    except Refused as refused:
        raise Complaint(f"Leverandøren kan ikke brukes: {refused}.") from refused


def _filled(chosen: Any) -> Provider:
    habit = HABITS[chosen.kind]
    found = Provider.objects.filter(issuer=chosen.issuer, client_id=chosen.client_id).first()
    provider = found or Provider(issuer=chosen.issuer, client_id=chosen.client_id)
    provider.kind = chosen.kind
    provider.label = (chosen.label or habit.label)[:60]
    provider.acr_claim = chosen.acr_claim or habit.acr_claim
    provider.acr_values = list(chosen.acr if chosen.acr is not None else habit.acr_values)
    provider.match_claim = (chosen.match_claim or habit.match_claim) if chosen.match else ""
    provider.match_value = chosen.match
    provider.resource = chosen.resource
    provider.active = not chosen.off
    return provider


def _say_what_to_give(provider: Provider, ref: OfficeRef, jwk: dict[str, Any], certificate: str) -> None:
    from varde.identity.oidc.flow import back_to
    from varde.notify.mail import address

    print("Gi leverandøren dette:")
    print(f"  svaradresse:       {back_to(provider, ref)}")
    print(f"  etter utlogging:   {address(ref, '/inn')}")
    print(f"  utlogging derfra:  {address(ref, f'/inn/leverandor/{provider.id}/utlogging')}")
    print("  klientautentisering: private_key_jwt, RS256")
    print(f"  offentlig nøkkel:  {json.dumps({'keys': [jwk]})}")
    if provider.kind == Provider.Kind.ENTRA:
        print(certificate.strip())
