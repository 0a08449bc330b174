"""The page that checks results without the internet: one file, with the keys and the list of revoked results inside.

The same list gives the same bytes, so the hash shown beside the download is that of the file downloaded.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from onestop.errors import Unavailable
from onestop.results.operations.publishing import publish_list
from onestop.web.base.context import LANGUAGES
from onestop.web.verify.bundling import bundle
from onestop.web.verify.publishing import trust_document
from onestop.web.verify.wording import words_in_all_languages

NAME = "onestop-xac-minh.html"
MODULES = (
    "bytes", "cbor", "claims", "der", "certificates", "signatures", "papers", "judge", "scanning", "telling", "checker",
)  # fmt: skip
FONTS = (
    ("Be Vietnam Pro", "400", "be-400"),
    ("Be Vietnam Pro", "600 700", "be-600"),
    ("Noto Nastaliq Urdu", "400 700", "nastaliq-400"),
)
TOKENS = Path(__file__).resolve().parents[1] / "base" / "assets" / "10-tokens.css"


@dataclass(frozen=True, slots=True)
class OfflinePage:
    """The file, its SHA-256, and as of when it knows of revocations."""

    content: bytes
    sha256: str
    made_at: datetime


def build_offline_page(*, at: datetime) -> OfflinePage:
    """Return the file with the list in force at `at`. Raises `Unavailable` if the list cannot be signed."""
    published = publish_list(at=at)
    inside = {
        "made_at": published.made_at.isoformat(),
        "trust": trust_document(),
        "list": base64.b64encode(bytes(published.message)).decode(),
        "words": words_in_all_languages(),
    }
    content = _render(json.dumps(inside, ensure_ascii=False, sort_keys=True, separators=(",", ":"))).encode()
    return OfflinePage(content, hashlib.sha256(content).hexdigest(), published.made_at)


@lru_cache(maxsize=2)
def _render(inside: str) -> str:
    style, script = _style(), _script()
    context = {
        "style": SafeString(f"<style>{style}</style>"),  # its policy names both by their hashes
        "script": SafeString(f"<script>{script}</script>"),
        "inside": SafeString(inside.replace("<", "\\u003c")),
        "policy": "; ".join(
            (
                "default-src 'none'",
                f"script-src '{_hash(script)}'",
                f"style-src '{_hash(style)}'",
                "font-src data:",
                "img-src data: blob:",
                "media-src blob:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
        "languages": LANGUAGES.items(),
    }
    return render_to_string("verify/offline.html", context)


@lru_cache(maxsize=1)
def _script() -> str:
    places = {f"./{name}.js": _find(f"verify/{name}.js") for name in MODULES}
    reader = {"./index.js": _find("base/qr/index.js"), "./decode.js": _find("base/qr/decode.js")}
    return bundle({**places, **reader, "./offline.js": _find("verify/offline.js")})


@lru_cache(maxsize=1)
def _style() -> str:
    texts = (TOKENS, _find("verify/offline.css"))
    return "".join(_face(*font) for font in FONTS) + "".join(text.read_text(encoding="utf-8") for text in texts)


def _face(family: str, weight: str, file: str) -> str:
    data = base64.b64encode(_find(f"base/fonts/{file}.woff2").read_bytes()).decode()
    return f'@font-face{{font-family:"{family}";font-weight:{weight};src:url(data:font/woff2;base64,{data})}}\n'


def _find(name: str) -> Path:
    found = finders.find(name)
    if not found:
        raise Unavailable("offline.not_built", name=name)
    return Path(found)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
