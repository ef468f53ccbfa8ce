const WRITTEN = '<!-- Written from the code by `npx everline generate`; a change here is overwritten. -->';

export function page(title: string, ...blocks: readonly string[]): string {
  return `${[WRITTEN, `# ${title}`, ...blocks].join('\n\n')}\n`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

export const code = (text: string): string => `\`${text}\``;
