/** Why something is dropped or refused, in the same words for every pair of dialects. */

export const NO_COUNTERPART = 'no counterpart';
export const SPEED_ONLY = 'a matter of speed only';
export const TIERS_DIFFER = 'the tiers of the services differ';
export const KEPT_ELSEWHERE = 'the file is kept by another service: send its content';
export const TEXT_ONLY = 'such a message holds nothing but text';
export const NO_AUDIO = 'it takes no sound';
export const NO_MODERATION = 'it does not moderate on demand';
export const HOSTED_TOOL = 'a tool that another service defines or runs, or one of an unknown kind';
export const FOREIGN_REASONING = 'only the service that made it can read it';

export const UNKNOWN_CONTENT = 'this kind of content is unknown';
export const UNKNOWN_CHOICE = 'this kind of choice is unknown';
export const UNKNOWN_FORMAT = 'this form of answer is unknown';
export const UNKNOWN_EFFORT = 'an unknown effort is left to the model';
