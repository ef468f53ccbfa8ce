/** What is told on which channel when nobody chose otherwise, and what choice is left: pure, over plain data. */

import type { Contacts } from './notice-events.ts';
import { CHANNELS, type Channel, type Topic } from './notices.ts';

type ByChannel = Readonly<Record<Channel, boolean>>;
export type Preferences = Readonly<Record<Topic, ByChannel>>;
/** What an account chose otherwise. */
export type Chosen = Partial<Readonly<Record<Topic, Partial<ByChannel>>>>;

export const PREFERENCES_DEFAULT: Preferences = {
  payment: { mail: true, sms: true, push: true },
  data: { mail: false, sms: true, push: true },
  plan: { mail: true, sms: true, push: true },
  number: { mail: true, sms: true, push: true },
  balance: { mail: false, sms: true, push: true },
};

/** Money that moved and a number about to be lost must reach their owner by one way at least. */
export const ESSENTIAL: readonly Topic[] = ['payment', 'number'];

export function preferencesFrom(chosen: Chosen): Preferences {
  const topics = Object.entries(PREFERENCES_DEFAULT) as [Topic, ByChannel][];
  return Object.fromEntries(topics.map(([topic, byChannel]) => [topic, { ...byChannel, ...chosen[topic] }])) as Preferences;
}

/** One's choices where they are made, else the other's. */
export function layChosen(under: Chosen, over: Chosen): Chosen {
  const topics = Object.keys(PREFERENCES_DEFAULT) as Topic[];
  return Object.fromEntries(topics.map((topic) => [topic, { ...under[topic], ...over[topic] }]));
}

/** Whether a choice leaves every essential topic a channel. */
export function leavesEssentials(preferences: Preferences): boolean {
  return ESSENTIAL.every((topic) => CHANNELS.some((channel) => preferences[topic][channel]));
}

export function contactOn(channel: Channel, contacts: Contacts): string | undefined {
  const contact = { mail: contacts.email, sms: contacts.sms, push: contacts.push }[channel];
  return contact === undefined || contact === '' ? undefined : contact;
}

/** Where a notice goes. Nothing chosen is reachable: an essential one goes by the first channel that is. */
export function chooseChannels(topic: Topic, contacts: Contacts, preferences: Preferences): readonly Channel[] {
  const reachable = CHANNELS.filter((channel) => contactOn(channel, contacts) !== undefined);
  const wanted = reachable.filter((channel) => preferences[topic][channel]);
  return wanted.length === 0 && ESSENTIAL.includes(topic) ? reachable.slice(0, 1) : wanted;
}
