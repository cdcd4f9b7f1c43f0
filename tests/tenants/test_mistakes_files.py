"""«Feilført» for a file and for a call to 112: folded, opened only with a reason, and nowhere else an ordinary one."""

from uuid import uuid4

from tenants.closing.known_queries import known_of
from tenants.closing.transfer_files import line_of
from tenants.closing.transfer_files_queries import files_of
from tenants.inbox import attachments, attachments_later, attachments_tasks
from tenants.inbox.attached import Attachment
from tenants.insight import files as insight
from tenants.insight.gather import everything
from tenants.kept import bundle
from tenants.triage import checklist_actions, checklist_queries
from tenants.triage.checklist import Call
from tests.cast import as_person, ref
from tests.client import client_for, confirm
from tests.documents import photos
from tests.documents.canaries import Canaries
from tests.documents.test_attachments import file
from tests.tenants import way
from tests.tenants.people import card_in, text_of
from tests.tenants.test_mistakes import WHY, folded, mark, place

FROM, NAME = "Fra hjemmetjenesten", "hemmelig-navn.jpg"


def test_a_file_that_was_laid_wrongly_is_folded_and_goes_nowhere_as_an_ordinary_one(gjovik, settings):
    settings.CLAMD, settings.UNSCANNED_ATTACHMENTS = "", True
    kari, case = client_for("kari"), way.case()
    concern, photo = case.concern, photos.jpeg(Canaries())
    attachments.attach(concern_id=concern.pk, files=[file(b"Hei", "brev.txt")], by=as_person("kari"))
    attachments_later.lay(
        concern=concern, files=[file(photo, NAME)], came_from=FROM, key="k", by=as_person("kari")
    )  # fmt: skip
    attachments_tasks.waiting_attachments.run(ref("gjovik"))
    right, wrong = Attachment.objects.order_by("number")
    base = f"/innboks/{concern.pk}/vedlegg/{wrong.pk}"
    assert f"{base}/kopi" in text_of(kari, f"/saker/{case.id}")
    assert str(wrong.pk) in insight.ready(concern)
    assert place(concern, "vedlegg", wrong) in text_of(kari, f"/innboks/{concern.pk}")
    assert FROM in text_of(kari, place(concern, "vedlegg", wrong))
    mark(kari, concern, "vedlegg", wrong)
    page = text_of(kari, f"/saker/{case.id}")
    assert f"{base}/kopi" not in page
    inside = folded(page)
    assert any(f"{base}/original" in each for each in inside)
    assert len([each for each in inside if FROM in each]) == 2  # in the list, and in the line of time
    held = kari.get(f"{base}/kopi")
    assert (held.status_code, "merket som feilført" in held.content.decode()) == (409, True)
    confirm(kari)
    assert kari.post(f"{base}/original", {"reason": ""}).status_code == 422
    assert kari.post(f"{base}/original", {"reason": "Skal til rette sak"}).getvalue() == photo
    assert str(wrong.pk) not in insight.ready(concern)
    found = [each.text for each in everything(concern, card_in(concern)).items if each.key.startswith("inbox.attach")]
    assert sorted(WHY in text for text in found) == [False, True, True]  # and who laid it
    sent = {each.number: each for each in files_of(concern)}
    assert (sent[right.number].left_out, sent[wrong.number].left_out) == ("", "mistake")
    assert (sent[wrong.number].name, sent[wrong.number].came_from) == ("", "")
    assert line_of(sent[wrong.number]).why == "Vedlegget er merket som feilført."
    missing: list[str] = []
    kept = {each.path: each.title for each in bundle._attachments(concern, missing, [])}
    assert (len(kept), missing) == (2, [])
    assert kept[f"vedlegg/senere/vedlegg-{wrong.number}.jpg"].endswith("(feilført)")
    assert text_of(kari, f"/innboks/{concern.pk}/feilfort/vedlegg/{right.pk}")
    assert client_for("tom").get(place(concern, "vedlegg", wrong)).status_code == 404


def test_a_call_to_112_that_was_entered_wrongly_is_folded_and_does_not_follow_the_matter(gjovik):
    kari, case = client_for("kari"), way.case()
    wrong, right = (
        checklist_actions.register_call(
            concern=case.concern, call=Call(number, way.in_hours(-1), "Kari", said), key=uuid4(), by=as_person("kari")
        )
        for number, said in (("112", "Feil sak"), ("113", "Ambulansen kom"))
    )
    assert "Feil sak" in text_of(kari, place(case.concern, "nodsamtale", wrong))
    mark(kari, case.concern, "nodsamtale", wrong)
    page = text_of(kari, f"/saker/{case.id}")
    assert len([each for each in folded(page) if "Feil sak" in each]) == 2
    assert place(case.concern, "nodsamtale", right) in page
    assert place(case.concern, "nodsamtale", wrong) not in page
    assert len(folded(text_of(kari, f"/innboks/{case.concern_id}/ringt"))) == 1
    assert checklist_queries.calls(case.concern) == [right]
    assert [each.outcome for each in known_of(case.concern, case).calls] == ["Ambulansen kom"]
    found = {each.key: each.text for each in everything(case.concern, card_in(case.concern)).items}
    assert found[f"triage.emergencycall:{wrong.pk}"].startswith("Feilført ")
    assert client_for("tom").get(place(case.concern, "nodsamtale", wrong)).status_code == 404
