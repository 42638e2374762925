"""A project from the files that `init` would write, without a disk."""

from dxplan import checks
from dxplan.diagnostics import Diagnostic
from dxplan.model.actuals import Actuals
from dxplan.model.plan import Plan
from dxplan.model.reading import read
from dxplan.project import Project, YearFile
from dxplan.source import Document
from dxplan.source import read as read_source
from dxplan.starter.files import File


def findings(files: tuple[File, ...]) -> tuple[Project, list[Diagnostic]]:
    """Return the project that the files are, and everything that is wrong with it."""
    found: list[Diagnostic] = []
    documents = {}
    for file in files:
        if file.path.startswith("data/"):
            document = read_source(file.path, file.content)
            found += document.faults
            assert isinstance(document, Document), found
            documents[file.path] = document
    plan = read(Plan, documents.pop("data/plan.yaml"))
    years = [YearFile(path, read(Actuals, document)) for path, document in documents.items()]
    project = Project(plan, tuple(years))
    found += [*plan.faults, *(fault for year in years for fault in year.reading.faults), *checks.run(project)]
    return project, found
