import { describe } from 'vitest';
import { html, testJudged } from './judged-response.ts';

/** Pages as the frameworks send them. */
const pages = [
  [
    'Express',
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>Internal Server Error</pre>\n</body>\n</html>\n',
  ],
  [
    'Spring Boot',
    '<html><body><h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error, so you are seeing this as a fallback.</p></body></html>',
  ],
  [
    'Tomcat',
    '<!doctype html><html lang="en"><head><title>HTTP Status 500 – Internal Server Error</title></head></html>',
  ],
  [
    'Django',
    '<!doctype html>\n<html lang="en">\n<head>\n  <title>Server Error (500)</title>\n</head>\n<body>\n  <h1>Server Error (500)</h1><p></p>\n</body>\n</html>',
  ],
  [
    'Rails',
    "<!DOCTYPE html><html><head><title>We're sorry, but something went wrong (500)</title></head><body></body></html>",
  ],
  [
    'Werkzeug’s debugger',
    '<html lang=en><head><title>KeyError: &#39;MLFLOW&#39;\n // Werkzeug Debugger</title></head>',
  ],
  ['Puma', 'An unhandled lowlevel error occurred. The application logs may have details.\n'],
  [
    'Mojolicious',
    '<!DOCTYPE html>\n<!-- Request ID: 8pN24-ZfRO5c -->\n<html>\n  <head>\n    <title>Server Error</title>\n  </head>\n  <body><div id="raptor"></div></body>\n</html>\n',
  ],
  [
    'an application of its own kind',
    '<html><body><h2>Oh no</h2><p>We have been told about this error.</p></body></html>',
  ],
  ['Symfony', '<html><head><title>An Error Occurred: Internal Server Error</title></head></html>'],
] as const;

describe('the error page of a web framework is an application’s, whatever stands in front of it', () => {
  testJudged(
    pages.map(([title, body]) => ({
      title,
      id: 'registry.mlflow-proxy-search',
      status: 500,
      headers: html,
      body,
      failureMode: 'server-error' as const,
      answeredBy: 'application' as const,
    })),
  );
});

describe('a 500 without the marks of an application or framework may come from anything', () => {
  testJudged(
    [
      ['an empty response', ''],
      [
        'HAProxy’s page',
        '<html><body><h1>500 Internal Server Error</h1>\nAn internal server error occurred.\n</body></html>',
      ],
      [
        'Apache’s page',
        '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>500 Internal Server Error</title>\n</head><body>\n<h1>Internal Server Error</h1>\n</body></html>\n',
      ],
      ['IIS’s page', '<html><head><title>500 - Internal server error.</title></head><body></body></html>'],
      [
        'Squid’s page',
        '<html><head><title>ERROR: The requested URL could not be retrieved</title></head><body></body></html>',
      ],
    ].map(([title = '', body = '']) => ({
      title,
      id: 'registry.mlflow-proxy-search',
      status: 500,
      headers: html,
      body,
      failureMode: 'server-error' as const,
      answeredBy: 'unknown' as const,
    })),
  );
});
