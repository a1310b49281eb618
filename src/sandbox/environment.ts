/** The name of the sandbox in reports, and of its incidents. */
export const sandboxEnvironment = 'sandbox';
