"""The demo's kommuner on their way: Gjøvik has walked it all, Løten has begun. Every kommune tells its region."""

from datetime import date, timedelta

from shared.codes.starting import by_code, steps
from shared.post.actions import open_mail
from shared.registry.facts_actions import own_facts
from shared.registry.queries import region_of
from tenants.inbox.returned_actions import open_trial
from tenants.inbox.returned_models import Trial
from tenants.starting import actions, health
from tenants.starting.files import Taken
from tenants.starting.models import Said
from varde.access import Reader, Role
from varde.clock import now
from varde.demo_cast import NobodyHere, acting, then
from varde.documents.paper import Heading, Paper, Text, pdf
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

_DONE = {
    "decision": "Kommunestyret, sak 71/25",
    "visible": "Står i kommunedelplanen for helse og omsorg, på intranettet og på kommunens nettsider.",
    "sharing": "Kort og presentasjoner ligger i regionens felles mappe.",
    "network": "Koordinatoren deltar, lederen er stedfortreder.",
    "reporting": "Koordinatoren sender, stedfortrederen tar over ved fravær.",
    "bufdir": "Brevet er sendt i eFormidling av administratoren.",
}
_BEGUN = {"decision": "Formannskapet, sak 12/26"}
_TOLD = {"gjovik": (_DONE, 330), "loten": (_BEGUN, 9)}
_PAGE = {
    "theme": "skog", "ordinary_name": "Servicetorget", "ordinary_phone": "61 18 95 00", "ordinary_url": "",
    "accessibility_url": "https://uustatus.no/nb/erklaringer",
}  # fmt: skip


def seed(kommune: OfficeRef) -> bool:
    """Lay it, and tell the region; False when that is done."""
    told = False
    try:
        with acting(kommune, Role.ADMINISTRATOR) as by:
            if kommune.slug in _TOLD and not Said.objects.exists():
                _walk(by, *_TOLD[kommune.slug])
                told = True
        if told and kommune.slug == "gjovik":
            _try_the_way(kommune)
    except NobodyHere:
        return False
    with work(kommune, "starting") as task:
        return health.tell(by=task) or told


def _walk(by: Reader, words: dict[str, str], days: int) -> None:
    with then(days=days):
        for step in steps():
            if step.code in words:
                day = date(2025, 11, 27) if step.code == "decision" and days > 100 else None
                actions.say(step=step, state="done", text=words[step.code], day=day, by=by)
        actions.add_document(step=by_code()["decision"], taken=_decision(by, words["decision"]), by=by)
    if len(words) > 1:
        facts = own_facts(by)
        page = {name: getattr(facts, name) or value for name, value in _PAGE.items()}
        actions.set_looks(facts=page, text="Siden er sett over.", by=by)


def _decision(by: Reader, words: str) -> Taken:
    body = f"{by.office.name} kommune starter med TryggEst og blir med i samarbeidet i regionen."
    paper = Paper(
        "Vedtak om TryggEst", by.office.name, now(), (Heading(words), Text(body)), mark="",
        lead="Oppdiktet vedtak for demoen.",
    )  # fmt: skip
    return Taken("vedtak.pdf", "pdf", pdf(paper))


def _try_the_way(kommune: OfficeRef) -> None:
    """A test through the post, as a person would: asked for, answered by the region, opened by the coordinator."""
    with acting(kommune, Role.ADMINISTRATOR) as by:
        region = region_of(kommune)
        actions.ask_for_test(by=by)
    if region is None:
        return
    open_mail(region)
    open_mail(kommune)
    with acting(kommune, Role.COORDINATOR) as by:
        row = Trial.objects.filter(opened_at__isnull=True, at__gte=now() - timedelta(hours=1)).first()
        if row is not None:
            open_trial(trial_id=row.id, by=by)
