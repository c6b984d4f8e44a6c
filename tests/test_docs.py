"""The documentation keeps up: what it names exists, and what there is it names."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from geomap import cli
from geomap.config import Config
from geomap.model import Gazetteer
from geomap.render.darwin import rows as rows_of_sites
from geomap.render.export import FORMATS
from geomap.web import create_app
from geomap.web.embed import Options
from tests import samples
from tests.test_interchange import items, reviewed

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf8")
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

CODE = re.compile(r"(?:^(?:    .*)?\n)+", re.MULTILINE)


def commands(group: click.Group, name: str = "geomap") -> Iterator[tuple[str, click.Command]]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


VERBS = dict(commands(cli.cli))


def rows(text: str, prefix: str) -> dict[str, str]:
    """The rows of tables by the words in their first cell's code, where it begins with ``prefix``."""
    found = re.findall(rf"^\| `({re.escape(prefix)}[^`]*)`(.*)$", text, re.MULTILINE)
    return {name.replace("\\|", "|"): rest for name, rest in found}


def blocks(text: str) -> list[str]:
    """The indented blocks of code."""
    return [block for block in CODE.findall(text) if block.strip()]


def shown() -> list[str]:
    """The command lines of geomap that the README shows, without their comments."""
    lines = (line.split("  #")[0].strip().removeprefix("$ ") for block in blocks(README) for line in block.splitlines())
    return [line for line in lines if line.startswith((".venv/bin/geomap ", "geomap "))]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("data")
    return create_app(Config(data=folder, db="sqlite://", gazetteer=folder / "none.db"), limited=False)


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_and_option_is_documented(name: str) -> None:
    """The reference has each verb with each option, and no option that the verb has not."""
    (row,) = [words + rest for words, rest in rows(REFERENCE, "geomap ").items() if f"{words} ".startswith(f"{name} ")]
    options = {o for p in VERBS[name].params if isinstance(p, click.Option) for o in p.opts}
    assert set(re.findall(r"(?<![\w-])--?[a-z]+", row)) - {"-"} == options


def test_the_readme_has_every_verb() -> None:
    """The table of commands is whole, and names nothing that is not there."""
    table = " ".join(rows(README, "geomap "))
    assert {name.split()[1] for name in VERBS} == set(re.findall(r"geomap (\w+)", table))
    (gazetteer,) = rows(README, "geomap gazetteer")
    assert set(re.findall(r"\w+", gazetteer.split()[-1])) == {n.split()[2] for n in VERBS if n.count(" ") == 2}


@pytest.mark.parametrize("line", shown())
def test_the_commands_shown_can_be_typed(line: str) -> None:
    """Every command line in the README is one that the parser takes."""
    words = shlex.split(line)[1:]
    group: click.Command = cli.cli
    while isinstance(group, click.Group):
        group = group.commands[words.pop(0)]
    group.make_context(words[0] if words else "", list(words))


def test_every_format_is_documented() -> None:
    """README and reference list the formats of export."""
    (readme,) = rows(README, "geomap export")
    (reference,) = rows(REFERENCE, "geomap export").values()
    for form in FORMATS:
        assert re.search(rf"\b{form}\b", readme)
        assert f"`{form}`" in reference


def test_every_address_is_documented(app: Flask) -> None:
    """The reference has each route, and no other."""
    assert {rule.rule for rule in app.url_map.iter_rules()} == set(rows(REFERENCE, "/"))


def test_every_choice_of_a_frame_is_documented() -> None:
    """The reference has each parameter of an embed's address."""
    section = REFERENCE.partition("## The frame's choices")[2]
    assert set(Options().fields) <= set(re.findall(r"`(\w+)`", section))


def test_every_setting_is_documented() -> None:
    """The README's table has the settings that config.py reads, and no other."""
    read = set(re.findall(r'"(GEOMAP_\w+)"', (ROOT / "geomap" / "config.py").read_text(encoding="utf8")))
    assert set(rows(README, "GEOMAP_")) == read


def test_every_target_of_make_is_documented() -> None:
    """CONTRIBUTING or README names each target; those they name exist."""
    text = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE)
    assert set(re.findall(r"\bmake (setup|\w+)(?=  |`|\n)", text)) <= set(phony.split())
    assert {"setup", "serve", "test", "lint", "bench"} <= set(re.findall(r"\bmake (\w+)", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_exist(page: Path) -> None:
    """What a page links to within the repository is there, headings included; pictures say what they show."""
    for bang, words, target in re.findall(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", page.read_text(encoding="utf8")):
        assert not bang or words, f"{target} has no text for those who do not see it"
        if re.match(r"[a-z]+:", target):
            assert target.startswith("https://")
            continue
        path, _, heading = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in titles}


def test_pictures_are_shown_somewhere() -> None:
    """No picture lies about that no page shows."""
    assert (ROOT / "docs" / "images").is_dir()
    told = "".join(page.read_text(encoding="utf8") for page in PAGES)
    unshown = [file.name for file in (ROOT / "docs" / "images").glob("*") if file.name not in told]
    assert not unshown


def test_paths_in_code_exist() -> None:
    """Files and folders that the pages name as code are there."""
    for page in PAGES:
        text = page.read_text(encoding="utf8")
        for path in re.findall(r"`((?:docs|tests|geomap|benchmarks|seeds|tools|static)/[\w./-]*)`", text):
            assert (ROOT / path).exists(), f"{page.name}: {path}"


def test_modules_of_the_architecture_exist() -> None:
    """The tables and layers of ARCHITECTURE.md name modules that are there."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf8")
    for name in re.findall(r"\| `([\w/]+(?:\.py|/))`", text):
        assert (ROOT / "geomap" / name).exists(), name


def test_the_python_example_runs(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's example runs as it stands, in the repository's folder."""
    assert gazetteer
    (example,) = [block for block in blocks(README) if "import geomap" in block]
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec("\n".join(line.removeprefix("    ") for line in example.splitlines()), names)
    assert getattr(names["incident"], "sites", None)


def test_the_check_shown_is_what_is_printed(gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str]) -> None:
    """The answer that the README shows is the answer, as far as it is shown."""
    assert gazetteer
    (block,) = [block for block in blocks(README) if "geomap check" in block and "“" in block]
    command, *answer = [line.removeprefix("    ") for line in block.strip("\n").splitlines()]
    assert cli.run(shlex.split(command)[2:]) == 0
    printed = capsys.readouterr().out.splitlines()
    for line, real in zip(answer, printed, strict=False):
        assert real.startswith(line.removesuffix("..."))


def test_the_interchange_shown_is_what_is_written() -> None:
    """The annotation, the review and the site of docs/interchange.md are those of the sample incident."""
    page = (ROOT / "docs" / "interchange.md").read_text(encoding="utf8")
    annotation, review = (json.loads(block) for block in blocks(page) if block.lstrip().startswith("{"))
    assert annotation in items()
    assert review in reviewed(samples.incident())
    terms = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", page, re.MULTILINE))
    assert len(terms) > 10
    site = next(row for row in rows_of_sites(samples.incident()) if row["locality"] == terms["locality"])
    for term, shown in terms.items():
        assert site[term].startswith(shown.replace("\\|", "|").removesuffix(" ...")), term
