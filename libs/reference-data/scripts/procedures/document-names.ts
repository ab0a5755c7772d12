/** English names of papers, where the code alone does not make one. */
export const documentNames: Readonly<Record<string, string>> = {
  'application-form': 'Application form', 'land-certificate': 'Land use right certificate issued before', 'business-certificate': 'Household business certificate', 'beneficiary-file': 'File of the present beneficiary',
  'authority': 'Document of representation or authority', 'identity-paper': 'Identity paper (shown)', 'residence-paper': 'Residence paper, when the database cannot be read', 'identity-copy': 'Copy of identity card, without an identity account',
  'survey-extract': 'Cadastral survey extract, when surveyed anew', 'split-drawing': 'Drawing of split or merged parcels', 'joint-certificate-agreement': 'Agreement on one joint certificate',
  'proof-of-change': 'Proof of the change, when the database cannot be read', 'land-papers': 'Papers under articles 137, 148, 149 of the Land Law', 'wrong-authority-papers': 'Papers of allocation without authority, or of a house sold by the State',
  'district-house-confirmation': 'Confirmation by the district, before 1/7/2025, that a house may stay', 'project-approval': 'Project approval, appraisal, fire safety, environment', 'works-design': 'Construction drawings',
  'house-design': 'Design of the house', 'topsoil-plan': 'Plan for the topsoil of rice land', 'branch-mandate': 'Mandate of a bank branch', 'fee-exemption': 'Proof of exemption from the fee',
  'birth-notice': 'Birth notice of the hospital, or what stands for it', 'death-notice': 'Death notice, or what stands for it', 'death-evidence': 'Evidence of a death long ago', 'minutes': 'Minutes of the members',
  'declaration': 'Declaration for participation or adjustment', 'bim-data': 'BIM data', 'residence-form': 'Declaration of change of residence (CT01)', 'overseas-form': 'Declaration of residence of a person from abroad (CT02)',
  'original-and-copies': 'Original, and the copies to be certified', 'identity-request': 'Request for an identity matter (DC02)', 'medical-certificate': 'Medical certificate of mental health',
};
