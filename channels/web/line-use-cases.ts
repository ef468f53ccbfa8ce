/** The seam of a person's own lines: what their pages may ask. `id` and `ref` are opaque and stand in addresses. */
import type {
  ChargesView,
  CompareView,
  ExportView,
  HelpView,
  LineRowView,
  OrdersView,
  OwnLineView,
  ShareView,
  StatementView,
  TextFileView,
} from './line-views.ts';
import type { Asker, Choice } from './use-cases.ts';
import type { RefusalView } from './views.ts';

type Answer<View> = Promise<View | RefusalView>;
type OfLine = { readonly id: string };
type OfMonth = OfLine & { readonly month?: string };

export interface LineUseCases {
  listLines(asker: Asker): Answer<{ readonly lines: readonly LineRowView[] }>;
  showLine(asker: Asker, request: OfLine): Answer<OwnLineView>;
  /** `from` as `older` of the page before; the newest without. */
  listCharges(asker: Asker, request: OfLine & { readonly from?: string }): Answer<ChargesView>;
  showShare(asker: Asker, request: OfLine): Answer<ShareView>;
  /** `choice`: one of the octets offered, or "none"; without one what was typed. */
  setShare(asker: Asker, request: OfLine & { readonly choice: string; readonly typed: string }): Answer<Record<string, never>>;
  quote(asker: Asker, request: OfLine & { readonly choices: readonly Choice[] }): Answer<{ readonly secret: string }>;
  listOrders(asker: Asker, request: OfLine): Answer<OrdersView>;
  ordersFile(asker: Asker, request: OfLine): Answer<TextFileView>;
  /** `month` as "2026-11"; the present one without. */
  readStatement(asker: Asker, request: OfMonth): Answer<StatementView>;
  statementFile(asker: Asker, request: OfMonth): Answer<TextFileView>;
  /** `of`: a market's code, a line's id, or a guest's ref. */
  compare(asker: Asker, request: { readonly of: string }): Answer<CompareView>;
  /** `of`: a line's id, or a guest's ref. */
  help(asker: Asker, request: { readonly of: string }): Answer<HelpView>;
  listExport(asker: Asker): Answer<ExportView>;
  /** `name`: one of the list, or everything as "data.json". */
  exportFile(asker: Asker, request: { readonly name: string }): Answer<TextFileView>;
}
