import type { ServerResponse } from 'node:http';

/** The balancer's own pages, byte for byte as AWS sends them (122, 162 and 132 bytes for 502, 503 and 504). */
const titles: Readonly<Record<number, string>> = {
  400: '400 Bad Request',
  403: '403 Forbidden',
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

export const stockPage = (status: number): string => {
  const title = titles[status] ?? String(status);
  return (
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n` +
    `<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`
  );
};

const balancerServer = 'awselb/2.0';

export const answerAsBalancer = (
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { server: balancerServer, 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
};

export const answerStockPage = (response: ServerResponse, status: number): void =>
  answerAsBalancer(response, status, stockPage(status), { 'content-type': 'text/html' });
