import type { Redactor } from '../redact.ts';
import { redacted } from '../secret-shapes.ts';

type Headers = Readonly<Record<string, string>>;

/** Whose value is a secret as a whole, whatever it looks like. */
const secretNames = /^(proxy-)?(authorization|cookie)$|^(x-api-key|x-amz-security-token|authentication-info)$/i;

/** RFC 6265, section 4.1: the name of a cookie tells who set it (AWSALB, session …), its value is a secret. */
const cookieValue = /=[^;,]*/;

/** Headers with their secrets replaced: a value alone does not show that it is a cookie. */
export const redactHeaders = (headers: Headers, redact: Redactor): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [redact(name), redactHeader(name, value, redact)]));

const redactHeader = (name: string, value: string, redact: Redactor): string => {
  if (secretNames.test(name)) return redacted;
  if (name.toLowerCase() !== 'set-cookie') return redact(value);
  return redact(
    splitCookies(value)
      .map((cookie) => cookie.replace(cookieValue, `=${redacted}`))
      .join(', '),
  );
};

/** Several cookies come joined by a comma, which dates hold too: a cookie begins with a name and `=`. */
const splitCookies = (value: string): readonly string[] => value.split(/,\s{0,8}(?=[^\s=;,]{1,256}=)/);
