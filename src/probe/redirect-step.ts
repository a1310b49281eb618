import type { HttpTarget } from '../model/target.ts';
import { type Address, hrefOf } from '../raw/address.ts';
import { joined, phrase, type Raw } from '../raw/raw.ts';
import { type Cookie, goesTo, readCookie } from '../raw/set-cookie.ts';

/** One request on the way of redirects. */
export interface Step extends Pick<HttpTarget, 'method' | 'headers' | 'body'> {
  readonly address: Address;
  readonly cookies: readonly Cookie[];
}

/** The value of the `cookie` header. Null without cookies. */
export const cookiesFor = ({ address, cookies }: Step): Raw | null => {
  const own = cookies.filter((cookie) => goesTo(cookie, address)).map(({ pair }) => pair);
  return own.length === 0 ? null : joined(own, '; ');
};

/** The step as a whole. A second equal one is a loop; the same address with another cookie is not. */
export const wholeOf = (step: Step): Raw => phrase`${step.method} ${hrefOf(step.address)} ${cookiesFor(step) ?? ''}`;

/** With the cookies that its response set. A cookie replaces an earlier one of the same name. */
export const withCookies = (step: Step, lines: readonly Raw[], now: number): Step => {
  const set = lines.map((line) => readCookie(line, step.address, now));
  const kept = [...step.cookies, ...set].filter(
    ({ name, host }, at, all) => !all.slice(at + 1).some((later) => later.host === host && later.name.equals(name)),
  );
  return { ...step, cookies: kept.filter(({ isGone }) => !isGone) };
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
