// Directions of import (ARCHITECTURE.md): apps → channels → domain → platform; adapters → the ports that domain folders
// declare, and platform. Each rule says what it protects. `npm run check` holds them; tools/boundaries has their tests.
import { RANKS } from './tools/boundaries/ranks.mjs';

const TEST = '\\.test\\.ts$';
const either = (names) => `(${names.join('|')})`;
const onlyTypes = { dependencyTypes: ['type-only'] };

const ranks = Object.keys(RANKS).map((folder) => {
  const higherOrEqual = Object.keys(RANKS).filter((other) => other !== folder && RANKS[other] >= RANKS[folder]);
  return {
    name: `rank-of-${folder}`,
    comment: `domain/${folder} has rank ${RANKS[folder]} (tools/boundaries/ranks.mjs): it imports only from lower ranks. A use case that spans two nouns lives in the higher one.`,
    severity: 'error',
    from: { path: `^domain/${folder}/`, pathNot: TEST },
    to: { path: `^domain/${either(higherOrEqual)}/` },
  };
});

const directions = [
  {
    name: 'folder-without-rank',
    comment:
      'A new domain folder is given its rank in tools/boundaries/ranks.mjs first, so that its direction is decided and not found out.',
    from: { path: '^domain/', pathNot: [`^domain/${either(Object.keys(RANKS))}/`, TEST] },
    to: {},
  },
  {
    name: 'platform-knows-no-business',
    comment: 'platform is free of the domain: it could serve another business.',
    from: { path: '^platform/', pathNot: TEST },
    to: { path: '^(domain|adapters|channels|simulators|apps|tools|tests)/' },
  },
  {
    name: 'domain-knows-no-outside',
    comment: 'domain declares ports; adapters and channels come to it. An import the other way ties a rule to one provider or one screen.',
    from: { path: '^domain/', pathNot: TEST },
    to: { path: '^(adapters|channels|simulators|apps|tools|tests)/' },
  },
  {
    name: 'domain-touches-no-world',
    comment: 'Files, sockets and processes are the outside world: the domain asks for what it needs through a port or platform.',
    from: { path: '^domain/', pathNot: TEST },
    to: {
      dependencyTypes: ['core'],
      path: '^(node:)?(fs|fs/promises|http|https|http2|net|tls|dgram|dns|child_process|cluster|timers|timers/promises)$',
    },
  },
  {
    name: 'domain-knows-no-vendor',
    comment:
      'A provider, a web framework or the database driver in the domain would decide its shapes; platform and adapters keep them out.',
    from: { path: '^domain/', pathNot: TEST },
    to: { path: '^node_modules/(pg|stripe|fastify|nodemailer|graphile-worker|pino|pdfkit|svelte|@sveltejs)/' },
  },
  {
    name: 'adapters-implement-ports',
    comment: 'An adapter knows the port it implements and platform; not who calls it.',
    from: { path: '^adapters/', pathNot: TEST },
    to: { path: '^(channels|simulators|apps|tools|tests)/' },
  },
  {
    name: 'adapters-stand-alone',
    comment: 'Adapters are exchanged one by one: one that imports another cannot be.',
    from: { path: '^adapters/([^/]+)/', pathNot: TEST },
    to: { path: '^adapters/', pathNot: '^adapters/$1/' },
  },
  {
    name: 'channels-are-thin-doors',
    comment: 'A door calls use cases; what it needs of the outside world is handed in by apps.',
    from: { path: '^channels/', pathNot: TEST },
    to: { path: '^(adapters|simulators|apps|tools|tests)/' },
  },
  {
    name: 'channels-share-only-types',
    comment:
      'A door may know the shapes another one takes, not call it: what two doors share is a use case, and lies in the domain. channels/diameter is the wire that Gy and Sy share, and no door.',
    from: { path: '^channels/([^/]+)/', pathNot: TEST },
    to: { path: '^channels/', pathNot: ['^channels/$1/', '^channels/diameter/'], dependencyTypesNot: onlyTypes.dependencyTypes },
  },
  {
    name: 'diameter-knows-no-charging',
    comment:
      'The wire carries what doors and simulators put on it; it knows platform and nothing of what is charged, so that both ends may use it.',
    from: { path: '^channels/diameter/', pathNot: TEST },
    to: { path: '^(domain|channels)/', pathNot: '^channels/diameter/' },
  },
  {
    name: 'pages-know-types-and-messages',
    comment:
      'The pages are bundled and sent out: of the house they may take types, and the texts in platform/messages. Use cases reach them in `locals`.',
    from: { path: '^channels/web/', pathNot: TEST },
    to: { path: '^(domain|platform)/', pathNot: '^platform/messages/', dependencyTypesNot: onlyTypes.dependencyTypes },
  },
  {
    name: 'simulators-speak-sockets',
    comment:
      'A simulator stands in for a stranger. One that imports our domain or adapters would share our mistakes and prove nothing. Of Diameter it shares the wire, which tshark and peers that are not ours prove.',
    from: { path: '^simulators/', pathNot: TEST },
    to: { path: '^(domain|adapters|channels|apps|tools|tests)/', pathNot: '^channels/diameter/' },
  },
  {
    name: 'nobody-imports-apps',
    comment: 'apps is wiring: it runs and is not imported.',
    from: { path: '^(channels|domain|platform|adapters|simulators)/', pathNot: TEST },
    to: { path: '^apps/' },
  },
  {
    name: 'apps-carry-no-tests',
    comment: 'What runs in production starts without tests and developer tools; only the bootstrap, which is both, lies in tools.',
    from: { path: '^apps/', pathNot: TEST },
    to: { path: '^(tests|tools)/', pathNot: '^tools/bootstrap/' },
  },
];

