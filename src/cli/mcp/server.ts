import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { prober } from '../../version.ts';
import { exitCodes } from '../exit-codes.ts';
import { runCommand } from './run-command.ts';
import { type Places, type Tool, tools } from './tools.ts';

/** Serves the tools over standard input and output until the client closes them. @param program path of this program */
export const serveMcp = async (program: string, places: Places, stop: AbortSignal): Promise<void> => {
  const server = new McpServer(
    { name: prober.name, version: prober.version },
    {
      instructions:
        'Synthetic monitoring of the Hokusai ML platform. Begin with check or incidents. A conclusion is only as sure as its probability; a tie needs the command that decides.',
    },
  );
  for (const [name, tool] of Object.entries<Tool>(tools)) {
    server.registerTool(
      name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema: tool.inputSchema,
        annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: tool.isOnline },
      },
      async (input, { signal }) => {
        const { exitCode, text } = await runCommand(program, tool.args(input, places), signal);
        // A failing platform is a result, not an error of the tool.
        return {
          content: [{ type: 'text', text }],
          isError: exitCode !== exitCodes.fine && exitCode !== exitCodes.failing,
        };
      },
    );
  }
  const transport = new StdioServerTransport();
  const closed = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    process.stdin.once('end', resolve);
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.connect(transport);
  await closed;
  await server.close();
};
