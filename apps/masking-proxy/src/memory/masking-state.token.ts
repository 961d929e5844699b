/** Provider token of the app's `MaskingStateStore`. */
export const MASKING_STATE = Symbol('MASKING_STATE');
