/** For an event that nothing can be made of: what it said is lost, so the reply cannot be whole. */
export const NOT_JSON = 'The upstream sent an event that is not JSON';
