"""Attacks that append: what was signed stays byte for byte, and something else is shown.

Incremental saving attacks (ISA) add objects with or without the tables that belong to them; the attacks on certified
papers (EAA, SSA) stay within what a certification seems to allow; the rest replaces what a page is made of.
"""

from onestop.validation.rules import Finding
from tests.validation.attacks.paper import (
    FALSE,
    SHOWN,
    Objects,
    Signer,
    append,
    base,
    body,
    first,
    places_of,
    signature,
    startxref,
    stream,
    table,
    trailer,
)
from tests.validation.attacks.samples import sample

_FALSE_SUM = "the false sum, signed"
_CHANGED = Finding.CHANGED_AFTER
_OVER = b"1 1 1 rg 15 140 200 40 re f 0 g BT /F1 18 Tf 20 150 Td (Sum: 900) Tj ET"


def _update(attack: str, shows: str, answer: Finding, name: str, about: str, objects: Objects, root: int = 1) -> None:
    """A sample that appends some objects to a signed paper, as an editor would."""

    def update(signer: Signer) -> bytes:
        return append(signer.paper(), objects, root=root)

    update.__name__, update.__doc__ = name, about
    sample(attack, shows, answer)(update)


# -- incremental saving ---------------------------------------------------------------------------


@sample("ISA", _FALSE_SUM, _CHANGED)
def saved_with_table_and_trailer(signer: Signer) -> bytes:
    """The page's content replaced by an ordinary update."""
    return append(signer.paper(), {4: stream(FALSE)})


@sample("ISA", _FALSE_SUM, Finding.BROKEN_FILE)
def saved_without_table(signer: Signer) -> bytes:
    """Objects and a trailer, no table: lenient readers search for objects and find the last."""
    paper = signer.paper()
    return paper + body({4: stream(FALSE)}) + b"trailer\n<</Size 60/Root 1 0 R>>\n%%EOF\n"


@sample("ISA", _FALSE_SUM, Finding.CHANGED_AFTER)
def saved_without_table_and_trailer(signer: Signer) -> bytes:
    """Objects alone behind the end of the file."""
    return signer.paper() + body({4: stream(FALSE)})


@sample("ISA", _FALSE_SUM, Finding.CHANGED_AFTER)
def saved_with_a_copy_of_the_signature(signer: Signer) -> bytes:
    """The signature itself stands again in the update, so that the last revision seems to be the signed one."""
    paper = signer.paper()
    start = paper.index(b"8 0 obj\n") + 8
    copied = paper[start : paper.index(b"\nendobj", start)]
    return append(paper, {4: stream(FALSE), 8: copied})


_update(
    "ISA", _FALSE_SUM, _CHANGED, "saved twice", "An update that is undone by a second one still is there.",
    {4: stream(FALSE), 11: b"<<>>"},
)  # fmt: skip


@sample("ISA", "the signed paper", Finding.CHANGED_AFTER)
def an_update_undone(signer: Signer) -> bytes:
    """Changed and changed back: what is shown is what was signed, and yet somebody wrote in the file."""
    return append(append(signer.paper(), {4: stream(FALSE)}), {4: stream(SHOWN)})


@sample("Xref", _FALSE_SUM, Finding.CHANGED_AFTER)
def a_table_hidden_in_a_comment(signer: Signer) -> bytes:
    """The last `startxref` points at a table in a comment of the signed part; its objects lie behind the end."""
    paper = signer.paper()
    extra = {4: stream(FALSE)}
    written = paper + body(extra)
    hidden = b"%" + table(places_of(paper, extra)).replace(b"\n", b"\r") + b"\n"
    place = len(written) + 1
    return written + hidden + trailer(b"/Prev %d" % startxref(paper), place)


