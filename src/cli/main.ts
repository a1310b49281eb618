/** Refuses an old Node before it loads code that it cannot parse. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `hokusai-synthetics needs Node 22.19 or newer (24 as in Lambda), but this is ${process.versions.node}; in the project, npm start uses its own Node\n`,
  );
  process.exit(2);
}

const { run } = await import('./program.ts');
process.exitCode = await run(process.argv.slice(2));
