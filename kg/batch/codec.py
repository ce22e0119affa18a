"""Dataclasses as JSON and back, exactly: what `kg.model` says of its fields is all that the form is made of.

The form is made of columns, which are smaller and several times faster to read than rows: many values of a dataclass are a list of the
columns of its fields, many tuples their lengths and all their items, values that may be missing which of them are there and those.
A Decimal is its text, an array of whole numbers its type and its runs of consecutive numbers. What is read back is checked against the
fields' types, so that a file of another form is a ValueError and never a value that breaks something later. Nothing in it is ever run: it is
safe to read what a stranger wrote.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from itertools import accumulate, chain, pairwise
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Plain = Any  # what json.dumps takes
Memo = dict[str, str]
_Write = Callable[[list[Any]], Plain]  # many values → their column
_Read = Callable[[Plain, Memo], list[Any]]  # and back
_CODERS: dict[Any, tuple[_Write, _Read]] = {}
_LONGEST = 1 << 28  # numbers of an array: more is no document


class _Numbers:
    """What `array[int]` is taken for in annotations: array itself cannot be subscripted before Python 3.12."""

    def __class_getitem__(cls, of: type) -> type[_Numbers]:
        return cls


def to_plain(value: Any) -> Plain:
    """A dataclass as lists, strings and numbers. Raises TypeError where a field has a type that the form does not know."""
    return _coder(type(value))[0]([value])


def from_plain(kind: type[T], plain: Plain) -> T:
    """The value of this dataclass that `to_plain` gave. Raises ValueError where it is not one. Equal strings in it are one object."""
    found: list[T] = _coder(kind)[1](plain, {})
    if len(found) != 1:
        raise ValueError("not one value")
    return found[0]


def _coder(kind: Any) -> tuple[_Write, _Read]:
    """How many values of a type are written and read, made once."""
    if kind not in _CODERS:
        _CODERS[kind] = _made(kind)
    return _CODERS[kind]


def _made(kind: Any) -> tuple[_Write, _Read]:
    if kind is str:
        return _same, _strings
    if kind in (int, bool, float):
        return _same, _exactly(kind)
    if kind is Decimal:
        return _texts, _decimals
    if kind is _Numbers:
        return _many_runs, _arrays
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        return _tuples(kinds[0]) if len(kinds) == 2 and kinds[1] is ... else _pairs(kinds)
    if get_origin(kind) in (Union, UnionType):
        return _unions(set(get_args(kind)))
    if is_dataclass(kind):
        return _dataclasses(kind)
    raise TypeError(f"{kind} has no form in the cache: kg.batch.codec must learn it")


def _same(values: list[Any]) -> Plain:
    return values


def _list(plain: Plain) -> list[Plain]:
    if type(plain) is not list:
        raise ValueError("not a list")
    return plain


def _strings(plain: Plain, memo: Memo) -> list[str]:
    if not set(map(type, _list(plain))) <= {str}:
        raise ValueError("not strings")
    return list(map(memo.setdefault, plain, plain))


def _exactly(kind: type) -> _Read:
    def read(plain: Plain, memo: Memo) -> list[Any]:
        if not set(map(type, _list(plain))) <= {kind}:
            raise ValueError(f"not {kind.__name__}")
        return list(plain)

    return read


def _texts(values: list[Decimal]) -> Plain:
    return list(map(str, values))


def _decimals(plain: Plain, memo: Memo) -> list[Decimal]:
    try:
        return list(map(Decimal, _strings(plain, memo)))
    except InvalidOperation as error:
        raise ValueError("not decimals") from error


def _tuples(kind: Any) -> tuple[_Write, _Read]:
    """Tuples of any length of one type."""
    write_items, read_items = _coder(kind)

    def write(values: list[tuple[Any, ...]]) -> Plain:
        return [list(map(len, values)), write_items(list(chain.from_iterable(values)))]

    def read(plain: Plain, memo: Memo) -> list[tuple[Any, ...]]:
        lengths, items = _list(plain)
        ends = list(accumulate(_lengths(lengths), initial=0))
        found = read_items(items, memo)
        if ends[-1] != len(found):
            raise ValueError("not so many items")
        return [tuple(found[start:end]) for start, end in pairwise(ends)]

    return write, read


def _lengths(plain: Plain) -> list[int]:
    if not set(map(type, _list(plain))) <= {int} or min(plain, default=0) < 0:
        raise ValueError("not lengths")
    return list(plain)


def _pairs(kinds: tuple[Any, ...]) -> tuple[_Write, _Read]:
    """Tuples of one length, each place of a type of its own."""
    coders = [_coder(kind) for kind in kinds]

    def write(values: list[tuple[Any, ...]]) -> Plain:
        columns = zip(*values, strict=True) if values else [()] * len(coders)
        return [write(list(column)) for (write, _), column in zip(coders, columns, strict=True)]

    def read(plain: Plain, memo: Memo) -> list[tuple[Any, ...]]:
        columns = [read(column, memo) for (_, read), column in zip(coders, _list(plain), strict=True)]
        return list(zip(*columns, strict=True))

    return write, read


def _unions(kinds: set[Any]) -> tuple[_Write, _Read]:
    """Values that may be missing; whole numbers among decimals, which JSON has as numbers and as strings."""
    some = kinds - {NoneType}
    write_some: _Write
    read_some: _Read
    if some == {int, Decimal}:
        write_some, read_some = _numbers, _read_numbers
    elif len(some) == 1:
        write_some, read_some = _coder(*some)
    else:
        raise TypeError(f"{kinds} cannot be told apart in JSON: kg.batch.codec must learn it")
    if some == kinds:
        return write_some, read_some

    def write(values: list[Any]) -> Plain:
        return [[int(value is not None) for value in values], write_some([value for value in values if value is not None])]

    def read(plain: Plain, memo: Memo) -> list[Any]:
        there, items = _list(plain)
        found = iter(read_some(items, memo))
        try:
            values = [next(found) if one else None for one in _lengths(there)]
        except StopIteration:
            raise ValueError("not so many values") from None
        if next(found, None) is not None:
            raise ValueError("more values than places")
        return values

    return write, read


def _numbers(values: list[int | Decimal]) -> Plain:
    return [str(value) if isinstance(value, Decimal) else value for value in values]


def _read_numbers(plain: Plain, memo: Memo) -> list[int | Decimal]:
    return [value if type(value) is int else _decimals([value], memo)[0] for value in _list(plain)]


def _many_runs(values: list[array[int]]) -> Plain:
    return list(map(_runs, values))


def _runs(numbers: array[int]) -> Plain:
    """The type of an array, then the first number and the length of each run."""
    found: list[int] = []
    start, expected = 0, None
    for at, number in enumerate(numbers):
        if number != expected:
            if at:
                found.append(at - start)
            found.append(number)
            start = at
        expected = number + 1
    return [numbers.typecode, *found, *([len(numbers) - start] if numbers else [])]


def _arrays(plain: Plain, memo: Memo) -> list[array[int]]:
    return list(map(_array, _list(plain)))


def _array(plain: Plain) -> array[int]:
    code, *runs = _list(plain)
    lengths = _lengths(runs[1::2])
    if code not in tuple("bBhHiIlLqQ") or len(runs) % 2 or not set(map(type, runs)) <= {int} or sum(lengths) > _LONGEST:
        raise ValueError("not an array")
    numbers: array[int] = array(code)
    try:
        for first, length in zip(runs[::2], lengths, strict=True):
            numbers.extend(range(first, first + length))
    except OverflowError as error:
        raise ValueError("a number that the array cannot hold") from error
    return numbers


def _dataclasses(kind: Any) -> tuple[_Write, _Read]:
    hints = get_type_hints(kind, localns={"array": _Numbers})
    names = [field.name for field in fields(kind)]
    coders = [_coder(hints[name]) for name in names]

    def write(values: list[Any]) -> Plain:
        return [write([getattr(value, name) for value in values]) for name, (write, _) in zip(names, coders, strict=True)]

    def read(plain: Plain, memo: Memo) -> list[Any]:
        columns = [read(column, memo) for (_, read), column in zip(coders, _list(plain), strict=True)]
        if len(set(map(len, columns))) > 1:
            raise ValueError("columns of different lengths")
        return list(map(kind, *columns))

    return write, read
