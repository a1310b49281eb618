/** What CloudWatch shows to who adds the widget to a dashboard: markdown. */
export const description = `## Can people register models now, and if not, why?

Shows what the monitor remembers: whether registering works, which hop of the request path is broken, what is open with its probable causes and the first commands, and the incidents of the dashboard's time range. It reads one item of the state table, probes nothing and writes nothing.

### Parameters

| parameter | means |
|---|---|
| **environment** | Which environment, where the table has several and the function's role may read them: one whose probe registers models, for that is what the answer is about. Without it: the function's own. |
| **incident** | The id of an incident: its details in place of the overview. Links in the widget use it. |

### Example

\`\`\` yaml
environment: development
\`\`\`

Whoever looks at it needs \`lambda:InvokeFunction\` on this function. Times are UTC. Commands name the platform's default hosts.
`;
