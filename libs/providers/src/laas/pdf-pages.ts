import { inflate } from 'node:zlib';
import { promisify } from 'node:util';

const inflated = promisify(inflate);

/** Most that the object streams of one document may unfold to, in bytes. */
const MAX_UNFOLDED = 32 * 1024 * 1024;
/** How far a dictionary is read to either side of its `/Type`, in bytes. */
const MAX_DICTIONARY = 32 * 1024;
/** Longest that `/Type` and the space behind it may be, in bytes. */
const MAX_TYPE = 12;
/** Most dictionaries that are read of one document, so that none can keep the process busy. */
const MAX_DICTIONARIES = 500;

/** How much may still be done for a document. */
interface Budget {
  dictionaries: number;
  bytes: number;
}

/**
 * Counts the pages of a PDF: the largest `/Count` of its page tree, whose root counts all pages (ISO 32000-1, 7.7.3.2),
 * or else its page objects. They are looked for in the file itself and in the object streams in which PDF 1.5 and later
 * keep them.
 *
 * This is a look at the file, no reader of it. It cannot tell for an encrypted document, for one that packs its objects
 * with another method than Flate. A document that was shortened by an update behind its end counts with the pages that
 * it had before.
 *
 * @returns undefined when it cannot tell
 */
export async function countPdfPages(pdf: Buffer): Promise<number | undefined> {
  const budget: Budget = { dictionaries: MAX_DICTIONARIES, bytes: MAX_UNFOLDED };
  const counts = pageCounts(pdf, budget);
  let pages = pageObjects(pdf);
  for (const packed of objectStreams(pdf, budget)) {
    if (budget.bytes <= 0) break;
    // What does not unfold is encrypted, damaged or too large: its pages are not known.
    const objects = await inflated(packed, { maxOutputLength: budget.bytes }).catch(() => undefined);
    if (objects === undefined) continue;
    budget.bytes -= objects.length;
    counts.push(...pageCounts(objects, budget));
    pages += pageObjects(objects);
  }
  if (counts.length > 0) return Math.max(...counts);
  return pages === 0 ? undefined : pages;
}

/** Number of objects in `bytes` that are a page. */
function pageObjects(bytes: Buffer): number {
  let found = 0;
  for (let at = bytes.indexOf('/Page'); at !== -1; at = bytes.indexOf('/Page', at + 1)) {
    const before = bytes.toString('latin1', Math.max(0, at - MAX_TYPE), at);
    const behind = bytes.toString('latin1', at + '/Page'.length, at + '/Page'.length + 1);
    if (/\/Type\s*$/.test(before) && !/[A-Za-z0-9]/.test(behind)) found += 1;
  }
  return found;
}

/** The counts of all nodes of the page tree that stand in `bytes`. */
function pageCounts(bytes: Buffer, budget: Budget): number[] {
  const counts: number[] = [];
  for (const [, dictionary] of dictionaries(bytes, '/Pages', budget)) {
    if (!/\/Type\s*\/Pages(?![A-Za-z0-9])/.test(dictionary)) continue;
    const count = /\/Count\s+(\d{1,9})(?!\d|\s+\d+\s+R)/.exec(dictionary)?.[1];
    if (count !== undefined) counts.push(Number(count));
  }
  return counts;
}

/** The packed content of the object streams, where they are packed with Flate. */
function* objectStreams(pdf: Buffer, budget: Budget): Generator<Buffer> {
  for (const [at, dictionary] of dictionaries(pdf, '/ObjStm', budget)) {
    if (!/\/FlateDecode|\/Fl\b/.test(dictionary)) continue;
    const keyword = pdf.indexOf('stream', at);
    const end = pdf.indexOf('endstream', keyword);
    if (keyword === -1 || end === -1) return;
    yield pdf.subarray(afterLineEnd(pdf, keyword + 'stream'.length), end);
  }
}

/** The dictionaries that a name stands in, with its offset, as far as the budget goes. */
function* dictionaries(bytes: Buffer, name: string, budget: Budget): Generator<[at: number, dictionary: string]> {
  for (let at = bytes.indexOf(name); at !== -1; at = bytes.indexOf(name, at + name.length)) {
    if (budget.dictionaries <= 0) return;
    budget.dictionaries -= 1;
    yield [at, dictionaryAround(bytes, at)];
  }
}

/** The innermost dictionary (`<< … >>`) that stands around an offset, without those inside it before the offset. */
function dictionaryAround(bytes: Buffer, at: number): string {
  const before = bytes.toString('latin1', Math.max(0, at - MAX_DICTIONARY), at);
  const after = bytes.toString('latin1', at, at + MAX_DICTIONARY);
  return before.slice(openedAt(before)) + after.slice(0, closedAt(after));
}

/** Offset behind the last `<<` that is still open at the end of `text`. */
function openedAt(text: string): number {
  let depth = 0;
  for (let at = text.length; at > 0; at -= 1) {
    const pair = text.slice(at - 2, at);
    if (pair === '>>') depth += 1;
    else if (pair === '<<' && depth === 0) return at;
    else if (pair === '<<') depth -= 1;
    else continue;
    at -= 1;
  }
  return 0;
}

/** Offset of the `>>` that closes a dictionary which was open at the start of `text`. */
function closedAt(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    if (pair === '<<') depth += 1;
    else if (pair === '>>' && depth === 0) return at;
    else if (pair === '>>') depth -= 1;
    else continue;
    at += 1;
  }
  return text.length;
}

function afterLineEnd(bytes: Buffer, at: number): number {
  if (bytes[at] === 0x0d) return bytes[at + 1] === 0x0a ? at + 2 : at + 1;
  return bytes[at] === 0x0a ? at + 1 : at;
}
