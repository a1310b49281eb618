import { describe, expect, it } from 'vitest';
import { notesOf, problemsOf, settingsOf } from './documents.ts';

const on = async (text: string): Promise<readonly string[]> =>
  (await settingsOf(text)).targets.filter(({ enabled }) => enabled).map(({ id }) => id);

const own = 'my.own: { kind: dns, name: a.example }';

describe('targets.only', () => {
  it('switches on the targets that it names, including defaults that are off and own targets, and switches off the rest', async () => {
    expect(
      await on(
        `targets: { only: [registry.health, mlflow.internal, my.own], ${own}, my.b: { url: "https://b.example/" } }`,
      ),
    ).toEqual(['registry.health', 'mlflow.internal', 'my.own']);
  });

  it('keeps the other settings of its targets', async () => {
    const { targets } = await settingsOf('targets: { only: [api.dns], api.dns: { timeoutMs: 900, enabled: true } }');
    expect(targets.find(({ id }) => id === 'api.dns')).toMatchObject({ enabled: true, timeoutMs: 900 });
  });

  it('switches off a target that its own entry enables, and validate notes it', async () => {
    const text = 'targets: { only: [registration, api.dns], api.root: { enabled: true } }';
    expect(await on(text)).toEqual(['api.dns']);
    expect(await notesOf(text)).toEqual([
      '1:55 targets.api.root.enabled is true, but targets.only does not name this target: it is off',
    ]);
  });

  it('requires a key for a target as `enabled: true` does', async () => {
    const off = 'credentials: { apiKey: none }\n';
    expect(await on(`${off}targets: { only: [api.root] }`)).toEqual(['api.root']);
    expect(await notesOf(`${off}targets: { only: [api.root] }`)).toEqual([
      '2:12 targets.only does not name registration, so the model-registration flow is off',
    ]);
    expect(await problemsOf(`${off}targets: { only: [api.root, registry.health, registration] }`)).toEqual([
      expect.stringContaining('yaml:2:29  targets.only[1]  needs a key, but credentials.apiKey is none'),
      expect.stringContaining('yaml:2:46  targets.only[2]  needs a key, but credentials.apiKey is none'),
    ]);
    const keyed = 'targets: { only: [api.root], my.own: { url: "https://api.hokus.ai/", auth: bearer } }';
    expect(await problemsOf(`${off}${keyed}`)).toEqual([]);
  });

  it('notes that a target no longer waits for a read that is off', async () => {
    expect(await notesOf('targets: { only: [registration, registry.health] }')).toEqual([
      '1:33 targets.only[1] waits for registry.mlflow-proxy-search when that is on, but is sent without waiting now',
    ]);
    expect(await notesOf('targets: { only: [registration, registry.health, registry.mlflow-proxy-search] }')).toEqual(
      [],
    );
    expect(await notesOf('targets: { only: [registration, api.health], api.health: { after: [] } }')).toEqual([]);
  });
});

describe('the model-registration flow beside targets.only', () => {
  it.each([
    { title: 'runs when it is listed', text: 'targets: { only: [registration] }', enabled: true },
    { title: 'is off when it is not listed', text: 'targets: { only: [api.root] }', enabled: false },
    {
      title: 'runs when its own section enables it',
      text: 'targets: { only: [api.root] }\nregistration: { enabled: true }',
      enabled: true,
    },
    {
      title: 'is off when its own section disables it',
      text: 'targets: { only: [api.root] }\nregistration: { enabled: false }',
      enabled: false,
    },
    {
      title: 'is off when its own section sets only other options',
      text: 'targets: { only: [api.root] }\nregistration: { experiment: x }',
      enabled: false,
    },
    { title: 'runs without `only`', text: 'targets: { api.root: { enabled: false } }', enabled: true },
  ])('$title', async ({ text, enabled }) => {
    expect((await settingsOf(text)).registration.enabled).toBe(enabled);
  });

  it('can run alone', async () => {
    expect(await on('targets: { only: [registration] }')).toEqual([]);
  });
});

const refused: readonly { readonly title: string; readonly text: string; readonly expected: readonly string[] }[] = [
  {
    title: 'an unknown id',
    text: `targets:\n  only: [registry.helth, my.onw, zzz]\n  ${own}\n`,
    expected: [
      '2:10  targets.only[0]  is not the id of a target; did you mean registry.health?',
      '2:26  targets.only[1]  is not the id of a target; did you mean my.own?',
      '2:34  targets.only[2]  is not the id of a target',
    ],
  },
  {
    title: 'a group and a step of the flow',
    text: `targets: { only: [my, registration.create-run], ${own}, my.b: { url: "https://b.example/" } }\n`,
    expected: [
      '1:19  targets.only[0]  is a group of targets; name its targets: my.own, my.b',
      '1:23  targets.only[1]  is a step of the model-registration flow; name the whole flow: registration',
    ],
  },
  {
    title: 'an id that the configuration disables elsewhere',
    text: 'targets: { only: [api.root, registration], api.root: { enabled: false } }\nregistration: { enabled: false }\n',
    expected: [
      '1:19  targets.only[0]  is enabled here, but targets.api.root.enabled is false; remove one of the two',
      '1:29  targets.only[1]  is enabled here, but registration.enabled is false; remove one of the two',
    ],
  },
  {
    title: 'an empty list',
    text: 'targets: { only: [] }\n',
    expected: [
      '1:12  targets.only  is empty, so nothing would be probed; name the targets to probe, or remove the key',
    ],
  },
  {
    title: 'a target named `only`',
    text: 'targets: { only: { url: "https://a.example/" } }\n',
    expected: [
      '1:12  targets.only  is the list of enabled targets, and cannot be a target; give your target another id, such as my.only',
    ],
  },
  {
    title: 'a single id outside a list',
    text: 'targets: { only: api.root }\n',
    expected: ['1:18  targets.only  is a string, must be a list; put it in [ ]'],
  },
  {
    title: 'a list without ids',
    text: 'targets: { only: [5] }\n',
    expected: ['1:19  targets.only[0]  is a number, must be a string'],
  },
  {
    title: 'an unknown id, but not an id whose own entry is broken',
    text: 'targets: { only: [my.own, my.onn, api.rot], my.own: { kind: dns } }\n',
    expected: [
      '1:27  targets.only[1]  is not the id of a target; did you mean my.own?',
      '1:35  targets.only[2]  is not the id of a target; did you mean api.root?',
      '1:45  targets.my.own  `name` is missing',
    ],
  },
];

describe('targets.only refuses, with place and fix,', () => {
  it.each(refused)('$title', async ({ text, expected }) => {
    expect(await problemsOf(text)).toEqual(expected.map((problem) => expect.stringContaining(`yaml:${problem}`)));
  });
});
