/** Who wrote a response. The same status means different things from different answerers. */
export const answererLabels = {
  balancer: 'the balancer',
  nginx: 'nginx',
  waf: 'the web application firewall',
  cdn: 'a CDN',
  'api-gateway': 'API Gateway',
  application: 'the application',
  mlflow: 'MLflow',
  'login-page': 'a login page',
  unknown: 'something unknown',
} as const satisfies Record<string, string>;

export type Answerer = keyof typeof answererLabels;
