"""Hand each new checkpoint to the witnesses outside, and keep what they cosigned.

All witnesses of a round get the same checkpoint: cosignatures of different ones could never make up a quorum. It runs
in every worker; a witness that is asked twice says the same twice, so nobody need be elected.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import sessionmaker

from app import clock
from app.audit.asking import Contradiction, NoAnswer, Signed, ask
from app.audit.models import Log
from app.audit.reading import read_tiles
from app.config import Config, Witness
from app.db import Store, make_engine, make_sessions
from app.site import Root
from crypto import checkpoint, cosign, tree
from crypto.receipt import note_keys
from crypto.root import read_root
from crypto.signing import read_signed

EVERY_S = 1.0
FRESH_S = 3600  # readers judge a witness's word by its age, so an idle log is handed out again
LONGEST_PAUSE_S = 300.0
ROUND_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 3.0

said = logging.getLogger("alongside")


def start(config: Config) -> Callable[[], None]:
    """Ask the configured witnesses beside this process's own work; what ends it again. Nothing runs without any."""
    if not config.witnesses:
        return lambda: None
    stop = threading.Event()
    engine = make_engine(config.database_url)
    thread = threading.Thread(target=run, args=(engine, config.witnesses, stop), name="witnesses", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(STOP_TIMEOUT_S)

    return end


def run(engine: Engine, witnesses: Sequence[Witness], stop: threading.Event) -> None:
    """Look once a second, not at the same moment as the other workers."""
    rounds = Rounds(make_sessions(engine), witnesses)
    while not stop.wait(EVERY_S * random.uniform(0.5, 1.5)):  # noqa: S311  no secret
        try:
            rounds.take_turn()
        except Exception as error:
            said.warning("asking the witnesses failed and will be tried again: %s", type(error).__name__)
            stop.wait(LONGEST_PAUSE_S / 60)
    engine.dispose()


@dataclass
class Standing:
    """What this process knows of one witness. due_s, asked_s: by the monotonic clock. text: what it signed last."""

    due_s: float = 0.0
    asked_s: float = float("-inf")
    failures: int = 0
    told: str = ""
    text: str = ""
    lines: tuple[str, ...] = ()


class Rounds:
    """Rounds of asking. Failures are remembered here: who does not answer is asked less and less often."""

    def __init__(self, make: sessionmaker[Store], witnesses: Sequence[Witness]) -> None:
        self._make, self._standing = make, {witness: Standing() for witness in witnesses}

    def take_turn(self) -> int:
        """Ask those who have something to sign; how many did. The database is free while they are waited for."""
        with self._make() as db:
            db.connection(execution_options={"reads": True})
            query = select(Log.number, Log.size, Log.checkpoint, Log.cosigned).order_by(Log.number.desc()).limit(1)
            head = db.execute(query).one_or_none()
        if head is None:
            return 0
        text = _text(head.checkpoint)
        due = [witness for witness in self._standing if self._is_due(witness, head.cosigned, text)]
        asked = Signed(head.number, head.size, head.checkpoint)
        self._ask_all(due, asked, head.cosigned)
        signed = [standing for standing in self._standing.values() if standing.text == text]
        if not due or not signed:
            return 0
        with self._make() as db:
            keep(db, asked, [line for standing in signed for line in standing.lines])
        return sum(self._standing[witness].text == text for witness in due)

    def _is_due(self, witness: Witness, cosigned: str | None, text: str) -> bool:
        now, standing = time.monotonic(), self._standing[witness]
        if now < standing.due_s:
            return False
        if standing.text == text and now - standing.asked_s <= FRESH_S:
            return False
        if cosigned is None or _text(cosigned) != text:
            return True
        when = checkpoint.cosignatures(cosigned, cosign.witness_keys([witness.vkey])).get(witness.name)
        return when is None or time.time() - when > FRESH_S

    def _ask_all(self, due: Sequence[Witness], head: Signed, cosigned: str | None) -> None:
        """All at once: one that is slow must not hold up the others."""
        threads = [threading.Thread(target=self._ask, args=(one, head, cosigned), daemon=True) for one in due]
        for thread in threads:
            thread.start()
        end = time.monotonic() + ROUND_TIMEOUT_S
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _ask(self, witness: Witness, head: Signed, cosigned: str | None) -> None:
        standing = self._standing[witness]
        try:
            lines = ask(witness, head, _known(witness, head, cosigned), lambda old: self._prove(head, old))
        except (NoAnswer, Contradiction) as wrong:
            standing.failures += 1
            standing.due_s = time.monotonic() + min(2.0**standing.failures, LONGEST_PAUSE_S)
            if standing.told != str(wrong):  # once an outage
                standing.told = str(wrong)
                level = logging.ERROR if isinstance(wrong, Contradiction) else logging.WARNING
                said.log(level, "the witness %s did not cosign: %s", witness.name, wrong)
        else:
            standing.lines, standing.text = tuple(lines), _text(head.note)
            standing.failures, standing.told, standing.due_s, standing.asked_s = 0, "", 0.0, time.monotonic()

    def _prove(self, head: Signed, old: int) -> list[bytes]:
        with self._make() as db:
            db.connection(execution_options={"reads": True})
            return tree.consistency(read_tiles(db, head.number), old, head.size)


def keep(db: Store, head: Signed, lines: Sequence[str]) -> None:
    """Store a checkpoint with these cosignatures, unless the one that is stored has more to say; commit.

    Cosignatures of the same text are joined. Another text takes the place of the last when enough witnesses of the root
    signed it, or as many as signed the last: else a witness that is away would take the quorum with it.
    """
    here = select(Log.size, Log.cosigned).where(Log.number == head.number)
    last = db.execute(here.with_for_update()).one().cosigned
    if not _by_newest_key(db, head.note):  # the log's key was changed meanwhile: they are asked again
        db.rollback()
        return
    note = cosign.add_lines(head.note, lines)
    if last is not None and _text(last) == _text(head.note):
        note = cosign.add_lines(last, lines)
    elif last is not None and not _better(db, note, last):
        db.rollback()
        return
    db.change(update(Log).where(Log.number == head.number).values(cosigned=note, cosigned_s=clock.now_s()))
    db.commit()


def _newest_root(db: Store) -> dict[str, Any]:
    return read_root(read_signed(db.scalars(select(Root.signed).order_by(Root.version.desc()).limit(1)).one())[0])


def _by_newest_key(db: Store, note: str) -> bool:
    name = _text(note).split("\n", 1)[0]
    ids = {(name, kid) for _, kid, _ in checkpoint.split_note(note)[1]}
    return bool(ids & note_keys(_newest_root(db)["log_vkey"], name).keys())


def _better(db: Store, note: str, last: str) -> bool:
    root = _newest_root(db)
    keys = {(one["name"], one["key_id"]): one["ed_pk"] for one in root["witnesses"]}
    if checkpoint.read_checkpoint(note)["size"] < checkpoint.read_checkpoint(last)["size"]:
        return False
    now = len(checkpoint.cosignatures(note, keys))
    return bool(now >= min(max(root["quorum"], 1), len(checkpoint.cosignatures(last, keys))))


def _known(witness: Witness, head: Signed, cosigned: str | None) -> int:
    """The size that this witness probably knows; it says so if it is another."""
    if cosigned is None or not checkpoint.cosignatures(cosigned, cosign.witness_keys([witness.vkey])):
        return 0
    tree_head = checkpoint.read_checkpoint(cosigned)
    same = tree_head["origin"] == checkpoint.read_checkpoint(head.note)["origin"]
    return min(int(tree_head["size"]), head.size) if same else 0


def _text(note: str) -> str:
    return checkpoint.split_note(note)[0]
