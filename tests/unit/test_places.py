"""A canary planted in each place that a test searches is found there: on a device, and in a database of either kind."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from tests.support.browser import Visit
from tests.support.canary import CanaryFound, LookedAtNothing, Place, new_canary, search, word_of
from tests.support.databases import ROOT, Database
from tests.support.server import Server
from tests.support.static_site import static_site

CANARY = new_canary("what happened in March")
JS = json.dumps(CANARY)
WORKER = "postMessage(0); fetch('/', {method: 'POST', body: %s})"
START_WORKER = """() => {
    const policy = trustedTypes.createPolicy('alongside', {createScriptURL: url => url});
    new Worker(policy.createScriptURL('/worker.js'), {type: 'module'}); }"""
LEAKS = {
    "an address": (f"fetch('/?q=' + encodeURIComponent({JS}))", "addresses of requests"),
    "an address, in base64": (f"fetch('/?q=' + btoa(unescape(encodeURIComponent({JS}))))", "addresses of requests"),
    "a header": (
        f"fetch('/', {{headers: {{'x-said': btoa(unescape(encodeURIComponent({JS})))}}}})",
        "headers of requests",
    ),
    "a body": (f"fetch('/', {{method: 'POST', body: {JS}}})", "bodies of requests"),
    "a body of bytes": (f"fetch('/', {{method: 'POST', body: new TextEncoder().encode({JS})}})", "bodies of requests"),
    "a body that outlives the page": (
        f"fetch('/', {{method: 'POST', body: {JS}, keepalive: true}})",
        "bodies of requests",
    ),
    "a beacon": (f"navigator.sendBeacon('/', {JS})", "bodies of requests"),
    "a compressed body": (
        f"""new Response(new Blob([{JS}]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
            .then(body => fetch('/', {{method: 'POST', body}}))""",
        "bodies of requests",
    ),
    "a title": (f"document.title = {JS}", "titles"),
    "a title for a moment": (f"document.title = {JS}; setTimeout(() => document.title = 'x', 200)", "titles"),
    "the part of an address after #": (f"location.hash = {JS}", "titles"),
    "the history": (f"history.pushState({{said: {JS}}}, '')", "storage of the browser"),
    "a cookie": (f"document.cookie = 'said=' + encodeURIComponent({JS})", "storage of the browser"),
    "the storage of the tab": (f"sessionStorage.setItem('said', {JS})", "storage of the browser"),
    "the storage of the site": (f"localStorage.setItem('said', {JS})", "storage of the browser"),
    "the name of the window": (f"window.name = {JS}", "storage of the browser"),
    "a cache": (f"caches.open('c').then(c => c.put('/x', new Response({JS})))", "storage of the browser"),
    "a database of the browser": (
        f"""new Promise(done => {{ const open = indexedDB.open('d');
            open.onupgradeneeded = () => open.result.createObjectStore('s', {{autoIncrement: true}});
            open.onsuccess = () => {{ const t = open.result.transaction('s', 'readwrite');
                t.objectStore('s').add(new TextEncoder().encode({JS})); t.oncomplete = done; }} }})""",
        "storage of the browser",
    ),
}

# What a process of the running server does, each at an address of its own, and the place where that must be found.
SLIPS = {
    "a print": (f"print({JS}, flush=True)", "server log"),
    "a line of the log": (f"worker.log.error({JS})", "server log"),
    "a file beside the database": (
        f"pathlib.Path(os.environ['ALONGSIDE_INSTANCE'], 'kept').write_text({JS})",
        "instance folder",
    ),
    "a temporary file": (f"os.write(tempfile.mkstemp()[0], {JS}.encode())", "temporary files"),
    "the name of a temporary file": (f"tempfile.mkstemp(prefix={JS}.split()[0])", "temporary files"),
}
SLIPPING = """
def pre_request(worker, request):
    import os, pathlib, tempfile
"""


def search_until_found(here: Visit, where: str) -> None:
    """The canary is in this place of the device, at the latest ten seconds from now."""
    end, said = time.monotonic() + 10, ""
    while where not in said:
        assert time.monotonic() < end, f"the canary is not in the {where}: {said}"
        here.page.wait_for_timeout(50)
        try:
            search([CANARY], here.places())
        except CanaryFound as found:
            said = str(found)


@pytest.mark.slow
@pytest.mark.parametrize("leak", LEAKS)
def test_a_canary_that_a_page_lets_slip_is_found(leak: str, modules: str, visit: Callable[..., Visit]) -> None:
    here = visit(modules, watched=True)
    here.expect(r"501|404|failed: ")  # the bare site of this test takes no POST
    here.go("/")
    search([CANARY], here.places())
    here.page.evaluate(f"async () => {{ await ({{ do: async () => {{ {LEAKS[leak][0]} }} }}).do() }}")
    search_until_found(here, LEAKS[leak][1])


@pytest.mark.slow
def test_a_canary_that_a_worker_sends_is_found(tmp_path: Path, visit: Callable[..., Visit]) -> None:
    (tmp_path / "worker.js").write_text(WORKER % JS, encoding="utf-8")
    with static_site(tmp_path) as address:
        here = visit(address, watched=True)
        here.expect("501")
        here.go("/")
        here.page.evaluate(START_WORKER)
        search_until_found(here, "bodies of requests")


@pytest.mark.slow
def test_a_search_of_a_tab_that_went_nowhere_fails(modules: str, visit: Callable[..., Visit]) -> None:
    with pytest.raises(LookedAtNothing):
        search([CANARY], visit(modules, watched=True).places())


def found(words: object, canary: str, place: str) -> bool:
    """Whether the search told of this canary in this place."""
    return bool(re.search(f"^{word_of(canary)} as .+ in {place}: ", str(words), re.M))


def test_a_canary_in_a_row_is_found_as_text_as_bytes_and_in_json(empty_database: Database) -> None:
    here = empty_database
    kinds = {"text": sa.Text(), "bytes": sa.LargeBinary(), "json": sa.JSON()}
    canaries = {column: new_canary(f"what happened in {column}") for column in kinds}
    long = {column: canary + " and so on" * 2000 for column, canary in canaries.items()}  # PostgreSQL compresses it
    tables = sa.MetaData()
    sa.Table("alembic_version", tables, sa.Column("version_num", sa.Text))
    kept = {column: sa.Table(f"kept_{column}", tables, sa.Column("body", kind)) for column, kind in kinds.items()}
    tables.create_all(here.engine)
    search(canaries.values(), here.places())
    values = {"text": long["text"], "bytes": long["bytes"].encode(), "json": {"said": long["json"]}}
    with here.engine.begin() as db:
        for column, table in kept.items():
            db.execute(table.insert().values(body=values[column]))
    with pytest.raises(CanaryFound) as said:
        search(canaries.values(), here.places())
    for column, canary in canaries.items():
        assert f"{here.kind} rows: kept_{column}" in str(said.value)
        assert found(said.value, canary, f"{here.kind} rows"), column


def test_a_canary_in_the_files_of_a_database_is_found_after_its_row_is_gone(empty_database: Database) -> None:
    here = empty_database
    if here.kind == "sqlite":
        with here.engine.connect() as db:
            db.execute(sa.text("pragma journal_mode = wal"))
    with here.engine.begin() as db:
        db.execute(sa.text("create table alembic_version (version_num text)"))
        db.execute(sa.text("create table kept (body text)"))
        db.execute(sa.text("insert into kept values (:body)"), [{"body": CANARY}] * 3)  # one may lie across two pages
    with here.engine.begin() as db:
        db.execute(sa.text("delete from kept"))
    with pytest.raises(CanaryFound) as said:
        search([CANARY], here.places())
    for place in ("files", "write-ahead log") if here.kind == "postgres" else ("files",):
        assert found(said.value, CANARY, f"{here.kind} {place}"), place


@pytest.mark.slow
def test_each_canary_that_a_running_server_lets_slip_is_found(make_server: Callable[..., Server]) -> None:
    # Of their own: all databases of a run share one write-ahead log.
    canaries = {slip: new_canary("what happened in April") for slip in SLIPS}
    does = [
        f"    if request.path == '/{n}':\n        {do.replace(JS, json.dumps(canaries[slip]))}\n"
        for n, (slip, (do, _)) in enumerate(SLIPS.items())
    ]
    server = make_server(config=(ROOT / "gunicorn.conf.py").read_text("utf-8") + SLIPPING + "".join(does))
    server.expect_faults()
    search(canaries.values(), server.places())
    for n in range(len(SLIPS)):
        requests.get(f"{server.url}/{n}", timeout=10)
    with pytest.raises(CanaryFound) as said:
        search(canaries.values(), server.places())
    for slip, (_, place) in SLIPS.items():
        assert found(said.value, canaries[slip], place), slip


@pytest.mark.slow
def test_a_canary_in_an_address_and_one_where_a_draft_should_be_sealed_are_found(server: Server) -> None:
    asked, written = (new_canary(f"what happened in {month}") for month in ("May", "June"))
    search([asked, written], server.places())
    requests.get(server.url, {"q": asked}, timeout=10)
    server.until_logged(word_of(asked))
    draft = sa.table("drafts", sa.column("fp"), sa.column("draft"), sa.column("box"), sa.column("day"))
    with server.database.engine.begin() as db:
        db.execute(draft.insert().values(fp=bytes(32), draft=bytes(16), box=written.encode(), day=1))
    with pytest.raises(CanaryFound, match=f"in {server.database.kind} rows: drafts") as said:
        search([asked, written], server.places())
    assert found(said.value, asked, "server log")
    for place in ("rows", "files"):
        assert found(said.value, written, f"{server.database.kind} {place}")


def test_a_place_of_the_server_without_its_mark_fails(tmp_path: Path) -> None:
    with pytest.raises(LookedAtNothing):
        search([CANARY], [Place("temporary files", b"looked", {})])
