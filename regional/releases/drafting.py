"""A draft of a release: everything is read in one transaction, worked out outside of any, and stored in another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regional.releases.areas import change
from regional.releases.asked import Model
from regional.releases.engines import Engines
from regional.releases.ledger import Ledger
from regional.releases.levels import Basis, basis
from regional.releases.making import Made, Wanted, earlier, levels_json, make, tables_of
from regional.releases.offered import Offered
from regional.releases.problem import Json, World
from regional.releases.shown import HIDDEN, LATE, Page, table
from regional.releases.statements import by_id, canonical, digest
from shared.codes.forms import form
from shared.codes.periods import label, parse
from shared.codes.release_plans import CURRENT_PLAN, release_plan
from varde.refusal import Refused

UNSAFE = (
    "Det som alt er gitt ut, kan nå røpe små tall ({what}). "
    "Ingen nye tall gis ut før to personer har tatt det til etterretning."
)
NOT_PASSED = "Kontrollen godtok ikke utkastet, så det er ikke laget. Ingen tall er gitt ut."
FEW = "{table} bygger på for få kommuner. Det må være minst {least}."
NOTHING = "Halvåret har ingen tabeller som ikke er gitt ut."


@dataclass(frozen=True, slots=True)
class Job:
    """What a draft is made from. It holds true counts: it lives in the worker's memory and nowhere else."""

    told: Ledger
    head: int
    world: World
    period: str
    wanted: Wanted
    of: Model


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft gives: its ledger row (but for who), the copy to be frozen, and the tables that prove it."""

    entry: Json
    copy: Json
    proof: bytes
    head: int


def job_of(told: Ledger, head: int, world: World, period: str, chosen: Sequence[str]) -> Job:
    """The job of giving out these tables of a closed period. Raises Refused where there is none."""
    closed = next((each for each in told.closed if each.period == period), None)
    waiting = {one.id for one in told.not_released()}
    offered = [one for one in told.offered(period) if closed and one.id in chosen and one.id in waiting]
    if closed is None or not offered:
        raise Refused(NOTHING)
    for one in offered:
        _enough(world, one, told.rule.min_contributors)
    plan = release_plan(CURRENT_PLAN)
    printed = told.printed_cases()
    found: dict[str, Basis] = {one.id: basis(one, printed, closed.population, plan) for one in offered}
    parts = next(each.parts for each in world.closed if each.id == period)
    return Job(
        told, head, world, period, Wanted(tables_of(offered), found), world.model(max(one.form for one in parts))
    )


def _enough(world: World, table: Offered, least: int) -> None:
    """Raises Refused for a table that rests on too few, as the rule is and kommuner are today."""
    parts = [part for each in world.closed if each.id in table.periods for part in each.parts]
    if len({world.holder.get(part.kommune, part.kommune) for part in parts}) < least:
        raise Refused(FEW.format(table=table.label, least=least))


def solve(job: Job, engines: Engines, tell: Callable[[str], None] = lambda said: None) -> Draft:
    """Audit what has been said, make the new, audit it too. Raises Refused; nothing comes out that is not passed."""
    plan, rule, history = release_plan(CURRENT_PLAN), job.told.rule, job.told.history
    tell("Kontrollerer det som alt er gitt ut")
    unsafe(job.world, job.told, engines)
    tell("Finner ut hva som kan vises")
    made = make(job.world, history, job.wanted, plan=plan, of=job.of, rule=rule, protect=engines.protect)
    tell("Kontrollerer utkastet")
    verdict = engines.audit(made.problem, made.release)
    if verdict.get("safe") is not True or verdict.get("errors"):
        raise Refused(NOT_PASSED)
    proof = packed(made.problem, made.release)
    entry = _entry(job, made, engines.versions, verdict)
    copy = copy_of(job, made)
    return Draft(entry | {"copy": digest(canonical(copy))}, copy, proof, job.head)


def unsafe(world: World, told: Ledger, engines: Engines) -> None:
    """Raises Refused where what has been given out tells small numbers, as far as is known today."""
    problem = earlier(world, told.history, told.rule)
    if not problem["cells"]:
        return
    verdict = engines.audit(problem, {"method": "suppress", "show": [], "hide": []})
    if verdict.get("safe") is not True:
        raise Refused(UNSAFE.format(what=named(verdict)))


def named(verdict: Json) -> str:
    """The periods that findings are about, for people."""
    ends = [each["cell"].split("|")[0] for each in verdict.get("findings", ())]
    return ", ".join(dict.fromkeys(label(parse(one)) for one in ends)) or "uvisst hva"


def packed(problem: Json, release: Json) -> bytes:
    """The tables that prove a release, each as what differs from the true counts: whole they would be hundreds of
    megabytes, and the problem is made anew from what is frozen whenever somebody checks it."""
    truth = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    ends = ("low", "high")
    return canonical([
        {name: said for name, said in one.items() if name not in ends}
        | {end: {atom: count for atom, count in one[end].items() if count != truth[atom]} for end in ends}
        for one in release["witnesses"]
    ])  # fmt: skip


def unpacked(problem: Json, proof: Any) -> list[Json]:
    """The tables again, whole."""
    truth = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    return [one | {end: truth | one[end] for end in ("low", "high")} for one in proof]


def checked(verdict: Json) -> Json:
    """What may be told of a verdict: not how many targets there were, which is how many small numbers there are."""
    said = verdict.get("checked", {})
    return {"safe": verdict["safe"], "checked": {name: said[name] for name in ("cells", "attackers") if name in said}}


def _entry(job: Job, made: Made, versions: Json, verdict: Json) -> Json:
    """The row but for who, and for the proof's mark. No plain digest of what rests on true counts stands here: whoever
    can guess at a small table could try each guess against it."""
    return {
        "period": job.period,
        "tables": list(job.wanted.tables),
        "plan": CURRENT_PLAN,
        "form": job.of.version,
        "rule": made.problem["rule"],
        "levels": levels_json(made, job.wanted.basis),
        "statements": [each.as_json() for each in made.statements],
        "engine": versions,
        "release": {name: made.release.get(name) for name in ("method", "optimal", "cost")},
        "audit": checked(verdict),
    }


def copy_of(job: Job, made: Made) -> Json:
    """What is frozen: all that pages, files and machines will ever show of this release."""
    values = by_id([*job.told.history.statements, *made.statements])
    plan, asked = release_plan(CURRENT_PLAN), form(job.of.version)
    pages = [Page(one, made.levels[name], plan, job.of, asked, values) for name, one in job.wanted.tables.items()]
    return {
        "period": job.period,
        "label": label(parse(job.period)),
        "form": job.of.version,
        "tables": [table(page) for page in pages],
        "kommuner": _kommuner(job, job.wanted.tables),
        "changes": _changes(job),
        "notes": [LATE],
        "protection": made.problem["rule"] | {"method": "suppress", "hidden_as": HIDDEN, "protected": True},
    }


def _kommuner(job: Job, tables: Mapping[str, Offered]) -> Json:
    """Whose figures each period has, by name."""
    periods = {period for one in tables.values() for period in one.periods}
    found = {}
    for closed in job.told.closed:
        if closed.period in periods:
            sent = {kommune for kommune, _ in closed.marks}
            found[closed.period] = [each.name for each in closed.members if each.id in sent]
    return found


def _changes(job: Job) -> list[str]:
    """What is new in the region since the period before."""
    at = next(at for at, each in enumerate(job.told.closed) if each.period == job.period)
    if not at:
        return []
    before, now = job.told.closed[at - 1].members, job.told.closed[at].members
    known = {each.id for each in (*before, *now)}
    became = {one: job.world.holder[one] for one in known if job.world.holder.get(one, one) != one}
    return change(before, now, became).sentences
