import { redirect } from '@sveltejs/kit';
import type { BrandView } from '../../views.ts';

/** To the provider's page where there is one to go to, else to the order's. Only origins the operator named are left for. */
export function goOn({ orderSecret, next }: { readonly orderSecret: string; readonly next?: string }, brand: BrandView): never {
  if (next === undefined) redirect(303, `/o/${orderSecret}`);
  redirect(303, next, { external: [...brand.paymentOrigins] });
}
