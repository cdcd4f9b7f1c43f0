"""Files beside the document: the cleaned copy of what was given whole, as it was given, and nothing else."""

import io
import re
import zipfile

import pypdfium2

from tenants.inbox import attachments, attachments_tasks
from tenants.inbox.attached import Attachment
from tenants.insight import actions
from tenants.insight.states import Decided
from tests.cast import as_person, ref
from tests.client import client_for, confirm
from tests.documents import photos
from tests.documents.canaries import Canaries
from tests.documents.test_attachments import file
from tests.tenants import way
from tests.tenants.people import text_of
from tests.tenants.test_insight_way import asked, decide, lived
from varde.audit.models import Entry
from varde.audit.trail import current


def test_a_file_that_is_given_whole_goes_with_the_document(gjovik, settings):
    settings.CLAMD, settings.UNSCANNED_ATTACHMENTS = "", True
    (case, person), kari, words = lived(), client_for("kari"), Canaries()
    files = [file(photos.jpeg(words), "bilde.jpg"), file(b"ID3" + bytes(9), "lyd.mp3"), file(b"Hei", "brev.txt")]
    attachments.attach(concern_id=case.concern_id, files=files, by=as_person("kari"))
    attachments_tasks.waiting_attachments.run(ref("gjovik"))
    photo, sound, _ = Attachment.objects.order_by("number")
    request = asked(person)
    review = "".join(text_of(kari, f"/innsynskrav/{request.pk}/gjennomga?side={side}") for side in (1, 2))
    assert f'href="/innboks/{case.concern_id}/vedlegg/{photo.pk}/kopi"' in review
    assert "Det finnes ingen renset kopi av filen" in review
    for one in (photo, sound):
        decide(request, f"inbox.attachment:{one.pk}", Decided("give"))
    actions.give(request=request, by=as_person("kari"))
    page, link = text_of(kari, f"/innsynskrav/{request.pk}"), f"/innsynskrav/{request.pk}/dokument/1/vedlegg/"
    assert f'href="{link}1"' in page
    assert f'href="{link}2"' not in page
    made = b"".join(kari.get(f"/innsynskrav/{request.pk}/dokument/1").streaming_content)
    said = " ".join(" ".join(leaf.get_textpage().get_text_bounded().split()) for leaf in pypdfium2.PdfDocument(made))
    assert "Sammen med dokumentet får du 1 fil." in said
    assert "innsyn-1-vedlegg-1" in said
    answer = kari.get(f"{link}1")
    assert answer["Content-Disposition"] == 'attachment; filename="innsyn-1-vedlegg-1.jpg"'
    photographed = answer.getvalue()
    assert words.left_in(photographed) == []
    assert way.logged("insight.file", "export", case.concern_id)
    assert {kari.get(f"{link}{number}").status_code for number in (2, 3, 9)} == {404}
    assert f'href="/innsynskrav/{request.pk}/dokument/1/alt"' in page
    whole = kari.get(f"/innsynskrav/{request.pk}/dokument/1/alt")
    assert re.fullmatch(r'attachment; filename="varde-innsyn-[0-9-]{10}\.zip"', whole["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(whole.getvalue())) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "innsyn-1.pdf": made, "innsyn-1-vedlegg-1.jpg": photographed,
        }  # fmt: skip
    exported = Entry.objects.filter(what="insight.copy", action="export", reason="dokument 1 med vedlegg")
    current().flush()
    assert exported.filter(matter_id=case.concern_id).exists()
    # A decision that was changed counts for the next document; the first stays what it was.
    decide(request, f"inbox.attachment:{photo.pk}", Decided("withhold", ground="others", reason="Andre"), version=1)
    actions.give(request=request, by=as_person("kari"))
    assert kari.get(f"/innsynskrav/{request.pk}/dokument/2/vedlegg/1").status_code == 404
    settings.UNSCANNED_ATTACHMENTS = False
    both, tom = (f"{link}1", f"/innsynskrav/{request.pk}/dokument/1/alt"), client_for("tom")
    for address in both:
        assert "ikke virussjekket" in kari.get(address, follow=True).content.decode()
        assert tom.get(address).status_code == 404
    confirm(kari, minutes_ago=10)
    for address in both:
        assert "/konto/bekreft" in kari.get(address)["Location"]
