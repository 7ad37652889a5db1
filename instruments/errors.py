"""What this package raises, with words for the person who can put it right."""


class DictionaryError(ValueError):
    """A dictionary is refused. `line` counts from 1, the heading; `column` is REDCap's own heading."""

    def __init__(self, line: int, column: str, words: str) -> None:
        super().__init__(f"line {line}, column “{column}”: {words}")
        self.line = line
        self.column = column
        self.words = words


class AnswerError(ValueError):
    """An answer has a shape or code that its field does not know. Names the field, never the answer."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(f"{field}: {words}")
        self.field = field
        self.words = words


class NoConsentError(ValueError):
    """A research row was asked for without a yes to research."""
