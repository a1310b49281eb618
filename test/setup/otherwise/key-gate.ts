import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../../src/sandbox/network/sockets.ts';
import type { OtherPlatform } from './platform.ts';
import { platformPrograms } from './programs.ts';
import { service } from './service.ts';

export interface KeyGate {
  readonly url: string;
  close(): Promise<void>;
}

/** nginx next to MLflow that rejects requests without a key, as in one generation of the platform. */
export const startKeyGate = async ({ folder: parent, places }: OtherPlatform): Promise<KeyGate> => {
  const { nginx } = await platformPrograms();
  const folder = join(parent, 'gate');
  const port = await freePort('127.0.0.1');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'nginx.conf');
  await writeFile(
    file,
    `daemon off; worker_processes 1; pid nginx.pid; error_log stderr warn; ${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off; client_max_body_size 0;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${kind};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    location / {
      default_type application/json;
      set $key "$http_authorization$http_x_api_key";
      if ($key = '') { return 401 '{"detail":"API key required"}'; }
      proxy_pass http://${places.mlflow};
    }
  }
}
`,
  );
  const ready = { host: '127.0.0.1', port };
  const gate = service({ folder, ready, command: { command: [nginx, '-p', folder, '-c', file, '-e', 'stderr'] } });
  await gate.start();
  return { url: `http://127.0.0.1:${port}`, close: gate.stop };
};
