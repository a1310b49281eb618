import { beforeAll, expect, it } from 'vitest';
import { renderJunit } from '../../src/report/junit/render.ts';
import { hostile, view } from '../report/hostile.ts';
import { xmlErrors } from '../report/xml.ts';
import { jenkinsSchema } from '../setup/junit-schema.ts';
import { describeWith } from '../setup/real-parts.ts';
import { checkSandbox } from '../support/sandboxed.ts';

describeWith('junit-schema', 'the JUnit file follows the schema that Jenkins has published', () => {
  let schema: string;

  beforeAll(async () => {
    schema = await jenkinsSchema();
  });

  it.each([
    ['healthy', []],
    ['broken', ['mlflow-stopped', 'registry-certificate-expires-soon']],
    ['not well, in a way that nothing explains', ['registry-resets-connections']],
  ])('of a platform that is %s, also where servers say what they should not', async (_, faults) => {
    const report = await checkSandbox({ faults });
    for (const strictness of [
      { degraded: false, known: false },
      { degraded: true, known: true },
    ])
      for (const one of [report, hostile(report)])
        expect(await xmlErrors(renderJunit(one, view, strictness), schema)).toEqual([]);
  });

  it('which does not take everything', async () => {
    expect(await xmlErrors('<testsuites><testsuite/></testsuites>', schema)).not.toEqual([]);
  });
});
