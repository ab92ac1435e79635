"""Orders, and what is derived from facts and orders."""

from regimens.models.course import Course, ExtraRecheck, RechecksOff, Regimen
from regimens.models.reminder import Reminder
from regimens.models.status import Bucket, Status

__all__ = [
    "Bucket",
    "Course",
    "ExtraRecheck",
    "RechecksOff",
    "Regimen",
    "Reminder",
    "Status",
]
