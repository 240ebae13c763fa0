"""What a results folder may be before it is written: empty, ours, to be resumed; and what is removed from it.

Removes nothing that the manifest does not list as written by the program.
"""

import re
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from experiments import store
from experiments.lock import LOCK
from experiments.request import RequestError

FOLDERS: Final = ("tables", "figures", "designs")
FILES: Final = ("case.toml", "report.html")
OURS: Final = ("runs", *FOLDERS, *FILES, "manifest.json", LOCK)
UNLISTED: Final = (*FILES, *store.TABLES)  # ours where no manifest lists any
PARTS: Final = ".*.part"


def check(folder: Path, case_hash: str, keys: Collection[str] = (), *, replace: bool = False) -> None:
    """Refuse a folder that holds something else, or results of another case (unless `replace`). Raises RequestError.

    keys: what receipts of this case say, for a folder whose manifest is gone. Looks only; nothing is written.
    """
    try:
        if not folder.exists() and not folder.is_symlink():
            return
        if not folder.is_dir():
            raise RequestError(f"--out {folder}: is not a folder; give a new or empty folder")
        held = {path.name for path in folder.iterdir()}
        manifest = store.read_manifest(folder)
        is_same = _is_resumable(folder, held, keys) if manifest is None else manifest.get("case_hash") == case_hash
    except (OSError, ValueError) as error:  # ValueError: a name that no file system takes
        if isinstance(error, RequestError):
            raise
        why = getattr(error, "strerror", None) or error
        raise RequestError(f"--out {str(folder)[:200]}: cannot be read ({why}); give another folder") from None
    if not is_same and not replace:
        raise RequestError(
            f"--out {folder}: holds results of another case; give another folder, or --replace to remove those results"
        )


def _is_resumable(folder: Path, held: Collection[str], keys: Collection[str]) -> bool:
    """Whether a folder without manifest is new or holds runs of this case; raises RequestError if it is not ours."""
    named = {name for name in held if name != LOCK and not PurePosixPath(name).match(PARTS)}
    receipts = [receipt for path in (folder / "runs").glob("*/*") if (receipt := store.read_receipt(path))]
    if not named <= set(OURS) or "manifest.json" in named or (named and not receipts):
        raise RequestError(f"--out {folder}: holds something else than results; give a new or empty folder")
    return all(receipt.get("key") in keys for receipt in receipts)


def prepare(folder: Path, keys: Mapping[Path, str], about: Mapping[str, Any]) -> set[Path]:
    """Make the folder ready for writing and return the run folders that are finished already.

    keys: the key that the receipt of each run folder must have. about: the manifest, with the `files` about to be
    written; it takes the place of the old one before anything is removed. When every run of the same case is finished,
    tables and report stay; else what the old manifest lists goes. Files of others stay. Raises RequestError when the
    folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        old = store.read_manifest(folder)
        _without_links(folder)
        done = {path for path, key in keys.items() if (store.read_receipt(path) or {}).get("key") == key}
        listed = set(_listed(old))
        files = sorted(listed | set(about["files"]))
        store.write_json(folder / "manifest.json", {**about, "status": "running", "files": files})
        if len(done) < len(keys) or not _is_whole(old, about):
            for name in listed - set(about["files"]):
                (folder / name).unlink(missing_ok=True)
        _remove_unfinished(folder / "runs", done)
        for place in (folder, *(folder / name for name in FOLDERS), *done):
            _remove_parts(place)
    except OSError as error:
        raise RequestError(
            f"--out {folder}: cannot be written ({error.strerror or error}); give a folder that you may write to"
        ) from None
    return done


def files_of(folder: Path, *, also: Iterable[str] = ()) -> list[str]:
    """Which of `also` and of what the manifest lists as written by the program is there; paths with `/`."""
    return sorted(name for name in {*_listed(store.read_manifest(folder)), *also} if (folder / name).is_file())


def note_figures(folder: Path, before: Mapping[Path, object], reports: Iterable[Path]) -> None:
    """List reports, and figures other than `before`, as the program's; its figures that were not made anew go.

    before: `figures` of the folder before the reports were made.
    """
    manifest = store.read_manifest(folder)
    if manifest is None:
        return
    made = [*reports, *(path for path, stamp in figures(folder).items() if before.get(path) != stamp)]
    new = {path.relative_to(folder).as_posix() for path in made if path.is_relative_to(folder)}
    old = set(files_of(folder))
    stale = {name for name in old - new if name.startswith("figures/")}
    for name in stale:
        (folder / name).unlink(missing_ok=True)
    store.write_json(folder / "manifest.json", {**manifest, "files": sorted(new | old - stale)})


def figures(folder: Path) -> dict[Path, object]:
    """The files in `figures` with what changes when one is written again."""
    return {
        path: (found.st_ino, found.st_mtime_ns) for path in (folder / "figures").glob("*") if (found := path.stat())
    }


def _listed(manifest: Mapping[str, Any] | None) -> list[str]:
    """Files that the manifest lists, in the folder itself or right below; whatever else somebody wrote there is not."""
    told = (manifest or {}).get("files")
    names = {str(name) for name in (told if isinstance(told, list) else UNLISTED)}
    below = re.compile(rf"({'|'.join(FOLDERS)})/[\w-]+\.\w+")
    return sorted(name for name in names if name in FILES or below.fullmatch(name))


def _is_whole(old: Mapping[str, Any] | None, about: Mapping[str, Any]) -> bool:
    """Whether the old manifest is that of the same case, carried out to the end."""
    return old is not None and old.get("case_hash") == about.get("case_hash") and old.get("status") == "complete"


def _without_links(folder: Path) -> None:
    """Remove links where folders of ours belong: what they point to is not ours to write or to remove."""
    for name in ("runs", *FOLDERS):
        _remove_link(folder / name)
    for path in (folder / "runs").glob("*"):
        _remove_link(path)


def _remove_link(path: Path) -> None:
    if path.is_symlink():
        path.unlink()


def _remove_unfinished(runs: Path, done: Collection[Path]) -> None:
    """Remove what runs left that are not in `done`, and folders that are empty then."""
    for path in runs.glob("*/*"):
        if path in done or not re.fullmatch(r"\d{4,}", path.name):
            continue
        if path.is_symlink():
            path.unlink()
            continue
        (path / store.RECEIPT).unlink(missing_ok=True)  # first: without it the rest counts for nothing
        for table in path.glob("*.parquet"):
            table.unlink()
        _remove_parts(path)
        _remove_empty(path)
        _remove_empty(path.parent)


def _remove_parts(folder: Path) -> None:
    for path in folder.glob(PARTS):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
