/** Bar code (Code 128) and QR as black rectangles: no image, so no encoder whose output might differ. */
import bwip from '@bwip-js/node';
import QRCode from 'qrcode';

/** A run of dark modules; unit: one module, from the upper left. */
export type Dark = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Symbol = { readonly width: number; readonly height: number; readonly dark: readonly Dark[] };

/** Bars of a Code 128, one module high. */
export function barCode(text: string): Symbol {
  const [symbol] = bwip.raw({ bcid: 'code128', text }) as readonly { readonly sbs?: readonly number[] }[];
  const widths = symbol?.sbs ?? [];
  const dark: Dark[] = [];
  let x = 0;
  widths.forEach((width, n) => { if (n % 2 === 0) dark.push({ x, y: 0, width, height: 1 }); x += width; });
  return { width: x, height: 1, dark };
}

export function qrCode(text: string): Symbol {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' }), { size } = modules;
  const dark: Dark[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size;) {
      let end = x;
      while (end < size && modules.get(y, end) !== 0) end++;
      if (end > x) dark.push({ x, y, width: end - x, height: 1 });
      x = Math.max(end, x + 1);
    }
  }
  return { width: size, height: size, dark };
}
