import { describe, expect, it } from 'vitest';
import { messageOf } from '../../src/notify/message.ts';
import { printedEvent } from '../../src/notify/print.ts';
import { events, setting } from './incidents.ts';

describe.each(Object.entries(events))('%s', (name, event) => {
  const { subject, text, card, attributes } = messageOf(event, setting);

  it('has a readable mail', async () => {
    await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('has a chat card and attributes to filter by', async () => {
    await expect(`${JSON.stringify({ card, attributes }, null, 2)}\n`).toMatchFileSnapshot(`golden/${name}.json`);
  });
});

it('the terminal messages of watch have a heading and the next steps', async () => {
  const printed = Object.values(events).map((event) => printedEvent(event, { ...setting, color: false, width: 100 }));

  await expect(printed.join('\n')).toMatchFileSnapshot('golden/terminal.txt');
});
