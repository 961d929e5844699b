/** A record, as differences name it. */
export interface RecordName {
  readonly name: string;
  readonly call_id: string;
}

export interface FileName {
  /** With `.json`. */
  readonly file: string;
}

/** How a day compares. */
export interface Report {
  readonly date: string;
  readonly accepted: number;
  /** False when a gateway has forgotten records of that day: their files are unknown then. */
  readonly complete: boolean;
  /** Accepted records whose file was found. */
  readonly in_place: number;
  /** Accepted, and on their way. */
  readonly waiting: readonly (RecordName & { readonly where: 'outbox' | 'queue' })[];
  readonly dead_letters: readonly RecordName[];
  /** Accepted, and nowhere. */
  readonly missing: readonly RecordName[];
  /** Files beyond one for each accepted record of their name. */
  readonly twice: readonly FileName[];
  /** Files of records that no gateway accepted, or remembers. */
  readonly unknown: readonly FileName[];
  /** Files with other content than was accepted. */
  readonly different: readonly (FileName & RecordName)[];
}

/**
 * Whether the whole day is remembered, and nothing of it is missing, twice or different. What waits or was given up is
 * known and kept.
 */
export function isClean({ complete, missing, twice, different }: Report): boolean {
  return complete && missing.length + twice.length + different.length === 0;
}

/** One line for each difference, and a sum. */
export function printReport(report: Report, print: (line: string) => void): void {
  const { date, accepted, complete, in_place: inPlace } = report;
  for (const { name, call_id: id } of report.missing) print(`missing       ${name} (call ${id})`);
  for (const { file } of report.twice) print(`twice         ${file}`);
  for (const { file, call_id: id } of report.different) print(`different     ${file} (call ${id})`);
  for (const { file } of report.unknown) print(`unknown       ${file}`);
  for (const { name, call_id: id } of report.dead_letters) print(`dead letter   ${name} (call ${id})`);
  for (const { name, call_id: id, where } of report.waiting)
    print(`waiting       ${name} (call ${id}), in the ${where}`);
  const rest = [
    `${report.waiting.length} waiting`,
    `${report.dead_letters.length} dead letters`,
    `${report.missing.length} missing`,
    `${report.twice.length} twice`,
    `${report.different.length} different`,
    `${report.unknown.length} unknown`,
  ];
  if (!complete) print('Not all of this day is remembered: see LOG_LEDGER_DAYS and LOG_LEDGER_MAX_RECORDS.');
  print(`${date}: ${accepted} accepted, ${inPlace} in place, ${rest.join(', ')}.`);
}
