from tests.support.people import cast as cast
