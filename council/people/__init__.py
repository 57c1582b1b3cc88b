"""Who people are, and whom a relation calls: the person in the role, else the council lead."""

from council.people.known import Told, find, introduce
from council.people.roster import (
    LEAD_ROLE,
    Called,
    Member,
    Roster,
    is_lead,
    leads,
    members,
    roster,
)
from council.people.table import (
    IMPORT_COLUMNS,
    PLATFORMS,
    Cells,
    import_csv,
    import_rows,
    read_table,
)

__all__ = [
    "IMPORT_COLUMNS",
    "LEAD_ROLE",
    "PLATFORMS",
    "Called",
    "Cells",
    "Member",
    "Roster",
    "Told",
    "find",
    "import_csv",
    "import_rows",
    "introduce",
    "is_lead",
    "leads",
    "members",
    "read_table",
    "roster",
]
