"""What makes a study, and a run of it, the same: inputs, values, seed and results version, as digests."""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.case import Case


def digest_of(facts: Any) -> str:
    """BLAKE2b of plain values as canonical JSON."""
    return blake2b(json.dumps(facts, sort_keys=True, allow_nan=False).encode(), digest_size=16).hexdigest()


def base_digest(case: "Case") -> str:
    """Digest of all that decides a run but its seed and sampled values; names and places of files do not count."""
    from model.case import RESULTS_VERSION

    told = case.described()
    named = ("place", "design", "seed")
    return digest_of(
        {k: v for k, v in told.items() if k not in named}
        | {
            "place": case.place.digest,
            "design": case.design.digest,
            "catalogue": [solution.model_dump_json() for solution in case.catalogue.solutions],
            "parameters": case.values,
            "results_version": RESULTS_VERSION,
        }
    )


def run_key(base: str, seed: int, values: Mapping[str, float], again: int = 0) -> str:
    """The key of a run: values pass as floats without a negative zero, so that 1 and 1.0, 0.0 and -0.0 are one.

    again: how often the same point was drawn before; such a run is carried out, and kept, by itself.
    """
    told = [base, seed, {path: float(value) + 0.0 for path, value in values.items()}]
    return digest_of([*told, again] if again else told)


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """In words, what differs between two identities of studies."""
    told = []
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            names = sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
            told.append(f"{name} ({', '.join(names)[:120]})")
        elif isinstance(was, str) and len(was) == 32:
            told.append(name)
        else:
            told.append(f"{name}: {str(was)[:60]} there, {str(now)[:60]} now")
    return told