@sample("Xref", _FALSE_SUM, Finding.CHANGED_AFTER)
def the_last_table_is_the_first(signer: Signer) -> bytes:
    """The update's table names no earlier one, so readers that follow it see another file altogether."""
    paper = signer.paper()
    objects = {number: content for number, content in base(shown=FALSE).items() if number != 8}
    places = {**places_of(paper, objects), 8: paper.index(b"8 0 obj")}
    written = paper + body(objects)
    return written + table(places) + trailer(b"", len(written))


@sample("Xref", "the signed paper, for ever", Finding.BROKEN_FILE)
def tables_in_a_circle(signer: Signer) -> bytes:
    """The update's table names itself as the earlier one."""
    paper = signer.paper() + b"\n"
    extra = {20: b"<<>>"}
    written = paper + body(extra)
    return written + table(places_of(paper, extra)) + trailer(b"/Prev %d" % len(written), len(written))


@sample("Xref", _FALSE_SUM, Finding.CHANGED_AFTER)
def a_hybrid_table(signer: Signer) -> bytes:
    """A second table in a stream, seen by new readers and not by old ones."""
    paper = signer.paper() + b"\n"
    extra = {4: stream(FALSE)}
    written = paper + body(extra)
    row = b"\x01" + places_of(paper, extra)[4].to_bytes(4, "big") + b"\x00"
    inside = {30: stream(row, b"/Type/XRef/W[1 4 1]/Index[4 1]/Size 60/Root 1 0 R")}
    place = len(written)
    written += body(inside)
    more = b"/Prev %d/XRefStm %d" % (startxref(paper), place)
    return written + table({31: place}) + trailer(more, len(written))


@sample("Xref", _FALSE_SUM, Finding.CHANGED_AFTER)
def another_root(signer: Signer) -> bytes:
    """The update's trailer names another catalogue."""
    objects = {
        40: b"<</Type/Catalog/Pages 41 0 R/AcroForm 5 0 R>>",
        41: b"<</Type/Pages/Kids[42 0 R]/Count 1>>",
        42: b"<</Type/Page/Parent 41 0 R/MediaBox[0 0 300 200]/Contents 43 0 R/Resources<</Font<</F1 6 0 R>>>>>>",
        43: stream(FALSE),
    }
    return append(signer.paper(), objects, root=40)


@sample("Duplicate", _FALSE_SUM, Finding.CHANGED_AFTER)
def one_object_twice_in_an_update(signer: Signer) -> bytes:
    """Two definitions of one object; the table names the harmless one, lenient readers take the other."""
    paper = signer.paper() + b"\n"
    written = paper + body({4: stream(SHOWN)})
    places = places_of(paper, {4: stream(SHOWN)})
    written += body({4: stream(FALSE)})
    return written + table(places) + trailer(b"/Prev %d" % startxref(paper), len(written))


@sample("Bytes", "the signed paper", Finding.BROKEN_FILE)
def bytes_before_the_head(signer: Signer) -> bytes:
    """Bytes before `%PDF-` shift everything; lenient readers count from the head."""
    return b"<html>Sum: 900</html>\n" + signer.paper()


@sample("Bytes", "the signed paper", Finding.CHANGED_AFTER)
def bytes_behind_the_end(signer: Signer) -> bytes:
    """A comment behind the end of the file."""
    return signer.paper() + b"% Sum: 900\n"


# -- certified papers -----------------------------------------------------------------------------


def _note(kind: bytes, more: bytes = b"") -> bytes:
    shown = b"/AP<</N 21 0 R>>"
    return b"<</Type/Annot/Subtype/%s/Rect[10 130 220 190]/P 3 0 R/F 4%s%s>>" % (kind, shown, more)


def _appearance() -> bytes:
    return stream(b"1 1 1 rg 0 0 210 60 re f 0 g BT /F1 18 Tf 10 20 Td (Sum: 900) Tj ET",
                  b"/Type/XObject/Subtype/Form/BBox[0 0 210 60]/Resources<</Font<</F1 6 0 R>>>>")  # fmt: skip


def _page(annotations: bytes) -> bytes:
    return base(annotations=annotations)[3]


