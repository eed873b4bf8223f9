-- probe: writes something small, since a server that takes no writes cannot count.
-- KEYS[1]   rl:probe:{<anything>}
-- returns   { }
-- expires   at once

call('SET', KEYS[1], '1', 'PX', '1000')
return {}
