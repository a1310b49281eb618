"""Compares exchanges with AWS's own API models, as botocore has them.

Reads a list of exchanges from standard input, prints one line for each difference. Botocore's own parsers skip what they
do not know, so this walks the answers itself: every field must be in the model, with its type, and required fields must
be there.
"""
import json
import re
import sys
import xml.etree.ElementTree as tree
from datetime import datetime

from botocore.session import get_session

session = get_session()
models = {}
service_names = {"elasticloadbalancing": "elbv2"}


def model(service):
    if service not in models:
        models[service] = session.get_service_model(service_names.get(service, service))
    return models[service]


def wire_name(name, shape, is_xml):
    return shape.serialization.get("name", name)


def scalar(value, shape, path, is_xml):
    kind = shape.type_name
    if is_xml and not isinstance(value, str):
        return [f"{path}: not a text"]
    if getattr(shape, "enum", None) and value not in shape.enum:
        return [f"{path}: {value} is not one of {shape.enum}"]
    if kind in ("integer", "long"):
        fits = bool(re.fullmatch(r"-?\d+", value)) if is_xml else isinstance(value, int) and not isinstance(value, bool)
    elif kind in ("double", "float"):
        fits = bool(re.fullmatch(r"-?\d+(\.\d+)?", value)) if is_xml else isinstance(value, (int, float))
    elif kind == "boolean":
        fits = value in ("true", "false") if is_xml else isinstance(value, bool)
    elif kind == "timestamp":
        fits = iso(value) if is_xml or isinstance(value, str) else isinstance(value, (int, float))
    else:
        fits = isinstance(value, str)
    return [] if fits else [f"{path}: {value!r} is no {kind}"]


def iso(value):
    try:
        return bool(datetime.fromisoformat(value.replace("Z", "+00:00")))
    except ValueError:
        return False


def walk_json(value, shape, path):
    kind = shape.type_name
    if value is None:
        return [f"{path}: null"]
    if kind == "structure":
        if not isinstance(value, dict):
            return [f"{path}: no structure"]
        members = {wire_name(name, member, False): member for name, member in shape.members.items()}
        return fields(value.keys(), members, shape, path) + [
            one for name in value if name in members for one in walk_json(value[name], members[name], f"{path}.{name}")
        ]
    if kind == "list":
        if not isinstance(value, list):
            return [f"{path}: no list"]
        return [one for entry in value for one in walk_json(entry, shape.member, f"{path}[]")]
    if kind == "map":
        if not isinstance(value, dict):
            return [f"{path}: no map"]
        return [one for name, entry in value.items() for one in walk_json(entry, shape.value, f"{path}.{name}")]
    return scalar(value, shape, path, False)


def fields(present, members, shape, path):
    required = [wire_name(name, shape.members[name], False) for name in shape.required_members]
    return [f"{path}.{name}: not in the model" for name in present if name not in members] + [
        f"{path}.{name}: missing" for name in required if name not in present
    ]


def tag(element):
    return element.tag.rsplit("}", 1)[-1]


def walk_xml(element, shape, path):
    kind = shape.type_name
    if kind == "structure":
        members = {wire_name(name, member, True): member for name, member in shape.members.items()}
        return fields([tag(one) for one in element], members, shape, path) + [
            one for inner in element if tag(inner) in members
            for one in walk_xml(inner, members[tag(inner)], f"{path}.{tag(inner)}")
        ]
    if kind == "list":
        entry = shape.member.serialization.get("name", "member")
        wrong = [f"{path}.{tag(one)}: the entries are called {entry}" for one in element if tag(one) != entry]
        if not len(element) and (element.text or "").strip():
            wrong.append(f"{path}: no list")
        return wrong + [one for inner in element for one in walk_xml(inner, shape.member, f"{path}[]")]
    return scalar(element.text or "", shape, path, True)


def answer(exchange, operation, service):
    output, body = operation.output_shape, exchange["answer"]
    if exchange["isJson"]:
        return walk_json(json.loads(body), output, operation.name)
    root = tree.fromstring(body)
    inner = root
    if tag(root) != f"{operation.name}Response":
        return [f"{operation.name}: the answer is called {tag(root)}"]
    wrapper = output.serialization.get("resultWrapper")
    if wrapper is not None:
        inner = root.find("{*}" + wrapper)
        if inner is None:
            return [f"{operation.name}: without {wrapper}"]
    return walk_xml(inner, output, operation.name)


def parameter(parts, shape, is_ec2):
    """The shape that a query parameter such as Dimensions.member.1.Name leads to; None if there is none."""
    if not parts:
        return shape
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            known = member.serialization.get("queryName") or member.serialization.get("name", name)
            known = known[0].upper() + known[1:] if is_ec2 else known
            if known == parts[0]:
                return parameter(parts[1:], member, is_ec2)
        return None
    if shape.type_name != "list":
        return None
    rest = parts
    if not is_ec2 and not shape.serialization.get("flattened"):
        if rest[0] != shape.member.serialization.get("name", "member"):
            return None
        rest = rest[1:]
    return parameter(rest[1:], shape.member, is_ec2) if rest and rest[0].isdigit() else None


def request(exchange, operation, service):
    given, shape, name = exchange["params"], operation.input_shape, operation.name
    protocol = service.metadata["protocol"]
    if exchange["isJson"] and not protocol.startswith("rest"):
        return walk_json(given, shape, f"{name} request")
    if protocol.startswith("rest"):
        known = {wire_name(n, m, True): m for n, m in shape.members.items()}
        return [f"{name} request: {one} is no parameter" for one in given if one not in known]
    wrong = []
    for key, value in given.items():
        if key in ("Action", "Version"):
            continue
        found = parameter(key.split("."), shape, protocol == "ec2")
        if found is None:
            wrong.append(f"{name} request: {key} is no parameter")
        else:
            wrong += scalar(value, found, f"{name} request.{key}", True)
    first = {key.split(".")[0] for key in given}
    return wrong + [f"{name} request: {one} is missing" for one in shape.required_members if one not in first]


def problems(exchange):
    service = model(exchange["service"])
    if exchange["action"] not in service.operation_names:
        return [f"{exchange['service']} has no call {exchange['action']}"]
    operation = service.operation_model(exchange["action"])
    version = exchange["params"].get("Version", service.api_version)
    wrong = [] if version == service.api_version else [f"{exchange['service']} has version {service.api_version}"]
    target = service.metadata.get("targetPrefix")
    if exchange["prefix"] is not None and exchange["prefix"] != target:
        wrong.append(f"{exchange['service']} has the prefix {target}, not {exchange['prefix']}")
    if service.signing_name != exchange["signs"]:
        wrong.append(f"{exchange['service']} signs as {service.signing_name}")
    return wrong + request(exchange, operation, service) + answer(exchange, operation, service)


found = [one for exchange in json.load(sys.stdin) for one in problems(exchange)]
print(json.dumps(sorted(set(found))))
