"""What the system itself can read, because nobody may be there when it is needed: sealed under the keystore's token alone.

Who holds the database reads nothing of it; who holds the database and the keystore does. So it is for one kind of thing only:
where an automatic message may go, when the person agreed to that. `keys.erase_subject` makes it unreadable in every backup.
"""

from typing import Any
from uuid import UUID

from spean.kernel import errors
from spean.privacy.derivation import hkdf
from spean.privacy.keystore import keystore
from spean.privacy.sealing import Context, open_sealed, seal

_LABEL = b"housed-v1"


def seal_for_system(content: dict[str, Any], context: Context) -> bytes:
    """Seal under a key that the keystore makes for the context's subject."""
    return seal(_key(keystore().put_token(context.subject), context.subject), content, context)


def open_by_system(blob: bytes, context: Context) -> dict[str, Any]:
    """What was sealed; NotYours when it has been erased."""
    token = keystore().token(context.subject)
    if token is None:
        raise errors.NotYours
    return open_sealed(_key(token, context.subject), blob, context)


def _key(token: bytes, subject: UUID) -> bytes:
    return hkdf(token, _LABEL + subject.bytes)
