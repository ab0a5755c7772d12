/** Vietnamese fonts (SIL Open Font License), embedded in every file. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
export const fonts = {
  regular: require.resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf'),
} as const;
