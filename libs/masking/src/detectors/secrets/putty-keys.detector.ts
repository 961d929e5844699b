import type { Detector } from '../detector';

const KIND = 'private-key';

/** How much may stand between the first line of the file and its private part: comment and public key. */
const LONGEST_HEAD = 8192;

const PRIVATE_PART =
  /private-lines: {0,4}\d{1,3}(?:(?:\\{0,8}\r)?(?:\n|\\{1,8}r\\{1,8}n|\\{1,8}n)|[ \t]){1,8}[A-Za-z0-9+/=]{16,}(?:(?:\\{1,8}[rn]|\s){1,8}[A-Za-z0-9+/]{2,80}={0,2}(?=\\|[\r\n"']|$)){0,400}(?:(?:\\{1,8}[rn]|\s){1,8}Private-(?:MAC|Hash): {0,4}[0-9a-f]{40,64})?/iy;

/** Private keys in the format of PuTTY, from their first line on. */
export const puttyKeys: Detector = {
  kinds: [KIND],
  keywords: ['private-lines:', 'putty-user-key-file-'],
  find(searched) {
    const heads = searched.at('putty-user-key-file-');
    let next = 0;
    let head: number | undefined;
    return searched.at('private-lines:').flatMap((at) => {
      while (next < heads.length && (heads[next] as number) < at) {
        head = heads[next];
        next += 1;
      }
      PRIVATE_PART.lastIndex = at;
      if (!PRIVATE_PART.test(searched.text)) return [];
      const start = head !== undefined && at - head <= LONGEST_HEAD ? head : at;
      return [{ kind: KIND, start, end: PRIVATE_PART.lastIndex }];
    });
  },
};
