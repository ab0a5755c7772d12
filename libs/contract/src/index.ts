/** The contracts of the hub: one namespace per area, e.g. `intake.SubmitDossierRequest`, `agency.AgencyDeskService`. */
export * as agency from './gen/index.lienthong.agency.v1.ts';
export * as dossier from './gen/index.lienthong.dossier.v1.ts';
export * as folder from './gen/index.lienthong.folder.v1.ts';
export * as intake from './gen/index.lienthong.intake.v1.ts';
export * as rpc from './gen/index.google.rpc.ts';
