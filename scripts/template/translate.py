"""Translates a SAM template from a file as CloudFormation does, and prints the result as JSON.

Arguments: the template, and NAME=VALUE for each parameter without a default.
"""

import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

path, *given = sys.argv[1:]
with open(path, encoding="utf8") as file:
    template = yaml_parse(file.read())

values = {name: str(each["Default"]) for name, each in template["Parameters"].items() if "Default" in each}
values.update(pair.split("=", 1) for pair in given)

# Translation happens after packaging, when the code is already in a bucket.
for resource in template["Resources"].values():
    if resource["Type"] == "AWS::Serverless::Function" and "://" not in resource["Properties"]["CodeUri"]:
        resource["Properties"]["CodeUri"] = {"Bucket": "the-deployment-bucket", "Key": "the-probe"}

print(json.dumps(Translator({}, Parser()).translate(template, values)))
