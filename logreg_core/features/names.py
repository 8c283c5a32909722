"""What the name of a column gives away, in English, German, French and Spanish; a hint, never proof alone."""

from __future__ import annotations

import itertools
import re

_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Ý])")
_WORD = re.compile(r"[^\W\d_]+")

_IDENTIFIER = frozenset(("id", "ids", "uuid", "guid", "identifier", "kennung"))
# "Customer number" names a customer and "number of customers" counts them: these say so only at the end of a name.
_NUMBER = frozenset(("key", "nr", "no", "num", "number", "nummer", "numero", "número", "numéro"))
# Between such a word and the one it numbers: "numero de cliente".
_OF = frozenset(("de", "du", "del"))
_COUNT = frozenset(
    ("count", "total", "sum", "average", "avg", "mean", "max", "min", "anzahl", "nombre", "cantidad", "summe")
)
_GROUP = frozenset(
    (
        *("id", "customer", "client", "patient", "user", "member", "account", "person", "household", "employee"),
        *("student", "kunde", "kd", "patientin", "nutzer", "konto", "cliente", "paciente", "usuario"),
    )
)
# Somebody, or what only one of them has: a column of this name, and no more, holds one of them in each row.
_SOMEBODY = frozenset(
    (
        *("customer", "client", "patient", "user", "member", "account", "person", "household", "employee", "student"),
        *("subject", "participant", "respondent", "driver", "borrower", "applicant", "subscriber", "policyholder"),
        *("family", "donor", "guest", "pupil", "tenant", "mrn", "ssn", "iban", "msisdn", "email", "mail", "username"),
        *("login", "kunde", "kundin", "patientin", "nutzer", "konto", "mitglied", "proband", "schüler", "fahrer"),
        *("cliente", "paciente", "usuario", "client", "adhérent"),
    )
)
_CALLED = frozenset(("name", "full", "e", "address", "adresse", "correo"))
# What each thing has one of its own of; so only at the end of a name: "phone", and not "phone calls".
_ONE_OF_ITS_OWN = frozenset(
    (
        *("invoice", "phone", "telephone", "telefon", "msisdn", "barcode", "ean", "upc", "isbn", "imei", "vin", "mrn"),
        *("ssn", "iban", "email", "mail", "username", "ticket", "passport", "receipt", "hash", "rechnung", "beleg"),
    )
)
_ABOUT_IT = frozenset(("per", "price", "cost", "costs", "amount", "value", "days", "hours", "last", "pro", "preis"))
_ROW = (["index"], ["row"], ["record"], ["rownum"], ["unnamed"], ["zeile"])
# Written as one word: "Kundennummer", "customerid", "KdNr".
_GROUP_NUMBER = re.compile(
    r"(customer|client|patient|user|member|account|person|household|employee|student|contract"
    r"|kunden?|kd|patient(en|innen)?|nutzer|konto|person(en|al)?|mitglieds?|haushalts?|vertrags?|versicherten|schüler)"
    r"(id|nr|no|num|number|nummer|kennung|key)"
)
_CODE = frozenset(
    (
        *("code", "zip", "plz", "postal", "postcode", "postleitzahl", "region", "district", "zone", "branch", "store"),
        *("shop", "site", "department", "segment", "class", "category", "group", "type", "kind", "cluster", "sector"),
        *("bezirk", "filiale", "kategorie", "gruppe", "typ", "art", "klasse", "región", "tienda"),
    )
)
_POSTCODE = frozenset(
    (
        *("zip", "zipcode", "postcode", "postalcode", "plz", "postleitzahl", "codepostal", "codigopostal"),
        *("códigopostal", "kodpocztowy", "postnummer", "postalzip", "zippostalcode"),
    )
)
_WHOSE_POSTCODE = frozenset(
    (
        *("customer", "client", "patient", "home", "billing", "shipping", "address", "kunde", "kunden", "wohnort"),
        *("cliente", "nr", "no", "number"),
    )
)
# Groups and classes of these are in order: their numbers are amounts, roughly.
_IN_ORDER = frozenset(("age", "alter", "edad", "âge", "income", "salary", "size", "weight", "price"))
_AFTERWARDS = (
    *("cancel", "terminate", "termination", "chargeback", "deceas", "resolved", "payout", "autopsy", "severance"),
    *("deactivat", "unsubscrib", "kündigung", "gekündigt", "kuendig", "annulation", "annulé", "résili", "refunded"),
)
# Words that say it whole, and with another ending something else: "refundable fare", "discharge current".
_AFTERWARDS_WHOLE = frozenset(("refund", "refunds", "discharged", "death", "deaths", "kündigung"))
# What comes after the event in two or three words.
_AFTERWARDS_PHRASES = (
    *(("charge", "off"), ("charged", "off"), ("write", "off"), ("written", "off"), ("past", "due")),
    *(("discharge", "date"), ("discharge", "status"), ("length", "of", "stay"), ("survival", "days")),
    *(("survival", "time"), ("retention", "offer"), ("final", "invoice"), ("collections", "agency")),
    *(("left", "company", "on"), ("date", "left"), ("exit", "survey"), ("exit", "interview"), ("win", "back")),
    *(("winback",),),
)
# After one of these, a word for the event or for a parting says when something was: "calls after the notice".
_AFTER = frozenset(("post", "after", "following", "nach"))
_PARTINGS = frozenset(("notice", "exit", "departure", "leaving", "closure", "event", "outcome"))
# "churned month" is when it happened; "subscription months" are counted.
_UNITS_OF_TIME = frozenset(("month", "day", "week", "year", "quarter", "date", "monat", "tag", "woche", "jahr"))
# With one of these, a word such as "terminated" or "refund" is about something else.
_NO_EVENT = frozenset(("current", "planner", "ratio", "rate", "voltage", "width", "policy", "free", "possible"))
_FEWEST_LETTERS = 5
_PARTICIPLES = ("ed", "iert", "ado", "ada", "ido")
# Words of which a target's name says what happens, where no word of it has the ending of a verb.
_EVENTS = ("churn", "default", "fraud", "attrition", "cancel", "refund", "dropout", "readmission", "convers", "closur")
# Who or what it happens to, where a target's name has no word for what happens: "deposit", "heart disease".
_ENTITIES = frozenset(
    (
        *("heart", "disease", "credit", "product", "company", "deposit", "order", "price", "house", "loan", "payment"),
        *("stroke", "cancer", "tumour", "tumor", "diabetes", "income", "purchase", "target", "class", "label"),
        *("outcome", "survived", "survival", "admitted", "approved"),
    )
)
# Words that mean an ending only by themselves or with one of the companions: "exit date", and not "exit velocity".
_ENDING = ("closed", "closing", "reason", "outcome", "exit", "recover", "settle", "grund", "motif", "motivo")
_COMPANIONS = frozenset(
    (
        *("date", "day", "on", "at", "code", "type", "text", "comment", "flag", "status", "amount", "fee", "interview"),
        *("for", "of", "the", "leaving", "collection", "datum", "tag", "de", "fecha", "account", "case", "is", "was"),
    )
)
# How often something was, and what is measured: beside a word for the event, it is of an earlier one or of all.
_TIMES = frozenset(("number", "num", "count", "counts", "times", "anzahl", "nombre", "numero", "número", "cantidad"))
_MEASURES = frozenset(
    (
        *("age", "distance", "position", "gap", "month", "window", "day", "week", "year", "hour", "minute", "length"),
        *("ratio", "rate", "share", "frequency", "history", "average", "avg", "mean", "total", "max", "min", "since"),
        *("probability", "score", "risk", "propensity", "in", "per"),
        *("alter", "monate", "tage", "jahre", "wochen", "quote", "anteil", "dauer"),
    )
)
# Other words of several beside it are things that are counted: "failed logins", "cancelled orders".
_NOT_COUNTED = frozenset(("reasons", "costs", "fees", "status", "details", "notes", "comments", "proceeds", "refunds"))
_ENDINGS = ("ed", "ing", "ion", "ung", "s", "t")
# What was before, or what belongs to somebody else or to an offer, is known beforehand.
_EARLIER = frozenset(
    (
        *("previous", "prev", "prior", "past", "former", "earlier", "before", "history", "historical", "last", "ever"),
        *("family", "pedigree", "parent", "parents", "parental", "mother", "father", "sibling", "policy", "free"),
        *("vorher", "vorherige", "frühere", "bisherige", "letzte", "anterior", "anteriores", "précédent"),
    )
)
_NEVER_NEGATIVE = frozenset(
    (
        *("age", "alter", "edad", "âge", "tenure", "duration", "dauer", "months", "days", "years", "weeks", "hours"),
        *("minutes", "monate", "tage", "jahre", "height", "weight", "length", "distance", "count", "visits", "calls"),
        *("orders", "children", "kids", "dependents", "rooms", "bedrooms", "bathrooms", "kinder", "zimmer"),
    )
)
# With one of these a name is about a difference, a date ahead or a number that was made of others.
_SIGNED = frozenset(
    (
        *("change", "changes", "difference", "diff", "delta", "until", "till", "to", "due", "before", "after", "since"),
        *("net", "growth", "gain", "loss", "lag", "offset", "relative", "early", "late", "delay", "remaining", "left"),
        *("deviation", "residual", "error", "log", "z", "score", "scaled", "standardized", "normalized", "centered"),
        *("from", "vs", "versus", "minus", "surplus", "above", "below", "over", "under", "excess", "target", "sea"),
        *("plan", "budget", "balance", "änderung", "veränderung", "differenz", "bis", "seit", "rest", "cambio"),
        "diferencia",
    )
)
_BIRTH = (
    *("birth", "born", "geburt", "geboren", "naissance", "nacimiento", "nascita", "nascimento", "geboorte"),
    "urodzenia",
)
_AGE = frozenset(("age", "alter", "edad", "âge"))
# The age of a thing, and an age in another unit than years.
_NO_PERSON = frozenset(
    (
        *("account", "car", "vehicle", "house", "home", "building", "property", "company", "firm", "business", "tree"),
        *("machine", "equipment", "credit", "loan", "policy", "domain", "website", "konto", "gebäude", "firma"),
        *("days", "weeks", "months", "hours", "tage", "wochen", "monate"),
    )
)
OLDEST = 120
_NEVER_ZERO = (
    *(("bmi",), ("body", "mass"), ("glucose",), ("insulin",), ("blood", "pressure"), ("bloodpressure",)),
    *(("systolic",), ("diastolic",), ("cholesterol",), ("hemoglobin",), ("haemoglobin",), ("heart", "rate")),
    *(("skin", "thickness"), ("skinthickness",), ("pulse",), ("blutdruck",), ("height",), ("weight",), ("gewicht",)),
)
# Weights and heights of something that may have none: what is lifted, carried, trained or measured from a ground.
_MAY_BE_NONE = frozenset(("lifted", "freight", "training", "cargo", "load", "luggage", "baggage", "ground", "floor"))


