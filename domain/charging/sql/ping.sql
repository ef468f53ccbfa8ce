-- Says that the database answers, and nothing else.
select 1 as one
