"""Looking at pages as a browser would: what they load, and what they must not hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

NEVER = re.compile(
    r"(?<!bukan )tanda tangan sah|sah secara elektronik|alat bukti hukum yang sah"
    r"|UU ITE|Pasal 5 ayat",
    re.IGNORECASE,
)
"""What may be said only of a signature with a certificate of a recognised issuer."""
LOADED = {
    "link": "href",
    "script": "src",
    "img": "src",
    "use": "href",
    "source": "src",
    "iframe": "src",
}


class Page(HTMLParser):
    """``loads``: addresses that the page fetches; ``faults``: what the policy refuses."""

    def __init__(self, text, nonce=""):
        super().__init__()
        self.loads, self.faults, self.nonce = [], [], nonce
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag} {name}=...>")
            if (value or "").strip().lower().startswith(("javascript:", "data:text")):
                self.faults.append(f"<{tag} {name}={value[:20]}>")
        own = given.get("nonce") and given.get("nonce") == self.nonce
        if tag == "style" and not own:
            self.faults.append("<style>")
        if tag == "script" and "src" not in given and not own:
            self.faults.append("<script> without nonce")
        address = given.get(LOADED.get(tag, ""))
        if address and given.get("rel") != "canonical":
            self.loads.append(address.partition("#")[0])
        if address and urlsplit(address).netloc:
            self.faults.append(f"loads {address} from elsewhere")


def style_loads(text, address):
    """Return what a style sheet at this address fetches."""
    found = re.findall(r"url\(\s*['\"]?([^'\")]+)", text)
    return [urljoin(address, one) for one in found if not one.startswith("data:")]
