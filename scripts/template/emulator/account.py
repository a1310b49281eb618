"""Asks an AWS endpoint, and prints JSON: account.py ENDPOINT (inventory | network | stack NAME_OR_ID)."""

import json
import sys

import boto3

endpoint, question, *names = sys.argv[1:]


def client(service):
    return boto3.client(
        service, endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
    )


def every(service, operation, **parameters):
    """All pages of a list, as the response's first list."""
    caller = client(service)
    pages = (
        caller.get_paginator(operation).paginate(**parameters)
        if caller.can_paginate(operation)
        else [getattr(caller, operation)(**parameters)]
    )
    return [each for page in pages for value in page.values() if isinstance(value, list) for each in value]


def inventory():
    """What is in the account, by the services' own lists."""

    def named(service, operation, name, **parameters):
        return sorted(each[name] if name else each for each in every(service, operation, **parameters))

    def is_in_use(key):
        """Not one of AWS's own, and not deleted: a deleted key remains for days, as PendingDeletion."""
        described = client("kms").describe_key(KeyId=key)["KeyMetadata"]
        return described["KeyManager"] == "CUSTOMER" and described["KeyState"] == "Enabled"

    return {
        "alarms": named("cloudwatch", "describe_alarms", "AlarmName", AlarmTypes=["MetricAlarm", "CompositeAlarm"]),
        "buckets": named("s3", "list_buckets", "Name"),
        "functions": named("lambda", "list_functions", "FunctionName"),
        "keys": [key for key in named("kms", "list_keys", "KeyId") if is_in_use(key)],
        "logGroups": named("logs", "describe_log_groups", "logGroupName"),
        "policies": named("iam", "list_policies", "PolicyName", Scope="Local"),
        "queues": named("sqs", "list_queues", None),
        "roles": named("iam", "list_roles", "RoleName"),
        "rules": named("events", "list_rules", "Name"),
        "schedules": named("scheduler", "list_schedules", "Name"),
        "subscriptions": named("sns", "list_subscriptions", "SubscriptionArn"),
        "tables": named("dynamodb", "list_tables", None),
        "topics": named("sns", "list_topics", "TopicArn"),
    }


def network():
    """Two subnets, and a security group in their VPC."""
    subnets = every("ec2", "describe_subnets")[:2]
    groups = every("ec2", "describe_security_groups", Filters=[{"Name": "vpc-id", "Values": [subnets[0]["VpcId"]]}])
    return {"subnets": [each["SubnetId"] for each in subnets], "securityGroup": groups[0]["GroupId"]}


def stack(name):
    described = client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    reasons = {
        each["LogicalResourceId"]: each.get("ResourceStatusReason", "")
        for each in reversed(every("cloudformation", "describe_stack_events", StackName=described["StackId"]))
    }
    return {
        "id": described["StackId"],
        "status": described["StackStatus"],
        "outputs": {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])},
        "resources": {
            each["LogicalResourceId"]: {
                "type": each["ResourceType"],
                "physicalId": each.get("PhysicalResourceId", ""),
                "status": each["ResourceStatus"],
                "reason": reasons.get(each["LogicalResourceId"], ""),
            }
            for each in every("cloudformation", "list_stack_resources", StackName=described["StackId"])
        },
    }


print(json.dumps({"inventory": inventory, "network": network, "stack": stack}[question](*names)))
