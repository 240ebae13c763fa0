"""The fixed words every actor shares: institutional elements, stages, levels, sectors, categories, choosers, and years.

Each tuple is ordered; its positions are the columns of the arrays in the simulation. Knows nothing of values.
"""

from typing import Final

EARLIEST, LATEST = 1950, 2100  # years that can be run

# What a municipality builds into its organisation; report chapter 7.7 and mechanisms I1-I19.
ELEMENTS: Final = (
    "platform",
    "plan",
    "roles",
    "budget",
    "finance",
    "competence",
    "routines",
    "indicators",
    "cross_sector",
    "network",
    "arena",
)

# Help in kind, which a design can offer and a county can enact of its own, and the elements that each lifts, the one it
# carries below it first: a learning network, specialists whom municipalities share (advisers also write plans and
# accounts), support for arenas.
HELP: Final = {"network": ("network",), "staff": ("competence", "plan", "indicators"), "arena": ("arena",)}
COUNTY_RULES: Final = tuple(HELP)

# Tolbert & Zucker's stages, and the ADICO reading of them (strategy AIC, norm ADIC, rule ADICO).
STAGES: Final = ("none", "strategy", "norm", "rule")

# Measures within today's structures, new ways of doing the tasks, system change.
LEVELS: Final = ("I", "II", "III")

# The ten sectors of the municipal greenhouse-gas accounts of Miljødirektoratet.
SECTORS: Final = (
    "industry_oil_gas",
    "energy_supply",
    "heating",
    "road_traffic",
    "shipping",
    "aviation",
    "other_mobile",
    "agriculture",
    "waste",
    "fluorinated_gases",
)

# Categories of the footprint of residents' consumption.
CATEGORIES: Final = ("transport", "food", "housing", "goods", "services")

# What a solution is about, what kind of change it is, and who decides to use it.
DOMAINS: Final = ("transport", "buildings", "food", "goods", "land")
KINDS: Final = ("efficiency", "substitution", "sharing", "circular", "prevention")
CHOOSERS: Final = ("citizens", "businesses", "municipality")

# Rules by which citizens can choose: planned behaviour with habit, threshold, Bass.
RULES: Final = ("planned", "threshold", "bass")

# What explains a change since the first year of a run, in the order of the exact decomposition.
FACTORS: Final = ("national", "population", "I", "II", "III")
