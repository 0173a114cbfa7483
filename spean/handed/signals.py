"""What this app says to others."""

from django.dispatch import Signal

#: sent with `packet` (its id), `move` and `code` in the transaction of each move that the outside makes, before it: whoever laid
#: the packet locks its own rows first, writes it down, and refuses by raising
packet_moves = Signal()
