"""What other apps may want to hear from this one. Sent inside the operation's transaction."""

from django.dispatch import Signal

#: arguments: actor, team, giver, taker (ids). The apps that hold work move it.
handed_over = Signal()
