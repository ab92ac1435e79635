"""What the journeys call a signed-in browser."""

from collections.abc import Callable

from playwright.sync_api import Page

type SignIn = Callable[[str], Page]
