import { defaultHosts } from '../../platform/hosts.ts';
import { balancerDnsName } from '../balancers.ts';
import type { InjectedFault } from './fault.ts';

const { registry } = defaultHosts;

export const dnsFaults = {
  'registry-record-deleted': {
    title: 'the DNS record of the registry is deleted',
    causes: ['dns-misconfigured'],
    shows: ['dns-nxdomain'],
    apply: ({ dns }) => dns.remove(registry),
  },
  'registry-zone-broken': {
    title: 'the name server fails for the registry, as with broken DNSSEC',
    causes: ['dns-misconfigured'],
    shows: ['dns-servfail'],
    apply: ({ dns }) => dns.set(registry, { kind: 'servfail' }),
  },
  'registry-zone-refused': {
    title: 'the name server refuses to answer for the registry',
    causes: ['dns-misconfigured'],
    shows: ['dns-refused'],
    apply: ({ dns }) => dns.set(registry, { kind: 'refused' }),
  },
  'registry-record-without-address': {
    title: 'the record of the registry points to a deleted balancer',
    causes: ['dns-misconfigured'],
    shows: ['dns-no-address'],
    apply: ({ dns }) => dns.set(registry, { kind: 'empty' }),
  },
  'registry-record-on-other-balancer': {
    title: 'the record of the registry points to the main balancer',
    causes: ['dns-misconfigured'],
    shows: ['dns-unexpected-target', 'tls-name-mismatch'],
    apply: ({ dns }) => dns.set(registry, { kind: 'alias', name: balancerDnsName('main') }),
  },
  'registry-record-unroutable': {
    title: 'the record of the registry holds an address without a route',
    causes: ['dns-misconfigured'],
    shows: ['connect-unreachable'],
    // The broadcast address of loopback: the kernel refuses it at once, and no packet leaves.
    apply: ({ dns }) => dns.set(registry, { kind: 'addresses', addresses: ['127.255.255.255'] }),
  },
  'name-server-silent': {
    title: 'the name server does not answer for any public name, inside or outside the platform',
    causes: ['monitor-blind'],
    shows: ['dns-timeout'],
    verdicts: ['inconclusive'],
    apply: ({ dns }) => {
      for (const name of dns.names) if (!name.endsWith('.local')) dns.set(name, { kind: 'silent' });
    },
  },
  'registry-name-server-silent': {
    title: 'the name server does not answer for the registry',
    causes: ['dns-misconfigured'],
    shows: ['dns-timeout'],
    apply: ({ dns }) => dns.set(registry, { kind: 'silent' }),
  },
} as const satisfies Record<string, InjectedFault>;
