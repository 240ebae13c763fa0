"""Signal: the rules in force this year are evaluated and write Terms; nothing else reads rules."""

from typing import TYPE_CHECKING

import numpy as np

from model.institutions import regional
from model.institutions.conditions import Situation
from model.institutions.design import evaluate
from model.institutions.words import is_election_year
from model.terms import Terms

if TYPE_CHECKING:
    from model.simulation import Simulation


def signal(sim: "Simulation") -> None:
    """Fresh Terms for the year, in `sim.terms`: by municipality and element or solution."""
    towns, place = sim.municipalities, sim.place
    words = {
        "year": float(sim.year),
        "population": sim.population,
        "density": sim.population / place.area,
        "centrality": place.centrality,
        "is_north": place.is_north.astype(np.float64),
        "agenda": towns.agenda,
        "institutionalisation": towns.institutionalisation,
        "capacity": towns.capacity,
        "published_reduction": towns.published,
        "champions": towns.champions.astype(np.float64),
        "election_year": float(is_election_year(sim.year)),
        "gap": towns.gap,
    }
    situation = Situation(
        year=sim.year,
        words=words,
        stage=towns.stage,
        practice=towns.practice,
        county_of=place.county_of,
        county_numbers=place.county_numbers,
        numbers=place.numbers,
        population=sim.population,
        solution_ids=sim.catalogue.ids,
        population_share=float(place.population[0].sum() / place.nation),
        municipality_share=len(place.numbers) / place.nation_size,
        breach=np.maximum(
            towns.breach_years - (round(sim.p.sanction.grace) - 1), 0
        ),  # 1 in the first year after the grace
        p=sim.p,
    )
    sim.terms = Terms(towns.size, len(sim.catalogue.ids))
    evaluate(sim.case.design, situation, sim.terms)
    regional.write(sim.terms, sim.county_rules.stage[place.county_of], sim.p.county)
