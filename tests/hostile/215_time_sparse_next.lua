-- SAFE ENGINE MUST: stop near the deadline although each step skips a million places
-- verdict: time_limit
-- stop: clock
return { notification = function(notice)
  local all = table.create(1000000, 0)
  table.clear(all)
  all[1000000] = 1
  while true do local _ = next(all) end
end }
