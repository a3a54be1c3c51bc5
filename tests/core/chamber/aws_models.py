"""Prints what botocore's models know of the services named: {service: {action: [members]}} as JSON, members as paths
("VpcConfig.SubnetIds"), down to a given depth."""

import json
import sys

import botocore.loaders


def paths(shapes, name, depth, seen=()):
    shape = shapes[name]
    if shape["type"] == "list":
        return paths(shapes, shape["member"]["shape"], depth, seen)
    if shape["type"] != "structure" or depth == 0 or name in seen:
        return []
    found = []
    for member, target in shape["members"].items():
        found.append(member)
        found += [f"{member}.{path}" for path in paths(shapes, target["shape"], depth - 1, (*seen, name))]
    return found


def actions(service, depth):
    model = botocore.loaders.Loader().load_service_model(service, "service-2")
    return {
        name: paths(model["shapes"], operation["input"]["shape"], depth) if "input" in operation else []
        for name, operation in model["operations"].items()
    }


print(json.dumps({name: actions(name, int(sys.argv[1])) for name in sys.argv[2:]}))
