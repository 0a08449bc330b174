"""XML that is let in is data: no document type, no page, no style that runs."""

from xml.parsers import expat

from onestop.errors import Fault

_PAGES = (
    b"http://www.w3.org/1999/xhtml",
    b"http://www.w3.org/2000/svg",
    b"<?xml-stylesheet",
    b"http://www.w3.org/1999/XSL",
)


def inspect_xml(data: bytes) -> tuple[Fault, ...]:
    """Return every fault: not well-formed, declares a document type (entities), or would run in a browser."""
    plain = data.replace(b"\x00", b"")  # UTF-16 hides nothing
    checks = (
        ("upload.xml_doctype", b"<!DOCTYPE" in plain or b"<!ENTITY" in plain),
        ("upload.xml_page", any(sign in plain for sign in _PAGES)),
    )
    found = [Fault("file", code) for code, wrong in checks if wrong]
    if not found and not _is_well_formed(data):
        found.append(Fault("file", "upload.damaged"))
    return tuple(found)


def _is_well_formed(data: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError:
        return False
    return True
