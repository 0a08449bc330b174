"""Signed notes, checkpoints, cosignatures and proofs: published vectors, and what must be refused."""

import base64
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from onestop.journal.rules.checkpoints import Checkpoint, find_checkpoint_fault, parse_checkpoint
from onestop.journal.rules.leaves import commit
from onestop.journal.rules.merkle import hash_leaf
from onestop.journal.rules.notes import (
    COSIGNATURE,
    SIGNATURE,
    Note,
    NoteFault,
    NoteSignature,
    VerifierKey,
    cosign,
    cosigned_at,
    find_signatures,
    holds,
    parse_note,
    sign,
    verifier_of,
)
from onestop.journal.rules.proofs import Proof, check_proof, parse_proof, write_proof
from onestop.journal.rules.witnessing import Answer, Witness, find_cosigners, select_cosignatures, write_request
from tests.journal.log import naive

# the example of the note format's first implementation
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
AT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ORIGIN = "log.example/nhat-ky"
KEY = verifier_of(ORIGIN, LOG, SIGNATURE)
ROOT = hash_leaf(b"")
HEAD = Checkpoint(ORIGIN, 1, ROOT)


def signed(head: Checkpoint = HEAD, private: Ed25519PrivateKey = LOG, name: str = ORIGIN) -> bytes:
    return str(Note(head.text, (sign(name, private, head.text),))).encode()


def test_the_published_note_holds() -> None:
    key = VerifierKey.parse(NEUMANN)
    assert str(key) == NEUMANN
    note = parse_note(SAID.encode())
    assert find_signatures(note, [key]) == {key: True}
    assert str(note) == SAID


def test_one_letter_more_and_it_does_not() -> None:
    key = VerifierKey.parse(NEUMANN)
    assert find_signatures(parse_note(SAID.replace("think", "thinks").encode()), [key]) == {key: False}


@pytest.mark.parametrize(
    "text",
    ["", "PeterNeumann", NEUMANN.replace("c74f20a3", "c74f20a4"), NEUMANN[:-4], NEUMANN.replace("Peter", "Peter "),
     "a+00000000+" + base64.b64encode(b"\x02" + bytes(32)).decode()],
)  # fmt: skip
def test_no_key(text: str) -> None:
    with pytest.raises(NoteFault):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    "data",
    [b"", b"text\n", b"text\n\n", b"text\n\nno dash a AAAAAAA=\n", "text\n\n\u2014 a b\n".encode(),
     "text\n\n\u2014 a AAAAAAA=".encode(), "te\x01xt\n\n\u2014 a AAAAAAA=\n".encode(), b"\xff\n\n", b"x" * 70_000,
     "text\n\n\u2014 a AAAA\n".encode(), "text\n\n\u2014 a b AAAAAAA=\n".encode()],
)  # fmt: skip
def test_no_note(data: bytes) -> None:
    with pytest.raises(NoteFault):
        parse_note(data)


def test_a_text_with_blank_lines_ends_at_the_last_one() -> None:
    note = Note("a\n\nb\n", (sign("k", LOG, "a\n\nb\n"),))
    assert parse_note(str(note).encode()) == note


def test_a_key_of_the_same_name_and_another_id_is_another_key() -> None:
    other = verifier_of(ORIGIN, OTHER, SIGNATURE)
    assert find_signatures(parse_checkpoint(signed()).note, [other]) == {}


def test_checkpoints_come_back_as_they_were() -> None:
    found = parse_checkpoint(signed())
    assert found.head == HEAD
    assert found.head.text == f"{ORIGIN}\n1\n{base64.b64encode(ROOT).decode()}\n"
    assert find_checkpoint_fault(found, [KEY]) is None


@pytest.mark.parametrize("text", ["a\n1\n", "a\n01\n{r}\n", "a\n-1\n{r}\n", "a\n1\nAAAA\n", "\n1\n{r}\n", "a\n\n{r}\n",
                                  "a\n\u0661\n{r}\n", "a\n9999999999999999999\n{r}\n"])  # fmt: skip
def test_no_checkpoint(text: str) -> None:
    text = text.format(r=base64.b64encode(ROOT).decode())
    with pytest.raises(NoteFault):
        parse_checkpoint(str(Note(text, (sign("a", LOG, text),))).encode())


def test_extension_lines_are_read_past() -> None:
    text = HEAD.text + "more\n"
    assert parse_checkpoint(str(Note(text, (sign(ORIGIN, LOG, text),))).encode()).head == HEAD


def test_what_is_wrong_with_a_checkpoint_is_said() -> None:
    other_log = Checkpoint("other.example", 1, ROOT)
    forged = signed().replace(b"\n1\n", b"\n2\n")
    cases = {
        signed(other_log, LOG, "other.example"): "log.other_origin",
        signed(private=OTHER): "log.unsigned",
        forged: "log.bad_signature",
    }
    assert {data: find_checkpoint_fault(parse_checkpoint(data), [KEY]) for data in cases} == cases
    witness = verifier_of(ORIGIN, LOG, COSIGNATURE)
    assert find_checkpoint_fault(parse_checkpoint(signed()), [witness]) == "log.other_origin"


def test_a_cosignature_is_over_the_time_and_the_text() -> None:
    line = cosign("witness.example", OTHER, HEAD.text, AT)
    key = verifier_of("witness.example", OTHER, COSIGNATURE)
    assert cosigned_at(line) == AT
    assert holds(key, HEAD.text, line)
    assert not holds(key, Checkpoint(ORIGIN, 2, ROOT).text, line)
    later = (int(AT.timestamp()) + 1).to_bytes(8, "big") + line.data[8:]
    assert not holds(key, HEAD.text, NoteSignature(line.name, line.key_id, later))
    expected = f"cosignature/v1\ntime {int(AT.timestamp())}\n{HEAD.text}".encode()
    OTHER.public_key().verify(line.data[8:], expected)


