import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { listen } from '../../src/sandbox/network/sockets.ts';
import { startPassThrough } from '../../test/setup/pass-through.ts';

/** The pass-through in its own process, so that its work does not delay the prober's event loop. */
const { positionals } = parseArgs({ allowPositionals: true });
const [upstream = ''] = positionals;
const between = await startPassThrough(upstream);

const report = createServer((_request, response) => {
  const serverMs = between.passed.reduce((sum, { tookMs }) => sum + tookMs, 0);
  response.end(JSON.stringify({ requests: between.passed.length, serverMs, ownMs: between.ownMs }));
  between.forget();
});
const reportPort = await listen(report, 0, '127.0.0.1');
process.stdout.write(`${JSON.stringify({ url: between.url, report: `http://127.0.0.1:${reportPort}/` })}\n`);
// Exits with its parent process.
process.stdin.on('end', () => process.exit(0)).resume();
