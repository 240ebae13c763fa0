"""How sessions send to their pages: put down and gone on, sent in order and together by the loop that has the socket.

Solara makes the thread of a session wait for every message until the loop has sent it; with ten sessions that is ten
threads that pass the interpreter to and fro, some ten times for each lever.
"""

import asyncio
import threading
from collections import deque
from typing import Any, Final

from solara.server import starlette
from solara.server.websocket import WebSocketDisconnect

MOST: Final = 64_000_000  # bytes or characters that wait for a page, before it is taken for gone


class Post(starlette.WebsocketWrapper):
    """One socket. Whoever sends to a page that is gone is told so by the next message, as Solara expects it."""

    def __init__(self, ws: Any, portal: Any) -> None:
        super().__init__(ws, portal)
        self._lock = threading.Lock()
        self._waiting: deque[str | bytes] = deque()
        self._size = 0
        self._is_sending = self._is_gone = False

    def send_text(self, data: str) -> None:
        """Put a message down. Raises WebSocketDisconnect where the page is gone, or has long read nothing."""
        self._put(data)

    def send_bytes(self, data: bytes) -> None:
        """As `send_text`."""
        self._put(data)

    def _put(self, data: str | bytes) -> None:
        with self._lock:
            if self._is_gone or self._size > MOST:
                raise WebSocketDisconnect
            self._waiting.append(data)
            self._size += len(data)
            if self._is_sending:
                return
            self._is_sending = True
        try:
            asyncio.run_coroutine_threadsafe(self._send(), self.event_loop)
        except RuntimeError as error:  # the server ends
            raise WebSocketDisconnect from error

    async def _send(self) -> None:
        while True:
            with self._lock:
                if self._is_gone or not self._waiting:
                    self._is_sending = False
                    return
                data = self._waiting.popleft()
                self._size -= len(data)
            try:
                if isinstance(data, bytes):
                    await self._send_bytes_exc(data)
                else:
                    await self._send_text_exc(data)
            except WebSocketDisconnect:
                with self._lock:
                    self._is_gone = True
                    self._waiting.clear()


def install() -> None:
    """Let Solara's server send with it from now on."""
    starlette.WebsocketWrapper = Post
