/** The page on which a payer answers: what is paid, two buttons, and how it ended. Loads nothing from elsewhere, needs no script. */
import type { Payable, PayerAnswer } from './sandbox-bank.ts';

export type Language = 'vi' | 'en';

const words = {
  vi: {
    title: 'Thanh toán thử', notice: 'Đây là nền tảng thanh toán thử: không có đồng tiền thật nào được chuyển.', name: 'Nội dung', code: 'Mã hồ sơ', reference: 'Mã tham chiếu', amount: 'Số tiền', dong: 'đồng', pay: 'Thanh toán', cancel: 'Huỷ', back: 'Quay lại hồ sơ', other: 'English',
    states: { waiting: 'Chưa thanh toán', 'under-way': 'Đang xử lý thanh toán', paid: 'Đã thanh toán', failed: 'Thanh toán không thành công', cancelled: 'Đã huỷ thanh toán' }, unknown: 'Không có giao dịch này', odd: 'Yêu cầu không hợp lệ',
  },
  en: {
    title: 'Payment, to try with', notice: 'This is a payment platform to try with: no real money moves.', name: 'What for', code: 'Dossier code', reference: 'Reference', amount: 'Amount', dong: 'đồng', pay: 'Pay', cancel: 'Cancel', back: 'Back to the dossier', other: 'Tiếng Việt',
    states: { waiting: 'Not paid yet', 'under-way': 'The payment is under way', paid: 'Paid', failed: 'The payment failed', cancelled: 'The payment was cancelled' }, unknown: 'There is no such transaction', odd: 'The request makes no sense',
  },
} as const;
const shownNumber = new Intl.NumberFormat('vi-VN');

export const styleSheet = 'body{margin:0 auto;max-width:34rem;padding:1rem;font:17px/1.55 system-ui,sans-serif;color:#14202b;background:#fff}header{display:flex;justify-content:space-between;gap:1rem}h1{font-size:1.4rem}dt{color:#51616f}dd{margin:0 0 .5rem;overflow-wrap:anywhere}'
  + 'button,.back{font:inherit;font-weight:600;margin:.5rem 1rem 0 0;padding:.55rem 1.3rem;border:1px solid #14508c;border-radius:.4rem;background:#fff;color:#14508c;cursor:pointer;display:inline-block}button.pay{background:#14508c;color:#fff}:focus-visible{outline:3px solid #d97706;outline-offset:2px}';

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const plain = (text: string): string => text.replace(/[&<>"]/g, (mark) => marks[mark]!);

const sheet = (language: Language, heading: string, body: string): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${heading}</title><link rel="stylesheet" href="/pay.css"></head>
<body><header><span>${words[language].title}</span><a href="?lang=${language === 'vi' ? 'en' : 'vi'}" lang="${language === 'vi' ? 'en' : 'vi'}">${words[language].other}</a></header><main><h1>${heading}</h1>${body}<p><small>${words[language].notice}</small></p></main></body></html>`;

/** `returnTo`: '' : nowhere. */
export function orderPage(language: Language, { reference, info, name, amount, state }: Payable, returnTo: string): string {
  const t = words[language], row = (title: string, text: string): string => (text === '' ? '' : `<dt>${title}</dt><dd>${plain(text)}</dd>`);
  const about = `<dl>${row(t.name, name)}${row(t.code, info)}${row(t.reference, reference)}${row(t.amount, `${shownNumber.format(amount)} ${t.dong}`)}</dl>`;
  const button = (answer: PayerAnswer, more: string): string => `<button name="answer" value="${answer}"${more}>${t[answer]}</button>`;
  if (state === 'waiting') return sheet(language, t.states.waiting, `${about}<form method="post" action="?lang=${language}">${button('pay', ' class="pay" autofocus')}${button('cancel', '')}</form>`);
  return sheet(language, t.states[state], `${about}${returnTo === '' ? '' : `<p><a class="back" href="${plain(returnTo)}" autofocus>${t.back}</a></p>`}`);
}

/** Says only that there is nothing to pay: `unknown`: no such order; `odd`: neither of the answers. */
export function wordPage(language: Language, what: 'unknown' | 'odd'): string {
  return sheet(language, words[language][what], '');
}
