"""How personal numbers are shown to those who need not see them whole."""

from __future__ import annotations

import re


def mask_phone(number: str) -> str:
    """138****1234: the first three and last four digits of a personal number; a short one keeps its last two only."""
    digits = re.sub(r"\D", "", number)
    if not digits:
        return ""
    if len(digits) < 8:
        return "*" * max(len(digits) - 2, 1) + digits[-2:]
    return f"{digits[:3]}****{digits[-4:]}"


def mask_identity(number: str) -> str:
    """370***********0011: the place's first three and the last four characters of an identity number."""
    bare = number.strip()
    if len(bare) < 8:
        return "*" * len(bare)
    return f"{bare[:3]}{'*' * (len(bare) - 7)}{bare[-4:]}"
