/**
 * The closed lists that data files may use and services answer to. A new word here needs a service that knows it.
 */

/** Services that host desks of offices. */
export const hostingServices = ['intake', 'land', 'social-protection', 'business-registration', 'postal', 'payments', 'general-agency'] as const;

/** What a register does when a leg completes: `register` and its actions. */
export const registerActions = {
  land: ['transfer', 'exchange', 'mortgage', 'mortgage-release', 'split', 'merge'],
  business: ['establish', 'certificate', 'change', 'suspend', 'resume', 'terminate'],
  social: ['start', 'adjust', 'stop', 'stop-on-death', 'move-out', 'move-in'],
} as const;

/** Which service keeps each register: only its offices may bear the role of a leg that changes it. */
export const registerKeepers: Readonly<Record<keyof typeof registerActions, (typeof hostingServices)[number]>> = { land: 'land', business: 'business-registration', social: 'social-protection' };

/** Facts that stand in for a paper: service, fact, what names the thing looked up, and the fields that a document may be needed for. */
export const evidenceFacts = [
  { service: 'land', fact: 'certificate', subject: 'parcel', fields: ['parcel', 'certificateNumber', 'holders', 'mapSheet', 'number', 'sizeDm2', 'purpose', 'address', 'mortgages', 'blocks'] },
  { service: 'business-registration', fact: 'business', subject: 'business', fields: ['business', 'taxCode', 'name', 'owner', 'address', 'certificateNumber', 'registeredOn', 'state'] },
  { service: 'social-protection', fact: 'beneficiary', subject: 'person', fields: ['beneficiary', 'fullName', 'kind', 'state', 'group', 'amount', 'startMonth', 'endMonth', 'decisionNumber'] },
] as const;

/** What is told of a result that stands in for a paper; which results do is data (`results.json`). */
export const resultFields = ['dossier', 'result', 'resultNumber', 'digest', 'issuedOn'] as const;

/** Parts of the particulars that a leg may be granted. */
export const particularParts = ['applicant', 'submitter', 'contact', 'subject', 'declaration'] as const;

/** Roles that every commune must have an office for, whatever the procedures say: to receive, to carry, to take money. */
export const standingRoles = ['counter', 'post-office', 'treasury'] as const;
