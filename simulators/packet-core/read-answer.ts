/** What a packet core reads of a Credit-Control-Answer (RFC 8506 §3.2). */
import { type AvpGroup, type Message, RESULT, valuesOf } from '#channels/diameter';
import type { Terms } from './service-quota.ts';

const ACTION = valuesOf('Final-Unit-Action');

export type AnsweredService = {
  readonly ratingGroup: number | undefined;
  readonly resultCode: number;
  readonly terms: Terms | undefined;
  /** A final unit without a grant: it is led there at once (RFC 8506 §5.6.2). */
  readonly led?: Led | undefined;
};
export type Led = { readonly to: string | undefined; readonly validitySeconds: number | undefined };

export function readAnswer(answer: Message): { readonly resultCode: number; readonly services: readonly AnsweredService[] } {
  return {
    resultCode: answer.get('Result-Code') ?? 0,
    services: answer.all('Multiple-Services-Credit-Control').map((service) => ({
      ratingGroup: service.get('Rating-Group'),
      // Left out, it is the command's (RFC 8506 §8.16).
      resultCode: service.get('Result-Code') ?? answer.get('Result-Code') ?? RESULT.SUCCESS,
      terms: readTerms(service),
      led: readLed(service),
    })),
  };
}

function readTerms(service: AvpGroup): Terms | undefined {
  const granted = service.get('Granted-Service-Unit')?.get('CC-Total-Octets');
  if (granted === undefined) return undefined;
  const threshold = service.get('Volume-Quota-Threshold');
  const { action, redirectTo } = readFinal(service);
  return {
    granted,
    validitySeconds: service.get('Validity-Time'),
    threshold: threshold === undefined ? undefined : BigInt(threshold),
    holdingSeconds: service.get('Quota-Holding-Time'),
    final: action === undefined ? undefined : finalOf(action),
    redirectTo,
  };
}

function readLed(service: AvpGroup): Led | undefined {
  const { action, redirectTo } = readFinal(service);
  if (action !== ACTION.REDIRECT || service.has('Granted-Service-Unit')) return undefined;
  return { to: redirectTo, validitySeconds: service.get('Validity-Time') };
}

function readFinal(service: AvpGroup) {
  const final = service.get('Final-Unit-Indication');
  return { action: final?.get('Final-Unit-Action'), redirectTo: final?.get('Redirect-Server')?.get('Redirect-Server-Address') };
}

function finalOf(action: number): 'terminate' | 'redirect' | 'restrict' {
  if (action === ACTION.REDIRECT) return 'redirect';
  return action === ACTION.RESTRICT_ACCESS ? 'restrict' : 'terminate';
}

/** The command's result where it is a refusal, else the first refusal of a service. */
export function worstOf(commandCode: number, services: readonly AnsweredService[]): number {
  if (commandCode !== RESULT.SUCCESS) return commandCode;
  return services.find(({ resultCode }) => resultCode !== RESULT.SUCCESS)?.resultCode ?? commandCode;
}
