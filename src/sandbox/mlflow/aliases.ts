import { type Endpoint, required } from './endpoint.ts';
import { invalid } from './errors.ts';
import { answerVersion, findModel, findVersion, versionNumber } from './registry-rows.ts';
import { keyOf } from './store.ts';

const checkAlias = (alias: string): void => {
  if (!/^[\w-]+$/.test(alias)) {
    throw invalid(
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  if (alias.toLowerCase() === 'latest') throw invalid("'latest' alias name (case insensitive) is reserved.");
  if (/^v\d+$/i.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`);
};

export const setAlias: Endpoint = {
  parameters: [required('name'), required('alias'), required('version')],
  answer: ({ registry }, parameters) => {
    const [name, alias] = [parameters.text('name'), parameters.text('alias')];
    checkAlias(alias);
    const version = versionNumber(parameters.text('version'));
    return registry.write(async (transaction) => {
      await findVersion(transaction, name, version);
      await transaction.update('registered_model_aliases', keyOf(name, alias), { name, alias, version });
      return {};
    });
  },
};

/** An unknown alias is an invalid value (400). An alias whose version was deleted leads to a 404. */
export const getByAlias: Endpoint = {
  parameters: [required('name'), required('alias')],
  answer: ({ registry }, parameters) =>
    registry.read(async (transaction) => {
      const [name, alias] = [parameters.text('name'), parameters.text('alias')];
      const row = await transaction.get('registered_model_aliases', keyOf(name, alias));
      if (row === null) throw invalid(`Registered model alias ${alias} not found.`);
      return answerVersion(transaction, await findVersion(transaction, name, row.version));
    }),
};

export const deleteAlias: Endpoint = {
  parameters: [required('name'), required('alias')],
  answer: ({ registry }, parameters) =>
    registry.write(async (transaction) => {
      const { name } = await findModel(transaction, parameters.text('name'));
      await transaction.delete('registered_model_aliases', keyOf(name, parameters.text('alias')));
      return {};
    }),
};
