import type { IncomingMessage } from 'node:http';
import type { Language } from '#platform/messages';
import type { Asker, SelfCareUseCases } from '../use-cases.ts';
import type { BrandView, NextStep } from '../views.ts';

declare global {
  // biome-ignore lint/style/noNamespace: SvelteKit reads its types from this name
  namespace App {
    interface Error {
      /** What the person reads; `message` is the same in English for logs and programs. */
      text?: string;
      next?: NextStep;
      /** Names the fault in the log. */
      reference?: string;
    }
    interface Locals {
      useCases: SelfCareUseCases;
      asker: Asker;
      language: Language;
      brand: BrandView;
      /** Demonstration pages may be shown to this visitor. */
      demonstration: boolean;
    }
    interface PageData {
      language: Language;
      brand: BrandView;
    }
    interface Platform {
      req: IncomingMessage;
    }
  }
}
