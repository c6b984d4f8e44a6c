"""Set-up: what it pins, what it passes over the second time, and how it fails."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def script(name: str) -> ModuleType:
    """A script of tools/ as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def steps(tmp_path: Path) -> list[str]:
    """What was done, in order."""
    return []


def test_browser_libraries_are_pinned_and_their_registry_is_not() -> None:
    """Exact versions and digests in the lock file, and no host, so that any registry serves."""
    package = json.loads((ROOT / "package.json").read_text())
    wanted = package["dependencies"] | package["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "http" not in lock
    entries = {name: each for name, each in json.loads(lock)["packages"].items() if name}
    assert all(each["integrity"].startswith("sha512-") for each in entries.values())
    assert {name.removeprefix("node_modules/") for name in entries} >= wanted.keys()


def test_what_is_copied_is_what_package_json_brings() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    assert script("vendor").FILES.keys() == package["dependencies"].keys()


def test_every_requirement_is_pinned() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            wanted = line.partition("#")[0].strip()
            if wanted and not wanted.startswith("-r"):
                assert re.fullmatch(r"[\w.\[\]-]+==[\w.]+", wanted), f"{name}: {wanted}"


def test_a_step_is_done_once_and_again_when_its_files_change(tmp_path: Path, steps: list[str]) -> None:
    """Dates do not matter, contents do; a result that was removed is made again."""
    setup = script("setup")
    setup.ROOT = tmp_path
    source, result, stamps = tmp_path / "source", tmp_path / "result", tmp_path / "data" / "setup.json"
    source.write_text("one")

    def run() -> None:
        steps.append(source.read_text())
        result.write_text("made")

    step = setup.Step("a", "a step", [source], run, result, stamps)
    setup.perform(step)
    source.touch()
    setup.perform(step)
    assert steps == ["one"]
    source.write_text("two")
    setup.perform(step)
    result.unlink()
    setup.perform(step)
    assert steps == ["one", "two", "two"]


def test_a_step_that_fails_is_done_again(tmp_path: Path, steps: list[str]) -> None:
    setup = script("setup")
    setup.ROOT = tmp_path

    def fail() -> None:
        steps.append("tried")
        raise SystemExit("no")

    step = setup.Step("a", "a step", [], fail, tmp_path, tmp_path / "setup.json")
    for _ in range(2):
        with pytest.raises(SystemExit):
            setup.perform(step)
    assert steps == ["tried", "tried"]


def test_a_command_that_fails_ends_set_up_in_one_line() -> None:
    setup = script("setup")
    with pytest.raises(SystemExit, match="set-up stopped: `false` failed"):
        setup.call("false")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What make says it would do."""
    if not shutil.which("make"):
        pytest.skip("no make on this machine")
    return subprocess.run(
        ["make", "-n", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.parametrize("target", ["setup", "serve", "test", "lint", "bench", "clean"])
def test_make_knows_its_targets(target: str) -> None:
    assert make(target).returncode == 0


def test_make_without_python_says_what_to_do() -> None:
    done = make("setup", "PYTHON=")
    assert done.returncode
    assert "name one with PYTHON=" in done.stderr


def test_ci_runs_what_the_readme_says() -> None:
    text = (ROOT / ".ci" / "run").read_text()
    assert "set -euo pipefail" in text
    assert "make lint" in text
    assert "make test" in text


def test_a_python_without_venv_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian ships venv as a package of its own: the line names it."""
    setup = script("setup")
    setup.VENV = tmp_path / "venv"
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match=r"apt install python3\.\d+-venv"):
        setup.environment()
