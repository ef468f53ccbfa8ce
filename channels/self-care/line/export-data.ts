/** All of one's own data (SEE-4): a list of what there is, each as a file of its own. */
import type { Asker, ExportView, RefusalView, TextFileView } from '#channels/web';
import { gatherOwnData, type OwnData, writeCsvFiles } from '#domain/care';
import type { Desk } from '../desk.ts';
import { refuse } from '../refusals.ts';
import { tellRefusal } from '../tell-refusal.ts';
import { isNone } from './own-line.ts';

const ALL = 'data.json';

async function ownData({ house }: Desk, asker: Asker): Promise<OwnData | RefusalView> {
  if (asker.signIn === undefined) return tellRefusal(refuse('self-care.sign_in_needed'), asker);
  return gatherOwnData(house, house.catalog(), asker.signIn);
}

export async function listExport(desk: Desk, asker: Asker): Promise<ExportView | RefusalView> {
  const data = await ownData(desk, asker);
  if (isNone(data)) return data;
  return {
    files: Object.entries(data).flatMap(([table, rows]) => (rows.length === 0 ? [] : [{ name: `${table}.csv`, rows: rows.length }])),
  };
}

/** `name` as the list has it, or all of it as JSON. Refuses `self-care.file_unknown`. */
export async function exportFile(desk: Desk, asker: Asker, { name }: { readonly name: string }): Promise<TextFileView | RefusalView> {
  const data = await ownData(desk, asker);
  if (isNone(data)) return data;
  if (name === ALL) return { fileName: 'everything.json', type: 'application/json', text: JSON.stringify(data, null, 2) };
  const file = writeCsvFiles(data).find((one) => one.name === name);
  return file === undefined
    ? tellRefusal(refuse('self-care.file_unknown'), asker)
    : { fileName: file.name, type: 'text/csv; charset=utf-8', text: file.text };
}
