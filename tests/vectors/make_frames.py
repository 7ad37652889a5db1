"""Vectors of frames, outer checks and JSON."""

from typing import Any

from crypto.frame import FRAMES, frame, unframe
from tests.unit.crypto.cast import (
    fixed,
)


def make(v: Any) -> None:
    _frames(v)
    _outer(v)
    _payload(v)


def sample(tag: str) -> dict[str, Any]:
    """Every field filled, always the same."""
    out: dict[str, Any] = {}
    for name, kind in FRAMES[tag]:
        seed, size = f"{tag}/{name}", int(kind[1:] or 0)
        many = sorted(fixed(f"{seed}/{i}", size) for i in range(3)) if kind[0] in "lo" else []
        out[name] = {
            "u": int.from_bytes(fixed(seed, 6), "big"), "b": fixed(seed, size), "v": fixed(seed, min(72, size)),
            "t": fixed(seed, 4).hex(), "l": many, "o": many[::-1] + many[:1],
        }[kind[0]]  # fmt: skip
    return out


def again(tag: str, data: bytes, **changes: Any) -> bytes:
    """The frame with some fields changed."""
    return frame(tag, {**unframe(tag, data), **changes})


def _frames(v: Any) -> None:
    for tag in FRAMES:
        v.gives("frame", f"frame {tag}", "frame", tag=tag, fields=sample(tag))
        v.gives("frame", f"unframe {tag}", "unframe", tag=tag, data=frame(tag, sample(tag)))
    v.gives("frame", "H", "H", data=b"abc")
    v.gives("frame", "tag of a frame", "tag_of", data=frame("kc", sample("kc")))
    v.gives("frame", "a list is sorted", "frame", tag="rekey", fields={
        "entry": b"", "lane_key": bytes(32), "grants": [b"b" * 1200, b"a" * 1200]})  # fmt: skip
    v.gives("frame", "an empty list", "frame", tag="signed", fields={"thing": b"", "sigs": []})
    v.gives("frame", "the largest number", "frame", tag="root-key", fields={"index": 2**53 - 1})
    v.gives("frame", "composed text", "frame", tag="lane-site", fields={"site": bytes(32), "name": "José 𝄞"})
    v.gives("frame", "text of no letters", "frame", tag="lane-site", fields={"site": bytes(32), "name": ""})
    tag = {"lane": "act", "n": 1}
    for name, fields in {
        "2^53": {**tag, "n": 2**53}, "a negative number": {**tag, "n": -1},
        "a fraction": {**tag, "n": 1.5}, "true for a number": {**tag, "n": True}, "a number as text": {**tag, "n": "1"},
        "a byte order mark": {**tag, "lane": "\ufeffa"}, "text not composed": {**tag, "lane": "e\u0301"},
        "text too long": {**tag, "lane": "a" * 17}, "text too long in bytes": {**tag, "lane": "é" * 9},
        "a field missing": {"lane": "act"}, "a field too many": {**tag, "m": 1}, "bytes for text": {**tag, "lane": b"a"},
    }.items():  # fmt: skip
        v.refuses("frame", "ValueError", f"to write {name}", "frame", tag="tag", fields=fields)
    v.refuses("frame", "ValueError", "to write bytes of another length", "frame", tag="sig", fields={"hash": bytes(31)})
    v.refuses("frame", "ValueError", "to write text for bytes", "frame", tag="sig", fields={"hash": "a" * 32})
    v.refuses("frame", "ValueError", "to write bytes too long", "frame", tag="mail", fields={
        "header": bytes(513), "body": b"", "stanzas": []})  # fmt: skip
    v.refuses("frame", "ValueError", "to write an item twice", "frame", tag="signed", fields={
        "thing": b"", "sigs": [bytes(96), bytes(96)]})  # fmt: skip
    v.refuses("frame", "ValueError", "to write an item of another length", "frame", tag="signed", fields={
        "thing": b"", "sigs": [bytes(95)]})  # fmt: skip
    v.refuses("frame", "ValueError", "to write a tag that is not in the table", "frame", tag="nothing", fields={})
    v.refuses("frame", "ValueError", "to read a tag that is not in the table", "unframe", tag="nothing", data=b"AL1")
    _frames_refused(v)


