"""What this package raises, with words for the person who can put it right."""


class PlanError(ValueError):
    """A plan is refused: it asks for what no release may carry, or can't be read."""


class RowsError(ValueError):
    """A file of rows is refused. Names line and column, never what stands there."""


class FolderError(ValueError):
    """A release folder can't be read as one."""


class Declined(Exception):
    """Nothing may be published from these rows under this plan. `target` names what stood against it."""

    def __init__(self, target: str, words: str) -> None:
        super().__init__(words)
        self.target = target
        self.words = words
