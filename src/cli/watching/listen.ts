import { isIP } from 'node:net';
import { InvalidArgumentError } from 'commander';
import { codeOf } from '../../files/file-error.ts';
import type { Listening, LiveServer } from '../../live/server.ts';
import { UsageError } from '../usage-error.ts';

const mostPort = 65_535;

/** `9090`, `:9090`, `127.0.0.1:9090`, `[::1]:9090`, `localhost:9090`. Without a host: this machine only. */
export const parseListen = (text: string): Listening => {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]:|([^:[\]/\s]*):)?(\d{1,5})$/.exec(text.trim()) ?? [];
  const isWrong = bracketed !== undefined && isIP(bracketed) !== 6;
  if (port === undefined || isWrong || Number(port) > mostPort)
    throw new InvalidArgumentError('Give an address and a port, like 127.0.0.1:9090, or a port alone.');
  return { host: bracketed ?? (plain || '127.0.0.1'), port: Number(port) };
};

export const isLoopback = ({ host }: Listening): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there; choose another port, or 0 for any that is free',
  EACCES: 'this user may not use the port; choose one above 1023',
  EADDRNOTAVAIL: 'this machine does not have the address',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name does not resolve',
};

/** @throws UsageError with the reason when it cannot listen there */
export const listenOrRefuse = async (
  { host, port }: Listening,
  listen: () => Promise<LiveServer>,
): Promise<LiveServer> => {
  try {
    return await listen();
  } catch (error) {
    const code = codeOf(error);
    const reason = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
    if (reason === undefined) throw error;
    throw new UsageError(`--listen ${host.includes(':') ? `[${host}]` : host}:${port}: ${reason} (${code})`);
  }
};
