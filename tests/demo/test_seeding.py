"""The fictional organisation: seven cases in seven states, and words that open what they should."""

import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from crypto.__main__ import main
from crypto.errors import Expired
from crypto.words import read_words
from demo import cast, rows, stories
from demo.people import Coordinator, Peer, Staff, Supporter
from demo.seeding import renew
from demo.wire import unb64
from instruments.answers import check_answer
from instruments.editions import load
from tests.demo.conftest import Demo
from tests.support.databases import ROOT
from tests.support.typed import Done, typed

STATES = ["new", "looking", "looking", "offered", "together", "together", "waiting"]


def name_on(card: dict) -> str:
    return next(line["text"] for line in card["lines"] if line["field"] == "name_use")


def test_the_seven_cases_stand_where_their_stories_say(demo: Demo) -> None:
    carl = demo.come_in("Carl")
    assert isinstance(carl, Coordinator)
    stands = {name_on(carl.card(unb64(line["case"])).payload): line for line in carl.queue()}
    assert {name: line["state"] for name, line in stands.items()} == dict(
        zip([story.name for story in stories.STORIES], STATES, strict=True)
    )
    assert stands["Mei"]["claimed_by"] is None
    assert all(line["claimed_by"] for name, line in stands.items() if name != "Mei")
    assert stands["Jonas"]["sent"]["invite"] == 3 and stands["Jonas"]["sent"]["answer"] == 2
    assert stands["Priya"]["sent"]["word"] == 1 and stands["Priya"]["sent"]["invite"] == 0


def test_every_printed_word_opens_its_account_and_no_other(demo: Demo) -> None:
    printed = demo.seeded.people
    assert [one.role for one in printed].count("peer") == 7
    assert [one.role for one in printed].count("supporter") == 12
    assert [one.role for one in printed].count("coordinator") == 2
    assert [one.role for one in printed].count("steward") == 1
    assert len({one.words for one in printed}) == len(printed)
    fps = set()
    for entry in printed:
        assert read_words(entry.words) == entry.words
        person = demo.come_in(entry.name)
        fps.add(person.fp)
        if isinstance(person, Staff):
            assert person.directory().person(person.fp)["name"] == entry.name
            assert entry.role in person.directory().person(person.fp)["roles"]
        else:
            (case,) = person.cases()
            opened = person.open(unb64(case["case"]))
            assert opened.records[0]["payload"]["kind"] == "account"
            assert name_on({"lines": opened.records[0]["payload"]["card"]}) == entry.name
    assert len(fps) == len(printed)


def test_sara_has_four_people_to_approve_each_with_a_statement(demo: Demo) -> None:
    sara = demo.come_in("Sara")
    assert isinstance(sara, Peer)
    offered = {person["name"] for person in sara.offered()}
    assert offered == {"Nora Lind", "Tomas Vega", "Amara Osei", "Greta Vance"}
    assert {letter.payload["name"] for letter in sara.letters("statement")} == offered
    (case,) = sara.cases()
    assert len(sara.open(unb64(case["case"])).chain.members) == 1


def test_dario_and_his_team_read_one_conversation(demo: Demo) -> None:
    read = []
    for name in ("Dario", "Nora", "Omar"):
        person = demo.come_in(name)
        (case,) = person.cases()
        opened = person.open(unb64(case["case"]))
        assert len(opened.chain.members) == 5
        read.append([record["payload"]["text"] for record in opened.records if "text" in record["payload"]])
    assert read[0] == read[1] == read[2] and len(read[0]) == 5


def test_who_left_lena_and_whom_she_took_out_are_out(demo: Demo) -> None:
    lena = demo.come_in("Lena")
    (case,) = lena.cases()
    opened = lena.open(unb64(case["case"]))
    names = {lena.directory().person(member["fp"])["name"] for member in opened.chain.members if not member["owner"]}
    assert names == {"Tomas Vega", "Ruth Baum"}
    assert "leave" in [record["payload"]["kind"] for record in opened.records]
    for name in ("Yuki", "Pilar"):
        gone = demo.come_in(name)
        assert isinstance(gone, Supporter) and gone.cases() == []


def test_ade_reads_a_kind_not_yet_and_priya_a_question(demo: Demo) -> None:
    for name, kind in (("Ade", "waiting"), ("Priya", "question")):
        letters = demo.come_in(name).letters("word")
        assert kind in [letter.payload["type"] for letter in letters]


