"""A picture made anew from its pixels: what the camera, the telephone or a program wrote beside them stays behind."""

import io
import struct
from collections.abc import Callable
from typing import Any, cast

import pi_heif
from PIL import Image, ImageCms, ImageFile, ImageOps, features

from varde.documents import bounds
from varde.documents.inside.refused import Refused

_FORMATS = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "heic": "HEIF"}
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, KeyError, OverflowError)
_SRGB: list[Any] = []


def warm() -> None:
    """Load every decoder before the cage closes: afterwards no file can be opened, also none of our own."""
    Image.preinit()
    Image.init()
    Image.MAX_IMAGE_PIXELS = None  # `_guard` counts before anything is unpacked
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    pi_heif.register_heif_opener(thumbnails=False)
    pi_heif.options.DECODE_THREADS = 1
    features.check("webp")
    _SRGB.append(ImageCms.createProfile("sRGB"))
    for name, mode in (("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB")):  # plugins finish loading at first use
        room = io.BytesIO()
        Image.new(mode, (8, 8)).save(room, name)
        anew(room.getvalue(), name.lower())


def anew(data: bytes, kind: str, formats: tuple[str, ...] = ()) -> tuple[str, bytes]:
    """(kind, bytes) of the copy: JPEG stays JPEG, what may have hard edges or see-through parts becomes PNG.

    Only the first frame of something that moves. Raises Refused: too_many_pixels, damaged.
    """
    allowed = formats or (_FORMATS[kind],)
    return _tried(lambda: _copy(data, allowed))


def _tried[T](work: Callable[[], T]) -> T:
    try:
        return work()
    except Image.DecompressionBombError as error:
        raise Refused("too_many_pixels") from error
    except _DAMAGED as error:
        raise Refused("damaged") from error


def _copy(data: bytes, formats: tuple[str, ...]) -> tuple[str, bytes]:
    with Image.open(io.BytesIO(data), formats=formats) as picture:
        source = picture.format
        _guard(picture)
        if source == "JPEG" and _pixels(picture) > bounds.COPY_PIXELS:
            picture.draft("RGB", (picture.width // 2, picture.height // 2))  # unpacked at half size at once
        plain = _small(picture)
    ImageOps.exif_transpose(plain, in_place=True)
    fresh = _fresh(_true_colours(plain))
    if source in ("JPEG", "HEIF") or (source == "WEBP" and fresh.mode in ("RGB", "L")):
        return "jpeg", as_jpeg(fresh)
    body = _saved(fresh, "PNG", optimize=False)
    return ("png", body) if len(body) <= bounds.COPY_BYTES else ("jpeg", as_jpeg(fresh))


def _pixels(picture: Image.Image) -> int:
    return picture.width * picture.height


def _guard(picture: Image.Image) -> None:
    if _pixels(picture) > bounds.PIXELS:
        raise Refused("too_many_pixels")


def _small(picture: Image.Image) -> Image.Image:
    picture.load()
    while _pixels(picture) > bounds.COPY_PIXELS:
        picture = picture.reduce(2)
    return picture


def _true_colours(picture: Image.Image) -> Image.Image:
    """Bruises should have the colours that were photographed: the profile is used up before it is left behind."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK", "RGBA"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = "RGBA" if picture.mode == "RGBA" else "RGB"
            picture = cast(Image.Image, ImageCms.profileToProfile(picture, source, _SRGB[0], outputMode=target))
        except (ImageCms.PyCMSError, OSError, ValueError):
            return picture
    return picture


def _fresh(picture: Image.Image) -> Image.Image:
    """The same pixels in a picture that has never had a name: no comment, profile, palette note or text chunk."""
    if picture.mode not in ("L", "RGB", "RGBA"):
        picture = picture.convert("RGBA" if "transparency" in picture.info or "A" in picture.mode else "RGB")
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    return fresh


def as_jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    """JPEG without any segment that is not needed to draw it."""
    if picture.mode == "RGBA":
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    return _saved(picture, "JPEG", quality=quality)


def _saved(picture: Image.Image, name: str, **options: Any) -> bytes:
    room = io.BytesIO()
    picture.save(room, name, **options)
    return room.getvalue()


def sixteen_greys(picture: Image.Image) -> bytes:
    """The packed rows of a PNG of 4 bits a pixel, as a PDF takes them; `picture` is grey."""
    levels = Image.frombytes("P", picture.size, picture.point(lambda value: value >> 4).tobytes())
    levels.putpalette([level * 17 for level in range(16) for _ in range(3)])
    data, rows, at = _saved(levels, "PNG", bits=4), b"", 8
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        rows += data[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += 12 + length
    return rows


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height of a picture that was just made here."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
        return picture.size
