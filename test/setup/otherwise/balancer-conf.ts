import type { CertificateFiles } from './certificates.ts';
import { headersMore } from './programs.ts';

/**
 * A balancer rule: the first matching path counts. `to` is the `host:port` of the targets; empty: none is registered.
 */
export interface Rule {
  readonly host: string;
  readonly path: '/' | '/mlflow/';
  readonly to: readonly string[];
  /** The protocol to the targets. */
  readonly scheme?: 'http' | 'https';
  /** nginx directives for this rule. */
  readonly extra?: string;
}

export interface Plan {
  readonly rules: readonly Rule[];
  readonly certificate: CertificateFiles;
  readonly https: boolean;
  readonly http: boolean;
  /** Where port 80 redirects to, in nginx syntax. */
  readonly redirect: string;
  /** nginx directives for port 443, before the rules. */
  readonly extra: string;
}

export interface Place {
  readonly address: string;
  readonly ports: { readonly https: number; readonly http: number };
}

/**
 * The platform's balancer connects for 10 s and waits for 60 s. These keep the proportion to the prober's limits
 * (configuration.ts).
 */
const balancerSeconds = { connect: 1, idle: 7 } as const;

/** A socket in nginx's folder that signals readiness whichever of its ports are open. */
export const readySocket = 'ready.sock';

const server = "more_set_headers 'Server: awselb/2.0';";

const notFound = `location / { ${server} return 404 'Not Found'; }`;

/** AWS's pages (Application Load Balancer, "HTTP 5xx"): nginx's own pages without the rule and the name. */
const pages: Readonly<Record<number, string>> = {
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

const pageOf = (status: number): string => {
  const title = pages[status];
  const html = `<html>\\r\\n<head><title>${title}</title></head>\\r\\n<body>\\r\\n<center><h1>${title}</h1></center>\\r\\n</body>\\r\\n</html>\\r\\n`;
  return `location @page${status} { ${server} default_type text/html; return ${status} "${html}"; }`;
};

const statuses = Object.keys(pages).map(Number);

const ruleOf = (rule: Rule, index: number): string => {
  const { path, to, scheme = 'http', extra = '' } = rule;
  const match = path === '/' ? 'location /' : `location ^~ ${path}`;
  return to.length === 0 ? `${match} { return 503; }` : `${match} { ${extra} proxy_pass ${scheme}://group${index}; }`;
};

const groupOf = ({ to }: Rule, index: number): string =>
  to.length === 0
    ? ''
    : // Fails open: a failed target is asked again.
      `upstream group${index} { ${to.map((target) => `server ${target} max_fails=0;`).join(' ')} }`;

/**
 * An application load balancer in nginx syntax: rules by host and path, its own pages, `Not Found` for everything else.
 */
export const confOf = (
  { rules, certificate, https, http, redirect, extra }: Plan,
  { address, ports }: Place,
): string => {
  const hosts = [...new Set(rules.map(({ host }) => host))];
  const secure = `listen ${address}:${ports.https} ssl`;
  const plain = `listen ${address}:${ports.http}`;
  const tls = `ssl_certificate ${certificate.certificate}; ssl_certificate_key ${certificate.key};`;
  const ofHost = (host: string): string => `
  server {
    ${secure}; server_name ${host}; ${tls}
    ${statuses.map((status) => `error_page ${status} @page${status};`).join(' ')}
    ${extra}
    ${rules.map((rule, index) => (rule.host === host ? ruleOf(rule, index) : '')).join('\n    ')}
    ${rules.some((rule) => rule.host === host && rule.path === '/') ? '' : notFound}
    ${statuses.map(pageOf).join('\n    ')}
  }`;
  return `
load_module ${headersMore};
daemon off; worker_processes 1; pid nginx.pid; error_log stderr warn; ${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http {
  access_log off; default_type text/plain; client_max_body_size 0;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${kind};`).join(' ')}
  proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https;
  proxy_set_header Connection ''; proxy_pass_header Server; proxy_next_upstream off;
  proxy_connect_timeout ${balancerSeconds.connect}s; proxy_read_timeout ${balancerSeconds.idle}s; proxy_send_timeout ${balancerSeconds.idle}s;
  ${rules.map(groupOf).join('\n  ')}
  ${https ? `server { ${secure} default_server; ${tls} ${notFound} }` : ''}
  ${https ? hosts.map(ofHost).join('') : ''}
  ${http ? `server { ${plain} default_server; location / { ${server} return 301 ${redirect}; } }` : ''}
  server { listen unix:${readySocket}; return 404; }
}
`;
};
