"""What stands between the network and the laboratory: hosts and origins, headers, limits, and a page without surprises.

A page is served only under a name that the laboratory was opened for, and a socket only to a page of its own; so a
foreign page in the same browser, and a foreign name that points here, get nothing.
"""

import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LONGEST_TARGET: Final = 8000  # bytes of path and query
_OPEN: Final = ("/static/", "/jupyter/", "/_solara/api/close/")
_HEADERS: Final = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}
# What Solara writes into its page and we would not: it forbids zooming, and does not say a language.
_MENDED: Final = (
    ("<html>", '<html lang="nb">'),
    (
        "width=device-width, initial-scale=1, maximum-scale=1, user-scalable=no, minimal-ui",
        "width=device-width, initial-scale=1",
    ),
)


class Guard:
    """An application that lets through to `inside` what is asked of one of `hosts`, and what is ours to answer."""

    def __init__(self, inside: Application, *, hosts: Iterable[str], sessions: int) -> None:
        self.inside, self.hosts, self.sessions = inside, frozenset(hosts), sessions
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self.inside(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._page(scope, receive, send)

    def is_known(self, scope: Scope) -> bool:
        """Whether the request names one of our hosts, and, where it says so, comes from one of our pages."""
        told = _told(scope)
        host, origin = told.get("host", ""), told.get("origin")
        if _name(host) not in self.hosts:
            return False
        return origin is None or urlsplit(origin).netloc == host

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_ours = self.is_known(scope) and "origin" in _told(scope)
        if not is_ours or self.open >= self.sessions:
            await receive()
            await send({"type": "websocket.close", "code": 1008 if not is_ours else 1013})
            return
        self.open += 1
        try:
            await self.inside(scope, receive, send)
        finally:
            self.open -= 1

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if not self.is_known(scope):
            await _refuse(send, 421, "This laboratory is not served under that name.")
        elif len(scope["raw_path"] or b"") + len(scope["query_string"]) > LONGEST_TARGET:
            await _refuse(send, 414, "The link is too long.")
        elif path != "/" and not path.startswith(_OPEN):
            await _refuse(send, 404, "There is nothing here; the laboratory is at /.")
        elif path == "/" and self.open >= self.sessions:
            await _refuse(send, 503, "Laboratoriet er fullt akkurat nå. / The laboratory is full just now.")
        elif path == "/":
            plain = [
                (k, v) for k, v in scope["headers"] if k.lower() != b"accept-encoding"
            ]  # to be read before it goes
            await self.inside({**scope, "headers": plain}, receive, _Answer(send, is_page=True))
        else:
            await self.inside(scope, receive, _Answer(send, is_page=False))


class _Answer:
    """Sends on what the application answers, with our headers; the page itself is mended and signed for its policy."""

    def __init__(self, send: Send, *, is_page: bool) -> None:
        self.send, self.is_page = send, is_page
        self.start: MutableMapping[str, Any] | None = None
        self.body = bytearray()

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            ours = [(k, v) for k, v in message["headers"] if k.lower() not in _HEADERS]
            message["headers"] = [*ours, *_HEADERS.items()]
            if self.is_page:
                self.start = message
                return
        elif self.start is not None:
            self.body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._send_page(self.start)
            return
        await self.send(message)

    async def _send_page(self, start: MutableMapping[str, Any]) -> None:
        nonce = secrets.token_urlsafe(16)
        text = self.body.decode("utf-8")
        for theirs, ours in _MENDED:
            text = text.replace(theirs, ours)
        body = text.replace("<script", f'<script nonce="{nonce}"').encode()
        dropped = (b"content-length", b"content-security-policy")
        headers = [(k, v) for k, v in start["headers"] if k.lower() not in dropped]
        headers += [
            (b"content-length", str(len(body)).encode()),
            (b"content-security-policy", policy(nonce).encode()),
            (b"cache-control", b"no-store"),
        ]
        await self.send({**start, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def policy(nonce: str) -> str:
    """The content policy of the page. Solara's templates are compiled in the browser, hence `unsafe-eval`."""
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{nonce}' 'unsafe-eval' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _told(scope: Scope) -> dict[str, str]:
    return {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    return (urlsplit(f"//{host}").hostname or "") if host.isprintable() else ""


async def _refuse(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_HEADERS.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