def words(name: str) -> list[str]:
    """The words of a column's name in lower case: "customerID" and "Customer_Id" are both customer, id."""
    return [word.casefold() for word in _WORD.findall(_CAMEL.sub(" ", name[:200]))]


def names_an_identifier(name: str) -> bool:
    """Such as "customerID", "Order No.", "Rechnungsnummer", "numero de cliente"; not "number of orders"."""
    found = words(name)
    return bool(_IDENTIFIER & set(found[:1] + found[-1:])) or (
        not _counts(found) and any(_is_identifying(found, place) for place in range(len(found)))
    )


def _is_identifying(found: list[str], place: int) -> bool:
    word = found[place]
    if word in _NUMBER:
        rest = found[place + 1 :]
        return not rest or (word != "key" and _is_of_a_group(rest))
    if place == len(found) - 1 and word in _ONE_OF_ITS_OWN and not _ABOUT_IT & set(found):
        return True
    return word in _IDENTIFIER or found in _ROW or _GROUP_NUMBER.fullmatch(word) is not None or word.endswith("nummer")


def _is_of_a_group(rest: list[str]) -> bool:
    """True for "de cliente" and "kunde" (after "numero" or "Nr"); English puts the number last."""
    return len(rest) == 1 + (rest[0] in _OF) and rest[-1] in _GROUP - {"id"}


