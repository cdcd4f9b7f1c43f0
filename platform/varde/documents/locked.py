"""A PDF that opens with a passphrase alone: AES-256 as ISO 32000-2 has it (revision 6)."""

import io
import secrets

_HEADER = "%PDF-2.0"


def locked(made: bytes, passphrase: str, *, or_so: str = "") -> bytes:
    """The same PDF, encrypted whole, its metadata too. ValueError for a passphrase short enough to be guessed.

    `or_so` is the same secret written otherwise, and opens it too.
    The standard stretches a passphrase little, so it must carry its own strength: made by a machine, over 100 bits.
    What stays to be seen from outside is the size of the file and the number of its pages.
    """
    if min(len(passphrase), len(or_so or passphrase)) < 24:
        raise ValueError("a passphrase that could be guessed")
    from pypdf import PdfReader, PdfWriter  # large, and most processes never lock a paper

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made)))
    # The second password of the format opens too: nobody may know one that is not the passphrase itself.
    second = or_so or secrets.token_urlsafe(32)
    writer.encrypt(user_password=passphrase, owner_password=second, algorithm="AES-256")
    writer.pdf_header = _HEADER
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
