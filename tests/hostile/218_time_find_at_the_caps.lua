-- SAFE ENGINE MUST: stop near the deadline although each step compares 33 million bytes
-- verdict: time_limit | memory_limit
-- stop: clock
return { notification = function(notice)
  local subject, needle = ("a"):rep(262144), ("a"):rep(127) .. "b"
  while true do string.find(subject, needle, 1, true) string.split(subject, needle) end
end }
