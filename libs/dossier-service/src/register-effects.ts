/** What the law asks of a register: for a change, and for putting it back. */
export const registerEffects = ['reserve-register', 'apply-register', 'reserve-reversal', 'apply-reversal'] as const;
export type RegisterEffect = (typeof registerEffects)[number];
