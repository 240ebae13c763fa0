"""Compare a wheel and a source archive with the files under version control: what is ours must be in them, no more."""

import subprocess
import sys
import tarfile
import zipfile

HOUSES = ("agents", "model", "experiments", "viz")
NOT_SHIPPED = ("viz/app/client/",)  # sources of the laboratory's bundle: in the archive, not in the wheel
NOT_ARCHIVED = (".gitignore",)


def tracked() -> set[str]:
    """Paths under version control."""
    listed = subprocess.run(["git", "ls-files"], check=True, capture_output=True, text=True).stdout
    return set(listed.splitlines())


def main(wheel: str, archive: str) -> None:
    """Exit with a list of what is missing or too much."""
    ours = tracked()
    houses = {path for path in ours if path.startswith(HOUSES)}
    with zipfile.ZipFile(wheel) as file:
        shipped = {name for name in file.namelist() if not name.partition("/")[0].endswith(".dist-info")}
    with tarfile.open(archive) as file:
        archived = {member.name.partition("/")[2] for member in file if member.isfile()}
    wrong = {
        "not in the wheel": {p for p in houses - shipped if not p.startswith(NOT_SHIPPED)},
        "in the wheel but not ours": shipped - ours,
        "not in the source archive": {p for p in ours - archived if not p.endswith(NOT_ARCHIVED)},
    }
    for what, paths in wrong.items():
        for path in sorted(paths)[:20]:
            print(f"{what}: {path}", file=sys.stderr)
    if any(wrong.values()):
        sys.exit(1)
    print(f"wheel: {len(shipped)} files; source archive: {len(archived)}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
