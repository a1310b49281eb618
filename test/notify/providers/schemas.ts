/** As the providers publish them: names, required fields, enumerations and limits. Characters unless the name says otherwise. */

/** https://developer.pagerduty.com/docs/send-alert-event; a whole event has at most 512 KB (events-api-v2-overview). */
const routed = {
  routing_key: { type: 'string', minLength: 32, maxLength: 32 },
  dedup_key: { type: 'string', minLength: 1, maxLength: 255 },
};
export const pagerDuty = {
  mostBytes: 512_000,
  schema: {
    type: 'object',
    required: ['routing_key', 'event_action'],
    oneOf: [
      {
        required: ['payload', 'dedup_key'],
        additionalProperties: false,
        properties: {
          ...routed,
          event_action: { const: 'trigger' },
          client: { type: 'string' },
          client_url: { type: 'string', pattern: '^https?://' },
          links: {
            type: 'array',
            items: {
              type: 'object',
              required: ['href'],
              additionalProperties: false,
              properties: { href: { type: 'string', pattern: '^https?://' }, text: { type: 'string' } },
            },
          },
          payload: {
            type: 'object',
            required: ['summary', 'source', 'severity'],
            additionalProperties: false,
            properties: {
              summary: { type: 'string', minLength: 1, maxLength: 1_024 },
              source: { type: 'string', minLength: 1 },
              severity: { enum: ['critical', 'error', 'warning', 'info'] },
              timestamp: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d' },
              component: { type: 'string', minLength: 1 },
              group: { type: 'string', minLength: 1 },
              class: { type: 'string', minLength: 1 },
              custom_details: { type: 'object' },
            },
          },
        },
      },
      {
        required: ['dedup_key'],
        additionalProperties: false,
        properties: { ...routed, event_action: { enum: ['acknowledge', 'resolve'] } },
      },
    ],
  },
};

/** https://docs.opsgenie.com/docs/alert-api, the tables “JSON Body Fields”. */
const shared = {
  user: { type: 'string', maxLength: 100 },
  source: { type: 'string', maxLength: 100 },
  note: { type: 'string', maxLength: 25_000 },
};
const priority = { enum: ['P1', 'P2', 'P3', 'P4', 'P5'] };
const noted = { type: 'object', additionalProperties: false, properties: shared };
export const opsgenie = {
  /** Characters of all keys and values of `details` together. */
  mostDetails: 8_000,
  create: {
    type: 'object',
    required: ['message'],
    additionalProperties: false,
    properties: {
      ...shared,
      priority,
      message: { type: 'string', minLength: 1, maxLength: 130 },
      alias: { type: 'string', minLength: 1, maxLength: 512 },
      description: { type: 'string', maxLength: 15_000 },
      entity: { type: 'string', maxLength: 512 },
      tags: { type: 'array', maxItems: 20, items: { type: 'string', minLength: 1, maxLength: 50 } },
      details: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
  change: {
    close: noted,
    acknowledge: noted,
    notes: { ...noted, required: ['note'] },
    priority: { type: 'object', required: ['priority'], additionalProperties: false, properties: { priority } },
  },
};

/**
 * https://adaptivecards.io/explorer/: the elements that the cards use, in version 1.4, which Teams shows. The message
 * around it: https://learn.microsoft.com/connectors/teams/ (“When a Teams webhook request is received”).
 */
const textRun = {
  type: 'object',
  required: ['type', 'text'],
  additionalProperties: false,
  properties: {
    type: { const: 'TextRun' },
    // Not empty: a renderer drops such a run, and with it a block that has nothing else.
    text: { type: 'string', minLength: 1 },
    fontType: { enum: ['Default', 'Monospace'] },
    size: { enum: ['Default', 'Small', 'Medium', 'Large', 'ExtraLarge'] },
    weight: { enum: ['Default', 'Lighter', 'Bolder'] },
  },
};
const richTextBlock = {
  type: 'object',
  required: ['type', 'inlines'],
  additionalProperties: false,
  properties: { type: { const: 'RichTextBlock' }, inlines: { type: 'array', minItems: 1, items: textRun } },
};
const container = {
  type: 'object',
  required: ['type', 'items'],
  additionalProperties: false,
  properties: {
    type: { const: 'Container' },
    style: { enum: ['default', 'emphasis', 'good', 'attention', 'warning', 'accent'] },
    bleed: { type: 'boolean' },
    items: { type: 'array', minItems: 1, items: richTextBlock },
  },
};
const openUrl = {
  type: 'object',
  required: ['type', 'url'],
  additionalProperties: false,
  properties: {
    type: { const: 'Action.OpenUrl' },
    title: { type: 'string' },
    url: { type: 'string', pattern: '^https?://' },
  },
};
const card = {
  type: 'object',
  required: ['type', 'version', 'body'],
  additionalProperties: false,
  properties: {
    $schema: { const: 'http://adaptivecards.io/schemas/adaptive-card.json' },
    type: { const: 'AdaptiveCard' },
    version: { const: '1.4' },
    // https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
    msteams: { type: 'object', additionalProperties: false, properties: { width: { const: 'Full' } } },
    body: { type: 'array', minItems: 1, items: { anyOf: [container, richTextBlock] } },
    // Teams shows at most six.
    actions: { type: 'array', maxItems: 6, items: openUrl },
  },
};
export const teams = {
  /** “about 28 KB” (https://learn.microsoft.com/connectors/teams/). */
  mostBytes: 28_000,
  schema: {
    type: 'object',
    required: ['type', 'attachments'],
    additionalProperties: false,
    properties: {
      type: { const: 'message' },
      attachments: {
        type: 'array',
        minItems: 1,
        maxItems: 1,
        items: {
          type: 'object',
          required: ['contentType', 'content'],
          additionalProperties: false,
          properties: {
            contentType: { const: 'application/vnd.microsoft.card.adaptive' },
            contentUrl: { type: 'null' },
            content: card,
          },
        },
      },
    },
  },
};
