/** Says in one line that Node is too old, before anything is loaded that an old Node cannot even read. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `hokusai-synthetics needs Node 22.19 or newer (24 as in Lambda), and this is ${process.versions.node}; in the project, npm start brings its own\n`,
  );
  process.exit(2);
}

const { run } = await import('./program.ts');
process.exitCode = await run(process.argv.slice(2));
