"""Workers of a Dask cluster as an executor: many machines, or one. They must see the folder and have the same program.

Needs the optional extra `cluster`. The engine may carry a task out twice; the store takes that.
"""

from concurrent.futures import Executor, Future
from typing import Any, Final

from experiments.batch import EngineError
from experiments.request import RequestError

PATIENCE: Final = "10s"  # for a scheduler to answer
RETRIES: Final = 1  # a task that raised in the engine itself; what a run raises is no error there


class Cluster(Executor):
    """An executor over a running scheduler, such as `tcp://10.0.0.1:8786`. Raises EngineError when none answers."""

    def __init__(self, address: str) -> None:
        from distributed import Client

        try:
            self._client = Client(address, timeout=PATIENCE, set_as_default=False, heartbeat_interval="5s")
        except (OSError, ValueError) as error:
            raise EngineError(f"no Dask scheduler answers at {address} ({error})") from None
        self._inner = self._client.get_executor(pure=False, retries=RETRIES)

    @property
    def workers(self) -> int:
        """Runs that go on at once: one a thread of a worker, at least one."""
        return max(sum(self._client.nthreads().values()), 1)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """A future of a call on some worker."""
        future: Future[Any] = self._inner.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, which goes on without us."""
        self._inner.shutdown(wait=wait)
        self._client.close(timeout=10)


def check(address: str) -> None:
    """Refuse an address that cannot be one, and say how to get the engine. Raises RequestError."""
    from importlib.util import find_spec

    if not address.startswith(("tcp://", "tls://")):
        raise RequestError(
            f"--scheduler {address[:60]}: give the address of a Dask scheduler, such as tcp://127.0.0.1:8786"
        )
    if find_spec("distributed") is None:
        raise RequestError("--scheduler needs Dask; install it with: pip install 'omstilling[cluster]'")
