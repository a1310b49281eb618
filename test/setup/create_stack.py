"""Creates a stack from a translated template on a moto server, and prints the resulting resources as JSON.

Arguments: the server, the template, and parameters as NAME=VALUE. Leaves out and reports what moto's CloudFormation
does not support.
"""

import json
import os
import sys

import boto3

os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="y", AWS_DEFAULT_REGION="us-east-1")
endpoint, path, *given = sys.argv[1:]

UNKNOWN = {
    "AWS::Chatbot::SlackChannelConfiguration",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::Scheduler::Schedule",
}


def client(service):
    return boto3.client(service, endpoint_url=endpoint)


with open(path, encoding="utf8") as file:
    template = json.load(file)

left_out = sorted(name for name, each in template["Resources"].items() if each["Type"] in UNKNOWN)
for name in left_out:
    del template["Resources"][name]
template["Outputs"] = {
    name: each
    for name, each in template["Outputs"].items()
    if not any(f"${{{gone}}}" in json.dumps(each) for gone in left_out)
}

cloudformation = client("cloudformation")
stack = cloudformation.create_stack(
    StackName="hokusai-synthetics",
    TemplateBody=json.dumps(template),
    Capabilities=["CAPABILITY_IAM"],
    Parameters=[
        {"ParameterKey": name, "ParameterValue": value} for name, value in (pair.split("=", 1) for pair in given)
    ],
)["StackId"]
described = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
listed = cloudformation.list_stack_resources(StackName=stack)["StackResourceSummaries"]
physical = {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in listed}


def function(name):
    found = client("lambda").get_function_configuration(FunctionName=physical[name])
    return {key: found.get(key) for key in ("Runtime", "Handler", "Timeout", "MemorySize", "Architectures", "Role")} | {
        "variables": found["Environment"]["Variables"]
    }


table = client("dynamodb").describe_table(TableName=physical["StateTable"])["Table"]
topics = client("sns").list_topics()["Topics"]
print(
    json.dumps(
        {
            "status": described["StackStatus"],
            "leftOut": left_out,
            "physical": physical,
            "outputs": {each["OutputKey"]: each["OutputValue"] for each in described["Outputs"]},
            "functions": {name: function(name) for name in physical if name.endswith("Function")},
            "table": {
                "keys": table["KeySchema"],
                "billing": table["BillingModeSummary"]["BillingMode"],
            },
            "topicKeys": [
                client("sns").get_topic_attributes(TopicArn=each["TopicArn"])["Attributes"].get("KmsMasterKeyId")
                for each in topics
            ],
            "logDays": [each.get("retentionInDays") for each in client("logs").describe_log_groups()["logGroups"]],
        }
    )
)
