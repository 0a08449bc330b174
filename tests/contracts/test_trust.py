"""What every adapter of trust promises: keys, authority, time stamps, anchors, the journal's signer."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from onestop.errors import Unavailable
from onestop.trust.adapters.csc_client import Service
from onestop.trust.adapters.csc_keys import CscKeys
from onestop.trust.adapters.file_keys import FileKeys
from onestop.trust.adapters.folder_anchors import FolderAnchors
from onestop.trust.adapters.held_keys import HeldKeys
from onestop.trust.adapters.journal_signer import JournalSigner
from onestop.trust.adapters.local_authority import LocalAuthority
from onestop.trust.adapters.local_time_stamps import LocalTimeStamps
from onestop.trust.adapters.null import NoAnchors, NoAuthority, NoKeys, NoTimeStamps
from onestop.trust.adapters.pkcs11_keys import Pkcs11Keys
from onestop.trust.adapters.pkcs12_keys import Pkcs12Keys
from onestop.trust.adapters.routed_keys import Place, RoutedKeys
from onestop.trust.ports import Authority, Keys, SignatureRequest, Subject, TimeStamps, TrustAnchors
from onestop.trust.rules import KeyKind, RevocationReason, certificate_id
from onestop.trust.rules.algorithms import Algorithm, fits, usable
from onestop.trust.rules.certificates import FIRST_VALID
from tests.hsm import PIN, SoftHsm
from tests.stand_ins import RemoteSigning

SECRET = "a secret of this test"
DIGEST = hashlib.sha256(b"what is signed").digest()
AT = datetime(2026, 2, 27, 9, 10, tzinfo=UTC)
SUBJECT = Subject("officer:1", "Nguyễn Văn Quang", "UBND", KeyKind.OFFICER, FIRST_VALID, FIRST_VALID.replace(year=2033))


@pytest.fixture
def authority(tmp_path: Path) -> LocalAuthority:
    return LocalAuthority(tmp_path, SECRET)


@dataclass(frozen=True)
class Keeper:
    """A keeper of keys under test: how a key gets there, and how its holder says yes."""

    keys: Keys
    provide: Callable[[str], tuple[bytes, ...]]
    factors: Callable[[str], dict[str, str]] = lambda _: {}

    def signature(self, key: str, digest: bytes) -> bytes:
        request = self.keys.request(key, digest)
        signature = self.keys.collect(self.keys.confirm(request, self.factors(key)))
        assert signature is not None
        return signature


def _enrolling(keys: Keys, authority: LocalAuthority) -> Keeper:
    return Keeper(keys, lambda key: keys.enrol(key, lambda public: authority.issue(replace(SUBJECT, key=key), public)))


def _passphrases(folder: Path) -> Path:
    file = folder / "passphrases.toml"
    file.write_text("".join(f'"{key}" = "passphrase of {key}"\n' for key in ("officer:1", "seal:H49")))
    file.chmod(0o600)
    return file


def _keys(kind: str, algorithm: Algorithm, folder: Path, request: pytest.FixtureRequest) -> Keys:
    if kind == "file":
        return FileKeys(folder / "private", SECRET, algorithm)
    if kind == "pkcs12":
        return Pkcs12Keys(folder / "private", _passphrases(folder), algorithm)
    if kind == "pkcs11":
        hsm: SoftHsm = request.getfixturevalue("hsm")
        return Pkcs11Keys(hsm.module, hsm.make_token(), lambda: PIN, algorithm)
    if kind == "held":
        return HeldKeys(FileKeys(folder / "private", SECRET, algorithm))
    return RoutedKeys([Place(("system:*",), NoKeys()), Place(("*",), FileKeys(folder / "private", SECRET, algorithm))])


def _remote(kind: str, algorithm: Algorithm, request: pytest.FixtureRequest) -> Keeper:
    """A remote service, whose holders type their factors here (`csc`) or answer on the telephone (`csc-phone`)."""
    service: RemoteSigning = request.getfixturevalue("outside_remote_signing")
    opened: dict[str, str] = {}

    def provide(key: str) -> tuple[bytes, ...]:
        opened[key] = service.open_credential(key, algorithm=algorithm.value, by_phone=kind == "csc-phone")
        keys._credentials[key] = opened[key]
        return keys.chain(key)

    def factors(key: str) -> dict[str, str]:
        if kind == "csc":
            return service.factors(opened[key])
        service.answer(opened[key])
        return {}

    secret = service.stand_in.secret("client")
    where = Service(
        f"{service.stand_in.url}csc/v2", service.stand_in.tls_root, secret["client_id"], lambda: secret["client_secret"]
    )
    keys = CscKeys(where)
    return Keeper(keys, provide, factors)


LOCAL = ("file", "pkcs12", "pkcs11", "held", "routed")


@pytest.fixture(params=[*LOCAL, "csc", "csc-phone"])
def keeper(request: pytest.FixtureRequest, tmp_path: Path, authority: LocalAuthority) -> Keeper:
    """Every keeper of keys, with keys on P-256."""
    return _keeper(request.param, Algorithm.EC_P256, tmp_path, request, authority)


@pytest.fixture(params=LOCAL)
def destroyer(request: pytest.FixtureRequest, tmp_path: Path, authority: LocalAuthority) -> Keeper:
    """Those who destroy keys when told to; a remote service does it when the holder tells it."""
    return _keeper(request.param, Algorithm.EC_P256, tmp_path, request, authority)


def _keeper(
    kind: str, algorithm: Algorithm, folder: Path, request: pytest.FixtureRequest, authority: LocalAuthority
) -> Keeper:
    if kind.startswith("csc"):
        return _remote(kind, algorithm, request)
    return _enrolling(_keys(kind, algorithm, folder, request), authority)


def _fits(chain: tuple[bytes, ...], digest: bytes, signature: bytes) -> bool:
    key = usable(x509.load_der_x509_certificate(chain[0]).public_key())
    assert key is not None
    return fits(key, digest, signature)


@pytest.mark.parametrize("algorithm", list(Algorithm))
@pytest.mark.parametrize("kind", ["file", "pkcs12", "pkcs11", "csc", "csc-phone"])
def test_a_key_signs_what_it_was_asked_to(
    kind: str, algorithm: Algorithm, request: pytest.FixtureRequest, tmp_path: Path, authority: LocalAuthority
) -> None:
    keeper = _keeper(kind, algorithm, tmp_path, request, authority)
    chain = keeper.provide("officer:1")
    assert algorithm_of(chain[0]) == algorithm
    assert keeper.keys.chain("officer:1") == chain
    for digest in (DIGEST, hashlib.sha256(b"other").digest()):
        signature = keeper.signature("officer:1", digest)
        assert _fits(chain, digest, signature)
        assert not _fits(chain, digest[::-1], signature)


def algorithm_of(certificate: bytes) -> str:
    key = x509.load_der_x509_certificate(certificate).public_key()
    return f"rsa-{key.key_size}" if isinstance(key, rsa.RSAPublicKey) else "ec-p256"


def test_every_keeper_answers_a_request(keeper: Keeper) -> None:
    chain = keeper.provide("officer:1")
    signature = keeper.signature("officer:1", DIGEST)
    assert _fits(chain, DIGEST, signature)
    assert not _fits(chain, hashlib.sha256(b"other").digest(), signature)


def test_one_consent_may_be_for_several(keeper: Keeper) -> None:
    chain, digests = keeper.provide("officer:1"), [hashlib.sha256(bytes([n])).digest() for n in range(3)]
    request = keeper.keys.request("officer:1", *digests)
    signatures = keeper.keys.collect_all(keeper.keys.confirm(request, keeper.factors("officer:1")))
    assert signatures is not None
    fitting = [[_fits(chain, digest, signature) for digest in digests] for signature in signatures]
    assert fitting == [[True, False, False], [False, True, False], [False, False, True]]


def test_a_keeper_says_beforehand_what_the_holder_must_do(keeper: Keeper) -> None:
    keeper.provide("officer:1")
    consent = keeper.keys.consent("officer:1")
    if consent is None:
        assert keeper.keys.sign("officer:1", DIGEST)
    else:
        assert consent.asks == keeper.keys.request("officer:1", DIGEST).asks
        with pytest.raises(Unavailable, match=r"key\.asks_holder"):
            keeper.keys.sign("officer:1", DIGEST)


def test_each_key_is_another(keeper: Keeper) -> None:
    one, two = keeper.provide("officer:1"), keeper.provide("seal:H49")
    assert not _fits(two, DIGEST, keeper.signature("officer:1", DIGEST))
    assert _fits(one, DIGEST, keeper.signature("officer:1", DIGEST))
    assert one[1:] == two[1:]


def test_keys_kept_by_one_are_found_by_the_next(tmp_path: Path, authority: LocalAuthority) -> None:
    chain = FileKeys(tmp_path / "private", SECRET).enrol("seal:H49", lambda key: authority.issue(SUBJECT, key))
    other = FileKeys(tmp_path / "private", SECRET)
    assert other.chain("seal:H49") == chain
    assert _fits(chain, DIGEST, other.sign("seal:H49", DIGEST))


@pytest.mark.parametrize("kind", ["file", "pkcs12", "pkcs11"])
def test_enrolling_again_changes_the_key_for_everybody(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, authority: LocalAuthority
) -> None:
    one = two = _keys(kind, Algorithm.EC_P256, tmp_path, request)
    if isinstance(one, Pkcs11Keys):
        two = Pkcs11Keys(one._module, one._token, lambda: PIN)
    else:
        two = _keys(kind, Algorithm.EC_P256, tmp_path, request)
    first = one.enrol("officer:1", lambda key: authority.issue(SUBJECT, key))
    assert two.chain("officer:1") == first
    second = one.enrol("officer:1", lambda key: authority.issue(SUBJECT, key))
    assert second != first
    assert two.chain("officer:1") == second
    assert _fits(second, DIGEST, two.sign("officer:1", DIGEST))


@pytest.mark.parametrize("name", ["officer:2", "officer:../../x", "nobody"])
def test_a_key_that_is_not_there_cannot_sign(keeper: Keeper, name: str) -> None:
    keeper.provide("officer:1")
    keys = keeper.keys
    for use in (keys.chain, lambda key: keys.sign(key, DIGEST), lambda key: keys.request(key, DIGEST)):
        with pytest.raises(Unavailable, match=r"key\.unknown"):
            use(name)


def test_a_withdrawn_key_is_gone(destroyer: Keeper) -> None:
    destroyer.provide("officer:1")
    other = destroyer.provide("seal:H49")
    destroyer.keys.withdraw("officer:1")
    destroyer.keys.withdraw("officer:1")
    with pytest.raises(Unavailable, match=r"key\.unknown"):
        destroyer.keys.chain("officer:1")
    assert destroyer.keys.chain("seal:H49") == other


def test_a_held_key_signs_nothing_unasked(tmp_path: Path, authority: LocalAuthority) -> None:
    keys = HeldKeys(FileKeys(tmp_path / "private", SECRET))
    keys.enrol("officer:1", lambda key: authority.issue(SUBJECT, key))
    with pytest.raises(Unavailable, match=r"key\.asks_holder"):
        keys.sign("officer:1", DIGEST)
    request = keys.request("officer:1", DIGEST)
    assert keys.collect(request) is None
    keys.confirm(request, {})
    assert keys.collect(SignatureRequest("officer:1", DIGEST, "guessed")) is None
    assert keys.collect(request) is not None
    assert keys.collect(request) is None


def test_without_a_secret_no_key_is_kept(tmp_path: Path, authority: LocalAuthority) -> None:
    keys = FileKeys(tmp_path / "private", "")
    for use in (
        lambda: keys.enrol("officer:1", lambda key: authority.issue(SUBJECT, key)),
        lambda: LocalAuthority(tmp_path / "other", "").issue(SUBJECT, _public_key()),
    ):
        with pytest.raises(Unavailable, match=r"keys\.no_secret"):
            use()
    assert not (tmp_path / "private" / "officer_1.key").exists()


def test_without_keys_nothing_is_signed() -> None:
    keys: Keys = NoKeys()
    uses = (
        lambda: keys.chain("officer:1"),
        lambda: keys.sign("officer:1", DIGEST),
        lambda: keys.request("officer:1", DIGEST),
        lambda: keys.confirm(SignatureRequest("officer:1", DIGEST), {}),
        lambda: keys.collect(SignatureRequest("officer:1", DIGEST)),
        lambda: keys.enrol("officer:1", lambda key: (key,)),
    )
    for use in uses:
        with pytest.raises(Unavailable, match=r"keys\.none"):
            use()
    keys.withdraw("officer:1")


def _time_stamps(folder: Path) -> TimeStamps:
    return LocalTimeStamps(folder, SECRET, LocalAuthority(folder, SECRET))


def test_a_time_stamp_attests_digest_and_moment(tmp_path: Path) -> None:
    stamps = _time_stamps(tmp_path)
    token = stamps.stamp(DIGEST, AT)
    assert len(token) <= stamps.max_bytes
    content = cms.ContentInfo.load(token, strict=True)["content"]
    info = tsp.TSTInfo.load(content["encap_content_info"]["content"].parsed.dump())
    assert info["gen_time"].native == AT
    assert info["message_imprint"]["hashed_message"].native == DIGEST
    again = cms.ContentInfo.load(_time_stamps(tmp_path).stamp(DIGEST, AT))["content"]
    assert again["certificates"][0].chosen.dump() == content["certificates"][0].chosen.dump()
    assert token != stamps.stamp(DIGEST, AT)


def test_tokens_keep_within_what_they_promise(tmp_path: Path) -> None:
    stamps = _time_stamps(tmp_path)
    assert max(len(stamps.stamp(hashlib.sha256(bytes([n])).digest(), AT)) for n in range(200)) <= stamps.max_bytes


def test_without_an_authority_no_time_is_attested() -> None:
    stamps: TimeStamps = NoTimeStamps()
    assert stamps.max_bytes == 0
    with pytest.raises(Unavailable, match=r"time_stamps\.none"):
        stamps.stamp(DIGEST, AT)


def test_anchors_follow_the_authority(tmp_path: Path, authority: LocalAuthority) -> None:
    anchors: TrustAnchors = FolderAnchors(tmp_path)
    assert (anchors.roots(), anchors.intermediates(), anchors.crls(), dict(anchors.revocations())) == ((), (), (), {})
    chain = FileKeys(tmp_path / "private", SECRET).enrol("officer:1", lambda key: authority.issue(SUBJECT, key))
    assert len(anchors.roots()) == 1
    assert anchors.intermediates() == chain[1:]
    assert len(anchors.crls()) == 2
    assert not anchors.revocations()
    certificate = x509.load_der_x509_certificate(chain[0])
    authority.revoke(certificate.serial_number, AT, RevocationReason.KEY_COMPROMISE)
    authority.revoke(certificate.serial_number, AT.replace(year=2027), RevocationReason.SUPERSEDED)
    assert anchors.revocations() == {(certificate.issuer.public_bytes(), certificate.serial_number): AT}


def test_a_list_of_somebody_else_is_not_believed(tmp_path: Path, authority: LocalAuthority) -> None:
    authority.prepare()
    foreign = LocalAuthority(tmp_path / "foreign", SECRET)
    foreign.issue(SUBJECT, _public_key())
    foreign.revoke(5, AT, RevocationReason.SUPERSEDED)
    (tmp_path / "foreign.crl").write_bytes((tmp_path / "foreign" / "issuing.crl").read_bytes())
    assert not FolderAnchors(tmp_path).revocations()
    assert FolderAnchors(tmp_path / "foreign").revocations()


def test_single_files_may_be_anchors(tmp_path: Path, authority: LocalAuthority) -> None:
    authority.prepare()
    anchors = FolderAnchors(tmp_path / "root.pem", tmp_path / "issuing.crl")
    assert len(anchors.roots()) == 1
    assert anchors.intermediates() == ()


def test_no_anchors_believe_nobody() -> None:
    anchors: TrustAnchors = NoAnchors()
    assert (anchors.roots(), anchors.intermediates(), anchors.crls(), anchors.revocations()) == ((), (), (), {})


def test_one_authority_however_many_processes(tmp_path: Path) -> None:
    chains = [LocalAuthority(tmp_path, SECRET).issue(SUBJECT, _public_key()) for _ in range(3)]
    assert len({chain[1] for chain in chains}) == 1
    assert len({chain[0] for chain in chains}) == 3


def test_without_an_authority_nobody_is_certified() -> None:
    nobody: Authority = NoAuthority()
    for use in (lambda: nobody.issue(SUBJECT, b""), lambda: nobody.revoke(1, AT, RevocationReason.SUPERSEDED)):
        with pytest.raises(Unavailable, match=r"authority\.none"):
            use()


def test_the_journals_signer_names_its_certificate(tmp_path: Path, authority: LocalAuthority) -> None:
    keys = FileKeys(tmp_path / "private", SECRET)
    chain = keys.enrol("officer:1", lambda key: authority.issue(SUBJECT, key))
    anchors = FolderAnchors(tmp_path)
    signer = JournalSigner(lambda: keys, lambda: anchors, {certificate_id(chain[0]): chain[0]}.get)
    signed = signer.sign("officer:1", DIGEST)
    assert signer.verify(signed.certificate_id, DIGEST, signed.signature, AT) is None
    assert signer.verify(signed.certificate_id, DIGEST[::-1], signed.signature, AT) == "signature.invalid"
    with pytest.raises(Unavailable):
        signer.sign("officer:2", DIGEST)


def _public_key() -> bytes:
    from onestop.trust.adapters.folder_keys import public_der

    return public_der(ec.generate_private_key(ec.SECP256R1()))
