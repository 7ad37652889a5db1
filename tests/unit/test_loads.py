"""What a page names in its head so that it is fetched at once."""

from app import loads


def test_each_import_of_each_script_is_found_and_nothing_else() -> None:
    asked = 0
    for path in (loads.STATIC / "js").rglob("*.js"):
        name = path.relative_to(loads.STATIC).as_posix()
        found = loads.modules(name)
        assert all((loads.STATIC / one).is_file() for one in found), name
        lines = [
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if not line.lstrip().startswith(("*", "/*", "//"))
        ]
        named = {
            line.split("from '")[1].split("'")[0]
            for line in lines
            if " from '" in line and line.rstrip().endswith("';")
        }
        own = {loads._beside(name, one) for one in named}
        assert own <= set(found), name
        asked += len(own)
    assert asked > 300


def test_a_module_is_named_once_however_many_import_it() -> None:
    found = loads.modules("js/pages/case.js", "js/parts/early.js")
    assert len(found) == len(set(found)) > 15 and found[:2] == ["js/pages/case.js", "js/parts/early.js"]


def test_rooms_are_what_the_worker_has() -> None:
    names = [name for name, _ in loads.ROOM.findall((loads.STATIC / loads.WORKER).read_text(encoding="utf-8"))]
    assert {"account", "case", "desk", "supporter", "draft"} <= set(names)
    assert set(loads.rooms("case")) < set(loads.rooms(" ".join(names)))
