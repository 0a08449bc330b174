"""Reading trust lists: XML after ETSI TS 119 612, signed by its scheme operator, and a plain JSON list of our own.

Of the standard's form only what a check needs is read: when the list was issued and ends (5.3), the services with
their certificates (5.5.3), their status and its history (5.5.4, 5.6). A list is believed only as far as its signature:
everything in it must be signed by the certificate that the reader was told beforehand.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from onestop.trust.rules.trust_lists import Service, ServiceKind, Status
from onestop.validation.rules.xml_documents import is_plain, parse
from onestop.validation.rules.xml_signatures import check_signature, find_signatures

TSL = "http://uri.etsi.org/02231/v2#"
_KINDS = {
    "http://uri.etsi.org/TrstSvc/Svctype/CA/QC": ServiceKind.CERTIFICATES,
    "http://uri.etsi.org/TrstSvc/Svctype/CA/PKC": ServiceKind.CERTIFICATES,
    "http://uri.etsi.org/TrstSvc/Svctype/TSA": ServiceKind.STAMPS,
    "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST": ServiceKind.STAMPS,
}
_STATUS = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/"
_GRANTED = {_STATUS + name for name in ("granted", "recognisedatnationallevel", "accredited", "undersupervision")}


def read_xml_list(data: bytes, signer: bytes) -> tuple[Service, ...]:
    """Return the services of a list. Raises ValueError unless the whole of it is signed by `signer` (DER)."""
    tree = parse(data)
    if not is_plain(tree):
        raise ValueError("trust_list.forbidden_content")
    _check(tree, signer)
    root = tree.getroot()
    until = _moment(root.findtext(f"{{{TSL}}}SchemeInformation/{{{TSL}}}NextUpdate/{{{TSL}}}dateTime"))
    return tuple(service for node in root.iter(f"{{{TSL}}}TSPService") for service in _services(node, until))


def _check(tree: Any, signer: bytes) -> None:
    """The list is signed as a whole, without faults, by the certificate known beforehand."""
    nodes = find_signatures(tree)
    if len(nodes) != 1:
        raise ValueError("trust_list.not_signed")
    checked = check_signature(tree, nodes[0], lambda _: None)
    whole = any(one.element is tree or one.element is tree.getroot() for one in checked.references)
    if checked.findings or not whole:
        raise ValueError("trust_list.signature_invalid")
    if checked.certificate != signer:
        raise ValueError("trust_list.other_signer")


def _services(node: Any, until: datetime | None) -> Iterator[Service]:
    information = node.find(f"{{{TSL}}}ServiceInformation")
    kind = _KINDS.get(_text(information, "ServiceTypeIdentifier"))
    if kind is None:
        return
    told = (information, *node.iterfind(f"{{{TSL}}}ServiceHistory/{{{TSL}}}ServiceHistoryInstance"))
    history = tuple(_status(one) for one in told)
    name = information.findtext(f"{{{TSL}}}ServiceName/{{{TSL}}}Name") or ""
    for found in information.iterfind(f"{{{TSL}}}ServiceDigitalIdentity//{{{TSL}}}X509Certificate"):
        yield Service(name.strip(), kind, base64.b64decode(found.text or ""), history, until)


def _status(node: Any) -> Status:
    since = _moment(_text(node, "StatusStartingTime"))
    if since is None:
        raise ValueError("trust_list.unreadable")
    return Status(since, _text(node, "ServiceStatus") in _GRANTED)


def _text(node: Any, name: str) -> str:
    return (node.findtext(f"{{{TSL}}}{name}") or "").strip()


def read_json_list(data: bytes) -> tuple[Service, ...]:
    """Return the services of a plain list: whoever may write the configuration says whom to believe.

    `{"next_update": moment, "services": [{"name", "kind": "certificates" or "stamps", "certificate": base64 of DER,
    "history": [{"since": moment, "granted": true}]}]}`. Raises ValueError (`trust_list.unreadable`).
    """
    try:
        found = json.loads(data)
        until = _moment(found.get("next_update"))
        return tuple(_plain(one, until) for one in found["services"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError("trust_list.unreadable") from error


def write_json_list(services: Iterable[Service], next_update: datetime) -> bytes:
    """Return a plain list of services."""
    told = [
        {
            "name": service.name,
            "kind": service.kind.value,
            "certificate": base64.b64encode(service.certificate).decode(),
            "history": [{"since": one.since.isoformat(), "granted": one.granted} for one in service.history],
        }
        for service in services
    ]
    found = {"next_update": next_update.isoformat(), "services": told}
    return json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n"


def _plain(one: dict[str, Any], until: datetime | None) -> Service:
    history = tuple(Status(_needed(entry["since"]), bool(entry["granted"])) for entry in one["history"])
    certificate = base64.b64decode(one["certificate"], validate=True)
    return Service(str(one["name"]), ServiceKind(one["kind"]), certificate, history, until)


def _needed(text: str) -> datetime:
    moment = _moment(text)
    if moment is None:
        raise ValueError("trust_list.unreadable")
    return moment


def _moment(text: str | None) -> datetime | None:
    if not text or not text.strip():
        return None
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
