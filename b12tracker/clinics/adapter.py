"""Accounts are made by a clinic's manager, never by a stranger at the door."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Sign-in without sign-up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The user name or the password is wrong.",  # nosec B105
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
