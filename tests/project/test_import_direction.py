"""Parts know only what docs/architecture.md allows them to know."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# The framework, from the engine outwards: a module imports from its own row and the rows above it. The engine knows
# operators and functions only inside functions of its own and at its end.
FRAMEWORK = (
    ("config", "cuda", "memory"),
    (
        "core",
        "arity",
        "copying",
        "explain",
        "operators",
        "sweep",
        "utils",
        "functions",
        "functions_conv",
        "gradcheck",
        "checking",
    ),
    ("weights", "layers", "downloads", "transforms", "drawing"),
    ("models", "optimizers", "datasets", "dataloaders"),
)

# part -> other parts of the project it may import
ALLOWED = {
    "dezero_lab.drawing": {"dezero_lab.trace", "dezero_lab.graph"},
    "dezero_lab.trace": set(),
    "dezero_lab.graph": {"dezero_lab.trace"},
    "dezero_lab.gradcheck": set(),
    "dezero_lab.grading": {
        "dezero_lab.trace",
        "dezero_lab.gradcheck",
        "dezero_lab.exercises",
        "dezero_lab.stages",
    },
    "dezero_lab.exercises": {"dezero_lab.grading", "dezero_lab.gradcheck"},
    "dezero_lab.stages": {"dezero_lab.stages"},
    "dezero_widgets": {
        "dezero_lab",
        "dezero_lab.trace",
        "dezero_lab.graph",
        "dezero_lab.grading",
        "dezero_lab.gradcheck",
        "dezero_lab.exercises",
        "dezero_lab.stages",
    },
}

# what may be imported from outside the standard library, anywhere in the part
THIRD_PARTY = {
    "dezero_lab": {
        "numpy",
        "cupy",
        "graphviz",
        "platformdirs",
        "IPython",
        "PIL",
        "matplotlib",
        "tqdm",
        "onnx",
    },
    "dezero_widgets": {
        "numpy",
        "anywidget",
        "traitlets",
        "ipywidgets",
        "IPython",
        "platformdirs",
        "matplotlib",
        "graphviz",
        "cupy",
        "comm",
        "jupyterlab",
    },
}


def python_files():
    for folder in (ROOT / "dezero_lab", ROOT / "widgets" / "dezero_widgets"):
        for path in sorted(folder.rglob("*.py")):
            if not {"solutions", "starters"} & set(path.parts):
                yield path


def module_name(path):
    base = ROOT / "widgets" if "dezero_widgets" in path.parts else ROOT
    parts = path.relative_to(base).with_suffix("").parts
    return ".".join(p for p in parts if p != "__init__")


def imported_modules(path):
    """Absolute names of everything that the file imports, also inside functions."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            if stem in ("dezero_lab", "dezero_widgets"):
                yield from (f"{stem}.{alias.name}" for alias in node.names)
            else:
                yield stem


def part_of(module, parts):
    return max((p for p in parts if module == p or module.startswith(p + ".")), key=len, default=None)


@pytest.mark.parametrize("path", list(python_files()), ids=module_name)
def test_a_part_imports_only_what_it_may_know(path):
    part = part_of(module_name(path), ALLOWED)
    if part is None:
        return
    for imported in imported_modules(path):
        other = part_of(imported, ALLOWED)
        if other is not None and other != part:
            assert other in ALLOWED[part], f"{module_name(path)} must not import {imported}"


@pytest.mark.parametrize("path", list(python_files()), ids=module_name)
def test_only_declared_third_party_packages_are_imported(path):
    import sys

    top = module_name(path).split(".")[0]
    for imported in imported_modules(path):
        root = imported.split(".")[0]
        if root in sys.stdlib_module_names or root in ("dezero_lab", "dezero_widgets"):
            continue
        assert root in THIRD_PARTY[top], (
            f"{module_name(path)} imports {imported}, which {top} does not declare"
        )


def test_only_the_widget_package_imports_a_widget_library():
    for path in (ROOT / "dezero_lab").rglob("*.py"):
        roots = {name.split(".")[0] for name in imported_modules(path)}
        assert not roots & {"anywidget", "ipywidgets", "traitlets", "dezero_widgets"}, path


def row_of(module):
    name = module.removeprefix("dezero_lab.").split(".")[0]
    return next((i for i, row in enumerate(FRAMEWORK) if name in row), None)


@pytest.mark.parametrize(
    "path", [p for p in python_files() if row_of(module_name(p)) is not None], ids=module_name
)
def test_the_framework_imports_towards_the_engine(path):
    module = module_name(path)
    for imported in imported_modules(path):
        if not imported.startswith("dezero_lab."):
            continue
        other = row_of(imported)
        if other is None:
            assert module == "dezero_lab.drawing", f"{module} must not import {imported}"
        else:
            assert other <= row_of(module), f"{module} must not import {imported}"


@pytest.mark.parametrize("path", list(python_files()), ids=module_name)
def test_no_module_takes_the_private_names_of_another(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            project = node.level or (node.module or "").startswith(("dezero_lab", "dezero_widgets"))
            private = [a.name for a in node.names if a.name.startswith("_") and not a.name.startswith("__")]
            modules = {p.stem for p in path.parent.glob("_*.py")}
            assert not project or set(private) <= modules, f"{module_name(path)} imports {private}"
