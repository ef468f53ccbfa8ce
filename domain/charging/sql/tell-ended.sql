-- Each node that holds connections of the network hears of it; a peer that nobody could tell hears with its next request.
select pg_notify('everline_session_ended', :payload::text)
