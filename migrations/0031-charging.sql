-- What was recorded and answered is kept as arrays (domain/charging/record-text.ts says in which order).
create function charging.plain(encoded text) returns text
  language sql immutable
as $$ select case when encoded like '%n' then rtrim(encoded, 'n') else encoded end $$;

update charging.request set
  items = (
    select coalesce(json_agg(json_build_array(
      item -> 'ratingGroup', item -> 'service', item -> 'zone', charging.plain(item ->> 'asked'), charging.plain(item ->> 'used'),
      (select coalesce(json_agg(json_build_array(charging.plain(pair ->> 0), charging.plain(pair ->> 1))), '[]') from json_array_elements(item -> 'from') as pair),
      charging.plain(item ->> 'free'), charging.plain(item ->> 'paid'), charging.plain(item ->> 'paidMinor'), charging.plain(item ->> 'lost'),
      coalesce(charging.plain(item ->> 'lostMinor'), '0'), coalesce(item -> 'rates', '[]'), charging.plain(item ->> 'granted'), item -> 'why'
    )), '[]') from json_array_elements(items) as item
  ),
  answer = (
    select case when answer -> 'refundInformation' is null then json_build_array(answer -> 'result', rows)
      else json_build_array(answer -> 'result', rows, answer -> 'refundInformation') end
    from (
      select coalesce(json_agg(json_build_array(
        item -> 'ratingGroup', item -> 'serviceIdentifier', item -> 'result', charging.plain(item ->> 'granted'), item -> 'validitySeconds',
        charging.plain(item ->> 'threshold'), extract(epoch from ltrim(item ->> 'tariffChangeAt', '@')::timestamptz) * 1000,
        item -> 'final', item -> 'speed'
      )), '[]') as rows
      from json_array_elements(answer -> 'items') as item
    ) as of_items
  );

drop function charging.plain(text);