@sample("EAA", "the false sum on a certified paper that allows notes", _CHANGED)
def evil_free_text(signer: Signer) -> bytes:
    """A note of text laid over the sum; the certification allows notes (P 3)."""
    note = _note(b"FreeText", b"/Contents (Sum: 900)/DA(/F1 18 Tf)")
    return append(signer.certified(3), {20: note, 21: _appearance(), 3: _page(b" 20 0 R")})


@sample("EAA", "the false sum on a certified paper that allows notes", _CHANGED)
def evil_stamp(signer: Signer) -> bytes:
    """A picture of a rubber stamp laid over the sum."""
    return append(signer.certified(3), {20: _note(b"Stamp"), 21: _appearance(), 3: _page(b" 20 0 R")})


@sample("EAA", "the sum struck out", _CHANGED)
def evil_redaction(signer: Signer) -> bytes:
    """A mark for redaction, applied by whoever opens it."""
    return append(signer.certified(3), {20: _note(b"Redact"), 21: _appearance(), 3: _page(b" 20 0 R")})


@sample("SSA", "the false sum under a second signature field", _CHANGED)
def sneaky_field(signer: Signer) -> bytes:
    """A visible field for a signature, unsigned, whose appearance covers the sum (P 2)."""
    field = _note(b"Widget", b"/FT/Sig/T(more)")
    form = base(fields=b" 20 0 R")[5]
    return append(signer.certified(2), {20: field, 21: _appearance(), 3: _page(b" 20 0 R"), 5: form})


@sample("SSA", "the false sum, with a second signature", _CHANGED)
def sneaky_signature(signer: Signer) -> bytes:
    """The same, signed by somebody with a certificate of the same authority."""
    return _sneak(signer, signer.authority.holder("Kẻ gian"))


@sample("SSA", "the false sum, with a second signature", _CHANGED)
def sneaky_signature_of_a_stranger(signer: Signer) -> bytes:
    """The same, signed by somebody whom nobody trusts."""
    return _sneak(signer, signer.stranger.holder("Kẻ gian"))


def _sneak(signer: Signer, by: object) -> bytes:
    field = _note(b"Widget", b"/FT/Sig/T(more)/V 22 0 R")
    form = base(fields=b" 20 0 R")[5]
    added = {20: field, 21: _appearance(), 22: signature(), 3: _page(b" 20 0 R"), 5: form}
    return signer.fill(append(signer.certified(2), added), by)  # type: ignore[arg-type]


@sample("Certified", "the false sum", _CHANGED)
def changed_though_certified_for_good(signer: Signer) -> bytes:
    """A certification that allows nothing (P 1), and a note all the same."""
    return append(signer.certified(1), {20: _note(b"Stamp"), 21: _appearance(), 3: _page(b" 20 0 R")})


# -- what a page is made of -----------------------------------------------------------------------

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/Differences[49/nine/zero]>>>>"
_update("Overlay", _FALSE_SUM, _CHANGED, "another font",
        "The font's letters are exchanged: the text stays, its picture does not.", {6: _FONT})  # fmt: skip
_update("Overlay", _FALSE_SUM, _CHANGED, "content added to the page", "A second stream of content over the first.",
        {3: base()[3].replace(b"/Contents 4 0 R", b"/Contents[4 0 R 25 0 R]"), 25: stream(_OVER)})  # fmt: skip
_update("Overlay", _FALSE_SUM, _CHANGED, "note on a signed paper", "A stamp over the sum, without any certification.",
        {20: _note(b"Stamp"), 21: _appearance(), 3: _page(b" 20 0 R")})  # fmt: skip
_update("Overlay", _FALSE_SUM, _CHANGED, "appearance of the signature field",
        "The signature's own field gets a size and an appearance over the sum.",
        {7: base()[7].replace(b"[0 0 0 0]", b"[10 130 220 190]").replace(b"/F 132", b"/F 132/AP<</N 21 0 R>>"),
         21: _appearance()})  # fmt: skip
