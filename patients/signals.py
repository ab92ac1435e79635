"""The one bell of the house: facts about these patients have changed.

Sent with `patient_ids` (a list of UUIDs, of one clinic) and `today` (the
clinic's date), inside the transaction of the change, once per action however
many rows it wrote.
"""

from django.dispatch import Signal

facts_changed = Signal()
