"""Reading: heads, encodings, directories, seeds, web pages, JSON Lines, and everything that is refused."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap import read
from geomap.errors import BadInput, BadReport
from geomap.read.language import guess

CASES = Path(__file__).parent / "cases" / "read"
LANGUAGES = [
    line.split("\t", 1)
    for line in (CASES / "languages.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
TRAIN = "A freight train left the rails near the harbour."


def refused(paths: list[Path | str], *, limit: int = read.MAX_REPORT) -> str:
    """The one line with which reading the paths is refused."""
    with pytest.raises(BadReport) as caught:
        read.reports(paths, max_report=limit)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 400
    return message


class OneLine(Exception):
    """A report was refused as it should be."""


@contextlib.contextmanager
def one_line() -> Iterator[None]:
    """Raise OneLine for a refusal of one line, and fail for any other."""
    try:
        yield
    except BadReport as error:
        if "\n" not in str(error):
            raise OneLine from error
        raise


def write(path: Path, content: str | bytes) -> Path:
    """A file with that content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- heads -----------------------------------------------------------------------------------------------------------


def test_a_date_head_gives_the_day_and_the_body_begins_after_it() -> None:
    article = read.text(f" date 2024-01-24 {TRAIN}", id="train")
    assert article.published == dt.date(2024, 1, 24)
    assert article.text[article.body :] == TRAIN
    assert article.text.startswith(" date")


@pytest.mark.parametrize(
    "head", ["date 2024-1-5\n\n", "Date: 2024-01-05\n", "\ufeffdate 2024-01-05 ", "\n date 2024-01-05\r\n"]
)
def test_date_heads_may_be_dressed_in_several_ways(tmp_path: Path, head: str) -> None:
    (article,) = read.reports([write(tmp_path / "a.txt", head + TRAIN)])
    assert article.published == dt.date(2024, 1, 5)
    assert article.text[article.body :] == TRAIN


@pytest.mark.parametrize("text", [TRAIN, f"  \n{TRAIN}", f"dated 2024-01-24 {TRAIN}", f"date 2024-01-24x {TRAIN}"])
def test_a_text_without_a_head_is_all_body(text: str) -> None:
    article = read.text(text, id="train")
    assert article.published is None
    assert article.text[article.body :] == text.lstrip()
    assert article.outlet == ""


def test_front_matter_gives_outlet_title_date_and_address() -> None:
    text = f"---\noutlet: Harbour Post\ntitle: 'Train: off'\ndate: 2024-01-24\nurl: https://post.example/1\n---\n\n{TRAIN}\n"
    article = read.text(text, id="train")
    assert (article.outlet, article.title, article.url) == ("Harbour Post", "Train: off", "https://post.example/1")
    assert article.published == dt.date(2024, 1, 24)
    assert article.text == text
    assert article.text[article.body :] == f"{TRAIN}\n"


def test_front_matter_may_be_partial_quoted_or_empty_and_have_windows_line_ends() -> None:
    assert read.text(f"---\n---\n{TRAIN}", id="a").text[8:] == TRAIN
    article = read.text(f"---\r\ntitle: 1984\r\ndate: '2024-01-24'\r\nurl:\r\n---\r\n{TRAIN}", id="a")
    assert (article.title, article.url, article.published) == ("1984", "", dt.date(2024, 1, 24))
    assert article.text[article.body :] == TRAIN


def test_three_hyphens_that_open_no_front_matter_are_text() -> None:
    article = read.text(f"---\n{TRAIN}", id="a")
    assert article.text[article.body :] == f"---\n{TRAIN}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"date 2024-13-45 {TRAIN}", "date 2024-13-45 cannot be"),
        (f"date 2023-02-29 {TRAIN}", "date 2023-02-29 cannot be"),
        (f"---\ndate: 2024-13-45\n---\n{TRAIN}", "cannot be read|cannot be"),
        (f"---\ndate: soon\n---\n{TRAIN}", "date soon cannot be"),
        (f"---\ndate: [2024]\n---\n{TRAIN}", "cannot be"),
        (f"---\ntitle: Train\n{TRAIN}", "does not end"),
        (f"---\ntitle: [\n---\n{TRAIN}", "front matter cannot be read"),
        (f"---\ntitle: {{a: b}}\n---\n{TRAIN}", "plain words"),
        (f"---\n- a list\n---\n{TRAIN}", "no fields"),
        (f"---\na: &a [x]\nb: *c\n---\n{TRAIN}", "front matter cannot be read"),
        (f"---\na: {'[' * 15_000}\n---\n{TRAIN}", "nested too deeply"),
        (f"---\ntitle: !!python/object/apply:os.system [ls]\n---\n{TRAIN}", "front matter cannot be read"),
        ("date 2024-01-24", "no text"),
        ("---\ntitle: Train\n---\n", "no text"),
    ],
)
def test_a_head_that_cannot_be_is_refused_with_the_files_name(tmp_path: Path, text: str, says: str) -> None:
    file = write(tmp_path / "broken.md", text)
    message = refused([file])
    assert str(file) in message
    assert any(part in message for part in says.split("|")), message


