/** What the law asks of a register: for a change, for putting it back, and for the number of a result that is corrected or issued again; and whether all that is there still, after a loss. */
export const registerEffects = ['reserve-register', 'apply-register', 'reserve-reversal', 'apply-reversal', 'reserve-amendment', 'apply-amendment', 'inspect-register'] as const;
export type RegisterEffect = (typeof registerEffects)[number];
