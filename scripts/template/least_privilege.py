"""Lints IAM policies with parliament.

Reads a JSON object of policy documents by name from a file, and prints a JSON list of findings.
"""

import json
import sys

from parliament import analyze_policy_string, enhance_finding

with open(sys.argv[1], encoding="utf8") as file:
    policies = json.load(file)

findings = []
for name, document in policies.items():
    for finding in analyze_policy_string(json.dumps(document), include_community_auditors=True).findings:
        enhanced = enhance_finding(finding)
        findings.append(
            {"policy": name, "issue": enhanced.issue, "severity": enhanced.severity, "detail": str(enhanced.detail)}
        )
print(json.dumps(findings))
