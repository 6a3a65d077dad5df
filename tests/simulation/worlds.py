"""Worlds for tests: a small one that reads at a glance, and one of the record's size for speed."""

from itertools import chain

from stepdown.contracts.parameters import PARAMETERS
from stepdown.contracts.world import Guarantee, Relation, World

NUCLEAR = frozenset({"nuclear_large", "nuclear_limited"})
CONVENTIONAL = frozenset({"conventional_large", "cyber_infrastructure"})
CBW = frozenset({"chemical_limited", "biological"})
ALL = NUCLEAR | CONVENTIONAL | CBW


def both_ways(
    a: str, b: str, theatre: str, armed: tuple[str, ...], principal: bool = True
) -> tuple[Relation, ...]:
    """Relations a>b and b>a with every attack each side can make."""

    def attacks(challenger: str) -> frozenset[str]:
        return ALL if challenger in armed else CONVENTIONAL

    return (
        Relation(a, b, theatre, attacks(a), principal),
        Relation(b, a, theatre, attacks(b), principal),
    )


def small() -> World:
    """Alfa protects Charlie and Delta against Bravo; Echo, alone in its theatre, is Bravo's second rival."""
    armed = ("ALF", "BRA", "ECH")
    return World(
        actors=("ALF", "BRA", "CHA", "DEL", "ECH"),
        armed=armed,
        theatres=("north", "south"),
        relations=(
            *both_ways("ALF", "BRA", "north", armed),
            *both_ways("CHA", "BRA", "north", armed, principal=False),
            *both_ways("DEL", "BRA", "north", armed, principal=False),
            *both_ways("ECH", "BRA", "south", armed),
        ),
        guarantees=(Guarantee("ALF", "CHA", "sharing_host"), Guarantee("ALF", "DEL", "formal_nuclear")),
    )


def twins() -> World:
    """Two identical rivals."""
    armed = ("ONE", "TWO")
    return World(
        actors=armed, armed=armed, theatres=("only",), relations=both_ways("ONE", "TWO", "only", armed)
    )


def full() -> World:
    """As many actors, relations, theatres and guarantees as the record has."""
    armed = ("USA", "RUS", "GBR", "FRA", "CHN", "IND", "PAK", "ISR", "PRK")
    nato = ("DEU", "POL", "NLD", "DNK", "NATO_other")
    others = ("JPN", "KOR", "AUS", "TWN", "UKR", "BLR", "IRN")
    pairs = [
        *(("USA", "RUS", "euro_atlantic"), ("GBR", "RUS", "euro_atlantic"), ("FRA", "RUS", "euro_atlantic")),
        *((n, "RUS", "euro_atlantic") for n in ("DEU", "POL", "DNK", "NLD", "NATO_other")),
        *(("UKR", "RUS", "euro_atlantic"), ("POL", "BLR", "euro_atlantic"), ("UKR", "BLR", "euro_atlantic")),
        *(("USA", "CHN", "west_pacific"), ("JPN", "CHN", "west_pacific"), ("TWN", "CHN", "west_pacific")),
        *(
            ("AUS", "CHN", "west_pacific"),
            ("KOR", "PRK", "korea"),
            ("JPN", "PRK", "korea"),
            ("USA", "PRK", "korea"),
        ),
        *(("IND", "PAK", "south_asia"), ("IND", "CHN", "himalaya")),
        *(("ISR", "IRN", "middle_east"), ("USA", "IRN", "middle_east")),
    ]
    principal = {"USA", "RUS", "CHN", "KOR", "PRK", "IND", "PAK", "ISR", "IRN", "NATO_other"}
    return World(
        actors=(*armed, *nato, *others),
        armed=armed,
        theatres=("euro_atlantic", "west_pacific", "korea", "south_asia", "himalaya", "middle_east"),
        relations=tuple(
            chain.from_iterable(both_ways(a, b, t, armed, {a, b} <= principal) for a, b, t in pairs)
        )
        + tuple(
            Relation(a, b, "euro_atlantic", frozenset(), principal=False)
            for c in ("USA", "GBR")
            for a, b in (("BLR", c), (c, "BLR"))
        ),
        guarantees=(
            *(Guarantee("USA", n, "sharing_host" if n in ("DEU", "NLD") else "formal_nuclear") for n in nato),
            *(Guarantee("USA", n, "formal_nuclear") for n in ("JPN", "KOR", "AUS", "GBR", "FRA")),
            *(Guarantee("GBR", n, "formal_nuclear") for n in nato),
            *(Guarantee("FRA", n, "consultation") for n in ("DEU", "POL")),
            Guarantee("RUS", "BLR", "sharing_host"),
            Guarantee("USA", "TWN", "conventional"),
        ),
        allies=(("USA", "UKR"), ("JPN", "KOR"), ("USA", "ISR"), ("GBR", "FRA")),
    )


def two_rows(world: World, symbol: str) -> bool:
    """Whether the first axis of a symbol runs over the two actors (or their two relations) of `twins`."""
    axes = PARAMETERS[symbol].axes
    return bool(axes) and axes[0] in ("actor", "armed_actor", "relation")