def names_a_count(name: str) -> bool:
    """Such as "number of calls", "num_visits", "rooms number"."""
    return _counts(words(name))


def _counts(found: list[str]) -> bool:
    if _COUNT & set(found):
        return True
    for place, word in enumerate(found):
        if word in _NUMBER - {"key"}:
            rest = found[place + 1 :]
            several = place > 0 and found[place - 1].endswith("s") and not found[place - 1].endswith("ss")
            return several if not rest else not (_is_of_a_group(rest) or _IDENTIFIER & set(rest))
    return False


def names_a_group(name: str) -> bool:
    """Such as "patient_id", "customer", "Kundennummer": several rows may belong to the same one."""
    found = words(name)
    return bool(_GROUP & set(found)) or any(_GROUP_NUMBER.fullmatch(word) for word in found)


def names_members_of_a_group(name: str) -> bool:
    """Such as "patient_id", and not only "customer since": each of its values is somebody with several rows."""
    return names_a_group(name) and names_an_identifier(name)


def names_somebody(name: str) -> bool:
    """Such as "customer", "user name", "e-mail", "SSN", and nothing besides: not "customer age", "account type"."""
    found = set(words(name))
    return bool(found & _SOMEBODY) and found <= _SOMEBODY | _CALLED


def names_a_code(name: str) -> bool:
    """Such as "region", "zip code", "store number", "type of contract": its numbers are names; not "store visits"."""
    found = words(name)
    if _IN_ORDER & set(found):
        return False
    while len(found) > 1 and found[-1] in _IDENTIFIER | _NUMBER:
        found = found[:-1]
    return bool(found) and (found[-1] in _CODE or (found[0] in _CODE and found[1] in {"of", "von", *_OF}))


