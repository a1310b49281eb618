import type { HttpTarget } from '../model/target.ts';
import { type Address, hrefOf } from '../raw/address.ts';
import { joined, phrase, type Raw } from '../raw/raw.ts';

/** One request on the way of redirects. */
export interface Step extends Pick<HttpTarget, 'method' | 'headers' | 'body'> {
  readonly address: Address;
  /** `name=value` of the cookies that each origin set. */
  readonly cookies: ReadonlyMap<string, readonly Raw[]>;
}

/** The value of the `cookie` header. Null without cookies. */
export const cookiesFor = ({ address, cookies }: Step): Raw | null => {
  const own = cookies.get(address.origin.origin) ?? [];
  return own.length === 0 ? null : joined(own, '; ');
};

/** The step as a whole. A second equal one is a loop; the same address with another cookie is not. */
export const wholeOf = (step: Step): Raw => phrase`${step.method} ${hrefOf(step.address)} ${cookiesFor(step) ?? ''}`;

/** With the cookies that its response set. A cookie replaces an earlier one of the same name. */
export const withCookies = (step: Step, set: readonly Raw[]): Step => {
  const { origin } = step.address.origin;
  const nameOf = (cookie: Raw): Raw | undefined => cookie.split('=')[0];
  const isReplaced = (cookie: Raw): boolean =>
    set.some((other) => nameOf(other)?.equals(nameOf(cookie) ?? other) === true);
  const kept = (step.cookies.get(origin) ?? []).filter((cookie) => !isReplaced(cookie));
  return { ...step, cookies: new Map(step.cookies).set(origin, [...kept, ...set]) };
};

/** The step that a redirect asks for: some of them turn the method into GET, without a body (Fetch, 4.4, step 12). */
export const redirectedTo = (address: Address, step: Step, status: number): Step => {
  const toGet =
    ((status === 301 || status === 302) && step.method === 'POST') ||
    (status === 303 && step.method !== 'GET' && step.method !== 'HEAD');
  if (!toGet) return { ...step, address };
  const headers = Object.entries(step.headers).filter(([name]) => !/^content-[a-z]{1,20}$/i.test(name));
  return { ...step, address, method: 'GET', headers: Object.fromEntries(headers), body: null };
};
