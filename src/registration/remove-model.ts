import { phrase, type Raw } from '../raw/raw.ts';
import type { RawJson } from '../raw/raw-json.ts';
import type { Segment } from '../raw/segment.ts';
import { api } from './addresses.ts';
import { StepFailure } from './failure.ts';
import { idIn } from './ids.ts';
import {
  deletion,
  type Guard,
  gone,
  hasNoId,
  mostOfAKind,
  noteForeign,
  noteLeft,
  type Removal,
  removeOne,
  tryTo,
} from './remove.ts';

/** The row of a model that may be deleted. Null if there is none or it is not ours. */
const readModel = async (removal: Removal, name: Raw, { model }: Guard): Promise<RawJson | StepFailure | null> => {
  const place = api(removal, 'registered-models/get');
  const reply = await removal.client.attempt({ method: 'GET', place, query: { name }, accepts: gone });
  if (reply instanceof StepFailure) return reply;
  const row = reply.json.object('registered_model');
  return row.text('name').equals(name) && model(row) ? row : null;
};

/**
 * Deletes a registered model: its aliases, its versions, then the model, which is read again first. Deleting the model
 * deletes its versions, so nothing is deleted while one of them is not ours.
 * @param mayExist whether it is left behind if it cannot be read
 * @returns false if no such model of ours exists
 */
export const removeModel = async (removal: Removal, name: Raw, guard: Guard, mayExist = true): Promise<boolean> => {
  const row = await readModel(removal, name, guard);
  const item = { thing: 'registered-model', id: name } as const;
  if (row instanceof StepFailure && mayExist) noteLeft(removal, item, row);
  if (row === null || row instanceof StepFailure) return row !== null;
  const versions = await versionsOf(removal, name, guard);
  if (versions === 'not-ours') {
    noteLeft(removal, item);
    return true;
  }
  const aliases = row.list('aliases').map((one) => one.text('alias'));
  for (const alias of aliases.slice(0, mostOfAKind))
    await removeOne(
      removal,
      { thing: 'alias', id: phrase`${name}@${alias}` },
      {
        ...deletion(removal, 'registered-models/alias', { name, alias }),
        accepts: [...gone, 'INVALID_PARAMETER_VALUE'],
      },
    );
  for (const version of versions.slice(0, mostOfAKind))
    await removeOne(
      removal,
      { thing: 'model-version', id: phrase`${name}/${version}` },
      {
        ...deletion(removal, 'model-versions/delete', { name, version }),
        accepts: gone,
      },
    );
  const again = await readModel(removal, name, guard);
  if (again instanceof StepFailure) noteLeft(removal, item, again);
  else if (again !== null)
    await removeOne(removal, item, { ...deletion(removal, 'registered-models/delete', { name }), accepts: gone });
  return true;
};

/** All versions of the model that a search finds. */
const versionsOf = async (removal: Removal, name: Raw, guard: Guard): Promise<readonly Segment[] | 'not-ours'> => {
  const place = api(removal, 'model-versions/search');
  const reply = await tryTo(removal, { method: 'GET', place, query: { filter: phrase`name='${name}'` } });
  const versions: Segment[] = [];
  for (const row of reply?.json.list('model_versions').filter((one) => one.text('name').equals(name)) ?? []) {
    const version = idIn(row, 'version');
    if (version !== null && guard.version(row)) versions.push(version);
    else if (reply !== null) {
      const item = { thing: 'model-version', id: phrase`${name}/${row.text('version')}` } as const;
      noteForeign(removal, item, reply, version === null ? hasNoId : undefined);
      return 'not-ours';
    }
  }
  return versions;
};
