/** What kinds of office there are: name, hosting service, roles and source. One line per kind. */
import type { Role, ServiceName, Source } from '@lienthong/law';

export type OfficeKind = { readonly service: ServiceName; readonly roles: readonly Role[]; readonly vi: (area: string) => string; readonly en: (area: string) => string; readonly source: string };

export const sources = {
  'two-tier': {
    act: '72/2025/QH15; 118/2025/NĐ-CP', status: 'decided',
    note: 'The commune level answers since 1/7/2025; one desk per hosting service. The agency code is numbered by this data set until the authority lists its own.',
  },
  'three-tier': {
    act: '61/2018/NĐ-CP; 77/2015/QH13', status: 'decided',
    note: 'District and commune level until 30/6/2025; one desk per hosting service. The agency code is numbered by this data set, except the one that was read (001.00.10.H47).',
  },
  departments: { act: '178/2025/NĐ-CP; 45/2025/NĐ-CP', status: 'to-confirm', note: 'Names since the reform of 1/3/2025, kept from the first day of this data set; agency code numbered by this data set.' },
  'land-branch': {
    act: '31/2024/QH15; 151/2025/NĐ-CP', status: 'decided',
    note: 'Branches outlived the districts. Since 1/7/2025 a branch serves the new communes whose code was borne by a commune of its former district. The agency code is kept.',
  },
  'tax-before': { act: '381/QĐ-BTC', status: 'to-confirm', note: 'One tax team per district; real teams may serve several districts.' },
  'tax-after': { act: '2229/QĐ-BTC', status: 'to-confirm', note: 'One tax office per former district, serving the new communes whose code was borne by a commune of that district; the numbered names of the real offices were not read.' },
  insurance: { act: '391/QĐ-BTC', status: 'to-confirm', note: 'One office per (former) district, mapped like the tax offices; names not read.' },
  post: { act: '45/2016/QĐ-TTg; 468/QĐ-TTg', status: 'decided', note: 'One post office per former district answers for collection and delivery in its communes, before and after 1/7/2025.' },
  treasury: { act: '385/QĐ-BTC', status: 'to-confirm', note: 'One treasury office per province; regional structure not read.' },
} as const satisfies Readonly<Record<string, Source>>;

/** Inside a name the kind of unit is written small: "Ủy ban nhân dân xã Trà My". */
const small = (area: string): string => area.charAt(0).toLowerCase() + area.slice(1);

const named = (vi: string, en: string): Pick<OfficeKind, 'vi' | 'en'> => ({ vi: (area) => `${vi} ${small(area)}`, en: (area) => `${en} of ${area}` });

/** What the district committee, with its specialised offices, answered for until 30/6/2025 and the commune answers for since: land decisions, trade, civil status with a foreign element, schools. */
const localRoles = ['local-committee', 'civil-status-foreign', 'education'] as const;

export const communeKindsBefore = {
  committee: { ...named('Ủy ban nhân dân', "People's Committee"), service: 'general-agency', roles: ['peoples-committee', 'civil-status'], source: 'three-tier' },
  counter: { ...named('Bộ phận một cửa', 'One-stop counter'), service: 'intake', roles: ['counter'], source: 'three-tier' },
  social: { ...named('Công chức văn hóa – xã hội, Ủy ban nhân dân', 'Social protection desk'), service: 'social-protection', roles: ['social-protection'], source: 'three-tier' },
  police: { ...named('Công an', 'Police'), service: 'general-agency', roles: ['police'], source: 'three-tier' },
} as const satisfies Readonly<Record<string, OfficeKind>>;

export const districtKindsBefore = {
  committee: { ...named('Ủy ban nhân dân', "People's Committee"), service: 'general-agency', roles: ['peoples-committee', 'construction-permit', ...localRoles], source: 'three-tier' },
  counter: { ...named('Bộ phận một cửa', 'One-stop counter'), service: 'intake', roles: ['counter'], source: 'three-tier' },
  business: { ...named('Phòng Tài chính – Kế hoạch', 'Finance and Planning Office'), service: 'business-registration', roles: ['business-registration'], source: 'three-tier' },
  social: { ...named('Phòng Nội vụ', 'Home Affairs Office'), service: 'social-protection', roles: ['social-protection-decision', 'health-agency'], source: 'three-tier' },
  tax: { ...named('Đội Thuế', 'Tax Team'), service: 'general-agency', roles: ['tax'], source: 'tax-before' },
  insurance: { ...named('Bảo hiểm xã hội', 'Social Insurance Office'), service: 'general-agency', roles: ['social-insurance'], source: 'insurance' },
} as const satisfies Readonly<Record<string, OfficeKind>>;

