"""How the site is built: `python -m sphinx -W --keep-going docs build/site`, with no network."""

import logging
from importlib import import_module
from importlib.metadata import version as version_of
from pathlib import Path
from pkgutil import iter_modules

import nbformat
from docutils import nodes
from nbconvert import HTMLExporter
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from laikhe_analysis.model import equations, readers_table
from laikhe_analysis.vietnamese import LABELS

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))

project = "laikhe_analysis"
release = version_of("laikhe-analysis")
extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["pictures"]
html_theme = "furo"
html_title = "laikhe_analysis"
html_show_copyright = False
html_copy_source = False
default_role = "literal"  # `name` in a docstring is a name
highlight_language = "none"
myst_heading_anchors = 3
numpydoc_show_class_members = False
autodoc_typehints = "none"  # types stand in the docstrings, for readers
autodoc_member_order = "bysource"


class Equations(SphinxDirective):
    """The equations of the one model, a line for the base year and one for the years after."""

    def run(self) -> list[nodes.Node]:
        lines = []
        for row in readers_table(equations(("industry", "services"))):
            name, first, later = row["variable"], row["base_year"], row["later"]
            said = f": {LABELS[name].en}" if name in LABELS else ""
            lines.append(f"- **`{name}`**{said} [{row['unit']}]")
            if first:
                lines.append(f"  - base year: `{first}`")
            lines.append(f"  - later: {'the same' if later == 'same' else f'`{later}`'}")
        return self.parse_text_to_nodes("\n".join(lines))


class Modules(SphinxDirective):
    """The modules of a package, each with the first line of its docstring."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        package = import_module(self.arguments[0])
        lines = []
        for found in sorted(iter_modules(package.__path__), key=lambda module: module.name):
            name = f"{package.__name__}.{found.name}"
            said = (import_module(name).__doc__ or "").strip().splitlines()
            lines.append(f"- `{name.partition('.')[2]}`: {said[0] if said else ''}")
        return self.parse_text_to_nodes("\n".join(lines))


class Gallery(SphinxDirective):
    """Every notebook as it was kept: its title and first sentence, a link to its page."""

    def run(self) -> list[nodes.Node]:
        lines = []
        for path in NOTEBOOKS:
            self.env.note_dependency(str(path))
            title, first = heading(nbformat.read(path, as_version=4))
            page = f'<a href="notebooks/{path.stem}.html">{path.stem}</a>'
            lines.append(f"## {title}\n\n{page}. {first}\n")
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


def heading(notebook: nbformat.NotebookNode) -> tuple[str, str]:
    """Return the title of a notebook and the first paragraph below it."""
    words = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    title = next(line for line in lines if line.startswith("# "))
    first = next((x for x in lines[lines.index(title) + 1 :] if x[0] not in "#|`-<"), "")
    return title.removeprefix("# "), first


def write_notebooks(app: Sphinx, error: Exception | None) -> None:
    """Write the page of each notebook as it was kept, without running it."""
    if error is not None or app.builder.format != "html":
        return
    logging.getLogger("traitlets").setLevel(logging.ERROR)  # pictures of old notebooks lack words
    exporter = HTMLExporter(mathjax_url="", require_js_url="", jquery_url="")
    (Path(app.outdir) / "notebooks").mkdir(exist_ok=True)
    for path in NOTEBOOKS:
        body, _ = exporter.from_filename(str(path))
        (Path(app.outdir) / "notebooks" / f"{path.stem}.html").write_text(body, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Tell Sphinx of what is ours."""
    app.add_directive("model-equations", Equations)
    app.add_directive("modules", Modules)
    app.add_directive("gallery", Gallery)
    app.connect("build-finished", write_notebooks)
