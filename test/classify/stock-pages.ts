import type { Headers } from '../../src/model/headers.ts';

/** What a product sends by itself for a path that it does not know, as from its own source or documentation. */
export interface StockPage {
  readonly product: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const html = { 'content-type': 'text/html' };
const text = { 'content-type': 'text/plain; charset=utf-8' };
const json = { 'content-type': 'application/json; charset=utf-8' };

const page = (product: string, headers: Headers, body: string, status = 404): StockPage => ({
  product,
  status,
  headers,
  body,
});

/** Products that stand in front of applications, and say so. */
export const gatewayPages: readonly StockPage[] = [
  page(
    'Varnish',
    { ...html, server: 'Varnish' },
    '<!DOCTYPE html>\n<html>\n  <head>\n    <title>404 Not Found</title>\n  </head>\n  <body>\n    <h1>Error 404 Not Found</h1>\n    <p>Not Found</p>\n    <h3>Guru Meditation:</h3>\n    <p>XID: 5</p>\n    <hr>\n    <p>Varnish cache server</p>\n  </body>\n</html>\n',
  ),
  page('HAProxy', html, '<html><body><h1>404 Not Found</h1>\nThe resource could not be found.\n</body></html>\n'),
  page('Kong', { ...json, server: 'kong/3.9.0' }, '{"message":"no Route matched with those values","request_id":"0"}'),
  page('Kong without its name', json, '{\n  "message":"no Route matched with those values"\n}'),
  page('Apache APISIX', { ...json, server: 'APISIX/3.11.0' }, '{"error_msg":"404 Route Not Found"}\n'),
  page('Envoy', { server: 'envoy' }, ''),
  page('Istio', { server: 'istio-envoy' }, ''),
  page('a Kubernetes ingress', text, 'default backend - 404'),
  page('Google’s ingress', text, 'response 404 (backend NotFound), service rules for the path non-existent \n'),
  page(
    'Google’s load balancer',
    html,
    '<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n  <title>Error 404 (Not Found)!!1</title>\n',
  ),
  page(
    'Azure Application Gateway',
    html,
    '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>Microsoft-Azure-Application-Gateway/v2</center>\r\n</body>\r\n</html>\r\n',
  ),
  page('Gravitee', text, 'No context-path matches the request URI.'),
  page('AWS API Gateway', { ...json, 'apigw-requestid': 'x' }, '{"message":"Not Found"}'),
];

/** Frameworks, which nothing in front of an application uses. */
export const applicationPages: readonly StockPage[] = [
  page(
    'Express',
    html,
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot GET /x</pre>\n</body>\n</html>\n',
  ),
  page('Tomcat', html, '<!doctype html><html lang="en"><head><title>HTTP Status 404 – Not Found</title></head></html>'),
  page(
    'Jetty',
    html,
    '<html>\n<head>\n<title>Error 404 Not Found</title>\n</head>\n<body><h2>HTTP ERROR 404 Not Found</h2>\n</body></html>',
  ),
  page(
    'Django',
    html,
    '<!doctype html>\n<html lang="en">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n  <h1>Not Found</h1><p>The requested resource was not found on this server.</p>\n</body>\n</html>',
  ),
  page(
    'Rails',
    html,
    "<!DOCTYPE html>\n<html>\n<head>\n  <title>The page you were looking for doesn't exist (404)</title>\n",
  ),
  page(
    'gunicorn',
    { ...html, server: 'gunicorn' },
    '<html>\n  <head>\n    <title>Not Found</title>\n  </head>\n  <body>\n    <h1><p>Not Found</p></h1>\n    \n  </body>\n</html>\n',
  ),
  page('FastAPI', json, '{"detail":"Not Found"}'),
  page('Spring', json, '{"timestamp":"2026-11-27T22:00:00Z","status":404,"error":"Not Found","path":"/x"}'),
  page('Fastify', json, '{"message":"Route GET:/x not found","error":"Not Found","statusCode":404}'),
];

/** Servers that stand in front of applications, and that also serve content or run in an application. */
export const eitherPages: readonly StockPage[] = [
  page('Go, and Traefik', text, '404 page not found\n'),
  page(
    'Apache',
    { ...html, server: 'Apache/2.4.62 (Debian)' },
    '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n',
  ),
  page(
    'lighttpd',
    { ...html, server: 'lighttpd/1.4.76' },
    '<!DOCTYPE html>\n<html lang="en">\n <head>\n  <meta charset="UTF-8" />\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n </body>\n</html>\n',
  ),
  page('Caddy', { server: 'Caddy' }, ''),
  page(
    'IIS',
    { ...html, server: 'Microsoft-IIS/10.0' },
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">\r\n<html><head><title>404 - File or directory not found.</title></head><body><h1>Server Error</h1></body></html>',
  ),
  page(
    'S3',
    { 'content-type': 'application/xml', server: 'AmazonS3' },
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
  ),
  page(
    'S3’s web site',
    { ...html, server: 'AmazonS3' },
    '<html>\n<head><title>404 Not Found</title></head>\n<body>\n<h1>404 Not Found</h1>\n<ul>\n<li>Code: NoSuchBucket</li>\n</ul>\n</body>\n</html>\n',
  ),
  page(
    'Google Cloud Storage',
    { 'content-type': 'application/xml; charset=UTF-8', server: 'UploadServer' },
    "<?xml version='1.0' encoding='UTF-8'?><Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist.</Message></Error>",
  ),
  page(
    'Azure Blob Storage',
    { 'content-type': 'application/xml', server: 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0' },
    '\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>ResourceNotFound</Code><Message>The specified resource does not exist.</Message></Error>',
  ),
];
