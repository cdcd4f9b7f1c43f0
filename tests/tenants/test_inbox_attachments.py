"""«Legg ved»: a file that comes after the report stands apart from it, and says who laid it and from whom it came."""

import io
import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tenants.cases.models import Case
from tenants.closing.actions import Report, close
from tenants.closing.models import ClosingReport
from tenants.closing.papers import paper_of
from tenants.inbox import attachments_tasks
from tenants.inbox.attached import Attachment, AttachmentChunk, AttachmentLater
from tenants.inbox.models import Concern, Cover, Denial
from tenants.insight.gather import everything
from tenants.kept import bundle_papers
from tenants.persons.actions import add_person
from tenants.persons.card import Card
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.documents import bad_files, photos
from tests.documents.canaries import Canaries
from tests.tenants import way
from varde.access.ticket import presented
from varde.clock import now
from varde.documents import bounds
from varde.tenancy.door import office
from varde.tenancy.work import work

FROM = "Vedtak om verge, levert av vergen i dag"
PHOTO = photos.jpeg(Canaries())


def named(data: bytes, name: str = "vedtak.txt") -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def text_of(response) -> str:
    return response.content.decode()


def lay(client, concern_id, *files: io.BytesIO, key: str = "nokkel", came_from: str = FROM):
    sent = {"came_from": came_from, "key": key, "attachments": list(files)}
    return client.post(f"/innboks/{concern_id}/vedlegg", sent)


def test_it_says_who_laid_it_and_from_whom_wherever_the_matter_is_told(gjovik, settings):
    settings.CLAMD, settings.UNSCANNED_ATTACHMENTS = "", True
    kari, case = client_for("kari"), way.case()
    told = Concern.objects.get(pk=case.concern_id).what
    assert 'type="file"' in text_of(kari.get(f"/innboks/{case.concern_id}/vedlegg"))
    answer = lay(kari, case.concern_id, named(PHOTO, "bilde.jpg"))
    assert (answer.status_code, answer["Location"]) == (303, f"/saker/{case.id}#vedlegg")
    row = AttachmentLater.objects.get()
    assert (row.by_name, row.came_from) == ("Kari Koordinator", FROM)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM inbox_attachmentlater t")
        assert "verge" not in cursor.fetchone()[0]
    page = text_of(kari.get(f"/saker/{case.id}"))
    assert all(said in page for said in ("Lagt ved senere", FROM, "Vedlegg 1 (bilde (JPEG)) lagt ved"))
    assert "Kom med meldingen" not in page
    assert FROM in text_of(kari.get(f"/innboks/{case.concern_id}"))
    assert Concern.objects.get(pk=case.concern_id).what == told
    assert way.logged("inbox.later_file", "create", case.concern_id)
    attachments_tasks.waiting_attachments.run(ref("gjovik"))
    assert kari.get(f"/innboks/{case.concern_id}/vedlegg/{row.attachment_id}/kopi").status_code == 200
    person = add_person(
        concern=case.concern, role="exposed", card=Card(known="known", name="Ola Utsatt"), by=as_person("kari")
    )
    (given,) = [each for each in everything(case.concern, person).items if each.key.startswith("inbox.attachmentlater")]
    assert (given.text, given.by, given.proposes) == (FROM, "Kari Koordinator", "read")
    close(case=case, report=Report(done="Ferdig"), outcomes=["closer_follow_up"], by=as_person("kari"))
    paper = str(paper_of(ClosingReport.objects.get(), gjovik).pieces)
    assert paper.index("slik den ble meldt") < paper.index("Vedlegg som kom senere")
    # It may have been the one who reported, who is not in the closing report.
    assert FROM not in paper
    assert FROM in str(bundle_papers.matter(case.concern, Case.objects.get()))


def test_a_matter_without_a_case_has_it_in_the_archive_too(gjovik):
    kari, concern = client_for("kari"), way.opened()
    assert lay(kari, concern.pk, named(b"Brev"))["Location"] == f"/innboks/{concern.pk}#vedlegg"
    assert FROM in str(bundle_papers.matter(concern, None))
    assert "Legg ved" in text_of(kari.get(f"/innboks/{concern.pk}"))


@pytest.mark.parametrize(("data", "name", "says"), [
    (bad_files.SVG, "tegning.svg", "Filtypen er ikke en av dem vi tar imot."),
    (b"x" * (bounds.FILE_BYTES + 1), "film.txt", "Filen er større enn 25 MB."),
    (b"", "tom.txt", "Filen er tom."),
])  # fmt: skip
def test_what_is_refused_is_named_and_what_was_typed_stays(gjovik, data, name, says):
    kari, concern = client_for("kari"), way.opened()
    answer = lay(kari, concern.pk, named(b"Brev", "brev.txt"), named(data, name))
    assert answer.status_code == 422
    page = text_of(answer)
    assert f"<li>{name}: {says}</li>" in page
    assert FROM in page
    assert "1 fil er lagt ved" in page
    # Sent again, by whoever sees the same form: what lies there already is not laid twice, what is new is.
    assert lay(kari, concern.pk, named(b"Brev", "brev.txt"), named(b"Brev to", "brev.txt")).status_code == 303
    assert sorted(Attachment.objects.values_list("number", flat=True)) == [1, 2]


