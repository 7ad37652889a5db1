"""Whether a witness may cosign: the rules of C2SP tlog-witness, in their order."""

import hmac
import threading
import time

from crypto import checkpoint, cosign, log
from crypto.errors import BadSignature, Malformed, SealError, WrongPlace
from crypto.frame import H
from crypto.witness.memory import Followed, Memory

MOST_EVIDENCE = 100


class Refused(Exception):
    """No cosignature. status: of HTTP. words: for whoever runs the log. known: the size that the witness knows."""

    def __init__(self, status: int, words: str, known: int | None = None) -> None:
        super().__init__(words)
        self.status, self.words, self.known = status, words, known


class Witness:
    """One witness at work. Any number of threads may ask; one is answered at a time."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._one_at_a_time = threading.Lock()

    def add_checkpoint(self, body: bytes) -> str:
        """The cosignature line, once the checkpoint is on this witness's disk. Raises: Refused, OSError."""
        with self._one_at_a_time:
            return self._add(body)

    def newest(self, origin: str) -> str:
        """The newest checkpoint of this log with the log's and the witness's signatures; '' when there is none."""
        log_state = self._memory.logs.get(origin)
        return log_state.note if log_state else ""

    def about(self) -> str:
        """Who this is, and what it has seen, in plain text."""
        lines = ["A witness of logs (C2SP tlog-witness).", "", self._memory.vkey, ""]
        for origin, seen in sorted(self._memory.logs.items()):
            ended = "  ended" if self._memory.ended(origin) else ""
            lines.append(f"{origin}  {seen.size} leaves  /{origin}/checkpoint{ended}")
        return "\n".join(lines) + "\n"

    def _add(self, body: bytes) -> str:
        try:
            old, proof, note = cosign.read_request(body)
            text, _ = checkpoint.split_note(note)
            new = checkpoint.read_checkpoint(text)
        except Malformed as wrong:
            raise Refused(400, f"This is no request to a witness: {wrong}.") from None
        known = self._memory.logs.get(new["origin"])
        if known is None:
            raise Refused(404, "This witness does not follow this log.")
        _check_signature(note, new["origin"], known)
        self._check_open(new["origin"])
        self._check_place(old, proof, new, known, note)
        line = self._sign(text)
        signed = f"{text}\n{_own_lines(note, known, new['origin'])}{line}"
        self._memory.remember(new["origin"], new["size"], new["root"], signed)
        return line

    def _check_open(self, origin: str) -> None:
        """Nothing, unless this site's log goes on under a higher number: who is not told of a restore would be shown
        the old log, which grows on and is fresh. Whoever runs the witness said which one follows. Raises: Refused.
        """
        if self._memory.ended(origin):
            raise Refused(404, "This log has ended: it goes on under the next number, and this one is not cosigned.")

    def _check_place(self, old: int, proof: list[bytes], new: dict, known: Followed, note: str) -> None:
        """Nothing, if this checkpoint continues the one that the witness knows. Raises: Refused."""
        if old > new["size"]:
            raise Refused(400, "The old size is above the new one.")
        root = bytes.fromhex(known.root)
        if new["size"] == known.size and not hmac.compare_digest(root, new["root"]):
            self._keep_evidence(known, note)
            raise Refused(409, "Two roots of one size. This log has shown two histories.", known.size)
        if old != known.size:
            raise Refused(409, "This witness knows another size.", known.size)
        try:
            if old == 0:
                if proof or (new["size"] == 0 and new["root"] != H(b"")):
                    raise WrongPlace("nothing is to be proven of an empty log")
            else:
                log.verify_consistency(old, new["size"], proof, root, new["root"])
        except SealError:
            raise Refused(422, "The proof does not lead from the known checkpoint to this one.") from None

    def _sign(self, text: str) -> str:
        now, name, key = int(time.time()), self._memory.name, self._memory.key
        signature = key.sign(checkpoint.cosigned_text(text, now).encode()).signature
        return cosign.cosignature_line(name, bytes(key.verify_key), now, signature)

    def _keep_evidence(self, known: Followed, note: str) -> None:
        """Two signed checkpoints of one size and two roots prove that the log lied; whoever holds both can show it."""
        folder = self._memory.folder / "evidence"
        folder.mkdir(exist_ok=True, mode=0o700)
        path = folder / f"{H(note.encode()).hex()[:32]}.txt"
        if not path.exists() and len(list(folder.iterdir())) < MOST_EVIDENCE:
            path.write_text(f"{known.note}\n--- and, of the same size ---\n\n{note}", "utf-8")


def _check_signature(note: str, origin: str, known: Followed) -> None:
    try:
        checkpoint.open_note(note, known.keys(origin))
    except BadSignature:
        raise Refused(403, "No key of this log signed this checkpoint.") from None


def _own_lines(note: str, known: Followed, origin: str) -> str:
    """The log's own signature lines: what else a sender put on the note is nobody's word here."""
    _, lines = checkpoint.split_note(note)
    keys = known.keys(origin)
    own = {(name, kid): data for name, kid, data in lines if (name, kid) in keys}
    return "".join(f"— {name} {checkpoint.to_base64(kid + data)}\n" for (name, kid), data in own.items())