# --- what text is ----------------------------------------------------------------------------------------------------


def test_an_article_is_known_by_its_files_name_and_its_texts_digest(tmp_path: Path) -> None:
    (article,) = read.reports([write(tmp_path / "000_abc.def.txt", TRAIN)])
    assert article.id == "000_abc.def"
    assert article.digest == hashlib.sha256(TRAIN.encode()).hexdigest()


def test_line_ends_and_invisible_characters_keep_their_places(tmp_path: Path) -> None:
    """Offsets index the text as it stands in the file."""
    text = "First line.\r\n\r\nA zero\u200bwidth space, a \u202eright-to-left\u202c mark, a soft\u00adhyphen.\tTab."
    (article,) = read.reports([write(tmp_path / "a.txt", text)])
    assert article.text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "Поезд сошёл с рельсов — «никто не пострадал»."),
        ("utf-16", "Поезд сошёл с рельсов."),
        ("utf-32", "Поезд сошёл с рельсов."),
        ("cp1251", "Военный самолёт упал в поле возле села, сообщили местные власти."),
        ("cp1251", "Літак упав поблизу села, повідомили місцеві жителі. Їх було троє."),
        ("koi8-r", "Военный самолёт упал в поле возле села, сообщили местные власти."),
        ("latin-1", "Über dem Fluß stürzte ein Flugzeug ab, sagte der Bürgermeister der Stadt."),
        ("cp1252", "Le train a déraillé près de la gare — « aucun blessé », a déclaré l’opérateur."),
        ("cp1250", "Pociąg wykoleił się w pobliżu miejscowości, powiedział żołnierz."),
    ],
)
def test_older_encodings_are_told_apart(tmp_path: Path, encoding: str, text: str) -> None:
    (article,) = read.reports([write(tmp_path / "a.txt", text.encode(encoding))])
    assert article.text == text


@pytest.mark.parametrize(("language", "sentence"), LANGUAGES)
def test_languages_are_told_apart(language: str, sentence: str) -> None:
    assert guess(sentence) == language


@settings(max_examples=100)
@given(text=st.text(max_size=200))
def test_any_text_is_read_whole_or_refused_in_one_line(text: str) -> None:
    with contextlib.suppress(OneLine), one_line():
        article = read.text(text, id="any")
        assert article.text == text
        assert not text[: article.body].strip() or article.published or text.lstrip().startswith("---")


@settings(max_examples=100)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = write(tmp_path_factory.getbasetemp() / "any.txt", content)
    with contextlib.suppress(OneLine), one_line():
        read.report(file)


# --- files and directories -------------------------------------------------------------------------------------------


def test_a_directory_gives_its_reports_in_order_and_no_readme(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "README.md", "readme.txt", ".hidden.txt", "notes.csv", "picture.png"):
        write(tmp_path / name, f"{name}: {TRAIN}")
    (tmp_path / "folder.txt").mkdir()
    assert [article.id for article in read.reports([tmp_path])] == ["a", "b"]


def test_a_readme_named_outright_is_read(tmp_path: Path) -> None:
    assert len(read.reports([write(tmp_path / "README.md", TRAIN)])) == 1


def test_files_of_one_name_get_ids_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    files = [write(tmp_path / "a.txt", "One."), write(tmp_path / "a.md", "Two."), write(tmp_path / "sub/a.txt", "Six.")]
    assert [article.id for article in read.reports(files)] == ["a", "a-2", "a-3"]


def test_a_report_given_twice_counts_once(tmp_path: Path) -> None:
    for name, text in (("a", TRAIN), ("b", TRAIN), ("c", "Another.")):
        write(tmp_path / f"{name}.txt", text)
    kept, repeats = read.unique(read.reports([tmp_path]))
    assert [article.id for article in kept] == ["a", "c"]
    assert [article.id for article in repeats] == ["b"]


def test_no_path_at_all_is_refused() -> None:
    assert "no report was named" in refused([])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"A train\0 left", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n1234", "a picture"),
        (b"%PDF-1.7\n%words", "a PDF"),
        (b"PK\x03\x04words", "a zip archive"),
        ("Train".encode("utf-16-le"), "binary"),
        (b"\xff\xfeT\x00r", "not sound utf-16"),
    ],
)
def test_what_is_no_text_is_refused_with_the_files_name(tmp_path: Path, content: bytes, says: str) -> None:
    file = write(tmp_path / "bad.txt", content)
    message = refused([file])
    assert str(file) in message
    assert says in message, message


def test_a_text_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    """The file is sparse: reading it would find NULs, and its size is refused first."""
    file = tmp_path / "huge.txt"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    message = refused([file])
    assert "50.0 MB" in message
    assert str(file) in message


