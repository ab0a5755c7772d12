export type Text = { readonly vi: string; readonly en: string };
