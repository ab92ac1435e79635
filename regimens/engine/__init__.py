"""The clinical engine: facts in, assessment out; no Django, no clock, no database."""

from regimens.engine.assess import assess
from regimens.engine.assessment import Assessment
from regimens.engine.facts import Facts, Policy

__all__ = ["Assessment", "Facts", "Policy", "assess"]
