"""What the name of a column gives away, in English, German, French and Spanish; a hint, never proof alone."""

from __future__ import annotations

import re

_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Ý])")
_WORD = re.compile(r"[^\W\d_]+")

_IDENTIFIER = frozenset(
    {
        "id",
        "ids",
        "uuid",
        "guid",
        "key",
        "nr",
        "no",
        "number",
        "num",
        "nummer",
        "numero",
        "número",
        "identifier",
        "kennung",
    }
)
_GROUP = frozenset(
    {
        "id",
        "customer",
        "client",
        "patient",
        "user",
        "member",
        "account",
        "person",
        "household",
        "employee",
        "student",
        "kunde",
        "kd",
        "patientin",
        "nutzer",
        "konto",
        "cliente",
        "paciente",
        "usuario",
    }
)
# Written as one word: "Kundennummer", "customerid", "KdNr".
_GROUP_NUMBER = re.compile(
    r"(customer|client|patient|user|member|account|person|household|employee|student|contract"
    r"|kunden?|kd|patient(en|innen)?|nutzer|konto|person(en|al)?|mitglieds?|haushalts?|vertrags?|versicherten|schüler)"
    r"(id|nr|no|num|number|nummer|kennung|key)"
)
_CODE = frozenset(
    {
        "code",
        "zip",
        "plz",
        "postal",
        "postcode",
        "postleitzahl",
        "region",
        "district",
        "area",
        "zone",
        "branch",
        "store",
        "shop",
        "site",
        "department",
        "segment",
        "class",
        "category",
        "group",
        "type",
        "kind",
        "cluster",
        "sector",
        "bezirk",
        "filiale",
        "kategorie",
        "gruppe",
        "typ",
        "art",
        "klasse",
        "región",
        "tienda",
    }
)
_AFTERWARDS = (
    "cancel",
    "terminat",
    "closed",
    "closing",
    "reason",
    "refund",
    "chargeback",
    "discharg",
    "death",
    "deceas",
    "outcome",
    "exit",
    "resolved",
    "recover",
    "settle",
    "payout",
    "kündig",
    "grund",
    "gekündigt",
    "annul",
    "résili",
    "motif",
    "motivo",
)
_NEVER_NEGATIVE = frozenset(
    {
        "age",
        "alter",
        "edad",
        "âge",
        "tenure",
        "duration",
        "dauer",
        "months",
        "days",
        "years",
        "weeks",
        "hours",
        "minutes",
        "monate",
        "tage",
        "jahre",
        "height",
        "weight",
        "length",
        "distance",
        "count",
        "visits",
        "calls",
        "orders",
    }
)
_AGE = frozenset({"age", "alter", "edad", "âge"})
OLDEST = 120


def words(name: str) -> list[str]:
    """The words of a column's name in lower case: "customerID" and "Customer_Id" are both customer, id."""
    return [word.casefold() for word in _WORD.findall(_CAMEL.sub(" ", name[:200]))]


def names_an_identifier(name: str) -> bool:
    """Such as "customerID", "Order No.", "Rechnungsnummer"."""
    found = words(name)
    return bool(_IDENTIFIER & set(found)) or any(_GROUP_NUMBER.fullmatch(w) or w.endswith("nummer") for w in found)


def names_a_group(name: str) -> bool:
    """Such as "patient_id", "customer", "Kundennummer": several rows may belong to the same one."""
    found = words(name)
    return bool(_GROUP & set(found)) or any(_GROUP_NUMBER.fullmatch(word) for word in found)


def names_members_of_a_group(name: str) -> bool:
    """Such as "patient_id", and not only "customer since": each of its values is somebody with several rows."""
    return names_a_group(name) and names_an_identifier(name)


def names_a_code(name: str) -> bool:
    """Such as "region", "zip code": its numbers are names."""
    return bool(_CODE & set(words(name)))


def names_the_aftermath(name: str, target: str) -> bool:
    """Such as "cancellation date", or "churn reason" beside a target "churned": known only once it has happened."""
    found = words(name)
    if any(word.startswith(start) for word in found for start in _AFTERWARDS):
        return True
    stems = {word[:5] for word in words(target) if len(word) >= 5}
    return any(word[:5] in stems for word in found if len(word) >= 5)


def never_negative(name: str) -> bool:
    """Such as "age", "tenure months"."""
    return bool(_NEVER_NEGATIVE & set(words(name)))


def names_an_age(name: str) -> bool:
    """Such as "age"."""
    return bool(_AGE & set(words(name)))
