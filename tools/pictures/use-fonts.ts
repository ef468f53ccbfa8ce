/** Letters are Liberation Sans and Noto Sans CJK, wherever it runs: a machine's own choice would change every picture. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Told to fontconfig by the environment of the browser, by a file in `folder`. */
export function useFonts(folder: string): void {
  const rules = ['system-ui', 'sans-serif', 'sans'].map(
    (family) =>
      `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>Liberation Sans</string></edit></match>`,
  );
  const file = join(folder, 'fonts.conf');
  const include = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>';
  writeFileSync(file, `<?xml version="1.0"?>\n<fontconfig>\n${include}\n${rules.join('\n')}\n</fontconfig>\n`);
  process.env['FONTCONFIG_FILE'] = file;
}
