"""A witness as C2SP tlog-witness describes it, over HTTP, written from the specification and not from our rules."""

import base64
import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.journal.log import naive


class WitnessServer:
    """Cosigns what goes on from what it has seen. `leaves` is how it knows the truth: the tests hand it the tree."""

    def __init__(self, log_key: str) -> None:
        self.origin, _, rest = log_key.partition("+")
        self.log = Ed25519PublicKey.from_public_bytes(base64.b64decode(rest.split("+", 1)[1])[1:])
        self.private = Ed25519PrivateKey.generate()
        self.name = "witness.example/w1"
        self.size, self.root = 0, hashlib.sha256().digest()
        self.statuses: list[int] = []

    @property
    def key(self) -> str:
        public = b"\x04" + self.private.public_key().public_bytes_raw()
        return f"{self.name}+{self._id().hex()}+{base64.b64encode(public).decode()}"

    def _id(self) -> bytes:
        public = self.private.public_key().public_bytes_raw()
        return hashlib.sha256(self.name.encode() + b"\n\x04" + public).digest()[:4]

    def __enter__(self) -> "WitnessServer":
        witness = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, text = witness.answer(body) if self.path == "/add-checkpoint" else (404, "")
                witness.statuses.append(status)
                self.send_response(status)
                if status == 409:
                    self.send_header("Content-Type", "text/x.tlog.size")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, body: str) -> tuple[int, str]:
        head, note = body.split("\n\n", 1)
        old_line, *proof = head.split("\n")
        text, signatures = note.rsplit("\n\n", 1)
        text += "\n"
        origin, size, root = text.split("\n")[:3]
        old = int(old_line.removeprefix("old "))
        if origin != self.origin:
            return 404, ""
        if not any(self._is_signed(line, text) for line in signatures.split("\n") if line):
            return 403, ""
        if old > int(size):
            return 400, ""
        if old != self.size:
            return 409, f"{self.size}\n"
        if old == int(size):
            return (200, self._cosign(text)) if base64.b64decode(root) == self.root else (409, f"{self.size}\n")
        if not self._goes_on(int(size), base64.b64decode(root), [base64.b64decode(line) for line in proof]):
            return 422, ""
        self.size, self.root = int(size), base64.b64decode(root)
        return 200, self._cosign(text)

    def _is_signed(self, line: str, text: str) -> bool:
        try:
            self.log.verify(base64.b64decode(line.split(" ")[2])[4:], text.encode())
        except InvalidSignature:
            return False
        return True

    def _goes_on(self, size: int, root: bytes, proof: list[bytes]) -> bool:
        """RFC 6962, 2.1.2, told recursively: rebuild both roots from the proof."""
        if self.size == 0:
            return not proof

        def rebuild(old: int, new: int, is_whole: bool) -> tuple[bytes, bytes]:
            if old == new:
                known = self.root if is_whole else proof.pop(0)
                return known, known
            k = naive.split(new)
            if old <= k:
                left = rebuild(old, k, is_whole)
                return left[0], naive.node(left[1], proof.pop(0))
            right = rebuild(old - k, new - k, False)
            left_hash = proof.pop(0)
            return naive.node(left_hash, right[0]), naive.node(left_hash, right[1])

        try:
            found = rebuild(self.size, size, True)
        except IndexError:
            return False
        return found == (self.root, root) and not proof

    def _cosign(self, text: str) -> str:
        now = int(time.time())
        signature = self.private.sign(f"cosignature/v1\ntime {now}\n{text}".encode())
        line = base64.b64encode(self._id() + now.to_bytes(8, "big") + signature).decode()
        return f"\u2014 {self.name} {line}\n"
