import { declareRefusals } from '#platform/refusals';

export const { catalogue: noticesRefusals, refuse } = declareRefusals({
  'notices.one_channel_must_stay': {
    status: 422,
    operator: 'News of payments and of the number’s loss may not be switched off on every channel.',
  },
});
