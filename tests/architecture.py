"""The house rules that can be read off the source, as functions from a syntax tree to what breaks them.

Each returns (line, sentence) pairs; `test_architecture.py` runs them over the product and shows
that they bite.
"""

import ast
import re
from collections.abc import Iterator

Breach = tuple[int, str]

MOST_FILE_LINES = 300
MOST_FUNCTION_LINES = 40
VAGUE_NAMES = ("utils", "util", "helpers", "helper", "manager", "managers", "misc", "common")
FETCHING_IMPORTS = {
    "dash.dcc.Markdown",
    "dash_bootstrap_components.themes",
    "dash_bootstrap_components.icons",
}
EXECUTING = {"execute", "executemany", "executescript", "sql", "query"}
SQL_WORDS = re.compile(
    r"^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|COPY|ATTACH|WITH|DROP|ALTER|PRAGMA|FROM|SET)\s", re.ASCII
)
Functions = (ast.FunctionDef, ast.AsyncFunctionDef)


def sizes(tree: ast.Module, source: str) -> list[Breach]:
    """A file or a function that is too long to be read in one go."""
    lines = len(source.splitlines())
    long = [(1, f"the file has {lines} lines")] if lines > MOST_FILE_LINES else []
    for node in ast.walk(tree):
        if isinstance(node, Functions) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                long.append((node.lineno, f"{node.name} has {length} lines"))
    return long


def vague_name(stem: str) -> bool:
    """True for a module name that does not say what is in it."""
    return any(part in VAGUE_NAMES for part in stem.lower().split("_"))


def imported(tree: ast.Module) -> list[tuple[int, str]]:
    """Every module that is imported anywhere in the tree, as dotted names (`from a import b` is a.b)."""
    names: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return names


def imports_of(tree: ast.Module, package: str) -> list[Breach]:
    """Imports of `package` or of anything in it, also by name through importlib."""
    found = [(line, f"imports {name}") for line, name in imported(tree) if f"{name}.".startswith(f"{package}.")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"} and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant) and f"{name.value!s}.".startswith(f"{package}."):
                found.append((node.lineno, f"imports {name.value!s}"))
    return found


def called(call: ast.Call) -> str:
    """The last name of what is called: `c` for `a.b.c()`."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def graphs(tree: ast.Module) -> list[Breach]:
    """Charts made by hand: only components/charts.py may, so that each has a sentence and a table."""
    return [
        (node.lineno, "makes a Graph outside components/charts.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == "Graph"
    ]


def unsafe_markup(tree: ast.Module) -> list[Breach]:
    """Whatever draws HTML from text, or fetches a theme or icons from outside."""
    breaches: list[Breach] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            if name in {"dcc.Markdown", "dbc.themes", "dbc.icons"}:
                breaches.append((node.lineno, f"uses {name}"))
        elif (isinstance(node, ast.keyword) and node.arg == "dangerously_allow_html") or (
            isinstance(node, ast.Constant) and node.value == "dangerously_allow_html"
        ):
            breaches.append((node.lineno, "uses dangerously_allow_html"))
    for line, name in imported(tree):
        if name in FETCHING_IMPORTS:
            breaches.append((line, f"imports {name}"))
    return breaches


def unguarded_callbacks(tree: ast.Module) -> list[Breach]:
    """Callbacks and pages that reach Dash directly, and so past the permission that pages.registry asks for.

    A clientside callback runs no code of the server and may stay.
    """
    breaches: list[Breach] = []
    for node in ast.walk(tree):
        if isinstance(node, Functions):
            for decorator in node.decorator_list:
                if not isinstance(decorator, ast.Call) and dash_hook(decorator):
                    breaches.append((decorator.lineno, f"{dash_hook(decorator)} without a permission"))
        elif isinstance(node, ast.Call) and dash_hook(node.func):
            breaches.append((node.lineno, f"{dash_hook(node.func)} without a permission"))
    return breaches


def dash_hook(node: ast.expr) -> str:
    """`callback` or `register_page` when the expression names Dash's own, else empty."""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name if name in {"callback", "register_page"} else ""


def built_sql(tree: ast.Module) -> list[tuple[int, str, str]]:
    """SQL text that is put together from pieces: (line, function, what). Values belong in parameters.

    Two nets: whatever is glued and then reaches `.execute(` (also by way of a variable), and f-strings that
    begin like a statement, wherever they go.
    """
    found: set[tuple[int, str, str]] = set()
    for name, body in scopes(tree):
        glued = glued_names(body)
        for node in body:
            if isinstance(node, ast.JoinedStr) and reads_like_sql(node):
                found.add((node.lineno, name, "an f-string that reads like SQL"))
            for text in executed(node):
                if is_glued(text, glued):
                    found.add((text.lineno, name, "glued text is executed"))
    return sorted(found)


def executed(node: ast.AST) -> list[ast.expr]:
    """The SQL text that the node hands to a connection; nothing when it does not."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return []
    if node.func.attr not in EXECUTING:
        return []
    return [*node.args[:1], *(k.value for k in node.keywords if k.arg in {"sql", "query"})]


def scopes(tree: ast.Module) -> Iterator[tuple[str, list[ast.AST]]]:
    """The module and each function, with the nodes that belong to it and to no function within it."""
    pending: list[tuple[str, ast.AST]] = [("module", tree)]
    while pending:
        name, owner = pending.pop()
        nodes: list[ast.AST] = []
        queue = list(ast.iter_child_nodes(owner))
        while queue:
            node = queue.pop()
            if isinstance(node, Functions):
                pending.append((node.name, node))
            else:
                nodes.append(node)
                queue += ast.iter_child_nodes(node)
        yield name, nodes


def glued_names(body: list[ast.AST]) -> set[str]:
    """Variables that are given glued text somewhere in this scope, directly or from one another."""
    names: set[str] = set()
    while True:
        before = len(names)
        for node in body:
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if node.value is not None and (lengthens(node) or is_glued(node.value, names)):
                    names |= {t.id for t in targets if isinstance(t, ast.Name)}
        if len(names) == before:
            return names


def is_glued(node: ast.expr, glued: set[str]) -> bool:
    """True for text put together by f-string, %, +, .format or .join, and for a variable that holds it."""
    match node:
        case ast.JoinedStr():
            return any(isinstance(part, ast.FormattedValue) for part in node.values)
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "format_map")):
            return True
        case ast.Call(func=ast.Attribute(attr="replace" | "strip", value=inner)):
            return is_glued(inner, glued)
        case ast.Call() if called(node) == "text" and node.args:
            return is_glued(node.args[0], glued)
        case ast.IfExp():
            return is_glued(node.body, glued) or is_glued(node.orelse, glued)
        case ast.Name():
            return node.id in glued
    return False


def lengthens(node: ast.stmt | ast.NamedExpr) -> bool:
    """True for `sql += "…"`, which glues; `count += 1` does not."""
    if not (isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add)):
        return False
    if isinstance(node.value, ast.Constant):
        return isinstance(node.value.value, str)
    return isinstance(node.value, ast.JoinedStr)


def reads_like_sql(node: ast.JoinedStr) -> bool:
    """True for an f-string with a hole in it that begins like an SQL statement."""
    first = node.values[0] if node.values else None
    starts = isinstance(first, ast.Constant) and bool(SQL_WORDS.match(str(first.value)))
    return starts and any(isinstance(part, ast.FormattedValue) for part in node.values)
