/** Differences between MLflow releases that a client of the registry can see. */
export interface Release {
  readonly version: string;
  /** Since 3.0: logged models, and outputs of runs. */
  readonly loggedModels: boolean;
  /** uvicorn and its middleware, since 3.3 and 3.5; gunicorn before. */
  readonly server: 'uvicorn' | 'gunicorn';
  readonly securityMiddleware: boolean;
}

export const releases = {
  /** The platform's release. */
  '3.9.0': { version: '3.9.0', loggedModels: true, server: 'uvicorn', securityMiddleware: true },
  /** The last release before 3. The real one serves its health route outside a static prefix; this one keeps it inside. */
  '2.22.5': { version: '2.22.5', loggedModels: false, server: 'gunicorn', securityMiddleware: false },
} as const satisfies Record<string, Release>;

/** API routes that a release before 3 does not have. */
export const isSince3 = (route: string): boolean => / (logged-models\b|runs\/outputs$)/.test(route);
