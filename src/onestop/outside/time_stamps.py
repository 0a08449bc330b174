"""A time-stamp authority over HTTP (RFC 3161), a process of its own (tổ chức cấp dấu thời gian, giả lập).

    python -m onestop.outside.time_stamps --folder FOLDER [--port 8318] [--algorithm ec-p256]

POST a `timestamp-query` to `/`. It attests its own clock. Its root and revocation list lie in `FOLDER/public`; its own
key lives and dies with the process. `PUT /behaviour` with JSON makes it ill for trying out what the house does then:

    {"down": true}          answers 503           {"delay_s": 3}         is slow
    {"reject": "bad_alg"}   refuses by RFC        {"clock_shift_s": 90}  its clock is wrong
    {"garble": true}        answers nonsense
"""

import asyncio
import hashlib
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from aiohttp import web
from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509.oid import ExtendedKeyUsageOID

from onestop.outside.certification import (
    ALGORITHMS,
    Certification,
    PrivateKey,
    make_key,
    open_certification,
    person,
    usage,
)
from onestop.outside.serving import address, arguments, listen, run

POLICY = "2.25.171290637465412059823744615263902517684"
IMPRINTS = {"sha256": 32, "sha384": 48, "sha512": 64}


@dataclass(frozen=True)
class Behaviour:
    """How well it is today; `reject` is a `PKIFailureInfo`, e.g. `time_not_available`."""

    down: bool = False
    delay_s: float = 0
    clock_shift_s: float = 0
    reject: str = ""
    garble: bool = False


class TimeStampAuthority:
    """Answers queries with tokens signed by a key that only this process has."""

    def __init__(self, certification: Certification, algorithm: str, url: str) -> None:
        self.certification = certification
        self.behaviour = Behaviour()
        self._key: PrivateKey = make_key(algorithm)
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        name = person("Dấu thời gian giả lập", "Thế giới bên ngoài (giả lập)")
        made = certification.certify(
            self._key.public_key(), name, usage(digital_signature=True), (purpose, True), list_url=f"{url}root.crl"
        )
        self._der = made.public_bytes(serialization.Encoding.DER)
        self._certificate = asn1_x509.Certificate.load(self._der)

    def answer(self, query: bytes) -> bytes:
        """Return a `TimeStampResp` (DER): a token, or the reason why not."""
        if self.behaviour.reject:
            return _rejection(self.behaviour.reject)
        try:
            asked = tsp.TimeStampReq.load(query, strict=True)
            imprint = asked["message_imprint"]
            algorithm, digest = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native
        except (ValueError, TypeError):
            return _rejection("bad_data_format")
        if algorithm not in IMPRINTS:
            return _rejection("bad_alg")
        if len(digest) != IMPRINTS[algorithm]:
            return _rejection("bad_data_format")
        if asked["req_policy"].native not in (None, POLICY):
            return _rejection("unaccepted_policy")
        token = self._token(self._info(asked), enclose=bool(asked["cert_req"].native))
        return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())

    def _info(self, asked: tsp.TimeStampReq) -> bytes:
        moment = datetime.now(UTC) + timedelta(seconds=self.behaviour.clock_shift_s)
        info = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": asked["message_imprint"],
            "serial_number": secrets.randbits(63),
            "gen_time": moment.replace(microsecond=0),
            "accuracy": {"seconds": 1},
        }
        if asked["nonce"].native is not None:
            info["nonce"] = asked["nonce"].native
        return bytes(tsp.TSTInfo(info).dump())

    def _token(self, info: bytes, *, enclose: bool) -> cms.ContentInfo:
        attributes = self._attributes(info)
        sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        signer = {
            "version": "v1",
            "sid": {
                "issuer_and_serial_number": {
                    "issuer": self._certificate.issuer,
                    "serial_number": self._certificate.serial_number,
                }
            },
            "digest_algorithm": sha256,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa" if self._is_ec else "sha256_rsa"},
            "signature": self._sign(attributes.untag().dump()),
        }
        body = {
            "version": "v3",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info)},
            "signer_infos": [signer],
        }
        if enclose:
            body["certificates"] = [self._certificate]
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(body)})

    def _attributes(self, info: bytes) -> cms.CMSAttributes:
        named = tsp.SigningCertificateV2({"certs": [{"cert_hash": hashlib.sha256(self._der).digest()}]})
        return cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(info).digest()]}),
                cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]}),
            ]
        )

    @property
    def _is_ec(self) -> bool:
        return isinstance(self._key, ec.EllipticCurvePrivateKey)

    def _sign(self, data: bytes) -> bytes:
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(hashes.SHA256()))
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def _rejection(reason: str) -> bytes:
    """Return a response without a token: a SEQUENCE of the status alone."""
    status = bytes(tsp.PKIStatusInfo({"status": "rejection", "fail_info": {reason}}).dump())
    return bytes((0x30, len(status))) + status


def application(authority: TimeStampAuthority) -> web.Application:
    """Return the service over HTTP."""

    async def stamp(request: web.Request) -> web.Response:
        now = authority.behaviour
        await asyncio.sleep(now.delay_s)
        if now.down:
            raise web.HTTPServiceUnavailable
        if request.content_type != "application/timestamp-query":
            raise web.HTTPUnsupportedMediaType
        made = b"nonsense" if now.garble else authority.answer(await request.read())
        return web.Response(body=made, content_type="application/timestamp-reply")

    async def behave(request: web.Request) -> web.Response:
        try:
            authority.behaviour = replace(Behaviour(), **await request.json())
        except (ValueError, TypeError) as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return web.json_response(asdict(authority.behaviour))

    async def revocations(_: web.Request) -> web.Response:
        return web.Response(body=authority.certification.revocation_list(), content_type="application/pkix-crl")

    app = web.Application(client_max_size=16 * 1024)
    app.add_routes([web.post("/", stamp), web.put("/behaviour", behave), web.get("/root.crl", revocations)])
    return app


def main() -> None:
    """Serve until told to end."""
    parser = arguments("A time-stamp authority (RFC 3161) over HTTP.")
    parser.add_argument("--algorithm", choices=ALGORITHMS, default="ec-p256")
    chosen = parser.parse_args()
    bound = listen(chosen.host, chosen.port)
    certification = open_certification(chosen.folder, "Gốc dấu thời gian giả lập")
    run(application(TimeStampAuthority(certification, chosen.algorithm, address(bound))), bound, chosen.folder)


if __name__ == "__main__":
    main()
