import type { DeadLetterPage, QueuedPage, ReplayAnswer } from './logs.schema';

const RECORD = { call_id: '0f6a2c1e-5a51-4c0e-9a43-6a8f0f1f7a11', name: 'chatcmpl-8f2a', date: '2026-11-21' };

/** Answers as the documentation shows them. */
export const QUEUED_PAGE: QueuedPage = {
  counts: { waiting: 0, active: 1, delayed: 0, failed: 0 },
  batches: [{ id: 'b-01JD7Z7XK3Y8W2Q4R6T8V0A1B2', state: 'active', reason: null, records: [RECORD] }],
  next: null,
};

export const DEAD_LETTER_PAGE: DeadLetterPage = {
  total: 1,
  dead_letters: [
    {
      id: 'd-5e884898da28047151d0e56f8dc62927',
      ...RECORD,
      reason: 'The file server answered with status 413',
      at: '2026-11-21T12:00:00.000Z',
    },
  ],
  next: null,
};

export const REPLAY_ANSWER: ReplayAnswer = { replayed: 1, retried_batches: 0, dead_letters: 0, next: null };
