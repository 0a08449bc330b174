"""Shadow attacks: the attacker writes the paper, an honest person signs it, then a small update turns it over.

Hide: what covers the truth is taken away. Replace: what a form or a font shows is exchanged. Hide and replace: a whole
second paper waits in the signed bytes, and a new table or catalogue calls it up.
"""

from onestop.validation.rules import Finding
from tests.validation.attacks.paper import (
    FALSE,
    Objects,
    Signer,
    append,
    base,
    body,
    first,
    places_of,
    startxref,
    stream,
    table,
    trailer,
)
from tests.validation.attacks.samples import sample

_CHANGED = Finding.CHANGED_AFTER
_COVER = stream(b"1 1 1 rg 0 0 300 60 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 300 60]")


def _covered() -> Objects:
    """The false sum is there and hidden under a white sheet; a true one stands above."""
    shown = FALSE + b" q 1 0 0 1 0 130 cm /X1 Do Q BT /F1 18 Tf 20 80 Td (Sum: 100) Tj ET"
    return {**base(resources=b"/XObject<</X1 12 0 R>>", shown=shown), 12: _COVER}


@sample("Shadow hide", "the false sum appears from under its cover", _CHANGED)
def the_cover_is_emptied(signer: Signer) -> bytes:
    """The sheet's own drawing is replaced by nothing."""
    nothing = stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 300 60]")
    return append(signer.fill(first(_covered())), {12: nothing})


@sample("Shadow hide", "the false sum appears from under its cover", _CHANGED)
def the_cover_is_deleted(signer: Signer) -> bytes:
    """The sheet is marked free in the table: readers pass over what they do not find."""
    paper = signer.fill(first(_covered())) + b"\n"
    rows = b"xref\n0 1\n0000000000 65535 f \n12 1\n0000000000 00001 f \n"
    return paper + rows + trailer(b"/Prev %d" % startxref(paper), len(paper))


@sample("Shadow hide", "the layer with the false sum", _CHANGED)
def a_layer_is_switched(signer: Signer) -> bytes:
    """Two layers, one seen and one not; the update changes which."""
    shown = b"/OC /L1 BDC " + FALSE + b" EMC /OC /L2 BDC BT /F1 18 Tf 20 150 Td (Sum: 100) Tj ET EMC"
    layers = b"/OCProperties<</OCGs[13 0 R 14 0 R]/D<</ON[14 0 R]/OFF[13 0 R]>>>>"
    objects = {
        **base(catalogue=layers, resources=b"/Properties<</L1 13 0 R/L2 14 0 R>>", shown=shown),
        13: b"<</Type/OCG/Name(a)>>",
        14: b"<</Type/OCG/Name(b)>>",
    }
    switched = layers.replace(b"/ON[14 0 R]/OFF[13 0 R]", b"/ON[13 0 R]/OFF[14 0 R]")
    return append(signer.fill(first(objects)), {1: base(catalogue=switched)[1]})


@sample("Shadow replace", "the false sum in the form", _CHANGED)
def the_appearance_of_a_field(signer: Signer) -> bytes:
    """A text field keeps its value; its picture says something else."""
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(sum)/V(100)/Rect[10 130 220 190]/P 3 0 R/F 4/AP<</N 16 0 R>>>>"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 210 60]/Resources<</Font<</F1 6 0 R>>>>"
    objects = {
        **base(fields=b" 15 0 R", annotations=b" 15 0 R"),
        15: field,
        16: stream(b"BT /F1 18 Tf 10 20 Td (100) Tj ET", form),
    }
    return append(signer.fill(first(objects)), {16: stream(b"BT /F1 18 Tf 10 20 Td (900) Tj ET", form)})


@sample("Shadow replace", "the false sum in the form", _CHANGED)
def the_value_of_a_field(signer: Signer) -> bytes:
    """A text field is filled in anew after signing."""
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(sum)/V(100)/Rect[10 130 220 190]/P 3 0 R/F 4>>"
    objects = {**base(fields=b" 15 0 R", annotations=b" 15 0 R"), 15: field}
    return append(signer.fill(first(objects)), {15: field.replace(b"100", b"900")})


@sample("Shadow replace", "other letters for the same text", _CHANGED)
def the_font_of_a_paper(signer: Signer) -> bytes:
    """The font that the attacker brought along is exchanged: 1 looks like 9."""
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 49/LastChar 49/Widths[9]"
    objects = base()
    objects[6] = font + b"/Encoding<</Differences[49/a]>>/CharProcs<</a 17 0 R>>>>"
    objects[17] = stream(b"9 0 0 0 9 9 d1 0 0 2 9 re f")
    return append(signer.fill(first(objects)), {17: stream(b"9 0 0 0 9 9 d1 0 0 9 9 re f")})


@sample("Shadow hide-and-replace", "the second paper", _CHANGED)
def a_second_catalogue(signer: Signer) -> bytes:
    """A whole second paper lies in the signed bytes; the update's trailer names its catalogue."""
    paper = signer.fill(first({**base(), **_shadow()})) + b"\n"
    rows = table({})
    return paper + rows + trailer(b"/Prev %d" % startxref(paper), len(paper), root=40)


@sample("Shadow hide-and-replace", "the second paper", _CHANGED)
def a_second_object_in_the_table(signer: Signer) -> bytes:
    """An object stands twice in the signed bytes; the update's table points at the other one."""
    objects = base()
    twin = {4: stream(FALSE)}
    head = b"%PDF-1.7\n%\x80\x80\x80\x80\n"
    written = head + body(objects)
    places, other = places_of(head, objects), places_of(written, twin)
    written += body(twin)
    paper = signer.fill(written + table(places) + trailer(b"", len(written))) + b"\n"
    return paper + table(other) + trailer(b"/Prev %d" % startxref(paper), len(paper))


def _shadow() -> Objects:
    return {
        40: b"<</Type/Catalog/Pages 41 0 R/AcroForm 5 0 R>>",
        41: b"<</Type/Pages/Kids[42 0 R]/Count 1>>",
        42: b"<</Type/Page/Parent 41 0 R/MediaBox[0 0 300 200]/Contents 43 0 R/Resources<</Font<</F1 6 0 R>>>>>>",
        43: stream(FALSE),
    }
