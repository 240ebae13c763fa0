"""Every snippet of README, CONTRIBUTING and the pages is carried out, small, or stands on a list that says why not.

Shell lines run in a folder that looks like the repository, with fewer citizens and runs; Python runs as it stands;
designs, statements and plans in TOML are read.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from model.institutions.design import parse_design
from tests.docs.steps import Step, edit, steps_of

ROOT = Path(__file__).resolve().parents[2]
LOOKS = (
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{p}" for p in ("*.md", "tutorials/*.md", "concepts/*.md", "decisions/*.md")),
)
ELSEWHERE = {
    "any-country.md": "tests/test_country_page.py walks it",
    "import.md": "tests/experiments/test_import_command.py; the workbook must be downloaded",
    "teaching.md": "tests/viz/app/test_stories.py reads every story; the table here has dots for words",
}
PAGES = [
    path
    for look in LOOKS
    for path in sorted(ROOT.glob(look))
    if path.name not in ELSEWHERE and next(steps_of(path), None)
]
# What is not run here, and why.
LEFT_OUT = {
    r"^make |^\.venv.Scripts|^python -m venv|^pip install": "setting up is what CI does first, with these very lines",
    r"omstilling app": "the browser tests open it",
    r"benchmarks\.|omstilling bench": "speed lives in benchmarks, not in tests",
    r"^podman|^  --memory": "needs a container engine",
    r"dask |--scheduler|SLURM|^#": "needs a cluster; tests/experiments/test_cluster.py starts one on loopback",
    r"experiments\.(calibration|evidence)|-m viz\.study|claims --choice all": "hours of runs, kept when made",
    r"omstilling (study|status|replay|export) .*(plan\.toml|results/mine)": "tests/experiments/test_studies_page.py",
    r"^pytest|-m pytest": "this is it",
}
NOT_PYTHON = {"dask_jobqueue": "needs Slurm", "@solara.component": "tests/viz/app sees real pages"}
SMALL = {  # option -> value that keeps a run short
    "run": {"--citizens": "300", "--replicates": "2", "--place": "4001,4003", "--workers": "1"},
    "claims": {"--citizens": "200", "--replicates": "2", "--place": "4001,4003", "--workers": "1"},
    "validate": {"--citizens": "600", "--replicates": "2", "--workers": "1"},
    "study": {"--workers": "1"},
}
WRAPPER = f"""#!{sys.executable}
import sys
from experiments.cli import main
small = {SMALL!r}.get(sys.argv[1] if len(sys.argv) > 1 else "", {{}})
for option, value in small.items():
    if option in sys.argv:
        sys.argv[sys.argv.index(option) + 1] = value
    else:
        sys.argv += [option, value]
if sys.argv[1:2] == ["run"]:
    sys.argv.append("--no-report")  # a page of its own has it
if sys.argv[1:2] == ["claims"]:
    sys.argv.append("plans-need-a-platform")  # one of ten
main()
"""
BY_HAND = {  # what a reader does in an editor after a line
    "cp model/library/designs/project-grants.toml mine.toml": ("mine.toml", 'name = "project-grants"', 'name = "mine"')
}
PLAN = """kind = "compare"
designs = ["project-grants", "permanent-finance"]
places = ["4001,4003"]
citizens = 200
last = 2028
replicates = 2
keep = ["nation"]
"""
RUN = "run {} --place {} --citizens 300 --replicates 2 --to 2035 --workers 1 --no-report --out results/{}"
KEPT = {  # what is there before a page begins
    "regime.md": RUN.format("full-transition", "3401,3403,3405", "innlandet"),
    "report.md": RUN.format("todays-practice", "4001,4003", "main"),
    "studies.md": "study kept.toml --workers 1 --out results/mine",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the repository's, whose `omstilling` makes everything small."""
    for name in ("agents", "model", "experiments", "viz", "examples", "docs", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    script = tmp_path / ".venv" / "bin" / "omstilling"
    script.parent.mkdir(parents=True)
    script.write_text(WRAPPER, encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(line: str, page: Path, step: Step) -> None:
    """One line of a shell; fails where it fails."""
    done = subprocess.run(["bash", "-ec", line], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{page.name}, line {step.line}: {line}\n{done.stdout}\n{done.stderr}"


def by_hand(line: str, folder: Path) -> None:
    """What the comment behind a line asks of the reader's editor."""
    for command, (name, before, after) in BY_HAND.items():
        if line.startswith(command):
            text = (folder / name).read_text(encoding="utf-8")
            assert before in text
            (folder / name).write_text(text.replace(before, after), encoding="utf-8")


def small_study(line: str, folder: Path) -> str:
    """A shipped plan, cut to two seeds and few citizens."""
    found = re.search(r"(docs/studies/[\w-]+|money)\.toml", line)
    if not found:
        return line
    text = (folder / found[0]).read_text(encoding="utf-8")
    for key, value in (("replicates", "2"), ("citizens", "200")):
        text = re.sub(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
    (folder / "small.toml").write_text(text, encoding="utf-8")
    return line.replace(found[0], "small.toml")


def toml(step: Step) -> None:
    """Read a table of TOML as what it is: a design, a statement, an or-else, or data."""
    found = tomllib.loads(step.text)
    head = 'name = "shown"\ntitle = { en = "Shown", nb = "Vist" }\nquestion = { en = "What?", nb = "Hva?" }\n'
    if "statement" in found:
        parse_design(step.text if "name" in found else head + step.text)
    elif "or_else" in found:
        duty = (
            '[[statement]]\nattribute = "municipality"\ndeontic = "must"\naim = { kind = "duty", element = "plan" }\n'
        )
        parse_design(f'{head}{duty}{step.text}\nsource = "x"')


@pytest.mark.parametrize("page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES])
def test_a_page_does_what_it_says(page: Path, folder: Path) -> None:
    if page.name in KEPT:
        (folder / "kept.toml").write_text(PLAN, encoding="utf-8")
        main = "from experiments.cli import main; main()"
        shell(f"'{sys.executable}' -c '{main}' {KEPT[page.name]}", page, Step("", "", "", "", 0))
    names: dict[str, Any] = {}
    for step in steps_of(page):
        if step.kind == "run":
            for line in step.text.splitlines():
                if line.strip() and not any(re.search(pattern, line) for pattern in LEFT_OUT):
                    shell(small_study(line, folder), page, step)
                    by_hand(line, folder)
        elif step.kind == "new":
            edit(folder, step)
        elif step.kind == "python" and not any(sign in step.text for sign in NOT_PYTHON):
            exec(compile(step.text, f"{page.name}, line {step.line}", "exec"), names)
        elif step.kind == "toml" and "kind = " not in step.text.splitlines()[0]:
            toml(step)


def test_what_is_left_out_is_there() -> None:
    """A reason for something that no page says any more goes."""
    told = "\n".join(step.text for page in PAGES for step in steps_of(page))
    for pattern in (*LEFT_OUT, *NOT_PYTHON):
        assert re.search(pattern, told, re.MULTILINE), f"{pattern} is on no page"
