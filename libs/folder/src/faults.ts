/**
 * Deliberate faults, so that a simulation can be shown to find them. Production code passes none.
 */
export type Fault =
  | 'skip-union-check'       // takes entries without looking at chain and signature
  | 'drop-sequence-check'    // folds despite a gap
  | 'outdated-term-moves'    // an entry under an outdated term still has effect
  | 'ignore-seen'            // folds before what the author had seen is held
  | 'ignore-fork'            // the branch that came first goes on having effect
  | 'keep-voided-tail'       // entries beyond the head that a succession chose keep their effect
  | 'ignore-seal';           // takes entries of a sealed author

export type Faults = ReadonlySet<Fault>;
