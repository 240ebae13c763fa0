"""How sessions send to their pages: put down and gone on, sent in order and together by the loop that has the socket.

Solara makes the thread of a session wait for every message until the loop has sent it; with ten sessions that is ten
threads that pass the interpreter to and fro, some ten times for each lever.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Final

MOST: Final = 64_000_000  # bytes or characters that wait for a page, before it is taken for gone
Message = str | bytes


class GoneError(ConnectionError):
    """Nobody reads any more."""


class Post:
    """What is sent to one page. deliver: sends a message from the loop, and raises GoneError where the page is gone."""

    def __init__(self, loop: asyncio.AbstractEventLoop, deliver: Callable[[Message], Awaitable[None]]) -> None:
        self._loop, self._deliver = loop, deliver
        self._lock = threading.Lock()
        self._waiting: deque[Message] = deque()
        self._size = 0
        self._is_sending = self._is_gone = False

    def put(self, message: Message) -> None:
        """Put a message down, from any thread. Raises GoneError where the page is gone, or has long read nothing."""
        with self._lock:
            if self._is_gone or self._size > MOST:
                raise GoneError("the page is gone; what is said to it is lost")
            self._waiting.append(message)
            self._size += len(message)
            if self._is_sending:
                return
            self._is_sending = True
        sending = self._send()
        try:
            asyncio.run_coroutine_threadsafe(sending, self._loop)
        except RuntimeError as error:  # the server ends
            sending.close()
            raise GoneError("the server ends") from error

    async def _send(self) -> None:
        while True:
            with self._lock:
                if self._is_gone or not self._waiting:
                    self._is_sending = False
                    return
                message = self._waiting.popleft()
                self._size -= len(message)
            try:
                await self._deliver(message)
            except GoneError:
                with self._lock:
                    self._is_gone = True
                    self._waiting.clear()


def install() -> None:
    """Let Solara's server send with it from now on."""
    from solara.server import starlette
    from solara.server.websocket import WebSocketDisconnect

    class Posting(starlette.WebsocketWrapper):
        def __init__(self, ws: Any, portal: Any) -> None:
            super().__init__(ws, portal)
            self.post = Post(self.event_loop, self._deliver)

        def send_text(self, data: str) -> None:
            self._put(data)

        def send_bytes(self, data: bytes) -> None:
            self._put(data)

        def _put(self, data: Message) -> None:
            try:
                self.post.put(data)
            except GoneError as error:
                raise WebSocketDisconnect from error  # as Solara expects it

        async def _deliver(self, data: Message) -> None:
            try:
                await (self._send_bytes_exc(data) if isinstance(data, bytes) else self._send_text_exc(data))
            except WebSocketDisconnect as error:
                raise GoneError from error

    starlette.WebsocketWrapper = Posting
