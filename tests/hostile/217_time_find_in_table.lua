-- SAFE ENGINE MUST: stop near the deadline although each step looks a million times
-- verdict: time_limit
-- stop: clock
return { notification = function(notice)
  local all = table.create(1000000, 0)
  while true do table.find(all, 1) end
end }
