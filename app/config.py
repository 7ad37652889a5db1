"""Settings from the environment, checked once at start.

Every setting has a name that begins with ALONGSIDE_ (PORT aside), a default that works on one
machine, and a sentence that says what to set when it is wrong.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crypto.cosign import witness_keys
from crypto.errors import Malformed

ROOT = Path(__file__).resolve().parent.parent
MOST_CONTACT = 120


class BadSetting(ValueError):
    """A setting that the server can't start with; its text says what to set."""


@dataclass(frozen=True)
class Witness:
    """Somebody outside who cosigns the log: what it is called, its verifier key, where it is asked."""

    name: str
    vkey: str
    url: str


@dataclass(frozen=True)
class Config:
    """`instance` is this site's own; `build` may serve several sites."""

    instance: Path
    database_url: str
    build: Path = ROOT / "build"
    port: int = 8000
    bind: str = "127.0.0.1"
    testing: bool = False
    clock_file: Path | None = None
    secure_cookie: bool = False
    proxies: int = 0
    rate_limit_storage: str = "memory://"
    site_name: str = "Alongside"
    contact: str = ""
    offer_least: int = 4
    offer_most: int = 6
    workers: int = 2
    rows_batch: int = 20
    withdrawals_batch: int = 11
    witnesses: tuple[Witness, ...] = ()

    @property
    def own_pages(self) -> Path:
        """Where the pages stand that this site's own instruments change; they take the place of those in `build`."""
        return self.instance / "pages"


def _number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or not least <= int(text) <= most:
        raise BadSetting(f"{name} is '{text}'. Set it to a whole number from {least} to {most}.")
    return int(text)


def _flag(env: Mapping[str, str], name: str) -> bool:
    text = env.get(name, "").strip()
    if text not in ("", "0", "1"):
        raise BadSetting(f"{name} is '{text}'. Set it to 1 for yes, or leave it out for no.")
    return text == "1"


def _database(env: Mapping[str, str], instance: Path) -> str:
    url = env.get("ALONGSIDE_DATABASE_URL", "").strip()
    if not url:
        return f"sqlite:///{instance / 'alongside.sqlite'}"
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting(
            "ALONGSIDE_DATABASE_URL must begin with sqlite:/// or postgresql://. "
            "Leave it out to keep the data in the instance folder."
        )
    return url


def _address(env: Mapping[str, str]) -> str:
    text = env.get("ALONGSIDE_BIND", "").strip()
    if text in ("", "localhost"):
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise BadSetting(
            f"ALONGSIDE_BIND is '{text}'. Set it to an address of this machine in numbers, such as 127.0.0.1, "
            "or 0.0.0.0 for all of them."
        ) from None


def _contact(env: Mapping[str, str]) -> str:
    """How else the organisation can be reached, as every page shows it; empty shows nothing."""
    text = env.get("ALONGSIDE_CONTACT", "").strip()
    if not text.isprintable() or len(text) > MOST_CONTACT:
        raise BadSetting(
            f"ALONGSIDE_CONTACT is what pages show. Set it to one line of at most {MOST_CONTACT} characters, such as "
            "an e-mail address or a telephone number, or leave it out."
        )
    return text


def _rate_limit_storage(env: Mapping[str, str]) -> str:
    url = env.get("ALONGSIDE_RATE_LIMIT_STORAGE", "").strip() or "memory://"
    try:
        parts = urlsplit(url)
        known = url == "memory://" or (parts.scheme in ("redis", "rediss") and parts.hostname and parts.port != 0)
    except ValueError:  # a port that is no number
        known = False
    if not known:  # the value may hold a password, so it isn't repeated
        raise BadSetting(
            "ALONGSIDE_RATE_LIMIT_STORAGE must be memory:// or like redis://host:6379/0 (rediss:// for TLS). "
            "Leave it out to count in each process."
        )
    return url


def _witnesses(env: Mapping[str, str]) -> tuple[Witness, ...]:
    """Where witnesses are. Which of them count, the organisation's roots say."""
    lines = env.get("ALONGSIDE_WITNESSES", "").replace(",", "\n").splitlines()
    found = [_witness(line.split()) for line in lines if line.strip()]
    if len({one.name for one in found}) < len(found):
        raise BadSetting("ALONGSIDE_WITNESSES names a witness twice. Leave one of the two out.")
    return tuple(found)


def _witness(parts: list[str]) -> Witness:
    wrong = BadSetting(
        "ALONGSIDE_WITNESSES must be lines, or a list with commas, of a witness's key, a space and its address: "
        f"witness.example+1a2b3c4d+BAAA... https://witness.example. This is not: '{' '.join(parts)}'."
    )
    try:
        vkey, url = parts
        ((name, _),) = witness_keys([vkey])
        where = urlsplit(url)
        plain = not (where.username or where.query or where.fragment)
        if where.scheme in ("http", "https") and where.hostname and where.port != 0 and plain:
            return Witness(name, vkey, url)
    except (ValueError, Malformed):
        raise wrong from None
    raise wrong


def from_environment(env: Mapping[str, str] | None = None) -> Config:
    """The settings of this process.

    Raises: BadSetting, whose text says which variable to set and to what.
    """
    env = os.environ if env is None else env
    instance = Path(env.get("ALONGSIDE_INSTANCE", "") or ROOT / "instance").resolve()
    testing = _flag(env, "ALONGSIDE_TESTING")
    clock = env.get("ALONGSIDE_NOW", "").strip()
    if clock and not testing:
        raise BadSetting("ALONGSIDE_NOW moves the clock and is for tests only. Unset it.")
    least = _number(env, "ALONGSIDE_OFFER_LEAST", 4, 1, 19)
    most = _number(env, "ALONGSIDE_OFFER_MOST", 6, 1, 19)
    if least > most:
        raise BadSetting("ALONGSIDE_OFFER_LEAST is above ALONGSIDE_OFFER_MOST. Swap them.")
    return Config(
        instance=instance,
        database_url=_database(env, instance),
        build=Path(env.get("ALONGSIDE_BUILD", "") or ROOT / "build").resolve(),
        port=_number(env, "PORT", 8000, 1, 65535),
        bind=_address(env),
        testing=testing,
        clock_file=Path(clock) if clock else None,
        secure_cookie=_flag(env, "ALONGSIDE_HTTPS"),
        proxies=_number(env, "ALONGSIDE_PROXIES", 0, 0, 9),
        rate_limit_storage=_rate_limit_storage(env),
        site_name=env.get("ALONGSIDE_SITE_NAME", "").strip() or "Alongside",
        contact=_contact(env),
        offer_least=least,
        offer_most=most,
        workers=_number(env, "ALONGSIDE_WORKERS", 2, 1, 64),
        rows_batch=_number(env, "ALONGSIDE_ROWS_BATCH", 20, 1, 10_000),
        withdrawals_batch=_number(env, "ALONGSIDE_WITHDRAWALS_BATCH", 11, 1, 10_000),
        witnesses=_witnesses(env),
    )
