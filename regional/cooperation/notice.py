"""What an AgreementNotice says: the terms in words, for one kommune."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from regional.cooperation.rhythm import REPORTING
from regional.cooperation.terms import PHONES, Lend, Terms
from shared.codes.cooperation import forms
from shared.contracts import AgreementLend, AgreementNotice, AgreementTask
from shared.contracts.region import AgreementAsks
from varde.access.roles import ROLES, Role
from varde.ui.dates import short_date


def notice(
    *,
    agreement: UUID,
    region: UUID,
    terms: Terms,
    version: int,
    kommune: UUID,
    asks: AgreementAsks,
    starts_at: datetime,
    sent_at: datetime,
    answer_by: date | None = None,
    message: str = "",
) -> AgreementNotice:
    """The letter to a kommune. A kommune that is no party (it has gone out) has no share and no phone."""
    party = terms.party(kommune)
    return AgreementNotice(
        agreement=agreement,
        asks=asks,
        version=version,
        starts_at=starts_at,
        answer_by=answer_by,
        title=terms.title,
        legal_form=forms()[terms.form].label,
        model="1" if terms.model == "1" else "3" if terms.model == "3" else "2",
        host=terms.host.name if terms.host else "",
        parties=tuple(each.name for each in terms.parties),
        tasks=_tasks(terms),
        share=terms.share(party) if party else "",
        phone=PHONES[party.phone] if party else "",
        lends=tuple(lends(terms)),
        lending=_lending(terms, region),
        organisations=tuple(each.organisation for each in terms.parties),
        message=message,
        lasts=_lasts(terms),
        meetings=meetings(terms),
        text=terms.text,
        sent_at=sent_at,
    )


def _lasts(terms: Terms) -> str:
    until = f"til og med {short_date(terms.ends_on)}" if terms.ends_on else "til den sies opp"
    return f"Fra {short_date(terms.starts_on)} {until}" if terms.starts_on else until.capitalize()


def meetings(terms: Terms) -> str:
    """How often the leaders meet, and when it is reported."""
    deadlines = ", ".join(f"{day:02}.{month:02}." for month, day in terms.settings.deadlines)
    reports = f"{REPORTING[terms.settings.reporting]}. Frister: {deadlines}"
    return f"Lederteamet møtes {terms.settings.meetings_per_year} ganger i året. Rapport: {reports}"


def _tasks(terms: Terms) -> tuple[AgreementTask, ...]:
    def names(keys: Sequence[UUID]) -> tuple[str, ...]:
        return tuple(terms.name(key) for key in keys)

    return tuple(
        AgreementTask(
            title=task.title,
            responsible=names(task.of("R")),
            consulted=names(task.of("C")),
            informed=names(task.of("I")),
        )
        for task in terms.tasks
    )


def lends(terms: Terms) -> list[str]:
    """Who lends people to whom, as what and for how long, a sentence or two each."""
    return [_lend(terms, one) for one in terms.lends]


def _lend(terms: Terms, lend: Lend) -> str:
    roles = ", ".join(ROLES[Role(role)].label for role in lend.roles)
    days = [
        f"fra {short_date(lend.starts_on)}" if lend.starts_on else "",
        f"til og med {short_date(lend.ends_on)}" if lend.ends_on else "",
    ]
    when = " ".join(["", *(day for day in days if day)])
    lender = terms.name(lend.lender)
    if lend.borrower is None:
        return f"{lender} låner ut folk til regionens kontor{when}: {roles}."
    borrower = terms.name(lend.borrower)
    return f"{lender} låner ut folk til teamet i {borrower}{when}: {roles}. Sakene blir liggende i {borrower}."


def _lending(terms: Terms, region: UUID) -> tuple[AgreementLend, ...]:
    return tuple(
        AgreementLend(
            lender=lend.lender, borrower=lend.borrower or region, role=role, starts_on=lend.starts_on,
            ends_on=lend.ends_on,
        )
        for lend in terms.lends
        for role in lend.roles
    )  # fmt: skip
