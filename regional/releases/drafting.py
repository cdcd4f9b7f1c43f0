"""A draft of a release: everything is read in one transaction, worked out outside of any, and stored in another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from regional.releases.areas import area
from regional.releases.asked import Model
from regional.releases.engines import Engines
from regional.releases.ledger import Ledger, cell_json
from regional.releases.levels import Basis, basis
from regional.releases.losing import lost_cells
from regional.releases.making import History, Made, Wanted, all_earlier, levels_json, make, tables_of
from regional.releases.offered import Offered
from regional.releases.problem import Fact, Json, Rule, World
from regional.releases.shown import HIDDEN, Page, table
from regional.releases.statements import by_id
from regional.releases.stops import Unsettled
from shared.codes.forms import form
from shared.codes.periods import label, parse
from shared.codes.phone_calls import PHONE
from shared.codes.release_plans import CURRENT_PLAN, release_plan
from varde.refusal import Refused

UNSAFE = (
    "Det som alt er gitt ut, kan nå røpe små tall ({what}). "
    "Ingen nye tall gis ut før to personer har tatt det til etterretning."
)
NOT_PASSED = "Kontrollen godtok ikke utkastet, så det er ikke laget. Ingen tall er gitt ut."
NOTHING = "Halvåret har ingen tabeller som ikke er gitt ut, og som bygger på nok kommuner."
STAGES = 4
LONGEST = 900.0
"""Seconds after which no level is lowered any more: the safe release that is there is taken."""


type Tell = Callable[[int, str], None]
"""How far it has come: the stage, of STAGES, and a sentence. Raises Refused where somebody has stopped it."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a draft is made from. It holds true counts: it lives in the worker's memory and nowhere else.

    `history`: without what is claimed and not so.
    """

    told: Ledger
    head: int
    world: World
    history: History
    period: str
    wanted: Wanted
    of: Model


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft gives: its ledger row (but for who), what is kept of it (statements, levels, the copy to be frozen),
    and the tables that prove it."""

    entry: Json
    kept: Json
    proof: Json


def job_of(told: Ledger, head: int, world: World, facts: Sequence[Fact], period: str) -> Job:
    """The job of giving out all that a closed period offers and nobody has said. Raises Refused where there is none."""
    closed = next((each for each in told.closed if each.period == period), None)
    waiting = {one.id for one in told.not_released()}
    offered = [one for one in told.offered(period) if closed and one.id in waiting and _enough(world, one, told.rule)]
    if closed is None or not offered:
        raise Refused(NOTHING)
    plan = release_plan(CURRENT_PLAN)
    printed = told.printed_cases()
    found: dict[str, Basis] = {one.id: basis(one, printed, closed.population, plan) for one in offered}
    forms = [part.form for each in world.closed if each.id <= period for part in each.parts if part.form != PHONE]
    history = told.history.with_facts(facts)
    return Job(told, head, world, history, period, Wanted(tables_of(offered), found), world.model(max(forms)))


def _enough(world: World, table: Offered, rule: Rule) -> bool:
    """Does it rest on enough, as the rule is and kommuner are today?"""
    kommuner = {one for each in world.closed if each.id in table.periods for one in each.kommuner}
    return len({world.holder.get(one, one) for one in kommuner}) >= rule.min_contributors


