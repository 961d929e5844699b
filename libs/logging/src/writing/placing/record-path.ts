import type { LogEntry } from '../../entry/log-entry';

/**
 * Folder of a day, with the slash behind it.
 *
 * @param prefix put before the day as it is; may end inside a name
 * @param date `YYYY-MM-DD`
 */
export function folderOf(prefix: string, date: string): string {
  return `${prefix}${date}/`;
}

/** The path that a record asks for, and the one that it gets when another record has that. */
export function pathsOf(prefix: string, { date, name, callId }: Omit<LogEntry, 'json'>): readonly [string, string] {
  const folder = folderOf(prefix, date);
  return [`${folder}${name}.json`, `${folder}${name}.${callId}.json`];
}
