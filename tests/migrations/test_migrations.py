"""The database's steps: up from nothing, down again one at a time, up again, and what of the data that leaves."""

import ast
import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as Alembic
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.audit import manifests, restores
from app.db import Base, make_sessions
from crypto import keys
from crypto.directory import next_directory
from crypto.frame import H
from crypto.manifest import make_manifest
from demo.people import Staff
from demo.releases import Researcher, Steward
from demo.rows import send_row, withdraw_rows
from demo.wire import b64
from tests.support.databases import ROOT, Database
from tests.support.editions import SECOND
from tests.support.people import CastInside
from tests.support.releases import folder
from tests.support.tree import take_in
from tests.unit.releases.conftest import terms

ROOMS = ("audit", "accounts", "people", "letters", "cases", "instruments", "intake", "desk", "research")
SAYS = ("Why:", "Data:", "Previous release:", "Back:")


def alembic(url: str) -> Alembic:
    settings = Alembic()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    settings.attributes["url"] = url
    return settings


def steps() -> list[Any]:
    """All migrations, the first one first."""
    return list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions())[::-1]


def shape(database: Database) -> dict[str, Any]:
    """Tables with their columns, keys and indexes, in an order that does not depend on how they were made."""
    looked = sa.inspect(database.engine)
    columns, indexes = looked.get_multi_columns(), looked.get_multi_indexes()  # of all tables by one question each
    primary, foreign = looked.get_multi_pk_constraint(), looked.get_multi_foreign_keys()
    found = {}
    for place in sorted(columns.keys() - {(None, "alembic_version")}):
        found[str(place[1])] = (
            {one["name"]: (str(one["type"]), one["nullable"]) for one in columns[place]},
            {str(one["name"]): (tuple(one["column_names"]), bool(one["unique"])) for one in indexes[place]},
            primary[place]["constrained_columns"],
            sorted((tuple(one["constrained_columns"]), one["referred_table"]) for one in foreign[place]),
        )
    return found


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.engine.connect() as db:
        return {
            table: sorted((tuple(row) for row in db.execute(sa.text(f"select * from {table}"))), key=repr)
            for table in database.tables()
            if table != "alembic_version"
        }


def test_up_from_nothing_down_step_by_step_and_up_again(empty_database: Database) -> None:
    settings, shapes = alembic(empty_database.url), [shape(empty_database)]
    assert shapes == [{}]
    for step in steps():
        command.upgrade(settings, step.revision)
        shapes.append(shape(empty_database))
        assert shapes[-1] != shapes[-2], f"{step.revision} changes nothing"
    for before in shapes[-2::-1]:
        command.downgrade(settings, "-1")
        assert shape(empty_database) == before
    command.upgrade(settings, "head")
    assert shape(empty_database) == shapes[-1]


def test_the_models_say_what_the_migrations_made(database: Database) -> None:
    for room in ROOMS:
        importlib.import_module(f"app.{room}.models")
    with database.engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
    assert set(database.tables()) - {"alembic_version"} == set(Base.metadata.tables)


def put_manifest(cast: CastInside) -> None:
    """A list of pages, signed by the root."""
    listed = make_manifest(cast.carl.site, 1, bytes(32), {"/": H(b"a page")})
    seed = keys.root_seed(cast.carl.root_code, 0)
    with make_sessions(cast.database.engine)() as db:
        manifests.publish(db, keys.sign_thing(listed, [(keys.ed_public(seed), seed)]))
        db.commit()


def put_restore(cast: CastInside) -> None:
    """The log goes on under the next number, as after a backup was put back."""
    seed = keys.root_seed(cast.carl.root_code, 0)
    with cast.app.extensions["alongside_sessions"]() as db:
        restores.declare(db, keys.sign_thing(restores.make(db), [(keys.ed_public(seed), seed)]))
        db.commit()


def put_release(cast: CastInside) -> None:
    """A release with its files, and a researcher who may fetch them with a token."""
    stan, rita = cast.staff(Steward, "Stan"), cast.staff(Researcher, "Rita")
    stan.publish(folder())
    rita.agree(content=terms())
    rita.make_token()


def put_rows(cast: CastInside) -> None:
    """Rows that stewards may take, one that waits, and one that was taken back."""
    stan, mona = Staff(cast.wire.another(), "Stan", now_s=cast.clock.now_s), cast.peer("Mona")
    stan.roles = "steward"
    stan.join(cast.carl.invite_staff("steward"))
    cast.carl.certify(stan)
    cast.app.config["ALONGSIDE"] = replace(cast.app.config["ALONGSIDE"], rows_batch=1)
    send_row(mona, "intake.v1", "intake", {"gender": "woman"})
    withdraw_rows(mona)
    send_row(mona, "intake.v1", "intake", {"gender": "woman"})
    cast.app.config["ALONGSIDE"] = replace(cast.app.config["ALONGSIDE"], rows_batch=9)
    send_row(mona, "outtake.v1", "outtake", {"o_useful": "5"})


