import { joinAreas } from '../areas.ts';
import cli from './cli.ts';
import decline from './decline.ts';
import line from './line.ts';
import notice from './notice.ts';
import person from './person.ts';
import receipt from './receipt.ts';
import refusal from './refusal.ts';
import rule from './rule.ts';
import web from './web.ts';

export default joinAreas({ cli, decline, line, notice, person, receipt, refusal, rule, web });
