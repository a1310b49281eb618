import { clock } from '../../wording/time.ts';
import type { Action } from '../resources.ts';

/** The name in a target group's ARN. */
export const groupName = (arn: string): string => arn.split('/')[1] ?? arn;

export const actionWords = (action: Action): string => {
  switch (action.kind) {
    case 'forward':
      return `forwards to ${action.groups.map(groupName).join(', ')}`;
    case 'redirect':
      return `redirects to ${action.protocol.toLowerCase()}://${action.host}:${action.port}${action.path}`;
    case 'fixed-response':
      return `answers with ${action.status}`;
    case 'other':
      return `has the action ${action.type}`;
  }
};

export const at = (ms: number): string => clock(new Date(ms).toISOString());
