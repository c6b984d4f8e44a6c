"""Training as one command: what is done once, what is done again, what the model card says, and how it fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from training import __main__ as training
from training import card
from training.digests import of_file, of_files

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build folder of the test's own."""
    monkeypatch.setattr(training, "BUILD", tmp_path)
    monkeypatch.setattr(training, "STAMPS", tmp_path / "steps.json")
    return tmp_path


def test_a_step_is_done_again_only_when_what_it_reads_changes_or_what_it_made_is_gone(build: Path) -> None:
    source, made, times = build / "source", build / "made", []
    step = training.Step("a", "a step", [source], lambda: (times.append(1), made.write_text("x")), made)
    source.write_text("one")
    training.perform(step)
    training.perform(step)
    assert len(times) == 1
    source.write_text("two")
    training.perform(step)
    assert len(times) == 2
    made.unlink()
    training.perform(step)
    assert len(times) == 3


def test_a_step_that_fails_is_not_taken_for_done(build: Path) -> None:
    source, made = build / "source", build / "made"
    source.write_text("one")

    def half() -> None:
        made.write_text("half")
        raise SystemExit("stopped")

    with pytest.raises(SystemExit):
        training.perform(training.Step("a", "a step", [source], half, made))
    training.perform(training.Step("a", "a step", [source], lambda: made.write_text("whole"), made))
    assert made.read_text() == "whole"


def test_a_command_that_fails_ends_training_in_one_line() -> None:
    with pytest.raises(SystemExit, match=r"^training stopped: `\S*false` failed \(1\); .* run it again$"):
        training.call("false")


def test_an_epoch_is_done_again_when_the_one_before_it_came_out_otherwise() -> None:
    first, second, export = training.trained(ROOT, [])
    assert training.FIRST / "tagger.pt" in second.made_from
    assert first.ready.parent == training.FIRST
    assert training.SECOND / "tagger.pt" in export.made_from


def test_a_digest_is_of_names_and_contents(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    a.write_text("one")
    b.write_text("two")
    whole = of_files([a, b], tmp_path)
    assert of_files([b, a], tmp_path) == whole
    b.write_text("three")
    assert of_files([a, b], tmp_path) != whole
    assert of_file(a) == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"


def test_the_card_says_what_the_weights_were_made_from(tmp_path: Path) -> None:
    """Written anew each time, in its place, and the rest of the card left as it is."""
    last, made = tmp_path / "last.md", tmp_path / "card.md"
    last.write_text("# The tagger\n\n## Limits\nEnglish only.\n")
    card.write(made, last, {"names.npz": "00"})
    card.write(made, made, {"names.npz": "11", "ewt.jsonl": "22"})
    assert made.read_text() == (
        "# The tagger\n\n## Limits\nEnglish only.\n\n"
        "## Made from\n| file | SHA-256 |\n|---|---|\n| names.npz | `11` |\n| ewt.jsonl | `22` |\n"
    )


def test_what_training_installs_is_pinned() -> None:
    wanted = (ROOT / "training" / "requirements.txt").read_text().splitlines()
    names = [line for line in wanted if line and not line.startswith(("#", "-r"))]
    assert names
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in (*names, training.ENCODER))
