/** Replaces `text.slice(start, end)` by `replacement`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/**
 * Applies edits to a text and leaves everything between them as it is.
 *
 * @param text the text that the offsets of `edits` refer to
 * @param edits replacements that do not overlap, in ascending order
 * @returns the edited text; `text` itself when there are no edits
 * @throws RangeError when edits overlap or are out of order
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  if (edits.length === 0) return text;
  let result = '';
  let at = 0;
  for (const edit of edits) {
    if (edit.start < at || edit.end < edit.start) throw new RangeError('edits overlap or are out of order');
    result += text.slice(at, edit.start) + edit.replacement;
    at = edit.end;
  }
  return result + text.slice(at);
}
