"""One writer a folder: a lock that ends with the process that holds it, so that no dead process keeps anybody out.

A file with the holder's number, locked by the system: `flock` where there is one, else a locked byte beyond the number.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from experiments.request import RequestError


class BusyError(RequestError):
    """Another process writes the folder."""


LOCK: Final = ".omstilling.lock"
BYTE: Final = 1 << 20  # which byte is locked on Windows, far from the number, for nobody can read a locked byte


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Within, no other process writes the folder, which is made if it is missing.

    Raises BusyError when another process writes it, RequestError when it cannot be written.
    """
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = _taken(path)
    except OSError as error:
        raise RequestError(
            f"--out {folder}: cannot be written ({error.strerror or error}); give a folder that you may write to"
        ) from None
    if handle is None:
        raise BusyError(f"--out {folder}: is being written by process {_holder(path)}; wait or give another folder")
    try:
        yield
    finally:
        with suppress(OSError):  # taken away with its folder; on Windows: open, here or elsewhere
            path.unlink(missing_ok=True)
        os.close(handle)
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _taken(path: Path) -> int | None:
    """The open and locked file with this process's number, or None when another process has it."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(f"{LOCK} is no regular file")
            is_ours = _locked(handle)
            if is_ours and _is_still_there(handle, path):
                os.ftruncate(handle, 0)
                os.write(handle, f"{os.getpid()}\n".encode())
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if not is_ours:
            return None


def _is_still_there(handle: int, path: Path) -> bool:
    """Whether the locked file is the one at `path`: its last holder may have removed it in between."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _locked(handle: int) -> bool:
    """Lock the open file without waiting; a file system without locks counts as locked, for there is nothing to ask."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _holder(path: Path) -> str:
    """The number of the process that holds the lock, as far as it has told."""
    try:
        told = path.read_bytes()[:20].decode("ascii").strip()
    except (OSError, ValueError):
        told = ""
    return told if told.isdigit() else "unknown"
