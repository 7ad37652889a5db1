"""How an audit ends when it does not end well."""


class Wrong(Exception):
    """The log or what hangs on it is not as it must be; the text names what, in one sentence."""


class Unreadable(Exception):
    """Nothing could be found out: what was to be read is not there. That proves nothing; the text says what to do."""
