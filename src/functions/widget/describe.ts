/** Markdown that CloudWatch shows while a user adds the widget to a dashboard. */
export const description = `## Can people register models now, and if not, why?

Shows the monitor's last state: whether model registration works, which hop of the request path is broken, the open incidents with their probable causes and first commands, and the incidents of the dashboard's time range. It reads one item of the state table, probes nothing and writes nothing.

### Parameters

| parameter | meaning |
|---|---|
| **environment** | An environment whose probe registers models, if the table has several and the function's role may read them. Default: the function's own. |
| **incident** | The id of an incident: shows its details instead of the overview. Links in the widget use it. |

### Example

\`\`\` yaml
environment: development
\`\`\`

Viewers need \`lambda:InvokeFunction\` on this function. Times are UTC. Commands name the platform's default hosts.
`;
