import type { Detector } from '../detector';
import { AssignedValues } from './assigned-value';
import { isAssignedSecret } from './assignment-value';

const KIND = 'generic-assignment';

/** Words for a password first, words for an issued secret second; third, when nothing says that a value follows. */
const NAME =
  /(?:(비밀\s?번호|비번|암호|패스워드|패스코드)|(시크릿(?:\s?키)?|토큰|(?:인증|비밀|보안|접근|액세스|암호화|서명|개인)\s?키|(?<=(?:API|api|Api)[ _-]?)키))(?:\*\*|["'`)\]])?(?:(?:은|는|이|가|을|를|으로|로)?\s{0,4}(?:[:=]|=>|->|：)\s{0,4}|(?:은|는|이|가)\s{1,2}|([을를]?[ \t]{1,2}))(?=[“‘「『]?[!-~]{6})/g;

/** What each of the names holds: looking for a word is much faster than for a pattern. */
const STEMS = ['비밀', '비번', '암호', '패스', '시크릿', '토큰', '키'];

/** No word, and no name of an algorithm. */
const UNMISTAKABLE = /^(?=.*[a-z])(?=.*\d)(?=.*[A-Z!@#$%^&*])[!-~]{8,64}$/;
const ALGORITHM = /sha|hmac|crypt|pbkdf|aes|md5|base64|argon|rsa|utf|auth/i;

/** What is assigned to a name in Korean: `비밀번호: …`, `암호는 …입니다`. */
export const koreanAssignments: Detector = {
  kinds: [KIND],
  find({ text }) {
    if (!STEMS.some((stem) => text.includes(stem))) return [];
    const values = new AssignedValues(text);
    return Array.from(text.matchAll(NAME)).flatMap((match) => {
      const value = values.at(match.index + match[0].length);
      const named = match[1] === undefined ? 'secret' : 'password';
      if (value === undefined) return [];
      const { start, end, quoted } = value;
      const secret = text.slice(start, end);
      if (match[3] !== undefined && (!UNMISTAKABLE.test(secret) || ALGORITHM.test(secret))) return [];
      return isAssignedSecret(named, secret, { quoted, kind: 'text' }) ? [{ kind: KIND, start, end }] : [];
    });
  },
};
