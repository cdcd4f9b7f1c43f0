"""Two who make a concern of the same drøfting at once: one does, the other is told."""

import threading
import uuid
from contextlib import suppress
from typing import Any

from django.db import connection

from tenants.inbox.models import Concern
from tenants.inbox.told import Told
from tenants.triage import talk_actions
from tenants.triage.talk_models import Talk, TalkBecame
from tests.cast import TEST, as_person, ref
from tests.tenants import way
from tests.tenants.test_triage_talk import talk
from varde.refusal import Refused
from varde.tenancy.work import work


def test_two_at_once_make_one_concern_and_the_second_is_told(house, monkeypatch):
    with work(ref("gjovik"), TEST):
        way.person("kari")
        found: Talk = talk()
    # Both have asked whether it has become one before either lays it, unless the second waits for the first.
    met = threading.Barrier(2, timeout=3)
    asked = talk_actions.talk_queries.became

    def asked_together(one: Talk) -> Any:
        answer = asked(one)
        with suppress(threading.BrokenBarrierError):
            met.wait()
        return answer

    monkeypatch.setattr(talk_actions.talk_queries, "became", asked_together)
    told: list[str] = []

    def become() -> None:
        try:
            with work(ref("gjovik"), TEST):
                talk_actions.become_concern(
                    talk=found, told=Told(reporter_kind="ansatt", what="Nå vet vi hvem"), channel="phone",
                    client_key=uuid.uuid4().hex, by=as_person("kari"),
                )  # fmt: skip
            told.append("")
        except Refused as error:
            told.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=become) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with work(ref("gjovik"), TEST):
        assert (Concern.objects.count(), TalkBecame.objects.count()) == (1, 1)
    assert sorted(told) == ["", "Drøftingen er alt blitt en bekymring."]