def test_no_file_no_room_and_no_word_of_whom_it_came_from(gjovik, settings):
    kari, concern = client_for("kari"), way.opened()
    without = lay(kari, concern.pk)
    assert (without.status_code, "Velg minst én fil." in text_of(without), FROM in text_of(without)) == (
        422,
        True,
        True,
    )
    nobody = lay(kari, concern.pk, named(b"Brev"), came_from="")
    assert (nobody.status_code, "Velg filene på nytt" in text_of(nobody)) == (422, True)
    settings.ATTACHMENTS_GIB = 0
    full = lay(kari, concern.pk, named(b"Brev"))
    assert full.status_code == 422
    assert "Det er ikke plass til flere vedlegg hos oss akkurat nå." in text_of(full)
    assert FROM in text_of(full)
    assert not Attachment.objects.exists()


def test_nothing_is_laid_in_a_matter_that_is_closed_or_that_nobody_has_opened(gjovik):
    kari, case, unopened = client_for("kari"), way.case(), way.received()
    close(case=case, report=Report(done="Ferdig"), outcomes=["closer_follow_up"], by=as_person("kari"))
    for concern_id, says in ((case.concern_id, "Saken er lukket"), (unopened.pk, "Ingen har åpnet")):
        assert kari.get(f"/innboks/{concern_id}/vedlegg").status_code == 303
        answer = lay(kari, concern_id, named(b"Brev"))
        assert (answer.status_code, says in text_of(answer), FROM in text_of(answer)) == (422, True, True)
    assert not Attachment.objects.exists()
    for place in (f"/saker/{case.id}", f"/innboks/{case.concern_id}", f"/innboks/{unopened.pk}"):
        assert "/vedlegg" not in text_of(kari.get(place))


def test_whoever_does_not_see_the_matter_gets_what_they_get_for_none(gjovik):
    """Shut out by a deny row, or by a cover that is held by others."""
    way.person("tove")
    tom, shut, covered = client_for("tom"), way.opened(), way.opened()
    kari = way.person("kari")
    Denial(concern=shut, user=way.person("tom"), kind="habilitet", at=now(), by_user=kari.id, by_name="Kari").save(
        force_insert=True
    )
    Cover(concern=covered, at=now(), holder=kari, substitute=way.person("tove")).save(force_insert=True)
    for concern_id in (shut.pk, covered.pk, uuid.uuid4()):
        assert tom.get(f"/innboks/{concern_id}/vedlegg").status_code == 404
        assert lay(tom, concern_id, named(b"Brev")).status_code == 404
    assert not Attachment.objects.exists()
    assert lay(client_for("kari"), covered.pk, named(b"Brev")).status_code == 303
    with seen_as("tom"):
        assert not AttachmentLater.objects.exists()


def test_the_database_takes_no_piece_of_an_older_file_and_none_in_a_closed_matter(house):
    """What code forgets: another file in the place of one that lies there, or beside what has ended."""
    with work(ref("gjovik"), TEST):
        concern = way.opened()
    client = client_for("kari")
    assert lay(client, concern.pk, named(b"Brev")).status_code == 303
    kari = as_person("kari")
    with work(ref("gjovik"), TEST):
        file = Attachment.objects.get()
    known = {"concern_id": concern.pk, "at": now()}
    who = {"by_user": kari.user_id, "by_name": "Kari", "came_from": "En annen"}
    odd = {
        "a piece": AttachmentChunk(
            attachment=file, concern_id=concern.pk, part="original", ordinal=1, last=True, sealed=b"x"
        ),
        "a copy": AttachmentChunk(
            attachment=file, concern_id=concern.pk, part="copy", ordinal=0, last=True, sealed=b"x"
        ),
        "who laid it": AttachmentLater(attachment=file, **known, **who),
    }
    for what, row in odd.items():
        _refused(kari, row, what)
    with work(ref("gjovik"), TEST):
        Concern.objects.filter(pk=concern.pk).update(progress="closed")
    _refused(kari, Attachment(number=2, kind="txt", size=1, **known), "a file")


def _refused(kari, row, what):
    with office(ref("gjovik")), transaction.atomic(), presented(kari):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save()
        assert what
