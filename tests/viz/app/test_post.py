"""What sessions send arrives in order, without making them wait; a page that is gone is told of by the next message."""

import asyncio
import threading
import warnings
from typing import Any

import pytest

pytest.importorskip("solara")

with warnings.catch_warnings():  # Solara imports a part of websockets that is declared old
    warnings.simplefilter("ignore", DeprecationWarning)
    from solara.server.websocket import WebSocketDisconnect

    from viz.app import post

Sent = list[str | bytes]


class Socket:
    """A page that takes its time, or is gone after `lives` messages."""

    def __init__(self, lives: int = 1000) -> None:
        self.sent: Sent = []
        self.lives = lives

    async def send_text(self, data: str | bytes) -> None:
        await asyncio.sleep(0)
        if len(self.sent) >= self.lives:
            raise RuntimeError("Unexpected ASGI message 'websocket.send', after sending 'websocket.close'")
        self.sent.append(data)

    send_bytes = send_text


def posted(socket: Socket, work: Any) -> None:
    """Let a thread of a session `work` with a post, while the loop goes on."""

    async def serve() -> None:
        mine = post.Post(socket, None)
        await asyncio.to_thread(work, mine)
        await asyncio.sleep(0.05)

    asyncio.run(serve())


def test_messages_arrive_in_the_order_of_their_thread() -> None:
    socket = Socket()

    def work(mine: post.Post) -> None:
        def say(who: str) -> None:
            for n in range(50):
                mine.send(f"{who}{n}" if n % 2 else f"{who}{n}".encode())

        threads = [threading.Thread(target=say, args=(who,)) for who in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    posted(socket, work)
    told = [one if isinstance(one, str) else one.decode() for one in socket.sent]
    assert [one for one in told if one[0] == "a"] == [f"a{n}" for n in range(50)]
    assert [one for one in told if one[0] == "b"] == [f"b{n}" for n in range(50)]
    assert isinstance(socket.sent[0], bytes)


def test_a_page_that_is_gone_is_told_of() -> None:
    socket = Socket(lives=1)

    def work(mine: post.Post) -> None:
        def speak() -> None:
            for _ in range(1000):
                mine.send("words")
                threading.Event().wait(0.002)

        with pytest.raises(WebSocketDisconnect):
            speak()

    posted(socket, work)
    assert socket.sent == ["words"]


def test_a_page_that_reads_nothing_is_taken_for_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "MOST", 10)

    async def serve() -> None:
        mine = post.Post(Socket(), None)
        mine.send("long enough to wait")  # the loop has had no turn yet
        with pytest.raises(WebSocketDisconnect):
            mine.send("one more")

    asyncio.run(serve())
