"""A whole case in one archive that proves itself: what is in it, and the instruction by which a court checks it.

An ASiC-E container (ETSI EN 319 162-1) with CAdES signatures: one ZIP file that signature programs of the whole world
open. Beside the container's own manifest stands the same as plain `sha256sum` lines, signed as well, so that nothing
but a few programs found on every machine is needed. BagIt was the other choice: it carries the same lines, but no
signature, and no program of a court knows it.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from xml.sax.saxutils import quoteattr

MEDIA_TYPE = "application/vnd.etsi.asic-e+zip"
MANIFEST = "manifest-sha256.txt"
ASIC_MANIFEST, ASIC_SIGNATURE = "META-INF/ASiCManifest.xml", "META-INF/signature.p7s"
BEGINNING = "--------\n"
ROOT, OTHERS = "certificates/root.pem", "certificates/issuing.pem"
Files = Mapping[str, bytes]
_MEDIA_TYPES = {
    "json": "application/json", "pdf": "application/pdf", "pem": "application/x-pem-file", "txt": "text/plain",
    "p7s": "application/pkcs7-signature", "crl": "application/pkix-crl", "tst": "application/vnd.etsi.timestamp-token",
}  # fmt: skip
COMMANDS = r"""V="openssl cms -verify -binary -inform DER -purpose any -CAfile certificates/root.pem -out /dev/null"
L=manifest-sha256.txt
sha256sum --check --strict --quiet $L || echo BAD files  # 1
$V -in $L.p7s -content $L || echo BAD list  # 2
openssl ts -verify -token_in -in $L.tst -data $L -CAfile certificates/root.pem \
  -untrusted certificates/issuing.pem || echo BAD time  # 3
for f in journal/*.json; do $V -in $f.p7s -content $f || echo BAD $f; done  # 4
p=$(printf %064d 0); for f in journal/*.json; do  # 5
  grep -q "\"previous\":\"$p\"" $f || echo BAD order $f; p=$(sha256sum $f | cut -c1-64); done
for h in $(grep -oh '"sha256":"[0-9a-f]*"' journal/*.json | cut -d'"' -f4 | grep .); do  # 6
  ls documents | grep -q ^$h || echo BAD missing $h; done
for f in documents/*.pdf; do pdfsig -nocert $f | grep Validation | grep -v "is Valid" && echo BAD $f; done  # 7
openssl x509 -in certificates/root.pem -noout -fingerprint -sha256  # 8
"""
"""The instruction as a script for `sh`; the tests run these very lines."""

_README = """HỒ SƠ VỤ VIỆC {code} - lập lúc {at}

Tệp này tự chứng minh. Kiểm tra bằng các chương trình thông dụng (unzip, sha256sum, openssl, pdfsig), không cần
phần mềm đã tạo ra nó. Mở cửa sổ lệnh trong thư mục đã giải nén rồi chạy các lệnh dưới vạch; nếu có lỗi hoặc có
dòng BAD thì hồ sơ không nguyên vẹn. 1. Đủ tệp và không tệp nào bị sửa; 2. danh mục do cổng dịch vụ công ký; 3.
danh mục có từ thời điểm ghi trong dấu thời gian; 4. từng mục nhật ký do chính người thực hiện ký; 5. các mục
nối liền nhau, không thiếu, không đổi chỗ; 6. mọi tệp nhật ký nhắc tới đều có mặt; 7. chữ ký trên các tệp PDF.
Cuối cùng so mã băm của chứng thư gốc với mã do cơ quan chứng thực công bố: {root}

CASE FILE {code} - made at {at}

This file proves itself. Check it with common programs (unzip, sha256sum, openssl, pdfsig), without the software
that made it. Open a shell in the unpacked folder and run the commands below the line; if one reports an error
or prints a line with BAD, the case is not whole. 1. no file is missing or changed; 2. the list is signed by the
public service portal; 3. and was there at the moment in the time stamp; 4. each journal entry is signed by
whoever acted; 5. the entries follow on each other, none missing, none swapped; 6. every file that the journal
names is there; 7. the signatures in the PDF files. Last, compare the hash of the root certificate with the one
its authority publishes: {root}

"""


def readme(*, code: str, at: datetime, root: bytes) -> str:
    """Return the instruction in Vietnamese and English; `root` is the root certificate as DER."""
    fingerprint = hashlib.sha256(root).hexdigest().upper()
    shown = ":".join(fingerprint[start : start + 2] for start in range(0, len(fingerprint), 2))
    told = _README.format(code=code, at=f"{at:%d/%m/%Y %H:%M %z}", root=shown)
    return told + BEGINNING + COMMANDS


def manifest(files: Files) -> bytes:
    """Return the list of files as `sha256sum --check` reads it."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def asic_manifest(files: Files) -> bytes:
    """Return the container's own list, which its signature covers (EN 319 162-1, A.4)."""
    rows = "".join(_reference(name, files[name]) for name in sorted(files))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
        ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
        f'<asic:SigReference URI="{ASIC_SIGNATURE}" MimeType="{_MEDIA_TYPES["p7s"]}"/>{rows}</asic:ASiCManifest>'
    ).encode()


def document_list(rows: Iterable[tuple[str, str, str]]) -> str:
    """Return which file is what: its name here, what it was handed in or made as, its name there."""
    return "".join("\t".join(part.replace("\t", " ").replace("\n", " ") for part in row) + "\n" for row in rows)


def _reference(name: str, data: bytes) -> str:
    kind = _MEDIA_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    return (
        f"<asic:DataObjectReference URI={quoteattr(name)} MimeType={quoteattr(kind)}>"
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<ds:DigestValue>{digest}</ds:DigestValue></asic:DataObjectReference>"
    )
