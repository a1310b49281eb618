"""Makes the platform's resources in moto, or breaks one of them: aws_inventory.py ENDPOINT [BREAKAGE]."""
import sys
import time

import boto3

endpoint, breakage = sys.argv[1], (sys.argv[2:] or [None])[0]


class Client:
    """Made when it is first used: each takes half a second."""

    def __init__(self, name):
        self.name, self.made = name, None

    def __getattr__(self, call):
        self.made = self.made or boto3.client(
            self.name, endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="y"
        )
        return getattr(self.made, call)


elb, ecs, ec2, r53, rds, acm, sd, sm, logs = map(
    Client, ["elbv2", "ecs", "ec2", "route53", "rds", "acm", "servicediscovery", "secretsmanager", "logs"]
)
cluster = "hokusai-development"
api, mlflow = "hokusai-api-development", "hokusai-mlflow-development"


def make():
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=f"us-east-1{zone}")["Subnet"]["SubnetId"]
        for n, zone in [(1, "a"), (2, "b")]
    ]

    def group(name, *rules):
        made = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
        for port, source in rules:
            permission = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port}
            if source.startswith("sg-"):
                permission["UserIdGroupPairs"] = [{"GroupId": source}]
            else:
                permission["IpRanges"] = [{"CidrIp": source}]
            ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=[permission])
        return made

    of_balancer = group("hokusai-balancer", (443, "0.0.0.0/0"), (80, "0.0.0.0/0"))
    offices = ec2.create_managed_prefix_list(
        PrefixListName="offices", MaxEntries=5, AddressFamily="IPv4", Entries=[{"Cidr": "198.51.100.0/24"}]
    )["PrefixList"]["PrefixListId"]
    by_list = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "PrefixListIds": [{"PrefixListId": offices}]}
    ec2.authorize_security_group_ingress(GroupId=of_balancer, IpPermissions=[by_list])
    of_api = group("hokusai-api", (8000, of_balancer))
    of_mlflow = group("hokusai-mlflow", (5000, of_balancer), (5000, of_api))
    of_database = group("hokusai-database", (5432, of_mlflow))
    balancer = elb.create_load_balancer(
        Name="hokusai-registry-development", Subnets=subnets, SecurityGroups=[of_balancer]
    )["LoadBalancers"][0]

    def targets(name, port):
        return elb.create_target_group(
            Name=name, Protocol="HTTP", Port=port, VpcId=vpc, TargetType="ip", HealthCheckPath="/health/alb"
        )["TargetGroups"][0]["TargetGroupArn"]

    api_targets, mlflow_targets = targets("hokusai-reg-api-development", 8000), targets(mlflow, 5000)
    certificate = acm.request_certificate(DomainName="hokus.ai", SubjectAlternativeNames=["*.hokus.ai"])
    not_found = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404", "ContentType": "text/plain"}}
    https = elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTPS",
        Port=443,
        Certificates=[{"CertificateArn": certificate["CertificateArn"]}],
        DefaultActions=[not_found],
    )["Listeners"][0]["ListenerArn"]
    redirect = {
        "Protocol": "HTTPS", "Port": "443", "Host": "#{host}", "Path": "/#{path}", "Query": "#{query}",
        "StatusCode": "HTTP_301",
    }
    elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "redirect", "RedirectConfig": redirect}],
    )
    host = {"Field": "host-header", "Values": ["registry.hokus.ai"]}
    for priority, conditions, arn in [
        (1, [host, {"Field": "path-pattern", "Values": ["/mlflow*"]}], mlflow_targets),
        (2, [host], api_targets),
    ]:
        elb.create_rule(
            ListenerArn=https,
            Priority=priority,
            Conditions=conditions,
            Actions=[{"Type": "forward", "TargetGroupArn": arn}],
        )

    zone = r53.create_hosted_zone(Name="hokus.ai", CallerReference="1")["HostedZone"]["Id"]
    alias = {"HostedZoneId": "Z35SXDOTRQ7X7K", "DNSName": balancer["DNSName"], "EvaluateTargetHealth": False}
    record = {"Name": "registry.hokus.ai", "Type": "A", "AliasTarget": alias}
    r53.change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    )

    namespace = sd.create_private_dns_namespace(Name="hokusai.local", Vpc=vpc)["OperationId"]
    namespace = sd.get_operation(OperationId=namespace)["Operation"]["Targets"]["NAMESPACE"]
    found = sd.create_service(
        Name="mlflow", NamespaceId=namespace, DnsConfig={"DnsRecords": [{"Type": "A", "TTL": 10}]}
    )["Service"]
    sd.register_instance(ServiceId=found["Id"], InstanceId="i-1", Attributes={"AWS_INSTANCE_IPV4": "10.0.3.219"})

    secret = sm.create_secret(Name="hokusai/mlflow/db", SecretString="made-up")["ARN"]
    ecs.create_cluster(clusterName=cluster)
    for name, port, arn, own, registries in [
        (api, 8000, api_targets, of_api, []),
        (mlflow, 5000, mlflow_targets, of_mlflow, [{"registryArn": found["Arn"]}]),
    ]:
        ecs.register_task_definition(
            family=name,
            networkMode="awsvpc",
            containerDefinitions=[
                {
                    "name": "main",
                    "image": "made-up",
                    "memory": 512,
                    "environment": [{"name": "MLFLOW_TRACKING_URI", "value": "http://mlflow.hokusai.local:5000"}],
                    "secrets": [{"name": "DB_PASSWORD", "valueFrom": secret}],
                }
            ],
        )
        ecs.create_service(
            cluster=cluster,
            serviceName=name,
            taskDefinition=name,
            desiredCount=2,
            launchType="FARGATE",
            loadBalancers=[{"targetGroupArn": arn, "containerName": "main", "containerPort": port}],
            serviceRegistries=registries,
            networkConfiguration={"awsvpcConfiguration": {"subnets": subnets, "securityGroups": [own]}},
        )
    rds.create_db_instance(
        DBInstanceIdentifier=mlflow,
        DBInstanceClass="db.t3.micro",
        Engine="postgres",
        MasterUsername="mlflow",
        MasterUserPassword="made-up-1",
        AllocatedStorage=20,
        VpcSecurityGroupIds=[of_database],
    )
    for name in ["api", "mlflow", "auth"]:
        log = f"/ecs/hokusai-{name}-development"
        logs.create_log_group(logGroupName=log)
        logs.create_log_stream(logGroupName=log, logStreamName="ecs")