const faces = [
  {
    name: 'front-doors-only',
    comment: 'A folder is entered through its index.ts, so that what lies behind can move without asking anybody.',
    from: { path: '^(apps|channels|domain|platform|adapters|simulators)/([^/]+)/', pathNot: TEST },
    to: { path: '^(domain|platform|adapters|simulators|channels)/[^/]+/', pathNot: ['^$1/$2/', '^[^/]+/[^/]+/index\\.ts$'] },
  },
  {
    name: 'front-doors-only-from-apps',
    comment: 'A folder is entered through its index.ts, so that what lies behind can move without asking anybody.',
    from: { path: '^apps/[^/]+$', pathNot: TEST },
    to: { path: '^(domain|platform|adapters|simulators|channels)/[^/]+/', pathNot: '^[^/]+/[^/]+/index\\.ts$' },
  },
  {
    name: 'charging-knows-no-sale',
    comment: 'Charging decides on allowances that are there; how they were bought is not its business (architecture.md, Direction).',
    from: { path: '^domain/charging/', pathNot: TEST },
    to: { path: '^domain/(orders|payments)/' },
  },
  {
    name: 'rating-is-pure',
    comment: 'Rating is a function of plain data: no clock, no database. The same use costs the same whenever it is asked (L9).',
    from: { path: '^domain/rating/', pathNot: TEST },
    to: { path: '^platform/(clock|database|tools|outbox|jobs|random)/', dependencyTypesNot: onlyTypes.dependencyTypes },
  },
];

const hygiene = [
  {
    name: 'no-circles',
    comment: 'In a circle nothing can be read first. Types may refer to each other.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: onlyTypes.dependencyTypes } },
  },
  {
    name: 'imports-resolve',
    comment: 'An import that leads nowhere: a file that is missing, or a `#` path that package.json does not know.',
    from: {},
    to: { couldNotResolve: true, pathNot: ['^\\$app/', '^\\./\\$types', '^\\$env/'] },
  },
  {
    name: 'production-needs-no-developer-packages',
    comment: 'This package is in devDependencies; what runs in production must not need it.',
    from: { path: '^(apps|channels|domain|platform|adapters|simulators)/', pathNot: [TEST, '^channels/web/'] },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: onlyTypes.dependencyTypes },
  },
  {
    name: 'packages-are-declared',
    comment: 'This package is here only because another one needs it; it can vanish with any update. Add it to package.json.',
    from: { pathNot: '^channels/web/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...ranks, ...directions, ...faces, ...hygiene].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(build|\\.svelte-kit)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'types', 'svelte', 'default'] },
  },
};
