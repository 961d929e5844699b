import { summariseJob } from './job-summary';

describe(summariseJob.name, () => {
  const named = { callId: 'call-1', date: '2026-11-21', name: 'id-1' };
  const shown = { call_id: 'call-1', date: '2026-11-21', name: 'id-1' };

  it('shows the records of a batch without their content', () => {
    const stored = { path: 'x', bytes: 7, sha256: 'aa' };
    const data = {
      entries: [
        { ...named, json: '{"a":"§"}' },
        { ...named, stored },
      ],
      secret: 'no',
    };
    expect(summariseJob(data)).toEqual({
      records: 2,
      entries: [
        { ...shown, bytes: 10, stored_directly: false },
        { ...shown, bytes: 7, stored_directly: true },
      ],
    });
  });

  it('names only the first hundred records', () => {
    const summary = summariseJob({ entries: Array.from({ length: 5_000 }, () => ({ ...named, json: '{}' })) });
    expect(summary).toMatchObject({ records: 5_000, entries: { length: 100 } });
  });

  it('shows a dead letter without its content', () => {
    const letter = { entry: { ...named, json: '{}' }, reason: 'too large', at: '2026-11-21T00:00:00Z' };
    expect(summariseJob(letter)).toEqual({
      entry: { ...shown, bytes: 2, stored_directly: false },
      reason: 'too large',
      at: '2026-11-21T00:00:00Z',
    });
  });

  it.each([
    undefined,
    null,
    'text',
    { prompt: 'secret' },
    { entries: ['secret', null, 5] },
    { entry: 'secret', reason: { prompt: 'secret' } },
    { entries: [{ ...named, name: { prompt: 'secret' }, stored: { bytes: 'secret' } }] },
  ])('shows nothing of what it does not know: %j', (data) => {
    expect(JSON.stringify(summariseJob(data))).not.toContain('secret');
  });
});
