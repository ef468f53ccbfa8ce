-- What nobody paid for is looked for by whoever watches; of few requests.
create index request_lost on charging.request (recorded_at) where lost > 0;