def names_a_postcode(name: str) -> bool:
    """Such as "zip", "Zip_Code", "PLZ Kunde", "code postal"; not "zip files" nor "postal charges"."""
    found = [word for word in words(name) if word not in _WHOSE_POSTCODE]
    return "".join(found) in _POSTCODE


def names_the_aftermath(name: str, target: str) -> bool:
    """Such as "cancellation date", or "churn reason" beside a target "churned": known only once it has happened."""
    found = words(name)
    if _TIMES & set(found) or _holds(found, ("not", "worse")):
        return False
    events = _words_of_the_event(target)
    if any(_holds(found, phrase) for phrase in _AFTERWARDS_PHRASES) or _is_dated_by(found, events):
        return True
    if _EARLIER & set(found):
        return False
    told = [word for place, word in enumerate(found) if not _is_measured(found, place)]
    says_so = any(word.startswith(_AFTERWARDS) for word in told) or bool(set(found) & _AFTERWARDS_WHOLE)
    if says_so and not set(found) & _NO_EVENT:
        return True
    endings = [word for word in found if word.startswith(_ENDING)]
    if endings and set(found) <= {*endings, *_COMPANIONS}:
        return True
    return any(_is_inflected(word, event) for word in told for event in events)


def _is_dated_by(found: list[str], events: set[str]) -> bool:
    """Whether words say that something was after the event ("post churn calls"), or when that was ("churned month")."""
    for word, later in itertools.pairwise(found):
        of_event = [each for each in (word, later) if any(_is_inflected(each, event) for event in events)]
        if word in _AFTER and (later in of_event or later in _PARTINGS or later.startswith(_AFTERWARDS)):
            return True
        if later == found[-1] and later in _UNITS_OF_TIME and word in of_event and word.endswith(_PARTICIPLES):
            return True
    return False


def _is_measured(found: list[str], place: int) -> bool:
    """Whether a word stands beside one for a measurement, or before one for several things that are counted."""
    beside = found[max(0, place - 1) : place] + found[place + 1 : place + 2]
    return any(word in _MEASURES or word.removesuffix("s") in _MEASURES for word in beside) or any(
        len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in _NOT_COUNTED
        for word in found[place + 1 : place + 2]
    )


def _is_inflected(word: str, event: str) -> bool:
    """Whether two words are one, or forms of one: "churn" and "churned", "purchase" and "purchasing"."""
    return word == event or (
        min(len(word), len(event)) >= _FEWEST_LETTERS and not _roots(word).isdisjoint(_roots(event))
    )


def _roots(word: str) -> set[str]:
    """A word without the endings that it may have; of German participles without "ge", too."""
    bare = {word, *(word.removesuffix(ending) for ending in _ENDINGS)}
    bare |= {root.removesuffix("e") for root in bare}
    bare |= {root.removeprefix("ge") for root in bare if root != word or word.endswith("t")}
    return {root for root in bare if len(root) >= _FEWEST_LETTERS}


def _holds(found: list[str], phrase: tuple[str, ...]) -> bool:
    """Whether the words of ``phrase`` stand in ``found`` one after another."""
    return any(tuple(found[place : place + len(phrase)]) == phrase for place in range(len(found)))


def _words_of_the_event(target: str) -> set[str]:
    """The words of a target's name that name what happens: "churn", "default", "closed".

    A noun beside them names whom it happens to or what it is about: the age of a customer who left is known before.
    """
    found = [word for word in words(target) if len(word) >= _FEWEST_LETTERS]
    verbs = [word for word in found if word.endswith(_PARTICIPLES)]
    events = [word for word in (verbs or found) if word not in _GROUP | _ENTITIES]
    if not verbs and len(words(target)) > 1:
        events = [word for word in events if word.startswith(_EVENTS)]
    return set(events)


def never_negative(name: str) -> bool:
    """Such as "age", "tenure months"; not "weight change"."""
    found = set(words(name))
    return bool(_NEVER_NEGATIVE & found) and not _SIGNED & found


def never_zero(name: str) -> bool:
    """Such as "blood pressure": no living person has none of it."""
    found = set(words(name))
    return any(found.issuperset(measure) for measure in _NEVER_ZERO) and not (_SIGNED | _MAY_BE_NONE) & found


def names_a_birth(name: str) -> bool:
    """Such as "date of birth", "DOB", "Geburtsdatum": a day long before anything that a table is about."""
    return any(word.startswith(_BIRTH) or word == "dob" for word in words(name))


def names_an_age(name: str) -> bool:
    """Such as "age": of a person, in years as far as the name says."""
    found = set(words(name))
    return bool(_AGE & found) and not found & (_SIGNED | _NO_PERSON)
