const variable = 'NODE_TLS_REJECT_UNAUTHORIZED';

/**
 * NODE_TLS_REJECT_UNAUTHORIZED=0 lets every client of Node send what it has to any server that answers. Here that is API
 * keys, AWS credentials and a web hook's URL, and the SDK makes clients of its own to get credentials. Node reads the
 * variable at each connection, so it is taken away before the first. @returns whether it was set
 */
export const alwaysVerifyTls = (env: NodeJS.ProcessEnv): boolean => {
  const wasSet = env[variable] === '0';
  delete env[variable];
  return wasSet;
};
