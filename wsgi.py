"""What gunicorn runs: the walls first, then the application behind its shells."""

from app.walls import raise_walls

raise_walls()

from app import config, factory, shells  # noqa: E402  the wall has to stand before anything loads

settings = config.from_environment()
app = shells.in_front_of(factory.create_app(settings), settings.build, settings.own_pages)
