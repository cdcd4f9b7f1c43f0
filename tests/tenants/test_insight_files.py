"""Files beside the document: the cleaned copy of what was given whole, as it was given, and nothing else."""

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
    assert words.left_in(answer.getvalue()) == []
    assert way.logged("insight.file", "export", case.concern_id)
    assert {kari.get(f"{link}{number}").status_code for number in (2, 3, 9)} == {404}
    # A decision that was changed counts for the next document; the first stays what it was.
    decide(request, f"inbox.attachment:{photo.pk}", Decided("withhold", ground="others", reason="Andre"), version=1)
    actions.give(request=request, by=as_person("kari"))
    assert kari.get(f"/innsynskrav/{request.pk}/dokument/2/vedlegg/1").status_code == 404
    settings.UNSCANNED_ATTACHMENTS = False
    held = kari.get(f"{link}1", follow=True)
    assert "ikke virussjekket" in held.content.decode()
    assert client_for("tom").get(f"{link}1").status_code == 404
    confirm(kari, minutes_ago=10)
    assert "/konto/bekreft" in kari.get(f"{link}1")["Location"]
