"""What sessions send arrives in order, without making them wait; a page that is gone is told of by the next message."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from viz.app import post
from viz.app.post import GoneError, Message, Post


class Reader:
    """A page that takes its time, and is gone after `lives` messages."""

    def __init__(self, lives: int = 1000) -> None:
        self.read: list[Message] = []
        self.lives = lives
        self.at_end = asyncio.Event()

    async def take(self, message: Message) -> None:
        await asyncio.sleep(0)
        if len(self.read) >= self.lives:
            raise GoneError
        self.read.append(message)
        if message == "end":
            self.at_end.set()


def posted(work: Callable[[Post], None], lives: int = 1000) -> list[Message]:
    """What was read of what a thread of a session sent, while the loop went on."""

    async def serve() -> list[Message]:
        reader = Reader(lives)
        mine = Post(asyncio.get_running_loop(), reader.take)
        await asyncio.to_thread(work, mine)
        if lives == 1000:
            mine.put("end")
            await asyncio.wait_for(reader.at_end.wait(), 10)
        return reader.read

    return asyncio.run(serve())


def test_messages_arrive_in_the_order_of_their_thread() -> None:
    def work(mine: Post) -> None:
        def say(who: str) -> None:
            for n in range(50):
                mine.put(f"{who}{n}" if n % 2 else f"{who}{n}".encode())

        threads = [threading.Thread(target=say, args=(who,)) for who in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    read = posted(work)
    assert sum(isinstance(one, bytes) for one in read) == 50
    told = [one if isinstance(one, str) else one.decode() for one in read]
    for who in "ab":
        assert [one for one in told if one[0] == who] == [f"{who}{n}" for n in range(50)]


def test_a_page_that_is_gone_is_told_of() -> None:
    def speak(mine: Post) -> None:
        for _ in range(5000):
            mine.put("words")
            threading.Event().wait(0.002)

    def work(mine: Post) -> None:
        with pytest.raises(GoneError):
            speak(mine)

    assert posted(work, lives=1) == ["words"]


def test_a_page_that_reads_nothing_is_taken_for_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "MOST", 10)

    async def serve() -> None:
        mine = Post(asyncio.get_running_loop(), Reader().take)
        mine.put("long enough to wait")  # the loop has had no turn yet
        with pytest.raises(GoneError, match="gone"):
            mine.put("one more")

    asyncio.run(serve())