def test_a_time_that_nobody_can_mean_is_no_time() -> None:
    with pytest.raises(NoteFault):
        cosigned_at(NoteSignature("w", b"0000", b"\xff" * 72))


def test_only_lines_of_known_witnesses_that_hold_are_taken() -> None:
    known = verifier_of("w1", OTHER, COSIGNATURE)
    good, unknown = cosign("w1", OTHER, HEAD.text, AT), cosign("w2", LOG, HEAD.text, AT)
    stale = cosign("w1", OTHER, "another text\n", AT)
    lines = f"{unknown}{good}{stale}"
    assert select_cosignatures(lines, HEAD.text, [known]) == (good,)
    assert select_cosignatures("nonsense", HEAD.text, [known]) == select_cosignatures("", HEAD.text, [known]) == ()
    assert find_cosigners(Note(HEAD.text, (sign(ORIGIN, LOG, HEAD.text), good, unknown)), [known, KEY]) == ("w1",)


def test_a_witness_is_a_line_of_configuration() -> None:
    key = verifier_of("w1", OTHER, COSIGNATURE)
    assert Witness.parse(f"{key} http://127.0.0.1:1/") == Witness(key, "http://127.0.0.1:1")
    assert Witness.parse(str(key)).address == ""
    with pytest.raises(NoteFault):
        Witness.parse(str(KEY))


def test_what_a_witness_is_asked_and_answers() -> None:
    assert write_request(7, [ROOT], b"note").decode() == f"old 7\n{base64.b64encode(ROOT).decode()}\n\nnote"
    assert Answer(409, "12\n").known_size == 12
    assert Answer(409, "x").known_size is Answer(403, "12").known_size is None


SALT, ENTRY = bytes(range(32)), b'{"recorded_at":"2026-11-25T08:00:00.000000Z","sequence":1}'


def test_the_known_answers_of_the_documentation() -> None:
    entry_hash = hashlib.sha256(ENTRY).digest()
    answers = [entry_hash, commit(SALT, entry_hash), hash_leaf(commit(SALT, entry_hash))]
    told = (Path(__file__).resolve().parents[3] / "docs" / "log-format.md").read_text()
    assert not [answer.hex() for answer in answers if answer.hex() not in told]


def proof_of(index: int = 3, size: int = 6, entry: bytes = ENTRY) -> Proof:
    leaves = [hash_leaf(bytes([number])) for number in range(size)]
    leaves[index] = hash_leaf(commit(SALT, hashlib.sha256(entry).digest()))
    head = Checkpoint(ORIGIN, size, naive.root(leaves))
    return Proof(index, SALT, entry, tuple(naive.path(index, leaves)), signed(head))


def test_a_proof_comes_back_as_it_was_and_holds() -> None:
    proof = proof_of()
    data = write_proof(proof)
    assert data.startswith(b"c2sp.org/tlog-proof@v1\nextra ")
    assert parse_proof(data) == proof
    report = check_proof(data, [KEY])
    assert report.holds
    assert report.index == 3
    assert report.entry["sequence"] == 1
    assert report.recorded_at == AT
    assert report.head is not None
    assert report.head.size == 6


def test_a_tree_of_one_has_an_empty_path() -> None:
    data = write_proof(proof_of(0, 1))
    assert b"index 0\n\n" in data
    assert check_proof(data, [KEY]).holds


def change(**what: object) -> bytes:
    proof = proof_of()
    return write_proof(Proof(**({name: getattr(proof, name) for name in Proof.__slots__} | what)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [change(entry=ENTRY.replace(b"1}", b"2}")), change(salt=bytes(32)), change(index=2), change(path=()),
     change(path=tuple(reversed(proof_of().path)))],
)  # fmt: skip
def test_a_proof_of_something_else_does_not_lead_to_the_root(data: bytes) -> None:
    assert check_proof(data, [KEY]).faults == ("proof.not_included",)


def test_a_proof_of_another_log_or_a_forged_head_says_so() -> None:
    head = parse_checkpoint(proof_of().checkpoint).head
    assert check_proof(change(checkpoint=signed(head, OTHER)), [KEY]).faults == ("log.unsigned",)
    grown = proof_of().checkpoint.replace(b"\n6\n", b"\n5\n")
    assert check_proof(change(checkpoint=grown), [KEY]).faults[0] == "log.bad_signature"


def test_a_proof_that_discloses_nothing_of_ours_says_so() -> None:
    lines = write_proof(proof_of()).split(b"\n")
    assert check_proof(b"\n".join([lines[0], *lines[2:]]), [KEY]).faults == ("proof.nothing_disclosed",)
    lines[1] = b"extra " + base64.b64encode(b"age-v1.2.1")
    assert check_proof(b"\n".join(lines), [KEY]).faults == ("proof.nothing_disclosed",)


@given(data=st.binary(max_size=400))
def test_rubbish_is_called_unreadable_and_nothing_breaks(data: bytes) -> None:
    assert check_proof(data, [KEY]).faults == ("proof.unreadable",)


@given(at=st.integers(0, 2000), byte=st.integers(0, 255))
def test_no_single_byte_can_be_changed_and_still_hold(at: int, byte: int) -> None:
    data = bytearray(write_proof(proof_of()))
    at %= len(data)
    before, data[at] = data[at], byte
    report = check_proof(bytes(data), [KEY])
    same = report.holds and report.entry == {"recorded_at": "2026-11-25T08:00:00.000000Z", "sequence": 1}
    assert byte == before or not report.holds or same
