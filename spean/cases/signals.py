"""What this app says to others."""

from django.dispatch import Signal

#: sent with `consent` (its id) in the transaction of the withdrawal: whoever shares by it stops at once
consent_withdrawn = Signal()
