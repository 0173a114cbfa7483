"""What other apps may want to hear from this one. Sent inside the operation's transaction."""

from django.dispatch import Signal

#: argument: issue (its id). The evidence app publishes what is public of it.
issue_moved = Signal()
