"""Small mistakes, put into a source one at a time: what somebody could write wrongly, and a test has to notice.

`mutants(source)` gives each as (line, function, what it was, what it became, the whole source with it). Decorators, annotations,
docstrings and imports are left alone.
"""

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

COMPARED = {
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}
COUNTED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
#: names that are easily taken for each other
TAKEN_FOR = {"any": "all", "all": "any", "min": "max", "max": "min", "same_team": "same_org", "same_org": "same_team"}
#: a role for which the next one is easily taken
ROLES = (
    "VOLUNTEER", "CASE_WORKER", "SUPERVISOR", "PROGRAMME_MANAGER", "NETWORK_COORDINATOR", "FOCAL_PERSON", "ANALYST",
    "DATA_PROTECTION_OFFICER", "ORGANISATION_ADMINISTRATOR",
)  # fmt: skip
LEFT_ALONE = {"decorator_list", "annotation", "returns", "type_params", "type_comment"}
KEY_LENGTH = 90


@dataclass(frozen=True)
class Mutant:
    """One mistake. Its `key` names it without its line, so that it is found again when lines move."""

    line: int
    inside: str
    before: str
    after: str
    source: str
    nth: int = 1

    @property
    def key(self) -> str:
        """What the list of explained ones calls it."""
        again = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.inside}: {self.before} -> {self.after}{again}"


def mutants(source: str) -> list[Mutant]:
    """Each mistake once, in the order of the lines."""
    tree = ast.parse(source)
    found: dict[str, Mutant] = {}
    for path, inside, node in _places(tree, (), ""):
        for other in _mistakes(node):
            changed = ast.unparse(ast.fix_missing_locations(_with(tree, path, other)))
            line = getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 0)
            made = Mutant(line, inside or "module", _short(node), _short(other), changed)
            found.setdefault(changed, made)
    found.pop(ast.unparse(tree), None)
    said: Counter[str] = Counter()
    numbered = []
    for mutant in found.values():
        said[mutant.key] += 1
        numbered.append(replace(mutant, nth=said[mutant.key]))
    return sorted(numbered, key=lambda m: m.line)


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= KEY_LENGTH else text[:KEY_LENGTH] + "…"


Path = tuple[tuple[str, int | None], ...]


def _places(node: ast.AST, path: Path, inside: str) -> Iterator[tuple[Path, str, ast.AST]]:
    """Every node that may be written wrongly, with the way to it and the function that it stands in."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        inside = f"{inside}.{node.name}" if inside else node.name
    yield path, inside, node
    for name, value in ast.iter_fields(node):
        if name in LEFT_ALONE or isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if isinstance(value, ast.AST):
            yield from _places(value, (*path, (name, None)), inside)
        elif isinstance(value, list):
            for n, child in enumerate(value):
                if isinstance(child, ast.AST) and not _is_docstring(child):
                    yield from _places(child, (*path, (name, n)), inside)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _with(tree: ast.Module, path: Path, other: ast.AST) -> ast.Module:
    """The tree with another node at the end of this way."""
    made = copy.deepcopy(tree)
    at: ast.AST = made
    for name, n in path[:-1]:
        at = getattr(at, name) if n is None else getattr(at, name)[n]
    name, n = path[-1]
    if n is None:
        setattr(at, name, other)
    else:
        getattr(at, name)[n] = other
    return made


def _but(node: ast.AST, **fields: object) -> ast.AST:
    """A copy with other fields."""
    made = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _without_each(node: ast.AST, name: str) -> Iterator[ast.AST]:
    """Copies that lack one of a list."""
    for n in range(len(getattr(node, name))):
        yield _but(node, **{name: [x for m, x in enumerate(getattr(node, name)) if m != n]})


def _mistakes(node: ast.AST) -> Iterator[ast.AST]:
    yield from _logic(node)
    yield from _values(node)
    yield from _parts(node)
    yield from _statements(node)


def _logic(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=ops):
            for n, op in enumerate(ops):
                for kind in COMPARED[type(op)]:
                    yield _but(node, ops=[*ops[:n], kind(), *ops[n + 1 :]])
        case ast.BoolOp(op=op, values=values):
            yield _but(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
            if len(values) > 1:
                for less in _without_each(node, "values"):
                    yield less if len(less.values) > 1 else less.values[0]  # type: ignore[attr-defined]
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.BinOp(op=op, left=left, right=right):
            yield _but(node, op=COUNTED[type(op)]()) if type(op) in COUNTED else left
            if isinstance(op, ast.BitAnd | ast.BitOr):
                yield left
                yield right


def _values(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(value=str() as value):
            yield ast.Constant(value + "x" if value else "x")
        case ast.Attribute(value=ast.Name(id="Role"), attr=role) if role in ROLES:
            yield _but(node, attr=ROLES[(ROLES.index(role) + 1) % len(ROLES)])
        case ast.Name(id=name, ctx=ast.Load()) if name in TAKEN_FOR:
            yield _but(node, id=TAKEN_FOR[name])


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Call(args=positional):
            yield from _without_each(node, "keywords")
            if len(positional) > 1:
                yield from _without_each(node, "args")
        case ast.List(ctx=ast.Load()):
            yield from _without_each(node, "elts")
        case ast.Set(elts=elements) | ast.Tuple(elts=elements, ctx=ast.Load()) if len(elements) > 1:
            yield from _without_each(node, "elts")
        case ast.Slice():
            for name in ("lower", "upper"):
                if getattr(node, name) is not None:
                    yield _but(node, **{name: None})


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.IfExp(test=test) | ast.If(test=test) | ast.While(test=test):
            yield _but(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=ifs) if ifs:
            yield from _without_each(node, "ifs")
        case ast.Return(value=value) if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.Continue() | ast.Break():
            yield ast.Pass()
        case ast.Assign(value=value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield _but(node, value=ast.Constant(None))
        case ast.AugAssign(op=op):
            yield ast.Pass()
            if type(op) in COUNTED:
                yield _but(node, op=COUNTED[type(op)]())