def _frames_refused(v: Any) -> None:
    good = frame("tag", {"lane": "act", "n": 1})
    text = lambda raw: b"AL1\x03tag\x02" + len(raw).to_bytes(4, "big") + raw + (8).to_bytes(4, "big") + bytes(8)  # noqa: E731
    signed = lambda raw: b"AL1\x06signed\x02" + bytes(4) + len(raw).to_bytes(4, "big") + raw  # noqa: E731
    a, b = b"a" * 96, b"b" * 96
    for name, tag, data in (
        ("nothing", "tag", b""), ("a byte after the end", "tag", good + b"\0"), ("a byte short", "tag", good[:-1]),
        ("the head alone", "tag", good[:8]), ("another version", "tag", b"AL2" + good[3:]),
        ("another tag", "lane", good), ("another count", "tag", good[:7] + b"\x03" + good[8:]),
        ("a length beyond the end", "tag", good[:8] + b"\xff\xff\xff\xff" + good[12:]),
        ("2^53", "tag", good[:-8] + b"\x00\x20" + bytes(6)), ("the sign bit", "tag", good[:-8] + b"\x80" + bytes(7)),
        ("a number of seven bytes", "tag", good[:-12] + (7).to_bytes(4, "big") + bytes(7)),
        ("text that is not UTF-8", "tag", text(b"\xff")), ("overlong UTF-8", "tag", text(b"\xc0\x80")),
        ("a surrogate in UTF-8", "tag", text(b"\xed\xa0\x80")), ("text not composed", "tag", text(b"e\xcc\x81")),
        ("a byte order mark", "tag", text(b"\xef\xbb\xbfa")), ("text too long", "tag", text(b"a" * 17)),
        ("a list out of order", "signed", signed(b + a)), ("an item twice", "signed", signed(a + a)),
        ("a list cut short", "signed", signed(a + b[:-1])),
    ):  # fmt: skip
        v.refuses("frame", "Malformed", f"to read {name}", "unframe", tag=tag, data=data)
    v.refuses("frame", "Malformed", "a tag of other bytes", "tag_of", data=b"PK\x03\x04rest")
    v.refuses("frame", "Malformed", "a tag that is not in the table", "tag_of", data=b"AL1\x01z\x00")


def _outer(v: Any) -> None:
    for n in (0, 1, 255, 256, 257, 264, 265, 1000, 4095, 65537, 1048576, 1048577, 104857601):
        v.gives("outer", f"padme {n}", "padme", length=n)
    for n in (-1, 1.5, "1"):
        v.refuses("outer", "ValueError", f"padme {n!r}", "padme", length=n)
    noise = b"\xff" + fixed("noise", 2000)
    v.gives("outer", "the shortest box", "check_box", data=noise[:328])
    v.gives("outer", "a box of 32 bytes", "check_box", data=noise[:328], plain_length=32)
    v.gives("outer", "a longer box", "check_box", data=noise[: 72 + 1024])
    v.refuses("outer", "Malformed", "a box too short", "check_box", data=noise[:327])
    v.refuses("outer", "Malformed", "no Padme length", "check_box", data=noise[: 72 + 1025])
    v.refuses("outer", "Malformed", "another length than it must have", "check_box", data=noise[: 72 + 272],
              plain_length=64)  # fmt: skip
    v.refuses(
        "outer", "Malformed", "a typed account of a box's length", "check_box", data=b"he said that " * 25 + b"no!"
    )
    v.gives("outer", "the shortest chunk", "check_chunk", data=noise[:272])
    v.refuses("outer", "Malformed", "a chunk too short", "check_chunk", data=noise[:271])
    v.refuses("outer", "Malformed", "a chunk of text", "check_chunk", data=b"a" * 300)


def _payload(v: Any) -> None:
    deep = '{"a":' * 8 + "1" + "}" * 8
    for name, text in {"nothing in it": "{}", "white space": ' {\n "a" : [ 1 , -2 ] }\t', "eight levels": deep,
                       "words": '{"é":"\\u00e9 \\ud834\\udd1e","t":true,"n":null}',
                       "the largest": '{"n":9007199254740991,"m":-9007199254740991}'}.items():  # fmt: skip
        v.gives("payload", f"read: {name}", "from_json", data=text.encode())
    for name, text in {
        "nothing": "", "a list": "[1]", "a name twice": '{"a":1,"a":2}', "a name twice deep": '{"b":{"a":1,"\\u0061":2}}',
        "nine levels": '{"a":' + deep + "}", "nine of lists": '{"a":' + "[" * 8 + "]" * 8 + "}", "NaN": '{"a":NaN}',
        "infinity": '{"a":-Infinity}', "a fraction": '{"a":1.0}', "an exponent": '{"a":1e2}', "2^53": '{"a":9007199254740992}',
        "minus zero": '{"a":-0}', "a leading zero": '{"a":01}', "a comment": '{"a":1}//', "a comma after": '{"a":1,}',
        "a lone surrogate": '{"a":"\\ud800"}', "a byte order mark": "\ufeff{}", "a line end in text": '{"a":"\n"}',
        "two values": "{}{}", "another white space": "\u00a0{}", "single quotes": "{'a':1}",
    }.items():  # fmt: skip
        v.refuses("payload", "Malformed", f"read: {name}", "from_json", data=text.encode())
    v.refuses("payload", "Malformed", "read: not UTF-8", "from_json", data=b'{"a":"\xff"}')
    v.gives("payload", "write: compact", "to_json", value={"b": [1, True, None], "a": 'é\n"/\u2028𝄞\u007f', "c": {}})
    for name, obj in {"a fraction": {"a": 1.5}, "2^53": {"a": 2**53}, "a list": [1],
                      "nine levels": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {}}}}}}}}}}.items():  # fmt: skip
        v.refuses("payload", "ValueError", f"write: {name}", "to_json", value=obj)
