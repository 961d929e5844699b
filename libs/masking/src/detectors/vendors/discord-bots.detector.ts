import { LEFT_BOUNDARY } from '../boundaries';
import type { Detector } from '../detector';
import { isStandIn } from './stand-ins';

const KIND = 'vendor-token';

/**
 * The number of the bot in base64, so it begins with `M`, `N` or `O`; when the token was made; and a signature
 * (discord.com/developers/docs/reference#authentication).
 */
const BOT_TOKEN = new RegExp(
  String.raw`[MNO](?<=${LEFT_BOUNDARY}(?<![.+-]|[A-Za-z0-9]\/).)[\w-]{23,27}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])`,
  'g',
);
const MIN_ENTROPY = 3.8;

/** Tokens of Discord's bots. They have no word to look for, only their dots at certain places. */
export const discordBots: Detector = {
  kinds: [KIND],
  find({ text }) {
    return Array.from(text.matchAll(BOT_TOKEN))
      .filter(([token]) => /\d/.test(token) && /[a-z]/.test(token) && !isStandIn(token, MIN_ENTROPY))
      .map((match) => ({ kind: KIND, start: match.index, end: match.index + match[0].length }));
  },
};
