"""The same few bytes many times over, taken apart in one call."""

import struct


class Structs(dict[int, struct.Struct]):
    """By how many there are: what unpacks so many of `part` (big-endian, no padding)."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part

    def __missing__(self, count: int) -> struct.Struct:
        self[count] = struct.Struct(">" + self._part * count)
        return self[count]
