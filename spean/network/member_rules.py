"""Who may do what to the members of the network: everybody at a desk reads them; each organisation writes of itself."""

from spean.accounts.access import allow, everything, nothing_yet, same_org
from spean.accounts.enums import Role

DESKS = [role for role in Role if role not in {Role.VOLUNTEER, Role.FOCAL_PERSON}]
COORDINATOR = [Role.NETWORK_COORDINATOR]
HEADS = [Role.PROGRAMME_MANAGER, Role.ORGANISATION_ADMINISTRATOR]

allow("member.see", DESKS, everything)
allow("member.add", [*COORDINATOR, *HEADS], nothing_yet)
allow("member.change", COORDINATOR, everything)
allow("member.change", HEADS, same_org())
