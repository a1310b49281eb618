import manifest from '../package.json' with { type: 'json' };

/** Who probes: in each request's User-Agent, and in the report. */
export const prober = { name: manifest.name, version: manifest.version } as const;