def test_the_case_that_dario_took_home_opens_without_a_server(demo: Demo, tmp_path: Path) -> None:
    file = tmp_path / "dario.alongside"
    file.write_bytes(demo.seeded.home)
    done = open_file(file, demo.entry("Dario").words)
    assert done.returncode == 0
    assert "I spoke for a nurse" in done.stdout and "by Nora Lind" in done.stdout and "Take your time." in done.stdout
    assert "Letter, offer" in done.stdout and "from Carl Brandt" in done.stdout
    assert "unreadable" not in done.stdout


@pytest.mark.parametrize("whose", ["a word that is not", "Sara"])
def test_with_wrong_words_it_stays_shut_and_says_so_kindly(demo: Demo, tmp_path: Path, whose: str) -> None:
    file = tmp_path / "dario.alongside"
    file.write_bytes(demo.seeded.home)
    wrong = demo.entry("Sara").words if whose == "Sara" else "zzzz " + demo.entry("Dario").words.split(" ", 1)[1]
    done = open_file(file, wrong)
    assert done.returncode == 1 and "nurse" not in done.stdout
    assert ("Check the words" if whose == "Sara" else "Not in the word list: number 1") in done.stderr


def open_file(file: Path, words: str) -> Done:
    return typed(main, "open", file, given=words + "\n")


def test_stan_opens_the_rows_of_those_who_said_yes_and_nothing_tells_whose_they_are(demo: Demo, tmp_path: Path) -> None:
    stan, file, out = demo.entry("Stan"), tmp_path / "rows.json", tmp_path / "rows.csv"
    file.write_bytes(demo.seeded.rows)
    words = ["open-rows", file, "--out", out, "--comments", tmp_path / "comments.csv"]
    done = typed(main, *words, given=f"{stan.email}\n{stan.words}\n")
    assert done.returncode == 0, done.stderr
    yes = [story for story in stories.STORIES if story.research]
    assert f"Rows of intake.v1: {len(yes)}" in done.stdout and "Rows of outtake.v1: 1" in done.stdout
    assert "Left out" not in done.stdout
    assert stories.OUTTAKE_COMMENT in (tmp_path / "comments.csv").read_text(encoding="utf-8")
    written = (tmp_path / "rows.intake.v1.csv").read_text(encoding="utf-8")
    assert not any(story.name in written or story.narrative[:20] in written for story in yes)


def test_dario_can_take_back_what_he_gave(demo: Demo) -> None:
    dario = demo.come_in("Dario")
    assert isinstance(dario, Peer)
    assert [row["instrument"] for row in rows.research(dario)["rows"]] == ["intake.v1", "outtake.v1", "comment"]
    assert rows.withdraw_rows(dario) == [True, True, True]


def test_a_start_a_week_later_renews_the_list_of_people(own_demo: Demo) -> None:
    demo = own_demo
    demo.server.clock.move(days=8)
    with pytest.raises(Expired):
        demo.come_in("Nora").directory()
    renew(demo.server.url, demo.entry("Carl"), demo.server.clock.now_s)
    assert demo.come_in("Nora").directory().holders("supporter")


@pytest.mark.parametrize("story", stories.STORIES, ids=lambda story: story.name)
def test_what_a_peer_answered_could_have_been_answered_on_the_page(story: stories.Story) -> None:
    account = stories.account(story, 20_000)
    sheet = load("intake").by_name
    assert {name: check_answer(sheet[name], answer) for name, answer in account["answers"].items()} == dict.fromkeys(
        account["answers"], ""
    )
    assert set(story.answers) < set(account["answers"]), "an answer was branched away"


def test_nobody_of_the_demo_can_be_written_to() -> None:
    assert {one.email.split("@")[1] for one in cast.STAFF} == {"example.org"}
    assert len({one.email for one in cast.STAFF}) == len(cast.STAFF)


def test_the_demo_runs_with_the_packages_of_the_server_alone() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    locked = {plain(line.split("==")[0]) for line in lock.splitlines() if "==" in line}
    for_tests = [name for name, owners in packages_distributions().items() if not locked & {plain(o) for o in owners}]
    assert {"requests", "pytest"} <= set(for_tests)
    blocked = f"import sys; sys.modules.update(dict.fromkeys({for_tests!r})); import demo.__main__"
    done = subprocess.run([sys.executable, "-c", blocked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def plain(name: str) -> str:
    return name.lower().replace("_", "-")
