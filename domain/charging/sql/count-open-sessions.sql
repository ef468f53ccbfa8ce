-- By peer and kind, of all nodes.
select peer, kind::text as kind, count(*) as count from charging.session where state = 'open' group by peer, kind
