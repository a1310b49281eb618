/** The auth service's record of a key. */
export interface KeyRecord {
  readonly id: string;
  scopes: readonly string[];
  revoked: boolean;
}

export const allScopes = ['model:read', 'model:write', 'mlflow:read', 'mlflow:write', 'registry:admin'] as const;
