/** Refusals of rating: the network is told, and the people who run the market. */
import { declareRefusals } from '#platform/refusals';

export const { catalogue: ratingRefusals, refuse } = declareRefusals({
  'rating.destination_unknown': {
    status: 422,
    operator: "No destination in the market's network terms begins as this number does: add a prefix, and it can be called.",
  },
});