def solve(job: Job, engines: Engines, tell: Tell = lambda stage, said: None) -> Draft:
    """Audit what has been said, make the new, audit it too. Raises Refused; nothing comes out that is not passed."""
    until = monotonic() + LONGEST

    def on(rounds: int) -> bool:
        tell(2, f"finner ut hva som kan vises, runde {rounds}")
        return monotonic() < until

    plan, rule = release_plan(CURRENT_PLAN), job.told.rule
    tell(1, "kontrollerer det som alt er gitt ut")
    unsafe(job.world, job.history, rule, engines)
    tell(2, "finner ut hva som kan vises, runde 1")
    made = make(
        job.world, job.history, job.wanted, plan=plan, of=job.of, rule=rule, protect=engines.protect, on=on,
        lose=lambda history, new: lost_cells(job.world, history, new, rule, engines.audit),
    )  # fmt: skip
    tell(3, "kontrollerer utkastet")
    verdicts = [engines.audit(problem, release) for problem, release in made.to_audit]
    if any(each.get("safe") is not True or each.get("errors") for each in verdicts):
        raise Refused(NOT_PASSED)
    tell(4, "legger utkastet fram")
    copy = copy_of(job, made)
    kept = {
        "statements": [each.as_json() for each in made.statements],
        "levels": levels_json(made, job.wanted.basis),
        "lost": [{"cell": cell_json(cell), "guarded": still} for cell, still in sorted(made.lost.items())],
        "copy": copy,
    }
    return Draft(_entry(job, made, engines.versions, verdicts[0]), kept, packed(made.problem, made.release))


def unsafe(world: World, history: History, rule: Rule, engines: Engines) -> None:
    """Raises Unsettled where what has been said tells small numbers, as far as is known today."""
    for problem in all_earlier(world, history, rule):
        if problem["cells"]:
            verdict = engines.audit(problem, {"method": "suppress", "show": [], "hide": []})
            if verdict.get("safe") is not True:
                raise Unsettled(UNSAFE.format(what=named(verdict)))


def named(verdict: Json) -> str:
    """The periods that findings are about, for people."""
    ends = [each["cell"].split("|")[0] for each in verdict.get("findings", ())]
    return ", ".join(dict.fromkeys(label(parse(one)) for one in ends)) or "uvisst hva"


def packed(problem: Json, release: Json) -> Json:
    """The tables that prove a release, each as what differs from the true counts, which stand beside them once: whole
    they would be hundreds of megabytes."""
    truth = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    ends = ("low", "high")
    witnesses = [
        {name: said for name, said in one.items() if name not in ends}
        | {end: {atom: count for atom, count in one[end].items() if count != truth[atom]} for end in ends}
        for one in release["witnesses"]
    ]
    return {"truth": truth, "witnesses": witnesses}


def unpacked(proof: Json) -> list[Json]:
    """The tables again, whole."""
    truth = proof["truth"]
    return [one | {end: truth | one[end] for end in ("low", "high")} for one in proof["witnesses"]]


def checked(verdict: Json) -> Json:
    """What may be told of a verdict: not how many targets there were, which is how many small numbers there are."""
    said = verdict.get("checked", {})
    return {"safe": verdict["safe"], "checked": {name: said[name] for name in ("cells", "attackers") if name in said}}


def _entry(job: Job, made: Made, versions: Json, verdict: Json) -> Json:
    """The row but for who, and for the marks. No figure stands here, nor a plain digest of what has not been given out:
    whoever can guess at a small table could try each guess against it."""
    return {
        "period": job.period,
        "tables": list(job.wanted.tables),
        "plan": CURRENT_PLAN,
        "form": job.of.version,
        "rule": made.problem["rule"],
        "engine": versions,
        "release": {name: made.release.get(name) for name in ("method", "optimal")},
        "audit": checked(verdict),
    }


def copy_of(job: Job, made: Made) -> Json:
    """What is frozen: all that pages, files and machines will ever show of this release."""
    values = by_id([*job.history.statements, *made.statements])
    plan, asked = release_plan(CURRENT_PLAN), form(job.of.version)
    became = {one: now for one, now in job.world.holder.items() if now != one}
    closed = job.told.closed
    pages = [
        Page(one, made.levels[name], plan, job.of, asked, values, area(one.periods, job.period, closed, became))
        for name, one in job.wanted.tables.items()
    ]
    return {
        "period": job.period,
        "label": label(parse(job.period)),
        "form": job.of.version,
        "tables": [table(page) for page in pages],
        "protection": made.problem["rule"] | {"method": "suppress", "hidden_as": HIDDEN, "protected": True},
    }
