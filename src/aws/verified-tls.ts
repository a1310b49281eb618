const variable = 'NODE_TLS_REJECT_UNAUTHORIZED';

/**
 * With NODE_TLS_REJECT_UNAUTHORIZED=0, every Node client sends its data to any server that answers. Here these are API
 * keys, AWS credentials and a webhook's URL, and the SDK creates its own clients to get credentials. Node reads the
 * variable for each connection, so it is removed before the first.
 * @returns whether it was set
 */
export const alwaysVerifyTls = (env: NodeJS.ProcessEnv): boolean => {
  const wasSet = env[variable] === '0';
  delete env[variable];
  return wasSet;
};
