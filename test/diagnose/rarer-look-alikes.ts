/**
 * Pairs that look the same in some way and of which only the second is named, with the reason why the first is that much
 * rarer there. The second never gets 80 % then.
 */
export const rarerLookAlikes: Readonly<Record<string, string>> = {
  'alb-routing-misconfigured < alb-wrong-target-group':
    'A default page in place of a missing rule is usually a 404 or empty; an application with one page answers every path with it.',
  'alb-routing-misconfigured < health-check-mismatch':
    'A target group without a healthy target is more common than a rule to a group that has none.',
  'alb-wrong-target-group < alb-routing-misconfigured':
    'A service that has no root is rarer than a missing rule: each of the platform’s has one.',
  'alb-wrong-target-group < proxy-routes-missing':
    'A deployment of the API that loses its routes is more common than a rule for its paths alone that leads elsewhere.',
  'api-gateway-auth < auth-flow-regression':
    'An authorizer that passes no identity on is rarer than a release that no longer reads a key.',
  'api-service-unhealthy < backend-tls-mismatch':
    'An API that is down answers no balancer, so one balancer’s 502 alone is usually that of its own target group.',
  'api-service-unhealthy < health-check-mismatch':
    'An API that is down answers no balancer, so one balancer’s 503 alone is usually that of its own health check.',
  'api-service-unhealthy < security-group-blocking':
    'An API that is down answers no balancer. A firewall may stand before one of the two.',
  'auth-flow-regression < proxy-drops-auth-headers':
    'A key that the routes to MLflow alone ask for is usually one that the proxy does not pass on.',
  'auth-service-unavailable < redis-unreachable':
    'A health route that reports a dependency without its name shows Redis more often; a hanging auth service fails on its own host too.',
  'auth-service-unavailable < service-discovery-broken':
    'An API that cannot check keys says so in the same way on its own keyed routes, and few proxies pass on their bare path.',
  'backend-tls-mismatch < api-service-unhealthy':
    'The API has a target group at each balancer, and both with the wrong protocol are rarer than an API that is down.',
  'backend-tls-mismatch < alb-wrong-target-group':
    'A response that says 400 to plain HTTP has other words, and a rule changes more often than a protocol.',
  'backend-tls-mismatch < health-check-mismatch':
    'A balancer that finds no target says 503, and reports a failed handshake as 502.',
  'backend-tls-mismatch < service-discovery-broken':
    'Most APIs pass on why a handshake failed, and a name that is gone is five times as common.',
  'backend-tls-mismatch < mlflow-service-unhealthy':
    'A dead MLflow is eight times as common as one that switched to TLS, and most APIs pass the reason on.',
  'circuit-breaker-open < redis-unreachable':
    'A breaker of the health route alone is rare, and the route usually names it.',
  'database-unreachable < mlflow-service-unhealthy':
    'MLflow answers some requests without its database unless each of its workers waits.',
  'dns-misconfigured < alb-routing-misconfigured':
    'A missing rule has twice the prior, and a name on another balancer usually shows in its address or certificate.',
  'dns-misconfigured < security-group-blocking':
    'A name that leads to an unused address is one of ten ways of wrong DNS, and its address usually shows it.',
  'health-check-mismatch < api-service-unhealthy':
    'A balancer whose health check fails says 503. It says 502 only while it still tries a target.',
  'health-check-mismatch < backend-tls-mismatch':
    'The same: 502 at once is what a balancer says of a target that does not speak its protocol.',
  'health-check-mismatch < redis-unreachable': 'A health route that reports an unhealthy dependency is usually right.',
  'https-listener-missing < dns-misconfigured':
    'A balancer without any listener is gone, which is much rarer than a name that leads elsewhere.',
  'https-listener-missing < security-group-blocking':
    'A closed port without a listener refuses connections unless the security group has no rule for it either.',
  'mlflow-unreachable-from-api < circuit-breaker-open':
    'A refused connection is rarer than a dropped one, and an API without a breaker usually responds with 502.',
  'mlflow-unreachable-from-api < env-vars-missing':
    'An API usually reports a missing connection as 502, 503 or 504, and a missing setting as 500.',
  'mlflow-service-unhealthy < mlflow-unreachable-from-api':
    'Dropped packets between the services are more common than one hanging task of several.',
  'proxy-drops-auth-headers < auth-flow-regression':
    'What loses a key on its way usually loses both forms, and an API that asks for a key usually says so.',
  'security-group-blocking < health-check-mismatch':
    'A balancer without a target says 503 more often because of a health check than because of a firewall.',
  'service-discovery-broken < mlflow-unreachable-from-api':
    'A refused connection shows that the name has an address, and stale records are rarer than missing ones.',
  'service-discovery-broken < env-vars-missing':
    'An API usually reports a name that does not resolve as 502 or 503, and a missing setting as 500.',
  'registry-tables-locked < mlflow-wrong-database':
    'A database that gives up waiting for a lock says so; a missing table is more common.',
  'writes-filtered-in-front < write-scope-missing':
    'The API refuses a key without the scope with 403. A filter in front shows that by its own marks, where there are any.',
};