export const communeKindsAfter = {
  committee: { ...named('Ủy ban nhân dân', "People's Committee"), service: 'general-agency', roles: ['peoples-committee', 'civil-status', 'construction-permit', ...localRoles], source: 'two-tier' },
  counter: { ...named('Trung tâm Phục vụ hành chính công', 'Public Administration Service Centre'), service: 'intake', roles: ['counter'], source: 'two-tier' },
  business: { ...named('Cơ quan đăng ký kinh doanh', 'Business Registrar'), service: 'business-registration', roles: ['business-registration'], source: 'two-tier' },
  social: { ...named('Phòng Văn hóa – Xã hội', 'Culture and Social Affairs Office'), service: 'social-protection', roles: ['social-protection', 'social-protection-decision', 'health-agency'], source: 'two-tier' },
  police: { ...named('Công an', 'Police'), service: 'general-agency', roles: ['police'], source: 'two-tier' },
} as const satisfies Readonly<Record<string, OfficeKind>>;

/** Offices that are organised by former district and go on after it. */
export const groupKinds = {
  land: { vi: (area: string) => `Chi nhánh Văn phòng đăng ký đất đai ${area}`, en: (area: string) => `Land Registration Office, ${area} Branch`, service: 'land', roles: ['land-registration'], source: 'land-branch' },
  post: { vi: (area: string) => `Bưu điện ${area}`, en: (area: string) => `Post Office of ${area}`, service: 'postal', roles: ['post-office'], source: 'post' },
} as const satisfies Readonly<Record<string, OfficeKind>>;

/** Offices that took over from district offices and serve a group of new communes. */
export const groupKindsAfter = {
  tax: { vi: (area: string) => `Thuế cơ sở khu vực ${area}`, en: (area: string) => `Local Tax Office, ${area} Area`, service: 'general-agency', roles: ['tax'], source: 'tax-after' },
  insurance: { vi: (area: string) => `Bảo hiểm xã hội cơ sở ${area}`, en: (area: string) => `Local Social Insurance Office, ${area} Area`, service: 'general-agency', roles: ['social-insurance'], source: 'insurance' },
} as const satisfies Readonly<Record<string, OfficeKind>>;

/** Order gives the number in the agency code. */
export const departmentKinds = {
  counter: { ...named('Trung tâm Phục vụ hành chính công', 'Public Administration Service Centre'), service: 'intake', roles: ['counter'], source: 'departments' },
  environment: { ...named('Sở Nông nghiệp và Môi trường', 'Department of Agriculture and Environment'), service: 'general-agency', roles: ['department-agriculture-environment'], source: 'departments' },
  construction: { ...named('Sở Xây dựng', 'Department of Construction'), service: 'general-agency', roles: ['department-construction'], source: 'departments' },
  finance: { ...named('Sở Tài chính', 'Department of Finance'), service: 'general-agency', roles: ['department-finance'], source: 'departments' },
  'home-affairs': { ...named('Sở Nội vụ', 'Department of Home Affairs'), service: 'general-agency', roles: ['department-home-affairs'], source: 'departments' },
  health: { ...named('Sở Y tế', 'Department of Health'), service: 'general-agency', roles: ['department-health'], source: 'departments' },
  treasury: { ...named('Kho bạc Nhà nước', 'State Treasury'), service: 'payments', roles: ['treasury'], source: 'treasury' },
  committee: { ...named('Ủy ban nhân dân', "People's Committee"), service: 'general-agency', roles: ['province-committee'], source: 'departments' },
  education: { ...named('Sở Giáo dục và Đào tạo', 'Department of Education and Training'), service: 'general-agency', roles: ['department-education'], source: 'departments' },
  industry: { ...named('Sở Công Thương', 'Department of Industry and Trade'), service: 'general-agency', roles: ['department-industry-trade'], source: 'departments' },
  culture: { ...named('Sở Văn hóa, Thể thao và Du lịch', 'Department of Culture, Sports and Tourism'), service: 'general-agency', roles: ['department-culture'], source: 'departments' },
  science: { ...named('Sở Khoa học và Công nghệ', 'Department of Science and Technology'), service: 'general-agency', roles: ['department-science'], source: 'departments' },
  justice: { ...named('Sở Tư pháp', 'Department of Justice'), service: 'general-agency', roles: ['department-justice'], source: 'departments' },
  ethnic: { ...named('Sở Dân tộc và Tôn giáo', 'Department of Ethnic and Religious Affairs'), service: 'general-agency', roles: ['department-ethnic-religion'], source: 'departments' },
  inspectorate: { ...named('Thanh tra', 'Inspectorate'), service: 'general-agency', roles: ['inspectorate'], source: 'departments' },
  zones: { ...named('Ban Quản lý các khu công nghiệp và khu công nghệ cao', 'Management Board of Industrial and High-technology Zones'), service: 'general-agency', roles: ['zone-board'], source: 'departments' },
} as const satisfies Readonly<Record<string, OfficeKind>>;