@pytest.fixture
def full(cast: CastInside) -> CastInside:
    """Something in every table."""
    put_release(cast)
    sara, nora = cast.sent(), cast.supporter()
    cast.team(sara, nora)
    sara.say(sara.case, {"kind": "message", "text": "hello", "at": 0})
    cast.carl.claim(sara.case)
    cast.carl.post("/desk/state", case=sara.case, state="looking")
    put_rows(cast)
    writer = cast.peer("Lena")
    writer.octets("/intake/draft", draft_of(cast, writer))
    writer.post("/sign-in/nonce")
    cast.carl.post("/people/propose", directory=next_list(cast))
    cast.carl.act("/instruments/store", name="intake", dictionary=b64(SECOND), after="intake.v1")
    put_manifest(cast)
    take_in(cast)
    put_restore(cast)
    take_in(cast)
    empty = [table for table, kept in rows(cast.database).items() if not kept]
    assert empty == [], "a migration proves nothing on an empty table"
    return cast


def draft_of(cast: CastInside, writer: Any) -> bytes:
    return bytes(16) + keys.seal_draft(writer.account_key, cast.carl.site, writer.fp, bytes(16), {"text": "half"})


def next_list(cast: CastInside) -> bytes:
    state = cast.carl.directory().state
    listed = next_directory(state, (), (), (), max(cast.clock.now_s(), state.issued))
    return keys.sign_thing(listed, [(cast.carl.fp, cast.carl.identity.ed_seed)])


def test_a_step_back_and_forth_keeps_what_its_words_say_and_the_site_goes_on(full: CastInside) -> None:
    """The newest step drops its own tables and columns, and touches nothing else."""
    database, newest = full.database, steps()[-1]
    before, made = without(rows(database), columns_added_by(newest)), tables_made_by(newest)
    command.downgrade(alembic(database.url), "-1")
    kept = rows(database)
    assert kept == {table: content for table, content in before.items() if table not in made}
    command.upgrade(alembic(database.url), "head")
    assert without(rows(database), columns_added_by(newest)) == {**kept, **{table: [] for table in made}}
    greta = full.sent("Greta")
    assert {line["state"] for line in full.carl.queue()} == {"new", "together"}
    assert greta.open(greta.case).records[0]["payload"]["text"] == "what happened"


def test_each_step_down_loses_only_what_its_words_say_and_up_again_nothing_and_the_log_stays_to_the_last(
    full: CastInside,
) -> None:
    """Each with all that a site of that day would hold in its tables."""
    database, settings = full.database, alembic(full.database.url)
    full.close()
    leaves = {bytes(row[0]) for row in rows(database)["events"]}
    for step in steps()[:0:-1]:
        before, made = without(rows(database), columns_added_by(step)), tables_made_by(step)
        command.downgrade(settings, "-1")
        kept = rows(database)
        assert set(kept) == set(before) - made, f"{step.revision} drops what it did not make"
        same = {table for table in kept if kept[table] == before[table]}
        assert set(kept) - same <= tables_altered_by(step), f"{step.revision} changes rows of another table"
        assert {bytes(row[0]) for row in kept["events"]} == leaves, f"{step.revision} loses leaves of the log"
        command.upgrade(settings, step.revision)
        again = without(rows(database), columns_added_by(step))
        assert again == {**kept, **{table: [] for table in made}}, f"{step.revision} changes rows that were there"
        command.downgrade(settings, "-1")
        assert rows(database) == kept
    command.upgrade(settings, "head")
    assert {bytes(row[0]) for row in rows(database)["events"]} == leaves


def tables_made_by(step: Any) -> set[str]:
    return _first_arguments(step, "create_table")


def tables_altered_by(step: Any) -> set[str]:
    return _first_arguments(step, "batch_alter_table")


def columns_added_by(step: Any) -> list[str]:
    """The table of each."""
    (up,) = [
        node for node in ast.parse(Path(step.path).read_text("utf-8")).body if getattr(node, "name", "") == "upgrade"
    ]
    altered = [node for node in ast.walk(up) if isinstance(node, ast.With)]
    return _tables(up, "add_column") + [
        table for one in altered for table in _tables(one, "batch_alter_table") for _ in _calls(one, "add_column")
    ]


def without(found: dict[str, list[tuple[Any, ...]]], added: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Rows without the columns that a step added to their tables, which are the last."""
    return {
        table: sorted((row[: len(row) - added.count(table)] for row in content), key=repr)
        for table, content in found.items()
    }


def _first_arguments(step: Any, call: str) -> set[str]:
    return set(_tables(ast.parse(Path(step.path).read_text(encoding="utf-8")), call))


def _calls(tree: ast.AST, name: str) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == name]


def _tables(tree: ast.AST, call: str) -> list[str]:
    firsts = [node.args[0] for node in _calls(tree, call)]
    return [str(first.value) for first in firsts if isinstance(first, ast.Constant)]


def test_each_step_says_why_what_becomes_of_data_and_how_back() -> None:
    for step in steps():
        assert [word for word in SAYS if word not in step.doc and word not in (step.module.__doc__ or "")] == [], (
            step.path
        )
        assert step.module.downgrade.__code__.co_code != (lambda: None).__code__.co_code


def test_there_is_one_line_of_steps() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    assert len(script.get_heads()) == 1 and len(script.get_bases()) == 1
