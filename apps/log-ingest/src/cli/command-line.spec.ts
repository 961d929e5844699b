import { UsageError } from './command-error';
import { readCommand } from './command-line';

describe(readCommand.name, () => {
  it('reads a whole command', () => {
    const args = [
      'reconcile',
      '--date',
      '2026-11-21',
      '--gateway',
      'http://a:1/',
      '--gateway=https://b/x/',
      '--content',
    ];
    expect(readCommand(args)).toEqual({
      name: 'reconcile',
      date: '2026-11-21',
      gateways: ['http://a:1', 'https://b/x'],
      content: true,
      json: false,
      url: 'http://127.0.0.1:8081',
      config: undefined,
    });
  });

  it('has defaults', () => {
    expect(readCommand(['reconcile', '--date=2026-11-21'])).toMatchObject({ gateways: ['http://127.0.0.1:4000'] });
    expect(readCommand(['replay'])).toMatchObject({ limit: Infinity, file: undefined });
    expect(readCommand([])).toEqual({ name: 'help' });
  });

  it.each([
    ['reconcile'],
    ['reconcile', '--date', '21.11.2026'],
    ['reconcile', '--date', '2026-02-30'],
    ['reconcile', '--date', '2026-11-21', '--gateway', 'gateway:4000'],
    ['reconcile', '--date', '2026-11-21', 'more'],
    ['reconcile', '--dates', '2026-11-21'],
    ['replay', '--limit', '0'],
    ['replay', '--limit', '1.5'],
    ['replay', '--limit', ''],
    ['replay', '--file', '../etc/passwd'],
    ['replay', '--url', 'file:///etc/passwd'],
    ['replay', '--url', 'http://name:secret@127.0.0.1:8081'],
    ['replay', '--url', 'http://127.0.0.1:8081?key=secret'],
    ['reconcile', '--date', '2026-11-21', '--gateway', 'http://127.0.0.1:4000/#top'],
    ['dead-letters', '--limit', '3'],
    ['reply'],
  ])('refuses %s %s %s', (...args) => {
    expect(() => readCommand(args)).toThrow(UsageError);
    expect(() => readCommand(args)).not.toThrow(/secret/);
  });
});
