import { z } from 'zod'
import { EventOutcome, MAX_BATCH_EVENTS, SpooledEvent } from './events.ts'
import { mutation } from './kernel.ts'
import { EXAMPLE_ID, Instant, ref } from './values.ts'

export const ingest = {
  events: mutation({
    input: z.strictObject({
      machine_id: ref('machines'),
      /** The machine's clock when it sent the batch: the server corrects the events' times by the difference. */
      sent_at: Instant,
      events: z.array(SpooledEvent).min(1).max(MAX_BATCH_EVENTS),
    }),
    output: z.object({ outcomes: z.array(EventOutcome) }),
    rest: { method: 'POST', path: '/ingest/events' },
    summary: 'Take a batch of spooled events; each is accepted, a duplicate, in conflict or refused by name',
    example: {
      machine_id: EXAMPLE_ID,
      sent_at: '2026-01-12T09:03:12.000Z',
      events: [
        {
          epoch: 'cmd:toolu_01',
          seq: 0,
          event: {
            id: 'cmd:toolu_01',
            stream: '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01',
            stretch: 1,
            at: '2026-01-12T09:03:11.000Z',
            source: 'hook',
            kind: 'command',
            data: { tool: 'bash', command: 'hostname', exit_code: 0, success: true },
          },
        },
      ],
    },
    errors: ['NOT_FOUND'],
  }),
}
