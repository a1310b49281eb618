import { always, even, mostly, rarely, sometimes } from '../../model/grades.ts';
import type { Effect, Predictions, Variant } from '../../model/hypothesis.ts';
import type { FollowUpKind } from '../../model/target.ts';
import { anyForm, passes } from './common.ts';

/** A made-up key is rejected, as it should be, or not read at all, and asked for. */
export const madeUpKey = (followUp: readonly FollowUpKind[], shows: Predictions): Effect => ({
  when: { followUp },
  elsewhere: true,
  at: 'key-check',
  shows,
});

export const bothForms = ['made-up-bearer', 'made-up-x-api-key'] as const;
const notRead: Predictions = { 'auth-missing': always, pass: rarely };

type Form = (typeof anyForm)[number];

/**
 * The API sees no key in these forms: it does not read them, or they were lost on the way. Its refusal says that the key is missing
 * (`auth-missing`), or the words do not show it.
 */
export const unseen = (
  forms: readonly Form[],
  mode: 'auth-missing' | 'auth-rejected',
  said: Pick<Effect, 'says'> = {},
): readonly Effect[] => {
  const madeUp = forms.map((form) => `made-up-${form}` as const);
  const atKeyCheck = { elsewhere: true, at: 'key-check', ...said } as const;
  return [
    ...(mode === 'auth-missing' ? [madeUpKey(madeUp, notRead)] : []),
    { when: { key: forms, crosses: ['proxy-route'] }, ...atKeyCheck, shows: { [mode]: always } },
    // Routes that accept a key and do not require one.
    { when: { key: forms, crosses: ['key-check'] }, ...atKeyCheck, shows: { pass: even, [mode]: even } },
  ];
};

/** The words of a refusal are about a key, so one arrived. */
const saysNothing = { says: [] } as const;

/** A balancer, a gateway or another proxy in front of the API removes the key. What removes one form usually removes both. */
export const lostBeforeApi: readonly Variant[] = [
  { share: sometimes, effects: unseen(anyForm, 'auth-missing') },
  { share: rarely * even, effects: unseen(anyForm, 'auth-rejected', saysNothing) },
  ...anyForm.flatMap((form): readonly Variant[] => [
    { share: rarely * even, effects: unseen([form], 'auth-missing') },
    { share: rarely * rarely, effects: unseen([form], 'auth-rejected', saysNothing) },
  ]),
  // In front of the auth service as well.
  {
    share: rarely,
    effects: [
      {
        when: { key: anyForm, crosses: ['auth'] },
        elsewhere: true,
        at: 'auth',
        shows: { 'auth-missing': mostly, 'auth-rejected': sometimes },
        says: [],
      },
      ...unseen(anyForm, 'auth-missing'),
    ],
  },
];

/** The auth service's own host alone sees no key in this form; the API, which asks the service behind its balancer, does. */
export const unseenAtAuth = (share: number, where: Pick<Variant, 'hop'> = {}): readonly Variant[] =>
  anyForm.map((form) => ({
    share,
    ...where,
    effects: [
      {
        when: { key: [form], crosses: ['auth'] },
        elsewhere: true,
        shows: { 'auth-missing': always },
        by: ['application'],
      },
      { shows: passes },
    ],
  }));