_update("Reuse", "another page", _CHANGED, "page pointing at other content",
        "The page is told to show an object of the signed part that was something else.",
        {3: base()[3].replace(b"/Contents 4 0 R", b"/Contents 8 0 R")})  # fmt: skip
_update("Pages", "two pages", _CHANGED, "a page more", "A page is added.",
        {2: b"<</Type/Pages/Kids[3 0 R 26 0 R]/Count 2>>",
         26: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 27 0 R/Resources<</Font<</F1 6 0 R>>>>>>",
         27: stream(FALSE)})  # fmt: skip
_update("Pages", "nothing", _CHANGED, "no page left", "The page is taken away.",
        {2: b"<</Type/Pages/Kids[]/Count 0>>"})  # fmt: skip
_update("Pages", "half the paper", _CHANGED, "page cropped", "What is seen of the page is cut.",
        {3: base()[3].replace(b"/MediaBox[0 0 300 200]", b"/MediaBox[0 0 300 140]")})  # fmt: skip
_update("Actions", "the paper, then something else", _CHANGED, "an action at opening", "A script runs at opening.",
        {1: base(catalogue=b"/OpenAction<</S/JavaScript/JS(app.alert\\(900\\))>>")[1]})  # fmt: skip
_update("Attachments", "the paper with a false attachment", _CHANGED, "a file attached", "A file is attached.",
        {1: base(catalogue=b"/Names<</EmbeddedFiles<</Names[(a)28 0 R]>>>>")[1],
         28: b"<</Type/Filespec/F(a)/EF<</F 29 0 R>>>>", 29: stream(b"Sum: 900", b"/Type/EmbeddedFile")})  # fmt: skip
_update("Store", "the signed paper", _CHANGED, "other things beside archival data",
        "Under the cover of a document store, the page is changed too.",
        {1: base(catalogue=b"/DSS<<>>")[1], 4: stream(FALSE)})  # fmt: skip


@sample("Signers", "two signatures on the paper", Finding.UNTRUSTED)
def approval_of_a_stranger(signer: Signer) -> bytes:
    """A second signature by somebody whom nobody trusts, on an ordinary paper."""
    field = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(more)/V 22 0 R/Rect[0 0 0 0]/P 3 0 R/F 132>>"
    added = {20: field, 22: signature(), 3: _page(b" 20 0 R"), 5: base(fields=b" 20 0 R")[5]}
    return signer.fill(append(signer.paper(), added), signer.stranger.holder("Kẻ gian"))


@sample("Signers", "no signature, or a valid one", Finding.NO_SIGNATURE)
def signature_outside_the_form(signer: Signer) -> bytes:
    """A signature that no field of the form names: some readers look for signatures anywhere."""
    objects = base()
    objects[5] = b"<</Fields[]/SigFlags 3>>"
    return signer.fill(first(objects))


@sample("Signers", "the good signature alone", Finding.UNSUPPORTED)
def a_second_signature_of_an_old_form(signer: Signer) -> bytes:
    """Beside the good signature one of a form that nobody checks any more."""
    old = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.x509.rsa_sha1/ByteRange [0 1 2 3]/Contents <00>>>"
    field = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(old)/V 9 0 R/Rect[0 0 0 0]/P 3 0 R/F 132>>"
    objects = {**base(fields=b" 10 0 R"), 9: old, 10: field}
    return signer.fill(first(objects))


@sample("SSA", "the false sum, with a second signature", _CHANGED)
def large_signature_on_an_ordinary_paper(signer: Signer) -> bytes:
    """The same on a paper that nobody certified, signed by somebody of the same authority."""
    field = _note(b"Widget", b"/FT/Sig/T(more)/V 22 0 R")
    added = {20: field, 21: _appearance(), 22: signature(), 3: _page(b" 20 0 R"), 5: base(fields=b" 20 0 R")[5]}
    return signer.fill(append(signer.paper(), added), signer.authority.holder("Kẻ gian"))
