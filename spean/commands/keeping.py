"""Keep it: the trail and the keystore."""

import argparse
from typing import Any

from spean.commands.ready import bring_up_django, organisations


def audit_verify(options: argparse.Namespace) -> int:
    """Recompute the trail and hold it against its signed head and every checkpoint."""
    witnesses = [path.read_text(encoding="utf-8") for path in options.checkpoint]
    if options.export:
        if not options.public_key:
            raise SystemExit("spean audit verify: --export needs --public-key, as the organisation made it known.")
        from spean.privacy.verifying import verify_export

        with options.export.open(encoding="utf-8") as lines:
            return _tell("export", verify_export(lines, bytes.fromhex(options.public_key), witnesses))
    bring_up_django()
    from spean.privacy import audit

    worst = 0
    for org in organisations(options.org):
        report = audit.verify(org)
        if witnesses:
            export = audit.export_for_offline(org)
            mine = [text for text in witnesses if str(org) in text]
            report.problems += audit.verify_export(export.lines, export.public_key, mine).problems
            report.checkpoints += len(mine)
        worst |= _tell(str(org), report)
    return worst


def _tell(name: str, report: Any) -> int:
    print(f"{name}: {report.size} entries, {report.checkpoints} checkpoints: {'whole' if report.ok else 'NOT WHOLE'}")
    for problem in report.problems:
        print(f"  - {problem}")
    return 0 if report.ok else 1


def audit_checkpoint(options: argparse.Namespace) -> int:
    """Sign the head of each trail: give the note to a witness outside."""
    bring_up_django()
    from spean.privacy import audit

    for org in organisations(options.org):
        print(audit.checkpoint(org))
    return 0


def audit_export(options: argparse.Namespace) -> int:
    """Write one organisation's trail for an offline check by anyone: ids and codes, no content, no secret."""
    bring_up_django()
    from spean.privacy import audit

    export = audit.export_for_offline(options.org)
    options.file.write_text("\n".join(export.lines) + "\n", encoding="utf-8")
    print(f"{len(export.lines) - 1} entries. Verify anywhere with:")
    print(f"  spean audit verify --export {options.file} --public-key {export.public_key.hex()}")
    return 0


def keys_status(options: argparse.Namespace) -> int:
    """Say what the keystore holds, without opening anything."""
    bring_up_django()
    from spean.config.checks import keystore_state

    state = keystore_state()
    for name, value in state.items():
        print(f"{name:12} {value}")
    return 0 if state.get("pepper") == "present" else 1


def keys_backup(options: argparse.Namespace) -> int:
    """Copy the keystore to a new file. Keep it apart from the database's backup."""
    bring_up_django()
    from spean.privacy.keystore import keystore

    if options.file.exists():
        raise SystemExit(f"spean keys backup: {options.file} exists; name a new file.")
    keystore().copy_to(options.file)
    print("The keystore is copied. Keep this copy where the database's backup is not: each is useless without the other.")
    return 0