def test_a_text_a_little_too_long_is_refused(tmp_path: Path) -> None:
    assert "101 characters" in refused([write(tmp_path / "a.txt", "x" * 101)], limit=100)
    assert len(read.reports([write(tmp_path / "a.txt", "x" * 100)], max_report=100)) == 1


@pytest.mark.parametrize(("device", "says"), [("/dev/null", "empty"), ("/dev/zero", "MB are more")])
def test_a_device_is_read_no_further_than_a_report(device: str, says: str) -> None:
    if not Path(device).exists():
        pytest.skip(f"{device} is not here")
    assert says in refused([device])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refused([tmp_path / "gone.txt"])


def test_a_name_that_cannot_be_a_files_is_refused() -> None:
    assert "cannot be a file's name" in refused(["a\0b.txt"])


def test_a_link_to_what_vanished_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert "no such file" in refused([link])


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    if os.getuid() == 0:
        pytest.skip("root may read anything")
    file = write(tmp_path / "secret.txt", TRAIN)
    file.chmod(0)
    assert "may not be read" in refused([file])


def test_a_directory_without_reports_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "README.md", "About")
    assert "holds no reports" in refused([tmp_path])


def test_the_published_reports_are_read(shared: Path) -> None:
    articles = read.reports([shared / "articles"])
    assert [article.id[:3] for article in articles] == ["000", "001", "002", "003", "004"]
    day = dt.date(2024, 1, 24)
    assert [article.published for article in articles] == [day, day, day, None, day]
    assert {article.language for article in articles} == {"en"}
    assert not any(article.text[article.body].isspace() for article in articles)


# --- seeds -----------------------------------------------------------------------------------------------------------


def seed_folder(folder: Path, manifest: str) -> Path:
    """A seed incident of two digests."""
    write(folder / "incident.toml", manifest)
    write(folder / "b.md", f"---\noutlet: Post\n---\n{TRAIN}")
    write(folder / "a.md", "Another.")
    write(folder / "README.md", "About")
    return folder


def test_a_seed_lists_its_digests_in_its_own_order(tmp_path: Path) -> None:
    folder = seed_folder(
        tmp_path, 'id = "train-2024"\ntitle = "A train"\nwhen = 2024-01-24\nreports = ["b.md", "a.md"]\n'
    )
    info = read.seed(folder)
    assert (info.id, info.title, info.when) == ("train-2024", "A train", dt.date(2024, 1, 24))
    assert [article.id for article in read.reports([folder])] == ["b", "a"]


def test_a_seed_may_leave_out_everything(tmp_path: Path) -> None:
    folder = tmp_path / "train-2025"
    folder.mkdir()
    info = read.seed(seed_folder(folder, ""))
    assert (info.id, info.title, info.when) == ("train-2025", "train-2025", None)
    assert [path.name for path in info.paths] == ["a.md", "b.md"]


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ("id = ", "not sound TOML"),
        ('id = "Not A Slug"', "a-z, 0-9 and hyphens"),
        ('id = "a"\nwhen = "soon"', "must be a date"),
        ('id = "a"\nreports = "a.md"', "list of file names"),
        ('id = "a"\nreports = [1]', "list of file names"),
        ('id = "a"\nreports = ["../a.md"]', "outside the directory"),
        ('id = "a"\nreports = []', "has no reports"),
        ('id = "a"\nreports = ["gone.md"]', "no such file"),
    ],
)
def test_a_manifest_that_cannot_be_is_refused_in_one_line(tmp_path: Path, manifest: str, says: str) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        read.reports([seed_folder(tmp_path, manifest)])
    assert "\n" not in str(caught.value)


# --- web pages as files ----------------------------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><head><title>Train off the rails - Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta property="article:published_time" content="2024-01-24">
<link rel="canonical" href="https://post.example/train"></head><body><nav>Home Sport Weather</nav>
<article><h1>Train off the rails</h1>
<p>A freight train left the rails near the harbour on Monday, the railway said, and the line was closed.</p>
<p>Nobody was hurt. Work on the line would take until the end of the week, the railway said.</p></article>
<script>alert("x")</script><footer>Copyright Harbour Post</footer></body></html>"""


def test_a_page_gives_its_main_text_and_what_it_says_of_itself(tmp_path: Path) -> None:
    (article,) = read.reports([write(tmp_path / "train.html", PAGE)])
    assert "freight train" in article.text
    assert "\n\nNobody" in article.text
    assert "alert" not in article.text
    assert "Weather" not in article.text
    assert (article.title, article.outlet) == ("Train off the rails", "Harbour Post")
    assert article.published == dt.date(2024, 1, 24)
    assert article.url == "https://post.example/train"


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>x=1</script></body></html>", "<<<<>>>>"])
def test_a_page_without_a_report_is_refused(tmp_path: Path, page: str) -> None:
    assert "no report was found" in refused([write(tmp_path / "empty.html", page)])
