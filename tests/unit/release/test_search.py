"""The search finds the least loss that there is, and says when it can't be sure."""

from itertools import product

import numpy as np
import pytest

from release import classes
from release.hierarchy import hierarchy
from release.lattice import Lattice, Node
from release.look import Eye
from release.rules import Rules
from release.search import beam, exact, find
from release.sensitive import Sensitive, Single
from release.targets import Targets
from tests.support import arx

MADE = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]


def small(seed: int) -> tuple[Lattice, Sensitive, Targets]:
    """A lattice of 3 x 4 x 3 x 2 schemes over some 100 to 300 rows, and targets that bite."""
    random = np.random.default_rng(seed)
    n = int(random.integers(100, 300))
    shapes = [("a", 4, [2]), ("b", 8, [4, 2]), ("c", 6, [3]), ("d", 2, [])]
    made, columns = [], []
    for name, codes, sizes in shapes:
        lines = [
            (str(code), (str(code), *(f"{size}: {code * size // codes}" for size in sizes))) for code in range(codes)
        ]
        made.append(hierarchy(name, lines))
        columns.append(random.choice(codes, n, p=random.dirichlet(np.ones(codes))))
    values = np.where(random.random(n) < 0.5, columns[1] % 4, random.integers(0, 4, n))
    single = Single("secret", ("w", "x", "y", "skip"), values, np.array([True, True, True, False]))
    ticks = random.random((n, 3)) < [0.3, 0.6, 0.9]
    ticks[:, 0] |= columns[0] == 1
    targets = Targets(k=4, l=2, t=0.4, share=0.3, exclusion=0.95, drop=0.15)
    return Lattice(columns, made, [1, 2, 1, 1]), Sensitive([single], ("i", "j", "k"), ticks), targets


def dropped(lattice: Lattice, node: Node, sensitive: Sensitive, targets: Targets) -> tuple[int, float]:
    """Rows dropped at a node and its loss, by the rules alone."""
    found = classes.group(lattice, node)
    assert found.of is not None
    rules, counts = Rules(targets, sensitive), sensitive.count(found.of, len(found.sizes))
    fails = rules.judge(found.sizes, counts, np.ones(len(found.sizes), dtype=bool)).fails
    gone = ~rules.settle(found.sizes, counts, fails)
    return int(found.sizes[gone].sum()), float((found.sizes * np.where(gone, 1.0, found.cost)).sum()) / lattice.n


@pytest.mark.slow
@pytest.mark.parametrize(
    "optimum", [one for one in arx.ARX if one.n <= 10_000], ids=lambda one: f"{one.n}-{one.strict}"
)
def test_no_scheme_of_arx_loses_less(optimum: arx.Optimum) -> None:
    lattice, sensitive = arx.lattice(optimum.n)
    found = find(lattice, optimum.targets, sensitive if optimum.strict else None)
    assert found is not None and found.proven
    assert round(found.loss, 4) <= optimum.loss
    gone, loss = dropped(lattice, found.node, sensitive if optimum.strict else Sensitive(), optimum.targets)
    assert (gone, round(loss, 9)) == (found.dropped, round(found.loss, 9)) and gone <= 0.1 * optimum.n


@pytest.mark.parametrize("seed", MADE)
def test_trying_every_scheme_finds_nothing_better(seed: int) -> None:
    lattice, sensitive, targets = small(seed)
    tried = [dropped(lattice, node, sensitive, targets) for node in product(*map(range, lattice.shape))]
    holding = [loss for gone, loss in tried if gone <= int(targets.drop * lattice.n)]
    found = find(lattice, targets, sensitive)
    assert (found is None) == (not holding)
    if found:
        assert found.loss == pytest.approx(min(holding))


def test_the_made_up_lattices_are_of_both_kinds() -> None:
    found = [find(lattice, targets, sensitive) for lattice, sensitive, targets in map(small, MADE)]
    nodes = {one.node for one in found if one}
    assert len(nodes) > 3 and all(any(level for level in node) for node in nodes)


@pytest.mark.parametrize("seed", MADE)
def test_what_a_node_says_of_those_below_is_true(seed: int) -> None:
    lattice, sensitive, targets = small(seed)
    eye, bare = Eye(lattice, targets, sensitive), lattice.losses()
    random = np.random.default_rng(seed)
    for _ in range(40):
        node = tuple(int(random.integers(size)) for size in lattice.shape)
        finer = tuple(int(random.integers(level + 1)) for level in node)
        seen = eye.look(node, float(bare[node]), np.inf)
        gone, loss = dropped(lattice, finer, sensitive, targets)
        assert not (seen.hopeless and gone <= eye.most)
        assert bare[finer] + seen.extra <= loss + 1e-9


def test_the_order_of_the_rows_changes_nothing() -> None:
    lattice, sensitive, targets = small(3)
    order = np.random.default_rng(0).permutation(lattice.n)
    single = sensitive.singles[0]
    moved = Sensitive(
        [Single(single.field, single.values, single.codes[order], single.stated)],
        sensitive.items,
        sensitive.ticks[order],
    )
    shuffled = Lattice([column[order] for column in lattice.columns], lattice.hierarchies, lattice.weights)
    assert find(shuffled, targets, moved) == find(lattice, targets, sensitive)


def test_a_search_that_does_not_look_everywhere_says_so_and_is_never_better() -> None:
    lattice, _ = arx.lattice(1_000)
    eye = Eye(lattice, arx.Optimum(1_000, 0, 0).targets, Sensitive())
    quick, sure = beam(eye), exact(eye)
    assert quick is not None and sure is not None
    assert not quick.proven and sure.proven and quick.loss >= sure.loss - 1e-12


def test_where_too_many_rows_would_go_there_is_no_scheme() -> None:
    lattice, sensitive, _ = small(1)
    assert find(lattice, Targets(k=lattice.n + 1, drop=0.5), sensitive) is None


def test_a_weight_makes_a_column_keep_its_detail() -> None:
    lattice, _, _ = small(2)
    targets = Targets(k=8, l=1, t=1.0, exclusion=1.0, drop=0.1)
    levels = []
    for weights in ([1, 1, 1, 1], [1, 50, 1, 1]):
        found = find(Lattice(lattice.columns, lattice.hierarchies, weights), targets)
        assert found is not None
        levels.append(found.node[1])
    assert levels[1] < levels[0]
