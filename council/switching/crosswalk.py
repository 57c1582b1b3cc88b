"""Who does the same work in each of the five shipped playbooks; said of work, not of titles.

A title means something else from one text to the next: an ML engineer packages, deploys and
monitors in one, and builds models into applications in another. So roles meet where they do the
same; a role that is called the same and does the same needs no row.
"""

from collections.abc import Mapping
from types import MappingProxyType

Doers = Mapping[str, tuple[str, ...]]

_PETRIE = "lead-support-learn"
_ELECTRIFAI = "who-does-this-concern"
_GLOSSARY = "production-handoff"
_PACKT = "three-personas"
_LEARNING = "six-specialists"

# By the work: who does it, by the playbook's id.
WORK: Mapping[str, Doers] = MappingProxyType(
    {
        "ask what the business needs": {
            _PETRIE: ("business_owner",),
            _ELECTRIFAI: ("sme",),
            _PACKT: ("sme",),
            _LEARNING: ("analyst",),
        },
        "tell what came of it": {
            _PETRIE: ("business_owner",),
            _ELECTRIFAI: ("sme",),
            _PACKT: ("sme",),
            _LEARNING: ("report_writer",),
        },
        "build pipelines": {
            _PETRIE: ("data_engineer",),
            _ELECTRIFAI: ("data_analyst", "data_engineer"),
            _GLOSSARY: ("data_engineer",),
            _PACKT: ("data_engineer",),
            _LEARNING: ("data_engineer",),
        },
        "package a model": {
            _PETRIE: ("ml_engineer",),
            _ELECTRIFAI: ("software_engineer", "ml_architect"),
            _GLOSSARY: ("ml_engineer",),
            _PACKT: ("ml_engineer",),
            _LEARNING: ("mlops_engineer",),
        },
        "build a model into applications": {
            _PETRIE: ("ml_engineer",),
            _ELECTRIFAI: ("software_engineer",),
            _GLOSSARY: ("developer", "ml_engineer"),
            _PACKT: ("ml_engineer",),
            _LEARNING: ("ml_software_engineer",),
        },
        "run the machines": {
            _PETRIE: ("devops_engineer",),
            _ELECTRIFAI: ("devops_engineer",),
            _GLOSSARY: ("itops_manager",),
            _PACKT: ("ml_engineer",),
            _LEARNING: ("mlops_engineer",),
        },
        "watch a model in production": {
            _PETRIE: ("ml_engineer",),
            _ELECTRIFAI: ("devops_engineer",),
            _GLOSSARY: ("ml_engineer",),
            _PACKT: ("ml_engineer",),
            _LEARNING: ("mlops_engineer",),
        },
    }
)


def same_work(old: str, role: str, new: str) -> tuple[str, ...]:
    """Return the roles of the playbook `new` that do what `role` does in `old`, in order."""
    found: dict[str, None] = {}
    for doers in WORK.values():
        if role in doers.get(old, ()):
            found.update(dict.fromkeys(doers.get(new, ())))
    return tuple(found)
