"""Where an initiative stands and who does what there: plain facts for cards and the API."""

from council.standing.asked import part, person
from council.standing.day import my_day
from council.standing.explained import Explained, Trouble, explain
from council.standing.facts import (
    Lesson,
    Listed,
    MyDay,
    OpenCase,
    Part,
    PersonStanding,
    RoleStanding,
    Standing,
    StandsWhere,
    StepStanding,
    Zone,
)
from council.standing.pages import listing
from council.standing.place import standing

__all__ = [
    "Explained",
    "Lesson",
    "Listed",
    "MyDay",
    "OpenCase",
    "Part",
    "PersonStanding",
    "RoleStanding",
    "Standing",
    "StandsWhere",
    "StepStanding",
    "Trouble",
    "Zone",
    "explain",
    "listing",
    "my_day",
    "part",
    "person",
    "standing",
]
