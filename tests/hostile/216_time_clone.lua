-- SAFE ENGINE MUST: stop near the deadline although each step copies a table
-- verdict: time_limit | memory_limit
-- stop: clock
return { notification = function(notice)
  local all = table.create(500000, 0)
  while true do table.clone(all) end
end }
