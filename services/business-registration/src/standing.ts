/** What stands in the register about the subject of a dossier. */
import type { Register, StoredRecord } from '@lienthong/dossier-service';
import { businessKey } from './rules-facts.ts';
import type { Business, BusinessRecord } from './rules-facts.ts';
import { byTaxCode } from './rules.ts';

const isBusiness = (record: StoredRecord<BusinessRecord> | undefined): record is StoredRecord<Business> => record?.facts.type === 'business';

/** By id or tax code; of several that bore a tax code, the one that stands. */
export async function standingBusiness(register: Register<BusinessRecord>, idOrTaxCode: string): Promise<StoredRecord<Business> | undefined> {
  const byId = await register.get(businessKey(idOrTaxCode));
  if (isBusiness(byId)) return byId;
  const bearers = (await register.find(byTaxCode, idOrTaxCode, maxBearers)).filter(isBusiness);
  return bearers.find(({ facts }) => facts.state !== 'terminated') ?? bearers[0];
}

/** A tax code is one business's: another one that stands under it; '': none. */
export async function otherBearer(register: Register<BusinessRecord>, taxCode: string, own: string): Promise<string> {
  const bearers = taxCode === '' ? [] : (await register.find(byTaxCode, taxCode, maxBearers)).filter(isBusiness);
  return bearers.find(({ facts }) => facts.business !== own && facts.state !== 'terminated')?.facts.business ?? '';
}

/** Businesses that one owner, and so one tax code, may have had. */
const maxBearers = 50;
