"""The guard lets through its own page and socket, and nothing else; what it answers carries its headers."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from viz.app.guard import Guard, policy

PAGE = b'<html><head></head><script src="a.js"></script><script>b</script></html>'


async def inside(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await receive()
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": PAGE[:20], "more_body": True})
    await send({"type": "http.response.body", "body": PAGE[20:]})


def scope_of(kind: str = "http", path: str = "/", query: str = "", **headers: str) -> dict[str, Any]:
    told = {"host": "localhost:8765", **headers}
    return {
        "type": kind,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(k.encode(), v.encode()) for k, v in told.items()],
    }


def asked(guard: Guard, scope: dict[str, Any]) -> list[MutableMapping[str, Any]]:
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    asyncio.run(guard(scope, receive, send))
    return sent


@pytest.fixture
def guard() -> Guard:
    return Guard(inside, hosts=("localhost", "127.0.0.1"), sessions=2)


def test_the_page_is_signed_mended_and_whole(guard: Guard) -> None:
    start, body = asked(guard, scope_of())
    headers = dict(start["headers"])
    signed = headers[b"content-security-policy"].decode()
    nonce = signed.split("'nonce-")[1].split("'")[0]
    assert body["body"].count(f'<script nonce="{nonce}"'.encode()) == 2
    assert b'<html lang="nb">' in body["body"]
    assert int(headers[b"content-length"]) == len(body["body"])
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert asked(guard, scope_of())[0]["headers"] != start["headers"]  # a nonce is used once


def test_the_policy_names_no_other_machine() -> None:
    assert "http" not in policy("x")
    assert "default-src 'none'" in policy("x")


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        (scope_of(host="evil.example"), 421),
        (scope_of(host="localhost.evil.example:8765"), 421),
        (scope_of(host=""), 421),
        (scope_of(origin="http://evil.example"), 421),
        (scope_of(origin="null"), 421),
        (scope_of(path="/resourcez"), 404),
        (scope_of(path="/_solara/api/evict/x"), 404),
        (scope_of(path="/anything"), 404),
        (scope_of(query="a" * 9000), 414),
        (scope_of(host="127.0.0.1:8765"), 200),
        (scope_of(path="/static/assets/lab.js", origin="http://localhost:8765"), 200),
    ],
)
def test_who_gets_what(guard: Guard, scope: dict[str, Any], status: int) -> None:
    assert asked(guard, scope)[0]["status"] == status


def test_a_socket_is_for_our_own_page(guard: Guard) -> None:
    ours = scope_of("websocket", origin="http://localhost:8765")
    assert asked(guard, ours)[0]["type"] == "websocket.accept"
    for foreign in (scope_of("websocket"), scope_of("websocket", origin="http://localhost:9999")):
        assert asked(guard, foreign)[0] == {"type": "websocket.close", "code": 1008}


def test_sessions_are_bounded(guard: Guard) -> None:
    guard.open = 2
    ours = scope_of("websocket", origin="http://localhost:8765")
    assert asked(guard, ours)[0] == {"type": "websocket.close", "code": 1013}
    assert asked(guard, scope_of())[0]["status"] == 503
    guard.open = 0
    asked(guard, ours)
    assert guard.open == 0
