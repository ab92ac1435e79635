"""The regimens app: what should happen, what slipped; always derivable from the facts."""

from django.apps import AppConfig

REFRESH_UID = "refresh-status"


class RegimensConfig(AppConfig):
    """Registers the app and answers when facts change."""

    name = "regimens"

    def ready(self) -> None:
        from patients.signals import facts_changed
        from regimens.actions.refresh import refresh_on_facts_changed

        facts_changed.connect(refresh_on_facts_changed, dispatch_uid=REFRESH_UID)
