"""Pictures with a canary in every place that a picture has beside its pixels."""

import base64
import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image, PngImagePlugin

from tests.documents.canaries import Canaries

# 64 x 64 pixels from a telephone's format, which nothing in the house can write: packed once, words put in here.
_HEIC = (
    "c-mc2J4*vW5T3nD^oke--w%8h5+f3<EEKtD6oN#=%F@f`&J5h;mdhb0SSVs;V`c3xPzyn@v-20&+gjOaVT`kzGpNJP&dfL8&ag88Fy@4ZqG}@t"
    "5)YjP>3e870PMxHLkn6mRjs%|?1Mla!avzS*H=XfCg{MVrzKmKWCS#YOtg^=VoAhqBcr5c#G0cbneC^*Ru73&J>U!Q3uLn7dW4FeZG*b}hG&B%"
    "gp1q?(XZu#iZd5^uBw|B7<v%bgl80iAbXF3`(z{Pvc_}?T`1D{8+<lCJ^;G)J$f-@vJ`7JB|(=AU7qm=&9o>vx60VR%+=&c^76GfdtK8;Qig<{"
    "<Yky;;&&F<V{kidQk!1xyFrb+5y4&1aZFGj)`cC9#*DQ`V1#NqhC$U}5QX=%AqFgQqUi~8GZ@%T45xXe&S_Lk{kIkAadhfcEV;;m47(XVem^=}"
    "Y`&-W8>REF!DMtNhtSa)aH#}YiVV<Lx7wt(D?2VJzn^qQw%W{Z<#&qne+<BKv=Sq`rENNKVmTMBd;?e>a9#"
)


def _saved(picture: Image.Image, name: str, **options: Any) -> bytes:
    room = io.BytesIO()
    picture.save(room, name, **options)
    return room.getvalue()


def _exif(words: Canaries, of: str) -> bytes:
    exif = Image.Exif()
    for tag in ("Artist", "Make", "Model", "Software", "ImageDescription", "Copyright", "HostComputer"):
        exif[ExifTags.Base[tag].value] = words(f"{of} EXIF {tag}")
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.UserComment.value] = b"ASCII\0\0\0" + words(f"{of} EXIF UserComment").encode()
    inner[ExifTags.Base.MakerNote.value] = words(f"{of} EXIF MakerNote").encode()
    inner[ExifTags.Base.BodySerialNumber.value] = words(f"{of} EXIF serial")
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation.value] = words(f"{of} EXIF GPS").encode()
    return exif.tobytes()


def _icc(words: Canaries, of: str) -> bytes:
    """A profile that only has a name."""
    text = words(f"{of} ICC").encode()
    desc = b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0"
    head = struct.pack(">I", 128 + 16 + len(desc)) + b"\0" * 32 + b"acsp" + b"\0" * 88
    return head + struct.pack(">I4sII", 1, b"desc", 144, len(desc)) + desc


def _xmp(words: Canaries, of: str) -> bytes:
    return f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{words(f'{of} XMP')}</a></x:xmpmeta>".encode()


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(words: Canaries, of: str = "jpeg", size: tuple[int, int] = (64, 48)) -> bytes:
    """EXIF with its thumbnail, XMP, IPTC, ICC, a comment, an unknown segment, and bytes after the end."""
    plain = _saved(Image.new("RGB", size, "teal"), "JPEG", exif=_exif(words, of), icc_profile=_icc(words, of))
    iptc = words(f"{of} IPTC").encode()
    bim = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(iptc) + 5)
    extra = (
        _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _xmp(words, of))
        + _segment(0xED, bim + b"\x1c\x02\x50" + struct.pack(">H", len(iptc)) + iptc)
        + _segment(0xFE, words(f"{of} comment").encode())
        + _segment(0xEB, words(f"{of} APP11").encode())
    )
    return plain[:2] + extra + plain[2:] + words(f"{of} after the end").encode()


def png(words: Canaries) -> bytes:
    """Every kind of text chunk, EXIF, ICC, a private chunk, and bytes after the end."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", words("png tEXt"))
    info.add_text("Comment", words("png zTXt"), zip=True)
    info.add_itxt("XML:com.adobe.xmp", words("png XMP"))
    info.add(b"prVt", words("png private").encode())
    options = {"pnginfo": info, "exif": _exif(words, "png"), "icc_profile": _icc(words, "png")}
    return _saved(Image.new("RGBA", (64, 48), (0, 90, 90, 128)), "PNG", **options) + words("png after the end").encode()


def gif(words: Canaries) -> bytes:
    """A comment, and something that moves."""
    frames = [Image.new("P", (64, 48), colour) for colour in (1, 2)]
    return _saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=words("gif comment").encode())


def webp(words: Canaries) -> bytes:
    """EXIF, XMP and ICC."""
    options = {"exif": _exif(words, "webp"), "xmp": _xmp(words, "webp"), "icc_profile": _icc(words, "webp")}
    return _saved(Image.new("RGB", (64, 48), "teal"), "WEBP", **options)


def heic(words: Canaries) -> bytes:
    """EXIF and XMP; the words have the length of the ones in the packed picture."""
    data = zlib.decompress(base64.b85decode(_HEIC))
    for place, old in (("heic EXIF", b"KANARI-KANARI-KANARI"), ("heic XMP", b"KANARI-XMPXMP-KANARI")):
        assert old in data
        data = data.replace(old, words(place).encode().ljust(len(old)))
    return data