def write_log(service, message):
    logs.put_log_events(
        logGroupName=f"/ecs/hokusai-{service}-development",
        logStreamName="ecs",
        logEvents=[{"timestamp": int(time.time() * 1000), "message": message}],
    )


def listener(port):
    balancer = elb.describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"]
    every = elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]
    return next(one["ListenerArn"] for one in every if one["Port"] == port)


def delete_rules():
    for rule in elb.describe_rules(ListenerArn=listener(443))["Rules"]:
        if not rule["IsDefault"]:
            elb.delete_rule(RuleArn=rule["RuleArn"])


def close_api():
    group = ec2.describe_security_groups(GroupNames=["hokusai-api"])["SecurityGroups"][0]
    ec2.revoke_security_group_ingress(GroupId=group["GroupId"], IpPermissions=group["IpPermissions"])


def point_elsewhere():
    zone = r53.list_hosted_zones()["HostedZones"][0]["Id"]
    record = {"Name": "registry.hokus.ai", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
    r53.change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "UPSERT", "ResourceRecordSet": record}]}
    )


def deregister():
    found = sd.list_services()["Services"][0]["Id"]
    sd.deregister_instance(ServiceId=found, InstanceId="i-1")


def swap_groups():
    arns = {one["TargetGroupName"]: one["TargetGroupArn"] for one in elb.describe_target_groups()["TargetGroups"]}
    for rule in elb.describe_rules(ListenerArn=listener(443))["Rules"]:
        if rule["Priority"] == "2":
            elb.modify_rule(RuleArn=rule["RuleArn"], Actions=[{"Type": "forward", "TargetGroupArn": arns[mlflow]}])


breakages = {
    "alb-routing-misconfigured": delete_rules,
    "alb-wrong-target-group": swap_groups,
    "https-listener-missing": lambda: elb.delete_listener(ListenerArn=listener(443)),
    "https-redirect-broken": lambda: elb.delete_listener(ListenerArn=listener(80)),
    "security-group-blocking": close_api,
    "dns-misconfigured": point_elsewhere,
    "service-discovery-broken": deregister,
    "database-unreachable": lambda: rds.stop_db_instance(DBInstanceIdentifier=mlflow),
    "database-pool-exhausted": lambda: write_log("mlflow", "FATAL: sorry, too many clients already"),
    "circuit-breaker-open": lambda: write_log("api", "circuit breaker is open"),
}

(make if breakage is None else breakages[breakage])()
