"""What others say of a checkpoint: the agency's seal, a time stamp, cosignatures of witnesses. All may come late."""

from datetime import datetime, timedelta

from django.db import transaction

from onestop.errors import Invalid, Unavailable
from onestop.journal import ports
from onestop.journal.models import LogAttestation
from onestop.journal.operations.sequencing import hold_log
from onestop.journal.queries.log import (
    KeptCheckpoint,
    checkpoint_note,
    find_cosigned_size,
    find_newest_checkpoint,
    list_attestations,
    list_newest_checkpoints,
    list_unattested,
    list_witnesses,
    read_tile,
)
from onestop.journal.rules.notes import cosigned_at
from onestop.journal.rules.tiles import TiledTree, spell
from onestop.journal.rules.witnessing import Answer, Witness, select_cosignatures, write_request

AT_ONCE = 200  # of the newest checkpoints: what lies further back is vouched for by those that go on from it
STILL_COSIGNED = 10
RENEW_AFTER = timedelta(minutes=5)
NAMES = {"seal": "p7s", "stamp": "tst"}


def attest(*, at: datetime) -> int:
    """Have checkpoints sealed, stamped and cosigned that are not yet; return how many attestations came."""
    came = _attest_all("seal", at) + _attest_all("stamp", at)
    return came + sum(ask_witness(witness=witness, at=at) for witness in list_witnesses() if witness.address)


def _attest_all(kind: str, at: datetime) -> int:
    """Ask for one kind of attestation until nothing lacks it or nobody answers: the newest first."""
    came = 0
    for kept in list_unattested(kind, AT_ONCE):
        data = kept.head.text.encode()
        try:
            token = ports.notary().seal(data) if kind == "seal" else ports.notary().stamp(data, at)
        except Unavailable:
            break
        came += _keep_attestation(kept.head.size, kind, token, at)
    return came


@transaction.atomic
def _keep_attestation(size: int, kind: str, token: bytes, at: datetime) -> int:
    """Keep one and show it, unless another has been quicker."""
    hold_log()
    came = _keep(size, kind, "", token, at)
    if came:
        _show_attestation(size, kind, token)
    return came


def renew_stamp(*, at: datetime) -> bool:
    """Have the newest checkpoint stamped again while nothing new happens, so that silence can be told from a stop."""
    newest = find_newest_checkpoint()
    if newest is None or at - newest.at < RENEW_AFTER:
        return False
    try:
        token = ports.notary().stamp(newest.head.text.encode(), at)
    except Unavailable:
        return False
    ports.log_files().write("checkpoint.tst", token)
    return True


def ask_witness(*, witness: Witness, at: datetime) -> int:
    """Ask one witness to cosign the newest checkpoint; return how many cosignatures came.

    A witness that knows another size than we think says so, and is asked once more from there.
    """
    newest = find_newest_checkpoint()
    known = find_cosigned_size(witness.key)
    if newest is None or known == newest.head.size:
        return 0
    answer = _ask(witness, known, newest)
    size = answer.known_size if answer else None
    if size is not None and size <= newest.head.size:
        answer = _ask(witness, size, newest)
    if answer is None or answer.status != 200:
        return 0
    return add_cosignatures(lines=answer.text, at=at)


@transaction.atomic
def add_cosignatures(*, lines: str, at: datetime) -> int:
    """Keep those lines that are cosignatures of our witnesses on one of the newest checkpoints; return how many came.

    Raises `Invalid` (`log.no_cosignature`) if none is.
    """
    hold_log()
    keys = [witness.key for witness in list_witnesses()]
    found = [
        (kept.head.size, line)
        for kept in list_newest_checkpoints(STILL_COSIGNED)
        for line in select_cosignatures(lines, kept.head.text, keys)
    ]
    if not found:
        raise Invalid("log.no_cosignature")
    return sum(
        _keep(size, "cosignature", line.name, str(line).encode(), min(cosigned_at(line), at)) for size, line in found
    )


def show_attestations() -> None:
    """Write what is missing among the files of the newest checkpoints, their seals and their stamps."""
    for kept in list_newest_checkpoints(STILL_COSIGNED):
        _show(f"checkpoints/{spell(kept.head.size)}", checkpoint_note(kept.head.size))
    for size, kind, data in list_attestations(2 * STILL_COSIGNED):
        _show_attestation(size, kind, data)


def _show_attestation(size: int, kind: str, data: bytes) -> None:
    """Write one beside its checkpoint, and beside the newest if it is that one's; a stamp there may be a newer one."""
    newest, beside = find_newest_checkpoint(), f"checkpoint.{NAMES[kind]}"
    is_new = _show(f"checkpoints/{spell(size)}.{NAMES[kind]}", data)
    if newest and size == newest.head.size and (is_new or ports.log_files().read(beside) is None):
        ports.log_files().write(beside, data)


def _show(name: str, data: bytes) -> bool:
    if ports.log_files().read(name) == data:
        return False
    ports.log_files().write(name, data)
    return True


def _ask(witness: Witness, old: int, newest: KeptCheckpoint) -> Answer | None:
    path = TiledTree(newest.head.size, read_tile).consistency(old)
    return ports.witnesses().ask(witness.address, write_request(old, path, checkpoint_note(newest.head.size)))


def _keep(size: int, kind: str, name: str, data: bytes, at: datetime) -> int:
    _, is_new = LogAttestation.objects.get_or_create(size=size, kind=kind, name=name, defaults={"data": data, "at": at})
    return int(is_new)
