"""The next root comes with a list of people under it; the log goes on under the key that it names, whoever dies in between."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from app.audit import sequencer, signer
from app.audit.asking import Signed
from app.audit.witnesses import keep
from crypto import checkpoint, cosign, keys
from crypto.__main__ import main
from crypto.directory import next_directory
from crypto.frame import H
from crypto.root import read_root
from crypto.root_pair import read_pair, write_pair
from crypto.signing import read_signed
from tests.support.databases import Database
from tests.support.organisation import Person, Site, by
from tests.support.rotating import Rotating, typing
from tests.support.tree import check_tree, rows, take_in, write_events

WANDA = SigningKey(b"w" * 32)
WANDAS = checkpoint.vkey("wanda.example", bytes(WANDA.verify_key), checkpoint.COSIGNATURE)


@pytest.fixture
def rotating(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Rotating:
    return Rotating(site, tmp_path, monkeypatch, capsys)


def signed_by(note: str, vkey: str) -> bool:
    name, key = note.split("\n")[0], checkpoint.read_vkey(vkey)["ed_pk"]
    return checkpoint.key_id(name, key) in {kid for _, kid, _ in checkpoint.split_note(note)[1]}


def test_a_new_key_signs_nothing_until_a_root_names_it(rotating: Rotating, database: Database) -> None:
    old = rotating.site.facts()["log_vkey"]
    new = rotating.new_key()
    assert rotating.new_key() == new != old, "asked twice it makes no second one"
    write_events(rotating.site.store(), rotating.carl.site, 3)
    take_in(rotating.site)
    assert signed_by(rotating.head(), old) and rotating.kept() == {"log.key", "log.key.next"}
    check_tree(database)


def test_the_log_goes_on_under_the_key_that_the_roots_named(rotating: Rotating, database: Database) -> None:
    old, before = rotating.site.facts()["log_vkey"], rotating.head()
    new = rotating.rotate()
    number = checkpoint.read_vkey(old)["key_id"].hex()
    assert rotating.kept() == {"log.key", f"log.key.{number}"}
    assert signed_by(rotating.head(), new), "whoever follows the new root finds no head under the old key"
    assert checkpoint.split_note(rotating.head())[0] == checkpoint.split_note(before)[0]
    assert rotating.site.facts()["log_vkey"] == new
    assert take_in(rotating.site) == 2
    check_tree(database)
    shown = rotating.site.device().ask("/log/public")
    assert [one["n"] for one in shown["lanes"]["root"]] == [1, 2]
    assert len(shown["lanes"]["directory"]) == 3
    again = rotating.site.enrol("Sara")
    assert again.share, "people go on"


def test_taking_the_same_root_twice_changes_nothing(rotating: Rotating, database: Database) -> None:
    new = rotating.rotate()
    take_in(rotating.site)
    status, said = rotating.take()
    assert status == 0 and "in force already" in said
    assert rotating.site.facts()["log_vkey"] == new and take_in(rotating.site) == 0
    check_tree(database)


def test_a_process_that_was_not_told_takes_the_key_up(rotating: Rotating, database: Database) -> None:
    """The commit was the last that take-root did; or it is another process, which had the old key all along."""
    instance, old = rotating.site.config.instance, (rotating.site.config.instance / "log.key").read_bytes()
    new_seed = None
    new = rotating.new_key()
    new_seed = (instance / "log.key.next").read_bytes()
    rotating.sign("--log-vkey", new)
    rotating.take()
    for names in (("log.key.next",), ()):  # before the renaming, after it
        signer.use(SigningKey(old))
        if names:
            (instance / "log.key").write_bytes(old)
            (instance / "log.key.next").write_bytes(new_seed)
        write_events(rotating.site.store(), rotating.carl.site, 1)  # promised under the old key
        assert take_in(rotating.site) > 0
        assert signer.vkey() == new and (instance / "log.key").read_bytes() == new_seed
        assert not (instance / "log.key.next").exists()
        check_tree(database)


def test_an_idle_process_takes_it_up_too(rotating: Rotating) -> None:
    old = SigningKey((rotating.site.config.instance / "log.key").read_bytes())
    new = rotating.rotate()
    take_in(rotating.site)
    signer.use(old)
    assert take_in(rotating.site) == 0
    assert signer.vkey() == new


def test_a_machine_without_the_key_says_what_to_do(rotating: Rotating, tmp_path: Path) -> None:
    rotating.rotate()
    signer.load(tmp_path / "another-machine")
    with pytest.raises(sequencer.OtherLogKey, match="copy it from the other machine"):
        take_in(rotating.site)
    signer.load(rotating.site.config.instance)
    assert take_in(rotating.site) == 2


def test_what_a_witness_said_of_a_head_stands_under_the_new_key(rotating: Rotating, database: Database) -> None:
    now = rotating.site.clock.now_s()
    before = rotating.head()
    with rotating.site.store() as db:
        keep(db, Signed(1, 5, before), [wandas_word(before, now)])
    new = rotating.rotate()
    cosigned = str(rows(database, "select cosigned from logs")[0].cosigned)
    assert signed_by(cosigned, new) and checkpoint.cosignatures(cosigned, cosign.witness_keys([WANDAS])) == {
        "wanda.example": now
    }
    assert len(checkpoint.split_note(cosigned)[1]) == 2, "the old key's line is not carried on"
    take_in(rotating.site)
    with rotating.site.store() as db:  # a round that began before the rotation ends after it
        keep(db, Signed(1, 5, before), [wandas_word(before, now + 1)])
    assert signed_by(str(rows(database, "select cosigned from logs")[0].cosigned), new)


def wandas_word(note: str, when: int) -> str:
    text = checkpoint.split_note(note)[0]
    signature = WANDA.sign(checkpoint.cosigned_text(text, when).encode()).signature
    return cosign.cosignature_line("wanda.example", bytes(WANDA.verify_key), when, signature)


def test_a_quorum_that_nobody_makes_up_yet_is_not_taken(rotating: Rotating, database: Database) -> None:
    status, said = rotating.sign("--witness", WANDAS, "--quorum", "1")
    assert status == 0 and "Witness added: wanda.example" in said and "must have signed the log: 1 (0 so far)" in said
    assert rotating.take()[0] == 1
    assert len(rows(database, "select version from roots")) == 1
    note = rotating.head()
    with rotating.site.store() as db:
        keep(db, Signed(1, 5, note), [wandas_word(note, rotating.site.clock.now_s())])
    status, said = rotating.take()
    assert status == 0 and "Nobody asks the witness wanda.example yet" in said
    assert (
        read_root(read_signed(bytes(rows(database, "select signed from roots order by version")[1][0]))[0])["quorum"]
        == 1
    )


def test_in_an_emergency_it_is_taken_anyway(rotating: Rotating, database: Database) -> None:
    rotating.sign("--witness", WANDAS, "--quorum", "1")
    assert rotating.take(anyway=True)[0] == 0
    assert len(rows(database, "select version from roots")) == 2


def refused(rotating: Rotating, database: Database, words: str) -> None:
    status, said = rotating.take(anyway=True)
    assert status == 1 and words in said, said
    assert len(rows(database, "select version from roots")) == 1
    assert rotating.site.facts()["log_vkey"] == signer.vkey_of(signer.read(rotating.site.config.instance / "log.key"))
    write_events(rotating.site.store(), rotating.carl.site, 1)
    take_in(rotating.site)
    check_tree(database)


def test_a_root_that_names_a_key_of_elsewhere_is_refused(rotating: Rotating, database: Database) -> None:
    other = checkpoint.vkey("alongside", keys.ed_public(os.urandom(32)))
    assert rotating.sign("--log-vkey", other)[0] == 0
    refused(rotating, database, "names a log key that is not here")


def test_a_root_that_the_roots_did_not_sign_is_refused(rotating: Rotating, database: Database) -> None:
    rotating.sign("--quorum", "0", "--coordinators", "2")
    pair = read_pair(rotating.file.read_bytes())
    omar = os.urandom(32)
    by_omar = [(keys.ed_public(omar), omar)]
    for part in ("root", "directory"):
        forged = {**pair, part: keys.sign_thing(read_signed(pair[part])[0], by_omar)}
        rotating.file.write_bytes(write_pair(**forged))
        refused(rotating, database, "Not enough holders of root sheets have signed")


def test_a_list_that_carl_signed_is_not_enough_under_a_new_root(rotating: Rotating, database: Database) -> None:
    rotating.sign("--coordinators", "2")
    pair = read_pair(rotating.file.read_bytes())
    forged = by(read_signed(pair["directory"])[0], rotating.carl)
    rotating.file.write_bytes(write_pair(pair["root"], forged))
    refused(rotating, database, "Not enough holders of root sheets have signed")


def test_a_list_that_changed_meanwhile_is_not_undone(rotating: Rotating, database: Database) -> None:
    rotating.sign("--log-vkey", rotating.new_key())
    rotating.site.staff(rotating.carl, "Tomas", "supporter")
    refused(rotating, database, "changed since this was made")


def test_what_was_signed_a_week_ago_is_not_taken(rotating: Rotating, database: Database) -> None:
    rotating.sign("--coordinators", "2")
    rotating.site.clock.move(days=4)
    refused(rotating, database, "signed too long ago")


def test_something_else_than_a_root_is_refused(rotating: Rotating, database: Database) -> None:
    rotating.sign("--coordinators", "2")
    pair = read_pair(rotating.file.read_bytes())
    for wrong in (b"", b"{}", b"[1]", b'{"root": 1, "directory": 2}', write_pair(pair["directory"], pair["root"])):
        rotating.file.write_bytes(wrong)
        refused(rotating, database, "This is no signed root")


def test_nobody_is_vouched_for_unseen(rotating: Rotating) -> None:
    """Whom roots list, they vouch for: so whoever signs has to see everybody in the list."""
    status, said = rotating.sign("--coordinators", "2")
    assert "Carl (coordinator)" in said and "Nora (supporter)" in said and status == 0
    told = json.loads((rotating.folder / "for-roots.json").read_text())
    told["people"] = told["people"][:1]
    file = rotating.folder / "less.json"
    file.write_text(json.dumps(told))
    rotating.file.unlink()
    assert main(["next-root", str(file), "--coordinators", "2", "--yes"]) == 1
    assert "somebody whom the file does not show" in rotating.said() and not rotating.file.exists()


def test_a_coordinator_whom_the_server_smuggled_in_is_not_vouched_for(rotating: Rotating) -> None:
    """Coordinators add an unseen binding, which counts for nothing; signed by roots it would count."""
    ghost = Person("Omar", rotating.carl.site, "staff", rotating.site.device(), roles="coordinator")
    thing = read_signed(ghost.binding())[0]
    assert rotating.site.directory is not None
    listed = by(next_directory(rotating.site.directory, [H(thing)], (), (), rotating.site.clock.now_s()), rotating.carl)
    rotating.sign("--coordinators", "2")
    told = json.loads((rotating.folder / "for-roots.json").read_text())
    last = told["lanes"]["directory"][-1]
    told["lanes"]["directory"].append({**last, "n": last["n"] + 1, "signed": b64(listed)})
    told["people"].append(b64(ghost.binding()))
    (rotating.folder / "ghost.json").write_text(json.dumps(told))
    rotating.file.unlink()
    rotating.said()
    assert main(["next-root", str(rotating.folder / "ghost.json"), "--coordinators", "2", "--yes"]) == 1
    assert "only roots name coordinators" in rotating.said() and not rotating.file.exists()


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize(("changes", "words"), [
    ((), "would change nothing"), (("--coordinators", "0"), "number of signatures"), (("--quorum", "1"), "make up the quorum"),
    (("--no-witness", "wanda.example"), "names no witness"), (("--witness", "nonsense"), "no verifier key"), (("--quorum", "-1"), "can't be"),
    (("--log-vkey", WANDAS), "the log's key"), (("--witness", checkpoint.vkey("x", bytes(32))), "quorum"),
])  # fmt: skip
def test_what_can_not_be_is_not_signed(rotating: Rotating, changes: tuple[str, ...], words: str) -> None:
    status, said = rotating.sign(*changes)
    assert status == 1 and "Nothing was signed" in said and words in said, said
    assert not rotating.file.exists()


def test_another_sheet_and_a_no_sign_nothing(rotating: Rotating) -> None:
    status, said = rotating.sign("--coordinators", "2", sheet=keys.root_sheet_text(os.urandom(20)))
    assert status == 1 and "no root sheet of this site" in said
    assert rotating.sign("--coordinators", "2", yes="no")[0] == 1
    assert not rotating.file.exists()


def test_two_holders_sign_one_after_the_other(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database: Database
) -> None:
    codes = [keys.new_sheet(), keys.new_sheet()]
    seeds = [keys.root_seed(code, 0) for code in codes]
    monkeypatch.setattr(Site, "by_roots", lambda _self, thing: keys.sign_thing(
        thing, [(keys.ed_public(seed), seed) for seed in seeds]))  # fmt: skip
    found = Site.found
    monkeypatch.setattr(
        Site, "found", lambda self: found(self, root_pks=[keys.ed_public(s) for s in seeds], threshold=2)
    )
    rotating = Rotating(site, tmp_path, monkeypatch, capsys, anew=True)
    status, said = rotating.sign("--coordinators", "2", sheet=keys.root_sheet_text(codes[0]) + "\n")
    assert status == 0 and "1 more must sign" in said
    refused(rotating, database, "Not enough holders of root sheets have signed")
    typing(monkeypatch, "yes", keys.root_sheet_text(codes[1]))
    assert main(["sign", str(rotating.file)]) == 0
    assert "This is the list of people" in rotating.said()
    rotating.file = rotating.file.with_name(f"{rotating.file.name}.signed")
    assert rotating.take()[0] == 0
    assert len(rows(database, "select version from roots")) == 2
