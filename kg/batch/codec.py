"""Dataclasses as JSON and back, exactly: what `kg.model` says of its fields is all that the form is made of.

A dataclass is the list of its fields' values in their order, a tuple a list, a Decimal its text, an array of whole numbers its type
and its runs of consecutive numbers. What is read back is checked against the fields' types, so that a file of another form is a
ValueError and never a value that breaks something later. Nothing in it is ever run: it is safe to read what a stranger wrote.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Plain = Any  # what json.dumps takes
Memo = dict[str, str]
_Write = Callable[[Any], Plain]
_Read = Callable[[Plain, Memo], Any]
_CODERS: dict[Any, tuple[_Write, _Read]] = {}
_LONGEST = 1 << 28  # numbers of an array: more is no document


class _Numbers:
    """What `array[int]` is taken for in annotations: array itself cannot be subscripted before Python 3.12."""

    def __class_getitem__(cls, of: type) -> type[_Numbers]:
        return cls


def to_plain(value: Any) -> Plain:
    """A dataclass as lists, strings and numbers. Raises TypeError where a field has a type that the form does not know."""
    return _coder(type(value))[0](value)


def from_plain(kind: type[T], plain: Plain) -> T:
    """The value of this dataclass that `to_plain` gave. Raises ValueError where it is not one. Equal strings in it are one object."""
    found: T = _coder(kind)[1](plain, {})
    return found


def _coder(kind: Any) -> tuple[_Write, _Read]:
    """How a type is written and read, made once."""
    if kind not in _CODERS:
        _CODERS[kind] = _made(kind)
    return _CODERS[kind]


def _made(kind: Any) -> tuple[_Write, _Read]:
    if kind in (str, int, bool, float, NoneType):
        return _same, _string if kind is str else _exactly(kind)
    if kind is Decimal:
        return str, _decimal
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    if kind is _Numbers:
        return _runs, _array
    if get_origin(kind) in (Union, UnionType):
        return _union(get_args(kind))
    if is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"{kind} has no form in the cache: kg.batch.codec must learn it")


def _same(value: Any) -> Plain:
    return value


def _string(plain: Plain, memo: Memo) -> str:
    if type(plain) is not str:
        raise ValueError("not a string")
    return memo.setdefault(plain, plain)


def _exactly(kind: type) -> _Read:
    def read(plain: Plain, memo: Memo) -> Any:
        if type(plain) is not kind:
            raise ValueError(f"not {kind.__name__}")
        return plain

    return read


def _decimal(plain: Plain, memo: Memo) -> Decimal:
    try:
        return Decimal(_string(plain, memo))
    except InvalidOperation as error:
        raise ValueError("not a decimal") from error


def _tuple(kinds: tuple[Any, ...]) -> tuple[_Write, _Read]:
    if len(kinds) == 2 and kinds[1] is ...:
        write_one, read_one = _coder(kinds[0])

        def read_all(plain: Plain, memo: Memo) -> tuple[Any, ...]:
            return tuple([read_one(item, memo) for item in _list(plain)])

        return (list if write_one is _same else lambda value: [write_one(item) for item in value]), read_all
    coders = [_coder(kind) for kind in kinds]

    def write(value: tuple[Any, ...]) -> Plain:
        return [write(item) for (write, _), item in zip(coders, value, strict=True)]

    def read(plain: Plain, memo: Memo) -> tuple[Any, ...]:
        return tuple([read(item, memo) for (_, read), item in zip(coders, _list(plain), strict=True)])

    return write, read


def _list(plain: Plain) -> list[Plain]:
    if type(plain) is not list:
        raise ValueError("not a list")
    return plain


def _union(kinds: tuple[Any, ...]) -> tuple[_Write, _Read]:
    """A value that may be None, and one that is a whole number or a decimal: what JSON has for each tells which it is."""
    rest = [kind for kind in kinds if kind is not NoneType]
    if set(rest) == {int, Decimal}:
        write_some: _Write = lambda value: str(value) if isinstance(value, Decimal) else value  # noqa: E731
        read_some: _Read = lambda plain, memo: plain if type(plain) is int else _decimal(plain, memo)  # noqa: E731
    elif len(rest) == 1:
        write_some, read_some = _coder(rest[0])
    else:
        raise TypeError(f"{kinds} cannot be told apart in JSON: kg.batch.codec must learn it")
    if len(rest) == len(kinds):
        return write_some, read_some
    return (
        lambda value: None if value is None else write_some(value),
        lambda plain, memo: None if plain is None else read_some(plain, memo),
    )


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


def _array(plain: Plain, memo: Memo) -> array[int]:
    code, *runs = _list(plain)
    if code not in tuple("bBhHiIlLqQ") or len(runs) % 2 or not all(type(number) is int for number in runs):
        raise ValueError("not an array")
    if sum(runs[1::2]) > _LONGEST or min(runs[1::2], default=1) < 1:
        raise ValueError("not an array of that length")
    numbers: array[int] = array(code)
    try:
        for first, length in zip(runs[::2], runs[1::2], strict=True):
            numbers.extend(range(first, first + length))
    except OverflowError as error:
        raise ValueError("a number that the array cannot hold") from error
    return numbers


def _dataclass(kind: Any) -> tuple[_Write, _Read]:
    hints = get_type_hints(kind, localns={"array": _Numbers})
    names = [field.name for field in fields(kind)]
    coders = [_coder(hints[name]) for name in names]
    writers = [(name, write) for name, (write, _) in zip(names, coders, strict=True)]
    readers = [read for _, read in coders]

    def write(value: Any) -> Plain:
        return [write(getattr(value, name)) for name, write in writers]

    def read(plain: Plain, memo: Memo) -> Any:
        return kind(*[read(item, memo) for read, item in zip(readers, _list(plain), strict=True)])

    return write, read
