-- SAFE ENGINE MUST: stop near the deadline although each step moves megabytes
-- verdict: time_limit | memory_limit
-- stop: clock
return { notification = function(notice)
  local all = table.create(900000, 0)
  while true do table.insert(all, 1, 0) table.remove(all, 1) end
end }
