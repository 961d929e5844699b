import { decodeRecord, encodeRecord } from './record-bytes';

it.each(['{}', '{"a":"é \\n 😀 \\u0000 \\ud800"}', '{\n"b":1\n}', `"${'日'.repeat(100_000)}"`])(
  'reads back the record %.20p as it was',
  (json) => {
    const entry = { callId: 'c "1"', date: '2026-11-21', name: 'n\n1', json };
    expect(decodeRecord(encodeRecord(entry))).toEqual(entry);
  },
);
