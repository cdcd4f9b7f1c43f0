"""POST /api/v1/calls: a telephone system announces a call, that it was answered, and that it ended."""

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from regional.hotline import announcing_actions as actions
from regional.hotline.api_schema import calls_schema
from regional.hotline.line import rings_now
from regional.hotline.ringing import BadCall, read
from varde.clock import now
from varde.machines.api import MachineDoor, machine_door, machine_of, machine_reader
from varde.ui.problems import problem

FAULTY = "Rett feltene og send på nytt."
OTHERWISE = "Samme hendelse er meldt før for denne samtalen, med et annet innhold."
UNKNOWN = "Samtalen er ikke meldt som innkommende."


class Calls(MachineDoor):
    """What the machine hears back is the reference and the state; the number never."""

    scope = "calls"
    http_method_names = ["post"]

    @calls_schema
    def post(self, request: Request) -> Response | HttpResponse:
        """201 the first time, 200 for the same again; sent only after the commit."""
        body: Any = request.data
        if not isinstance(body, dict):
            return problem(400, "Ugyldig innhold", "Kroppen må være et JSON-objekt.")
        try:
            said = read(body, request.headers.get("Idempotency-Key", ""), now())
            call, new = actions.hear(said=said, body=body, machine=machine_of(request), by=machine_reader(request))
        except BadCall as wrong:
            return problem(400, "Ugyldig innhold", FAULTY, wrong.faults)
        except actions.NotAnnounced:
            return problem(404, "Ukjent samtale", UNKNOWN)
        except actions.SaidOtherwise:
            return problem(409, "Allerede brukt", OTHERWISE)
        answer = {"reference": call.reference, "state": call.state, "answers": rings_now(call.line, now())}
        return Response(answer, status=201 if new else 200)


calls = machine_door(Calls)
