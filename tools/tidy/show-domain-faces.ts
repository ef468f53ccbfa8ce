import type { Checkout } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

const SECTIONS = ['What it is', 'What it is not', 'What it owns', 'Invariants', 'How it fails'];

export const showDomainFaces: Rule = {
  name: 'domain-faces',
  why: `Every domain folder shows the same faces, so that whoever knows one knows all: index.ts (its front door), README.md (${SECTIONS.join(', ')}), refusals.ts where it refuses.`,
  find: (checkout) => checkout.folders('domain').flatMap((folder) => faces(checkout, `domain/${folder}`)),
};

function faces(checkout: Checkout, folder: string): Finding[] {
  const findings: Finding[] = [];
  const miss = (path: string, what: string): number => findings.push({ path, line: 0, what });
  if (!checkout.has(`${folder}/index.ts`)) miss(folder, 'has no index.ts');
  if (refuses(checkout, folder) && !checkout.has(`${folder}/refusals.ts`)) miss(folder, 'refuses, but has no refusals.ts');
  const readme = `${folder}/README.md`;
  if (!checkout.has(readme)) miss(folder, 'has no README.md');
  else {
    const headings = new Set([...checkout.text(readme).matchAll(/^#+\s+(.+?)\s*$/gm)].map(([, heading = '']) => heading.toLowerCase()));
    for (const section of SECTIONS) if (!headings.has(section.toLowerCase())) miss(readme, `has no section "${section}"`);
  }
  return findings;
}

function refuses(checkout: Checkout, folder: string): boolean {
  return checkout.paths.some((path) => path.startsWith(`${folder}/`) && path.endsWith('.ts') && /\brefuse\(/.test(checkout.text(path)));
}
