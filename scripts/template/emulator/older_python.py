"""Lets LocalStack 4.14.0 run on the Python 3.10 to 3.12 of today's systems."""

import _thread
import importlib.machinery
import re
import sys
import threading
import uuid
import warnings

from typing_extensions import deprecated


def accept_older_python():
    """LocalStack declares Python 3.10, but uses four things that came later."""
    if sys.version_info >= (3, 13):
        return
    warnings.deprecated = deprecated
    # A class, because LocalStack has the type `Lock | None`.
    threading.Lock = type("Lock", (), {"__new__": lambda cls: _thread.allocate_lock()})
    if sys.version_info >= (3, 12):
        return
    uuid5 = uuid.uuid5
    # Bytes as names.
    uuid.uuid5 = lambda namespace, name: uuid5(namespace, name if isinstance(name, str) else name.decode("latin-1"))
    compile_source = importlib.machinery.SourceFileLoader.source_to_code

    def source_to_code(loader, data, path, **options):
        source = without_type_parameters(data.decode()) if "/site-packages/localstack/" in str(path) else data
        return compile_source(loader, source, path, **options)

    importlib.machinery.SourceFileLoader.source_to_code = source_to_code


def without_type_parameters(source):
    names = set()

    def keep_names(parameters):
        found = [parameter.split(":")[0].strip() for parameter in parameters.split(",")]
        names.update(found)
        return ", ".join(found)

    def generic(match):
        bases = [match[3]] if match[3] else []
        return f"class {match[1]}({', '.join([*bases, f'_typing.Generic[{keep_names(match[2])}]'])}):"

    def function(match):
        keep_names(match[2])
        return match[1]

    source = re.sub(r"^class (\w+)\[([^\]]+)\](?:\((.*)\))?:", generic, source, flags=re.M)
    source = re.sub(r"^(\s*(?:async )?def \w+)\[([^\]]+)\]", function, source, flags=re.M)
    source = re.sub(r"^type (\w+ = )", r"\1", source, flags=re.M)
    if not names:
        return source
    variables = "".join(f"; {name} = _typing.TypeVar('{name}')" for name in sorted(names))
    future = "from __future__ import annotations\n"
    return (future if future in source else "") + f"import typing as _typing{variables}\n" + source.replace(future, "", 1)
