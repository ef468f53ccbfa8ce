/** The use cases of a person's own lines (channels/web, line-use-cases.ts), each over the catalogue of now. */
import type { Asker, LineUseCases } from '#channels/web';
import type { Desk } from '../desk.ts';
import { comparePlans } from './compare-plans.ts';
import { exportFile, listExport } from './export-data.ts';
import { giveHelp } from './give-help.ts';
import { listCharges } from './list-charges.ts';
import { listLines } from './list-lines.ts';
import { listOrders, writeOrders } from './list-orders.ts';
import { quoteLine } from './quote-line.ts';
import { setShare } from './set-share.ts';
import { showLine } from './show-line.ts';
import { showShare } from './show-share.ts';
import { showStatement, writeStatement } from './show-statement.ts';

type Open = <Request, Answer>(
  useCase: (desk: Desk, asker: Asker, request: Request) => Promise<Answer>,
) => (asker: Asker, request: Request) => Promise<Answer>;

export function lineUseCases(open: Open): LineUseCases {
  const lines = open((desk, asker, _: undefined) => listLines(desk, asker));
  const files = open((desk, asker, _: undefined) => listExport(desk, asker));
  return {
    listLines: (asker) => lines(asker, undefined),
    showLine: open(showLine),
    listCharges: open(listCharges),
    showShare: open(showShare),
    setShare: open(setShare),
    quote: open(quoteLine),
    listOrders: open(listOrders),
    ordersFile: open(writeOrders),
    readStatement: open(showStatement),
    statementFile: open(writeStatement),
    compare: open(comparePlans),
    help: open(giveHelp),
    listExport: (asker) => files(asker, undefined),
    exportFile: open(exportFile),
  };
}
