import { failureModes } from '../model/failure-modes.ts';
import type { Blindness } from '../model/report.ts';
import { type Asked, type OutboundRequest, outboundRequests } from './asked.ts';
import type { Stop } from './stop.ts';

type Stopped = OutboundRequest & { readonly progress: Stop };

/**
 * Decides whether the failures are on the network path from here rather than at the platform. Only requests that would
 * have crossed the broken part count: names that a nearby name server resolves say nothing about connections,
 * certificates nothing about responses, plain HTTP nothing about TLS, and requests inside the platform's own network
 * nothing about the path out.
 */
export const blindnessOf = (asked: Asked): Blindness | null => {
  const known = outboundRequests(asked).filter(({ progress }) => progress !== 'unknown');
  const controls = known.filter(({ control }) => control);
  const others = known.filter(({ control, inside }) => !control && !inside);
  return byControl(controls, others) ?? withoutControl(controls, others);
};

const order: readonly Stop['phase'][] = ['resolve', 'connect', 'tls', 'processing'];
const isAfter = (one: Stop['phase'], other: Stop['phase']): boolean => order.indexOf(one) > order.indexOf(other);

const crossing = <T extends OutboundRequest>(requests: readonly T[], phase: Stop['phase']): readonly T[] =>
  requests.filter(({ until }) => !isAfter(phase, until));

const isStopped = (request: OutboundRequest): request is Stopped => typeof request.progress === 'object';
const areStopped = (requests: readonly OutboundRequest[]): requests is readonly Stopped[] => requests.every(isStopped);

/** The control is stopped too, and nothing on the same path gets further or is stopped in a different way. */
const byControl = (controls: readonly OutboundRequest[], others: readonly OutboundRequest[]): Blindness | null => {
  if (!areStopped(controls)) return null;
  const control = controls.toSorted((a, b) => order.indexOf(b.progress.phase) - order.indexOf(a.progress.phase))[0];
  if (control === undefined) return null;
  const { phase } = control.progress;
  const across = crossing(others, phase);
  const alongside = across.filter(({ secured }) => secured === control.secured);
  const compared = phase === 'resolve' || alongside.length === 0 ? across : alongside;
  return compared.every((one) => isStopped(one) && isNoFurther(one.progress, control.progress))
    ? { phase, control: control.id }
    : null;
};

const isNoFurther = (one: Stop, control: Stop): boolean => {
  if (one.phase !== control.phase || !isAfter(one.phase, 'connect')) return !isAfter(one.phase, control.phase);
  const nobodySeen = one.phase === 'tls' && !one.certificate && !control.certificate;
  return nobodySeen || one.how === control.how;
};

/**
 * No control got as far as the break. Different balancers must then all be stopped in the same way, and not by
 * something that the platform can break everywhere at once, such as a missing zone or an expired certificate.
 */
const withoutControl = (controls: readonly OutboundRequest[], others: readonly OutboundRequest[]): Blindness | null => {
  const nameless = others.every((one) => isStopped(one) && isOfTheNameServer(one.progress));
  if (nameless && controls.length === 0 && areSeveral(others, 'hostname')) return { phase: 'resolve', control: null };
  const out = crossing(others, 'connect');
  if (!areSeveral(out, 'balancer') || !areSeveral(out, 'hostname')) return null;
  const secured = out.filter((one) => one.secured);
  const plain = out.filter((one) => !one.secured);
  const stop = commonStop(secured.length > 0 ? secured : plain);
  if (stop === null || !isOfTheWay(stop)) return null;
  if (crossing(controls, stop.phase).some(({ progress }) => progress === 'through')) return null;
  // Where TLS got as far as a certificate, plain HTTP may well get through.
  const beside = secured.length === 0 || (stop.phase === 'tls' && stop.certificate) ? [] : plain;
  return beside.length === 0 || commonStop(beside) !== null ? { phase: stop.phase, control: null } : null;
};

const areSeveral = (requests: readonly OutboundRequest[], by: 'hostname' | 'balancer'): boolean =>
  new Set(requests.map((request) => request[by])).size > 1;

/** How all requests that go this far are stopped, if they are all stopped alike. */
const commonStop = (requests: readonly OutboundRequest[]): Stop | null => {
  const first = requests.find(isStopped)?.progress;
  if (first === undefined) return null;
  const across = crossing(requests, first.phase);
  const alike =
    areStopped(across) && across.every(({ progress }) => progress.phase === first.phase && progress.how === first.how);
  return alike ? first : null;
};

const isOfTheWay = ({ mode }: Stop): boolean => !failureModes[mode].platformWide;

/** The name server itself refuses or stays silent. A working one reports a zone that does not answer. */
const isOfTheNameServer = (stop: Stop): boolean => stop.phase === 'resolve' && isOfTheWay(stop);

/** Ids of the failed requests that a blind cycle learned nothing about. */
export const unseenIds = (asked: Asked, blind: Blindness): ReadonlySet<string> =>
  new Set(
    outboundRequests(asked)
      .filter((one) => isStopped(one) && (!one.inside || blind.phase === 'resolve'))
      .map(({ id }) => id),
  );
