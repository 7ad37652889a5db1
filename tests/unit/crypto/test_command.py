"""`python -m crypto`: a case taken home opens on a computer without any server."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from crypto import keys
from crypto.__main__ import COMMANDS, main
from tests.support.typed import Done
from tests.support.typed import typed as as_typed
from tests.unit.crypto.cast import NORA, SARA, fixed
from tests.vectors.make_export import WORDS, taken_home, told

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments: str, typed: str = "") -> Done:
    return as_typed(main, *arguments, given=typed)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    story = told()
    story.take(story.say(SARA, "message", day=story.chain.day, text="escape \x1b[2J \x9b and \u202eback"))
    asked = [{"field": "narrative", "label": "In your own words, what happened?", "text": "First this.\nThen that."}]
    story.take(story.say(SARA, "account", day=story.chain.day, told=asked, answers={"narrative": "code"}))
    file = tmp_path_factory.mktemp("home") / "case.alongside"
    file.write_bytes(taken_home(story, SARA, keys.words_secret(WORDS, story.site, "peer", ""), "words", "peer"))
    return file


def test_sara_opens_her_case_with_her_words(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crypto", "open", str(home)], cwd=ROOT, input=f"  {WORDS.upper()}\n", capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "What happened, José" in done.stdout and "by Nora" in done.stdout and "I can help" in done.stdout
    assert "unreadable: does not open" in done.stdout


@pytest.mark.parametrize("command", [["open", "copy.sealed"], ["open-rows", "rows.json", "--out", "rows.csv"]])
def test_somebody_whose_python_has_no_packages_is_told_what_to_install(command: list[str]) -> None:
    bare = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        "import sys; sys.path.insert(0, ''); from crypto.__main__ import main; sys.exit(main())",
    ]
    done = subprocess.run([*bare, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr
    assert re.match("This Python does not have (argon2|nacl|cryptography), which that command needs: ", done.stderr)
    assert "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt" in done.stderr


def test_a_fault_of_ours_is_not_called_a_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "open", ("nowhere", "a module that is not there"))
    with pytest.raises(ModuleNotFoundError, match=r"crypto\.nowhere"):
        main(["open", "copy.sealed"])


def test_whoever_reads_the_first_lines_alone_is_told_of_no_error(home: Path) -> None:
    command = [sys.executable, "-m", "crypto", "open", str(home)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as opening:
        assert opening.stdout and opening.stdin and opening.stderr
        opening.stdout.close()  # as `head` does
        opening.stdin.write(f"{WORDS}\n".encode())
        opening.stdin.close()
        said = opening.stderr.read().decode()
        assert opening.wait(30) == 0 and said == "Your words: "


def test_an_account_reads_as_questions_and_answers(home: Path) -> None:
    shown = run("open", str(home), typed=WORDS).stdout
    assert "   In your own words, what happened?\n   First this.\n   Then that.\n" in shown


def test_what_others_wrote_does_not_steer_the_terminal(home: Path) -> None:
    shown = run("open", str(home), typed=WORDS).stdout
    assert "escape" in shown and not set("\x1b\x9b\u202e") & set(shown)


def test_nora_opens_hers_with_her_sheet(tmp_path: Path) -> None:
    story, code = told(), fixed("sheet", 20)
    (tmp_path / "case").write_bytes(taken_home(story, NORA, code, "sheet", "staff"))
    done = run("open", str(tmp_path / "case"), typed=keys.sheet_text(code, story.site).lower())
    assert done.returncode == 0 and "Thank you." in done.stdout


@pytest.mark.parametrize(
    ("typed", "words"),
    [("abacus zom zoom", "number 2"), (" ".join(["abacus"] * 7), "does not open"), ("", "refused")],
)
def test_wrong_words_are_answered_in_words(home: Path, typed: str, words: str) -> None:
    done = run("open", str(home), typed=typed)
    assert done.returncode == 1 and words in done.stderr and "Traceback" not in done.stderr
    assert "zom" not in done.stderr.replace("zoom", "")


def test_a_damaged_file_is_answered_in_words(home: Path, tmp_path: Path) -> None:
    (tmp_path / "cut").write_bytes(home.read_bytes()[:-1])
    for path in (tmp_path / "cut", tmp_path / "nothing"):
        done = run("open", str(path), typed=WORDS)
        assert done.returncode == 1 and done.stderr and "Traceback" not in done.stderr


def test_a_file_says_what_it_is_without_a_key(home: Path) -> None:
    done = run("inspect", str(home))
    assert done.returncode == 0 and done.stdout.startswith("export, ") and 'kind: "words"' in done.stdout
    assert "What happened" not in done.stdout
