/** Texts with a grammar of their own: DiameterURI (RFC 6733 §4.3.1) and IPFilterRule (§4.3.1, after ipfw). */

export type DiameterUri = {
  readonly isSecure: boolean;
  readonly host: string;
  readonly port: number;
  readonly transport: 'tcp' | 'sctp' | 'udp';
  readonly protocol: 'diameter' | 'radius' | 'tacacs+';
};

const PORT = 3868;
const SECURE_PORT = 5658;
const URI =
  /^aaa(s?):\/\/([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::(\d{1,5}))?(?:;transport=(tcp|sctp|udp))?(?:;protocol=(diameter|radius|tacacs\+))?$/;

/** Undefined when it is no DiameterURI; UDP carries no Diameter (the same clause). */
export function parseDiameterUri(text: string): DiameterUri | undefined {
  if (text.length > LENGTH_MAX) return undefined;
  const [, secure, host, port, transport = 'tcp', protocol = 'diameter'] = URI.exec(text) ?? [];
  if (host === undefined || Number(port ?? 0) > 65_535 || (protocol === 'diameter' && transport === 'udp')) return undefined;
  const isSecure = secure === 's';
  return {
    isSecure,
    host,
    port: port === undefined ? (isSecure ? SECURE_PORT : PORT) : Number(port),
    transport: transport as DiameterUri['transport'],
    protocol: protocol as DiameterUri['protocol'],
  };
}

const SIDE = '!?(?:any|assigned|[0-9A-Fa-f.:]+(?:/\\d{1,3})?)(?:\\s+\\d+(?:-\\d+)?(?:,\\d+(?:-\\d+)?)*)?';
/** Any words: told apart by space alone, so that no text, however made, is tried in more than one way. */
const OPTIONS = '(?:\\s+[!\\w,+-]+)*';
const FILTER_RULE = new RegExp(
  `^(?:permit|deny)\\s+(?:in|out)\\s+(?:ip|\\d{1,3}|[a-z]+)\\s+from\\s+${SIDE}\\s+to\\s+${SIDE}${OPTIONS}\\s*$`,
);
/** Both are lines; what is longer is none, and no expression is run over it. */
const LENGTH_MAX = 512;

export function isIPFilterRule(text: string): boolean {
  return text.length <= LENGTH_MAX && FILTER_RULE.test(text);
}
