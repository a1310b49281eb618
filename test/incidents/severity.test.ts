import { describe, expect, it } from 'vitest';
import { severityOf } from '../../src/incidents/severity.ts';
import type { Affected } from '../../src/model/incident.ts';

const affected = (id: string, host: string): Affected => ({
  ...{ id, host, status: 'fail', failureMode: 'connect-refused', summary: '' },
});

describe('the severity of an incident', () => {
  it.each(['constructor.health', 'toString.health', '__proto__.health'])(
    'is a warning for an own target without a rule, also if it is called %s',
    (id) => {
      expect(severityOf([], [affected(id, id.split('.')[0] ?? '')], false, {})).toBe('warning');
    },
  );
});
