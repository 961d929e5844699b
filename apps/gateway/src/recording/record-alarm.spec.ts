import { createLogger } from '@sallyport/telemetry';
import { RecordAlarm } from './record-alarm';

describe(RecordAlarm.name, () => {
  it('counts each record, and tells of an outage once and of its end', () => {
    const lines: Record<string, unknown>[] = [];
    const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
    let counted = 0;
    const alarm = new RecordAlarm(createLogger('test', 'info', { write }), { recordRefused: () => (counted += 1) });
    alarm.onWritten();
    for (const id of ['a', 'b', 'c']) alarm.onRefused(id, new Error('disk full'));
    alarm.onWritten();
    alarm.onWritten();
    alarm.onRefused('d', new Error('disk full'));
    expect(counted).toBe(4);
    expect(lines).toMatchObject([
      { level: 'error', litellm_call_id: 'a' },
      { level: 'info', refused: 3 },
      { level: 'error', litellm_call_id: 'd' },
    ]);
  });
});
