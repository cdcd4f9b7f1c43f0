"""XML read as a stream by expat: no document type, no entities, no outside, a bounded depth."""

from collections.abc import Callable
from xml.parsers import expat  # in the cage, as a stream, and document types are refused below

from varde.documents import bounds
from varde.documents.inside.refused import Refused

Start = Callable[[str, dict[str, str]], None]


def _no_doctype(*_of: object) -> None:
    raise Refused("bomb")


def walk(data: bytes, start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Call back for every element ("namespace local", attributes likewise) and text. Refused: bomb, damaged."""
    depth = 0

    def down(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > bounds.XML_DEPTH:
            raise Refused("bomb")
        start(name, attributes)

    def up(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = down, up, text
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise Refused("damaged") from error


def local(name: str) -> str:
    """ "namespace local" -> "local"."""
    return name.rpartition(" ")[2]
